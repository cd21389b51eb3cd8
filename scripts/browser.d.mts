import type { Browser } from 'playwright-core';

export function ensureBrowser(): Promise<string>;
export function findBrowser(): Promise<string | undefined>;
export function launchBrowser(options?: { readonly headless?: boolean }): Promise<Browser>;
