/** A learner's folder in memory, in which single files can be made to refuse. */
import type { LearnerFiles } from '../../../../src/content/learner/learnerFiles';

export class MemoryFolder implements LearnerFiles {
  readonly texts: Map<string, string>;
  /** Paths whose writing and renaming is refused. */
  readonly refused = new Set<string>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
  }

  readText(path: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(path));
  }

  writeText(path: string, text: string): Promise<void> {
    return this.#unlessRefused(path, () => this.texts.set(path, text));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#unlessRefused(to, () => {
      this.texts.set(to, this.texts.get(from) ?? '');
      this.texts.delete(from);
    });
  }

  remove(path: string): Promise<void> {
    this.texts.delete(path);
    return Promise.resolve();
  }

  #unlessRefused(path: string, act: () => void): Promise<void> {
    if (this.refused.has(path)) return Promise.reject(new Error(`${path} may not be written`));
    act();
    return Promise.resolve();
  }
}
