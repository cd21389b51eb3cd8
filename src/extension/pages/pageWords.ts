/** How the translations of VS Code's bundle reach a page. */

/**
 * The bundle of translations as the page's own words module reads it. It is data, which no policy has to admit and no page
 * runs; a `<` in it would be the only way out of its element.
 */
export function wordsOfPage(bundle: Readonly<Record<string, string>> | undefined): string {
  return JSON.stringify(bundle ?? {}).replaceAll('<', '\\u003c');
}
