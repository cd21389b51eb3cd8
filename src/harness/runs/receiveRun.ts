/** What a run runs in, a process or a worker, does with what it is told: it opens one lab, and hands commands to its driver. */
import type { RunDriver, RunDriverOptions } from './runDriver';
import type { FromRun, ToRun } from './runMessages';

/** What a driver is given, whatever it runs in. */
export type RunGiven = Pick<RunDriverOptions, 'job' | 'tell'>;

export interface RunReceiverOptions {
  readonly send: (message: FromRun) => void;
  /** Makes the driver of the one lab. */
  readonly drive: (given: RunGiven) => RunDriver;
}

export function receiveRun({ send, drive }: RunReceiverOptions): (message: ToRun) => void {
  let driver: RunDriver | undefined;
  return (message) => {
    switch (message.kind) {
      case 'open': {
        if (driver !== undefined) return;
        const { job, nonce } = message;
        driver = drive({ job, tell: (event) => send({ kind: 'event', nonce, event }) });
        // Asked at once: what comes before the realm stands waits in its port.
        void driver.open();
        return;
      }
      case 'command':
        driver?.command(message.command);
        return;
      default:
        message satisfies never;
    }
  };
}
