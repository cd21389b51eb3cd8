/**
 * What the full author check needs of this machine: a memory of earlier runs by the hash of all that went into them, and
 * the course folder's table of scores.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { scoresFile } from '../content/exerciseFiles';

export interface FullRun {
  /** What `make` answered before for the same `parts`, or what it answers now; kept where `keep` says so. */
  remember<T>(
    parts: readonly string[],
    run: { readonly make: () => Promise<T>; readonly keep: (made: T) => boolean },
  ): Promise<T>;
  /** The table of scores as it stands; empty where there is none. */
  readScores(): Promise<string>;
  writeScores(text: string): Promise<void>;
}

export interface FullRunOptions {
  readonly courseFolder: string;
  /** Where the bundles lie; what changes in them makes every earlier run another's. */
  readonly bundles: string;
  /** Where earlier runs are remembered. */
  readonly memory: string;
}

export async function createFullRun({ courseFolder, bundles, memory }: FullRunOptions): Promise<FullRun> {
  const software = await hashOfBundles(bundles);
  const scores = path.join(courseFolder, scoresFile);
  return {
    async remember<T>(
      parts: readonly string[],
      { make, keep }: { readonly make: () => Promise<T>; readonly keep: (made: T) => boolean },
    ): Promise<T> {
      const hash = createHash('sha256');
      [software, ...parts].forEach((part) => hash.update(`${part.length}:${part}`));
      const file = path.join(memory, `${hash.digest('hex').slice(0, 32)}.json`);
      const known = await readFile(file, 'utf8').then(
        (text) => JSON.parse(text) as T,
        () => undefined,
      );
      if (known !== undefined) {
        return known;
      }
      const made = await make();
      if (keep(made)) {
        // A memory that cannot be written costs time and nothing else.
        await mkdir(memory, { recursive: true })
          .then(() => writeFile(file, JSON.stringify(made)))
          .catch(() => undefined);
      }
      return made;
    },
    readScores: () => readFile(scores, 'utf8').catch(() => ''),
    writeScores: (text) => writeFile(scores, text),
  };
}

async function hashOfBundles(folder: string): Promise<string> {
  const names = (await readdir(folder))
    .filter((name) => /^(?:groundup|judge|learnerThread|realm)\.js$/.test(name))
    .sort();
  const hash = createHash('sha256');
  for (const name of names) {
    hash.update(await readFile(path.join(folder, name)));
  }
  return hash.digest('hex');
}
