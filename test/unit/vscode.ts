/**
 * What stands in for VS Code in the unit tests: as much of it as code needs that only says something through it. Whatever
 * does more with VS Code is tested in a real one.
 */
export const l10n = {
  bundle: undefined as Readonly<Record<string, string>> | undefined,
  t(message: string, ...values: readonly (string | number | boolean)[]): string {
    return message.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
  },
};

const nothing = { dispose: (): void => undefined };

/** Nobody listens, and nothing changes. */
export class EventEmitter<T> {
  readonly event = (_listener: (event: T) => void): typeof nothing => nothing;
  fire(_event: T): void {
    return undefined;
  }
  dispose(): void {
    return undefined;
  }
}

export const env = { language: 'en' };

export const languages = {
  createDiagnosticCollection: () => ({ ...nothing, clear: (): void => undefined, set: (): void => undefined }),
};

/** Settings as they are before anybody sets one. */
export const workspace = {
  onDidChangeConfiguration: () => nothing,
  onDidSaveTextDocument: () => nothing,
  getConfiguration: () => ({ get: <T>(_name: string, value: T): T => value }),
};

export const Uri = {
  file: (path: string) => ({ path }),
  joinPath: ({ path }: { readonly path: string }, ...parts: readonly string[]) => ({
    path: [path, ...parts].join('/'),
  }),
};
