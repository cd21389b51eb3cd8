/**
 * The progress in a course as Settings Sync carries it: one record for the course, whatever the folder is called on each
 * machine. Settings Sync lets the last machine win, so the record is only ever read and written by merging, and each
 * folder's own file holds what a record that was replaced has lost. Two folders on one machine may be two learners, or a
 * second start; so a folder takes part only where it has nothing to lose, or where its learner said so.
 */
import type * as vscode from 'vscode';
import type { Progress } from '../../course/progress';
import { mergeProgress } from '../../course/progress';
import type { Lazy } from '../platform';

/** VS Code's storage that Settings Sync can carry. */
export type SyncedMemento = vscode.Memento & { setKeysForSync(keys: readonly string[]): void };

const recordPrefix = 'groundup.courseProgress:';
const followsPrefix = 'groundup.follows:';

export interface SyncedProgressOptions {
  readonly memento: SyncedMemento;
  readonly load: () => Promise<Pick<Lazy, 'progressFrom'>>;
}

export interface Joining {
  /** What this folder knows with what the record adds, or as it was where it takes no part. */
  readonly progress: Progress;
  /** What the record would add, where nobody has said yet whether it belongs into this folder. */
  readonly offered: Progress | undefined;
}

export class SyncedProgress {
  constructor(private readonly options: SyncedProgressOptions) {}

  /** Joins what `folder` knows with the record of its course, as far as the folder takes part. */
  async join({ course, folder, known }: FolderProgress): Promise<Joining> {
    const { progress: record } = await this.recordOf(course);
    const joined = record === undefined ? known : mergeProgress(known, record);
    if (JSON.stringify(joined) === JSON.stringify(mergeProgress(known, known))) {
      if (this.follows(folder) === undefined) this.decide(folder, true);
      return { progress: known, offered: undefined };
    }
    switch (this.follows(folder)) {
      case true:
        return { progress: joined, offered: undefined };
      case false:
        return { progress: known, offered: undefined };
      case undefined:
        return { progress: known, offered: record };
    }
  }

  /** Adds what `folder` knows to the record of its course, where the folder takes part. */
  async put({ course, folder, known }: FolderProgress): Promise<void> {
    if (this.follows(folder) !== true) {
      return;
    }
    const { progress, isNewer } = await this.recordOf(course);
    this.options.memento.setKeysForSync([recordPrefix + course]);
    if (!isNewer) {
      const record = progress === undefined ? known : mergeProgress(progress, known);
      await this.options.memento.update(recordPrefix + course, record);
    }
  }

  /** Remembers, on this machine alone, whether `folder` takes part. */
  decide(folder: string, follows: boolean): void {
    // VS Code's storage answers `get` with it at once, and may be late, or never there, to say that it is kept.
    this.options.memento.update(followsPrefix + folder, follows).then(undefined, () => undefined);
  }

  private follows(folder: string): boolean | undefined {
    const value = this.options.memento.get<unknown>(followsPrefix + folder);
    return typeof value === 'boolean' ? value : undefined;
  }

  /** A record that cannot be read counts as none; one that a newer Ground Up wrote is read as far as it can be, and left. */
  private async recordOf(
    course: string,
  ): Promise<{ readonly progress: Progress | undefined; readonly isNewer: boolean }> {
    const value = this.options.memento.get<unknown>(recordPrefix + course);
    if (value === undefined) {
      return { progress: undefined, isNewer: false };
    }
    const { progressFrom } = await this.options.load();
    const reading = progressFrom(value);
    return { progress: reading.kind === 'corrupt' ? undefined : reading.progress, isNewer: reading.kind === 'newer' };
  }
}

export interface FolderProgress {
  readonly course: string;
  /** The folder's URI on this machine. */
  readonly folder: string;
  readonly known: Progress;
}
