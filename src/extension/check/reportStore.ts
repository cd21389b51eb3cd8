/** The last report of each exercise, kept in the workspace's storage so that a reload shows it again. */
import type * as vscode from 'vscode';
import type { ExerciseId } from '../../course/course';
import type { Report } from '../../harness/report';

interface Kept {
  /** The extension's version: reports of another one may be of another shape. */
  readonly version: string;
  readonly report: Report;
}

const prefix = 'groundup.report:';
const latestKey = 'groundup.latestReport';

export class ReportStore {
  constructor(
    private readonly memento: vscode.Memento,
    private readonly version: string,
  ) {}

  of(id: ExerciseId): Report | undefined {
    const kept = this.memento.get<Kept>(prefix + id);
    return kept?.version === this.version ? kept.report : undefined;
  }

  /** The report that was kept last, of whichever exercise. */
  latest(): Report | undefined {
    const id = this.memento.get<ExerciseId>(latestKey);
    return id === undefined ? undefined : this.of(id);
  }

  async keep(report: Report): Promise<void> {
    await this.memento.update(prefix + report.exercise, { version: this.version, report } satisfies Kept);
    await this.memento.update(latestKey, report.exercise);
  }

  async forget(id: ExerciseId): Promise<void> {
    await this.memento.update(prefix + id, undefined);
  }
}
