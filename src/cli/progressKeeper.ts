/**
 * A learner's progress from a terminal: the same file as the editor's, read, merged and replaced in the same way, so
 * that an open editor and a terminal on one folder agree.
 */
import type { LearnerFiles } from '../content/learner/learnerFiles';
import { readProgressOnDisk, writeProgressOnDisk } from '../content/learner/progressOnDisk';
import type { Progress } from '../course/progress';
import type { Renamed } from '../course/course';
import { emptyProgress, mergeProgress, withSuccessors } from '../course/progress';
import { faultWords } from './nodeLearnerFiles';

/** How often a write is repeated when somebody else's took its place meanwhile. */
const attempts = 5;

export interface ProgressKeeperOptions {
  readonly files: LearnerFiles;
  readonly say: (sentence: string) => void;
  /** Former ids of the course's exercises, whose records their successors take over. */
  readonly renamed?: Renamed | undefined;
}

export class ProgressKeeper {
  private known: Progress = emptyProgress;
  private mayWrite = true;
  private queue: Promise<void> = Promise.resolve();
  private readonly said = new Set<string>();

  constructor(private readonly options: ProgressKeeperOptions) {}

  get current(): Progress {
    return this.known;
  }

  /** Reads the file. Never rejects: what is wrong with it is said in one sentence. */
  load(): Promise<void> {
    return this.enqueue(() => this.read());
  }

  /** Applies `transition` and writes. Never rejects. */
  update(transition: (progress: Progress) => Progress): Promise<void> {
    return this.enqueue(async () => {
      await this.read();
      this.known = transition(this.known);
      for (let attempt = 0; this.mayWrite && attempt < attempts; attempt += 1) {
        await writeProgressOnDisk(this.options.files, this.known);
        const onDisk = await this.read();
        // Another process may have replaced the file at the same moment, by one that does not know of this.
        if (onDisk !== undefined && isSame(onDisk, this.known)) return;
      }
    });
  }

  private enqueue(job: () => Promise<unknown>): Promise<void> {
    this.queue = this.queue
      .then(async () => void (await job()))
      .catch((error: unknown) => {
        this.sayOnce(`The progress could not be recorded in .groundup/progress.json: ${faultWords(error)}.`);
      });
    return this.queue;
  }

  /** Takes up what the file says; resolves with that, where there is one that can be read. */
  private async read(): Promise<Progress | undefined> {
    const onDisk = await readProgressOnDisk(this.options.files, new Date());
    switch (onDisk.kind) {
      case 'none':
        return undefined;
      case 'progress':
        this.learn(onDisk.progress);
        return onDisk.progress;
      case 'newer':
        this.mayWrite = false;
        this.learn(onDisk.progress ?? emptyProgress);
        this.sayOnce(
          `The progress in this folder was written by a newer Ground Up (format ${onDisk.version}), so it is left as it is. Update groundup.`,
        );
        return onDisk.progress;
      case 'setAside':
        this.sayOnce(
          `.groundup/progress.json could not be read (${onDisk.because}). It was kept as ${onDisk.copy}, and a new one is begun.`,
        );
        return undefined;
      case 'stuck':
        this.mayWrite = false;
        this.sayOnce(
          `.groundup/progress.json could not be read (${onDisk.because}) and not be moved aside (${faultWords(onDisk.error)}), so nothing is recorded.`,
        );
        return undefined;
      default:
        return onDisk satisfies never;
    }
  }

  private learn(progress: Progress): void {
    this.known = withSuccessors(mergeProgress(this.known, progress), this.options.renamed ?? {});
  }

  private sayOnce(sentence: string): void {
    if (!this.said.has(sentence)) {
      this.said.add(sentence);
      this.options.say(sentence);
    }
  }
}

/** Whether two records say the same, in whatever order. */
function isSame(a: Progress, b: Progress): boolean {
  const inOrder = (progress: Progress): string => JSON.stringify(mergeProgress(progress, progress));
  return inOrder(a) === inOrder(b);
}
