/** PyTorch as a peer: Debian's `python3-torch` with `libopenblas0-pthread`, in a process that is asked for one run at a time. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface PyTorch {
  readonly version: string;
  /** Milliseconds of one run. `work` is `digits 0 1`: a name of pytorch.py, its argument, how many times. */
  run(work: string, threads: number): Promise<number>;
  stop(): void;
}

/** Starts it; a sentence where it is not here. */
export async function startPyTorch(): Promise<PyTorch | string> {
  const python = process.env['GROUNDUP_PYTHON'] ?? '/usr/bin/python3';
  const child = spawn(python, [path.resolve('bench/tensor/pytorch.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const gone = new Promise<undefined>((resolve) => {
    child.on('error', () => {
      resolve(undefined);
    });
    child.on('exit', () => {
      resolve(undefined);
    });
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string | undefined> => {
    const line = await Promise.race([lines.next(), gone]);
    return line === undefined || line.done === true ? undefined : line.value;
  };
  const version = await next();
  if (version === undefined)
    return `PyTorch is not here (${python} cannot import torch), so nothing is compared with it`;
  return {
    version,
    async run(work, threads) {
      child.stdin.write(`${work} ${threads}\n`);
      const answer = await next();
      if (answer === undefined) throw new Error(`PyTorch stopped at ${work}.`);
      return Number(answer);
    },
    stop() {
      child.stdin.end();
    },
  };
}
