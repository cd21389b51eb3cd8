export interface Package {
  readonly file: string;
  readonly megabytes: number;
}

export function packageExtension(options?: { readonly folder?: string; readonly from?: string }): Promise<Package>;
export function packageForBrowser(options: { readonly folder: string }): Promise<Package>;
