export interface Release {
  readonly vscode: string;
  readonly codeServer: string;
  readonly node: 20 | 24;
}

export const releases: { readonly newest: Release; readonly oldest: Release };

export interface InstalledServer {
  readonly node: string;
  readonly program: string;
  readonly release: Release;
}

export function installServer(release?: Release): Promise<InstalledServer>;

export const quietSettings: Readonly<Record<string, unknown>>;

export interface ServerOptions {
  readonly server: InstalledServer;
  /** 0, the default, takes any free port; another is where the search for a free one begins. */
  readonly port?: number;
  readonly dataDir: string;
  /** The .vsix files to install first. */
  readonly extensions?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly smokeTestDriver?: boolean;
  readonly trust?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly onOutput?: (text: string) => void;
}

export interface RunningServer {
  readonly port: number;
  readonly origin: string;
  readonly pid: number;
  readonly ended: Promise<number | null>;
  url(folder: string, payload?: readonly (readonly [string, string])[]): string;
  remoteUri(file: string): string;
  stop(): Promise<void>;
}

export function startServer(options: ServerOptions): Promise<RunningServer>;
