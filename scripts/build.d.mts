import type { BuildOptions } from 'esbuild';

export function build(options?: { readonly minify?: boolean }): Promise<void>;
export const gpuJsAlias: Readonly<Record<string, string>>;
export function workerTextScript(text: string): string;
/** What all bundles share, and what each has besides, by its output path. */
export const shared: BuildOptions;
export const bundles: Readonly<Record<string, BuildOptions>>;
