/**
 * A page's words in the reader's language. The extension puts VS Code's bundle of translations into the page before its
 * script, as data; a sentence that has none is shown in English, as it stands in the source. Sentences are written out
 * at the call, whole and with `{0}` for what is put in, because that is where `scripts/words.mjs` collects them.
 */
import type { ComponentChildren } from 'preact';

/** Translations by their English sentence, as VS Code keeps them. */
export type Bundle = Readonly<Record<string, string>>;

/** The element of the page that holds the bundle. */
export const bundleElementId = 'words';

/** As much of a document as is needed here, so that what only names things needs none. */
interface BundleHolder {
  getElementById(id: string): { readonly textContent: string | null } | null;
}

function bundleOfPage(): Bundle {
  const { document } = globalThis as { readonly document?: BundleHolder };
  return JSON.parse(document?.getElementById(bundleElementId)?.textContent ?? '{}') as Bundle;
}

const bundle = bundleOfPage();

function translated(message: string): string {
  return Object.hasOwn(bundle, message) ? (bundle[message] ?? message) : message;
}

/** `message` in the reader's language, `{0}` and so on replaced by `values`. */
export function t(message: string, ...values: readonly (string | number)[]): string {
  return translated(message).replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}

/** As `t`, for a sentence that holds more than text: code, a link, a word of its own weight. */
export function rich(message: string, ...parts: readonly ComponentChildren[]): readonly ComponentChildren[] {
  return translated(message)
    .split(/(\{\d+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const index = /^\{(\d+)\}$/.exec(piece)?.[1];
      return index === undefined ? piece : (parts[Number(index)] ?? piece);
    });
}
