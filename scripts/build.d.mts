export function build(options?: { readonly minify?: boolean }): Promise<void>;
export const gpuJsAlias: Readonly<Record<string, string>>;
export function workerTextScript(text: string): string;
