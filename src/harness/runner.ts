/** The port behind which a submission is judged. Adapters: a child process (the runner of record), a page's worker. */
import type { Report } from './report';
import type { Submission } from './submission';

export interface Runner {
  /**
   * Judges `submission`. Always resolves, with a report that says how it ended: a fault of the harness is the verdict
   * `harnessFailed`, an aborted `signal` the verdict `cancelled`. It never rejects and never hangs.
   */
  check(submission: Submission, signal?: AbortSignal): Promise<Report>;
  /** Ends every process or worker that belongs to this runner. */
  dispose(): void;
}
