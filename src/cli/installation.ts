/** Where this program lies and what lies beside it: in a checkout, in an npm package and in an installed extension alike. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readTextIfThere } from './nodeLearnerFiles';

export class Installation {
  /** @param root The folder that holds `package.json`, `dist` and `exercises`. */
  constructor(readonly root: string) {}

  get exercises(): string {
    return path.join(this.root, 'exercises');
  }

  get bundles(): string {
    return path.join(this.root, 'dist');
  }

  get judge(): string {
    return path.join(this.bundles, 'judge.js');
  }

  /** What a lab runs in. */
  get run(): string {
    return path.join(this.bundles, 'run.js');
  }

  /** The learner's thread and what it evaluates in its realm. */
  get thread(): { readonly threadPath: string; readonly realmPath: string } {
    return { threadPath: path.join(this.bundles, 'learnerThread.js'), realmPath: path.join(this.bundles, 'realm.js') };
  }

  /** Where an author's earlier runs are remembered. */
  get memory(): string {
    return path.join(this.root, 'out', 'author-check');
  }

  async version(): Promise<string> {
    const text = await readFile(path.join(this.root, 'package.json'), 'utf8');
    return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
  }

  /** A declaration file of `'tensor'`, by its path from `index.d.ts`. */
  declaration(file: string): Promise<string | undefined> {
    return readTextIfThere(path.join(this.root, 'dist', 'types', 'tensor', ...file.split('/')));
  }
}
