export function build(options?: { readonly minify?: boolean }): Promise<void>;
