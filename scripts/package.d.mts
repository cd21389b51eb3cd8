export function packageExtension(options?: {
  readonly folder?: string;
}): Promise<{ readonly file: string; readonly megabytes: number }>;
