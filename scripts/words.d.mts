export type Bundle = Readonly<Record<string, string>>;

export interface FoundWords {
  readonly sentences: readonly string[];
  readonly escaping: readonly string[];
}

export const localisedFolders: readonly string[];
export function collectWords(): Promise<Bundle>;
export function escapingWords(): Promise<readonly string[]>;
export function writeWords(): Promise<void>;
export function pseudo(sentence: string): string;
export function pseudoBundle(bundle: Bundle): Bundle;
export function wordsIn(name: string, text: string): FoundWords;
