/**
 * Judges a small submission against a realm that is not there, so that everything between a submission and its report
 * has run once before somebody waits for it. A process that has just started would otherwise compile its own functions
 * in the learner's time.
 */
import { fromData } from '../../tensor';
import { wireTensors } from '../protocol/tensors';
import { encode } from '../protocol/wire';
import type { Report } from '../report';
import { defaultLimits } from '../submission';
import { runChecks } from './judge';
import type { Evaluate } from './prepare';
import type { RealmPort } from './realmPort';

const learner = `
import { add, fromData } from 'tensor';
import type { Tensor } from 'tensor';
/** A loop over two lists, as most exercises have one. */
export function plus(a: Tensor, b: Tensor): Tensor {
  const values = new Float32Array(a.size);
  for (let i = 0; i < values.length; i += 1) values[i] = a.data[i]! + (b.data[i] ?? 0);
  if (values.length !== b.size) throw new Error(\`plus: \${values.length} is not \${b.size}\`);
  return add(fromData(values, a.shape), 0);
}
`;
const checks = `
import { defineChecks } from 'authoring';
export default defineChecks({
  'adds': { step: 'sum', async run({ learner, reference, random, expect }) {
    const a = random.normal([2]);
    expect.close(await learner.plus(a, a), reference.plus(a, a));
    expect.inputsUnchanged();
  } },
  'refuses': { async run({ learner, random, expect }) {
    await expect.throws(learner.plus(random.normal([2]), random.normal([3])), { because: '2 is not 3', mentioning: ['2'] });
  } },
});
`;

/** Answers every call with the same tensor, so that one check fails and shows how. */
function echo(): RealmPort {
  let tell: (message: unknown) => void = () => undefined;
  const value = encode(fromData(new Float32Array([1, NaN]), [2]), wireTensors);
  return {
    install: () => Promise.resolve(true),
    listen: (listener) => (tell = (message) => listener.message(message)),
    send: (message) => {
      if (message.kind === 'start') tell({ kind: 'started', id: message.id });
      if (message.kind === 'call') tell({ kind: 'answered', id: message.id, value, changed: [], backends: [] });
    },
    terminate: () => undefined,
  };
}

export function warmUp(evaluate: Evaluate): Promise<Report> {
  const submission = {
    learner: { exercise: 'warm/up', text: learner },
    earlier: [],
    checks,
    solution: learner,
    references: [],
    offers: undefined,
    seed: 1,
    backend: 'auto',
    limits: defaultLimits,
  } as const;
  return runChecks({ submission, realm: echo(), evaluate });
}
