import type { BuildOptions } from 'esbuild';

export function build(options?: { readonly minify?: boolean }): Promise<void>;
/** Builds some of the bundles, by their names in dist/, into a folder, in the form that ships. */
export function buildInto(folder: string, names: readonly string[]): Promise<void>;
export const gpuJsAlias: Readonly<Record<string, string>>;
export function workerTextScript(text: string): string;
/** What all bundles share, and what each has besides, by its output path. */
export const shared: BuildOptions;
export const bundles: Readonly<Record<string, BuildOptions>>;
