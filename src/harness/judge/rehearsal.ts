/**
 * A rehearsal: judges a submission with the solution in the learner's place, all in this realm, so that everything
 * between a submission and its report has run before somebody waits for it. A process that has just started would
 * otherwise compile its own functions in the learner's time. No learner's text takes part.
 */
import * as tensorLibrary from '../../tensor';
import { loadProgram } from '../compile/loader';
import type { LoadedProgram, Program } from '../compile/loader';
import { wireTensors } from '../protocol/tensors';
import type { FromRealm, ToRealm } from '../protocol/realmMessages';
import { decode, encode } from '../protocol/wire';
import { defaultLimits } from '../submission';
import type { SeededSubmission } from '../submission';
import { runChecks } from './judge';
import type { Compile, Evaluate } from './prepare';
import type { RealmPort } from './realmPort';

export interface Rehearsal {
  /** What was judged last, as nothing is more likely to be judged next. Without it, a small exercise of our own. */
  readonly submission?: SeededSubmission | undefined;
  readonly evaluate: Evaluate;
  readonly compile: Compile;
  /** Asked before each call; when it says no, the rehearsal is broken off. */
  readonly goOn: () => boolean;
}

/** Longer than this is no longer in proportion to what it saves. */
const limits = { ...defaultLimits, totalMs: 1_000 };

export async function rehearse({ submission = smallExercise, evaluate, compile, goOn }: Rehearsal): Promise<void> {
  const { learner, solution, references } = submission;
  await runChecks({
    submission: {
      ...submission,
      learner: { ...learner, text: solution },
      earlier: references.map((source) => ({ ...source, author: 'reference' })),
      limits,
    },
    realm: new RehearsalRealm({ evaluate, goOn }),
    evaluate,
    compile,
  });
}

/** Loads a program in this realm and answers a little later, so that messages of others come through in between. */
class RehearsalRealm implements RealmPort {
  readonly #options: Pick<Rehearsal, 'evaluate' | 'goOn'>;
  /** Those of the program come first, then one for each probe. */
  readonly #modules: Program['modules'][number][] = [];
  #loaded: LoadedProgram | undefined;
  #programLength = 0;
  #listener: Parameters<RealmPort['listen']>[0] | undefined;

  constructor(options: Pick<Rehearsal, 'evaluate' | 'goOn'>) {
    this.#options = options;
  }

  install(modules: Program['modules']): Promise<boolean> {
    this.#modules.push(...modules);
    return Promise.resolve(true);
  }

  listen(listener: Parameters<RealmPort['listen']>[0]): void {
    this.#listener = listener;
  }

  send(message: ToRealm): void {
    setTimeout(() => void this.#respond(message), 0);
  }

  terminate(): void {
    this.#listener = undefined;
  }

  async #respond(message: ToRealm): Promise<void> {
    if (!this.#options.goOn()) this.#listener?.ended({ kind: 'crashed', message: 'the rehearsal was broken off' });
    else this.#listener?.message(await this.#answer(message));
  }

  async #answer(message: ToRealm): Promise<FromRealm> {
    switch (message.kind) {
      case 'warmUp':
        return { kind: 'ready' };
      case 'start':
        this.#loaded = loadProgram(
          { entry: message.program.entry, modules: [...this.#modules] },
          { builtins: { tensor: tensorLibrary }, evaluate: this.#options.evaluate },
        );
        this.#programLength = this.#modules.length;
        return { kind: 'started', id: message.id };
      case 'launch':
        return { kind: 'launchFailed', id: message.id, sentence: 'There is no GPU.js in a rehearsal.', stack: '' };
      case 'call':
      case 'probe':
        return await this.#call(message);
    }
  }

  async #call(message: Extract<ToRealm, { kind: 'call' | 'probe' }>): Promise<FromRealm> {
    const { id, module, arguments: wires } = message;
    const exports = this.#loaded?.modules[module];
    try {
      const callee = message.kind === 'call' ? exports?.[message.name] : this.#probe(message.probe);
      const earlier = (exercise: string): object => this.#loaded?.modules[exercise] ?? {};
      const first = message.kind === 'call' ? [] : [{ ...exports, tensor: tensorLibrary, earlier }];
      const values = wires.map((wire) => decode(wire, wireTensors));
      const value = await (callee as (...values: readonly unknown[]) => unknown)(...first, ...values);
      return { kind: 'answered', id, value: encode(value, wireTensors), changed: [], backends: [] };
    } catch (error) {
      const { name: kind, message, stack = '' } = error as Error;
      return { kind: 'threw', id, thrown: { name: kind, message, stack }, changed: [] };
    }
  }

  #probe(index: number): unknown {
    const { code = '', filename = '' } = this.#modules[this.#programLength + index] ?? {};
    const body = this.#options.evaluate(code, filename) as (exports: object, require: () => object) => unknown;
    return body({}, () => ({}));
  }
}

const smallSolution = `
import { add, fromData } from 'tensor';
import type { Tensor } from 'tensor';
/** A loop over two lists, as most exercises have one. */
export function plus(a: Tensor, b: Tensor): Tensor {
  if (a.size !== b.size) throw new Error(\`plus: \${a.size} is not \${b.size}\`);
  const values = new Float32Array(a.size);
  for (let i = 0; i < values.length; i += 1) values[i] = a.data[i]! + (b.data[i] ?? 0);
  return add(fromData(values, a.shape), 0);
}
`;

const smallExercise: SeededSubmission = {
  learner: { exercise: 'warm/up', text: smallSolution },
  earlier: [],
  solution: smallSolution,
  checks: `
import { defineChecks } from 'authoring';
import { fromData } from 'tensor';
export default defineChecks({
  'adds': { step: 'sum', async run({ learner, reference, random, expect }) {
    for (const length of [1, 2, 3, 5, 8, 13, 21]) {
      const a = random.normal([length, 2]);
      expect.close(await learner.plus(a, a), reference.plus(a, a));
    }
    expect.inputsUnchanged();
  } },
  'refuses': { async run({ learner, random, expect }) {
    await expect.throws(learner.plus(random.normal([2]), random.normal([3])), { because: '2 is not 3', mentioning: ['2'] });
  } },
  'fails': { async run({ learner, random, expect }) {
    expect.close(await learner.plus(random.normal([2]), random.normal([2])), fromData([1, NaN], [2]));
  } },
});
`,
  references: [],
  offers: undefined,
  seed: 1,
  backend: 'auto',
  limits,
};
