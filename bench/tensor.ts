/**
 * How quick the tensor library is, as ratios to what else a learner could have taken: PyTorch on one thread (skipped in the
 * open where it is not installed), TensorFlow.js as documented and tuned, plain loops. Everything of ours goes through
 * the public API with autograd. `--host node` or `--host chromium` measures one host, `--only digits` works with that in
 * their name, and `--json FILE` writes the rows.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureChromium } from './tensor/chromium';
import { measureHost } from './tensor/measure';
import { startPyTorch } from './tensor/pytorch';
import { lineOf, type Row } from './tensor/report';

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'string' },
      only: { type: 'string', default: '' },
      host: { type: 'string', default: 'all' },
    },
  });
  const { only, host } = values;
  if (!['all', 'node', 'chromium'].includes(host)) throw new Error(`--host is node, chromium or all, not ${host}.`);
  const rows: Row[] = [];
  const show = (row: Row): void => {
    rows.push(row);
    say(lineOf(row));
  };
  const say = (line: string): void => {
    console.log(line);
  };
  const started = await startPyTorch();
  say(typeof started === 'string' ? started : `PyTorch ${started.version}`);
  const torch = typeof started === 'string' ? undefined : (work: string): Promise<number> => started.run(work, 1);
  try {
    if (host !== 'chromium') {
      say(`Node ${process.versions.node}`);
      const wasmFiles = `${path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`;
      await measureHost({ only, suffix: '', tfBackends: ['cpu', 'wasm'], tfNotes: {}, wasmFiles, torch, show, say });
    }
    if (host !== 'node') await measureChromium({ only, torch, show, say });
  } finally {
    if (typeof started !== 'string') started.stop();
  }
  if (values.json === undefined) return;
  const plain = rows.map(({ limit: _, ...row }) => row);
  writeFileSync(values.json, `${JSON.stringify(plain, undefined, 2)}\n`);
}
