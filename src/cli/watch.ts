/** Watches single files by the folders they lie in, since editors replace a file as often as they write it. */
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hashOf } from '../harness/sourceHash';

/** A save is several events; after the last of them it is quiet for this long, in milliseconds. */
const quietMs = 60;

export interface WatchOptions {
  readonly signal: AbortSignal;
  /**
   * Told which files say something else than before, and at the beginning of all of them: so no change goes unseen while
   * the first check runs. It is not called again before it has ended.
   */
  readonly onChange: (files: ReadonlySet<string>) => Promise<void>;
}

/** `ended` resolves once the signal was given and no `onChange` runs any more. Every file's folder must be there. */
export function watchFiles(
  files: readonly string[],
  { signal, onChange }: WatchOptions,
): { readonly ended: Promise<void> } {
  const watcher = new FilesWatcher(files, onChange);
  const folders = new Set(files.map((file) => path.dirname(file)));
  for (const folder of folders) {
    watch(folder, { signal }, () => watcher.stir()).on('error', () => undefined);
  }
  const ended = untilEnded(signal).then(() => watcher.end());
  return { ended };
}

function untilEnded(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

class FilesWatcher {
  private readonly hashes = new Map<string, string | undefined>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private work: Promise<void>;
  private isOver = false;

  constructor(
    private readonly files: readonly string[],
    private readonly onChange: WatchOptions['onChange'],
  ) {
    this.work = this.changed().then(() => onChange(new Set(files)));
  }

  stir(): void {
    clearTimeout(this.timer);
    if (this.isOver) return;
    this.timer = setTimeout(() => {
      this.work = this.work.then(async () => {
        const changed = await this.changed();
        if (changed.size > 0 && !this.isOver) await this.onChange(changed);
      });
    }, quietMs);
  }

  async end(): Promise<void> {
    this.isOver = true;
    clearTimeout(this.timer);
    await this.work;
  }

  /** The files that say something else than when they were looked at last. */
  private async changed(): Promise<ReadonlySet<string>> {
    const changed = new Set<string>();
    for (const file of this.files) {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      const hash = text === undefined ? undefined : hashOf(text);
      if (hash !== this.hashes.get(file)) {
        this.hashes.set(file, hash);
        // An editor that replaces a file takes it away first; what comes next will stir again.
        if (hash !== undefined) changed.add(file);
      }
    }
    return changed;
  }
}
