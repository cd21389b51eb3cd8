import assert from 'node:assert/strict';
import vm from 'node:vm';
import type { ModuleBody } from '../../../src/harness/compile/loader';
import { DebugRealm } from '../../../src/harness/debug/debugRealm';
import { runChecks } from '../../../src/harness/judge/judge';
import type { ValueView } from '../../../src/harness/report';
import { defaultLimits } from '../../../src/harness/submission';

const text = `
export function half(x: number): number {
  return x / 3;
}
`;
const submission = {
  learner: { exercise: 'tensors/half', text },
  earlier: [],
  solution: text.replace('3', '2'),
  checks: `
import { defineChecks } from 'authoring';
export default defineChecks({
  'halves': { async run({ learner, expect }) {
    expect.close(await learner.half(0), 0);
    expect.close(await learner.half(8), 4);
    expect.close(await learner.half(9), 4.5);
  } },
});
`,
  references: [],
  offers: undefined,
  seed: 1,
  backend: 'auto',
  limits: defaultLimits,
} as const;

/** Runs the checks, and says under which names the learner's module was evaluated and how many calls came into reach. */
async function run(
  input: readonly ValueView[] | undefined,
): Promise<{ readonly names: readonly string[]; readonly callsMet: number; readonly sentence: string }> {
  const names: string[] = [];
  const evaluate = (code: string, filename: string): ModuleBody => {
    if (filename.includes('half')) names.push(filename);
    return vm.compileFunction(code, ['exports', 'require'], { filename }) as ModuleBody;
  };
  const realm = new DebugRealm({
    evaluate,
    input,
    withFile: (module) => (module.id === 'tensors/half' ? { ...module, filename: 'file:///half.ts.js' } : module),
  });
  const { checks } = await runChecks({ submission, realm, evaluate: (code, name) => evaluate(code, `own ${name}`) });
  const [{ outcome }] = checks as [(typeof checks)[number]];
  return { names, callsMet: realm.callsMet, sentence: outcome.status === 'failed' ? outcome.sentence : outcome.status };
}

describe('a realm for debugging', () => {
  it('brings the call with the input that failed into reach, and no other', async () => {
    const { callsMet, sentence } = await run([{ kind: 'text', text: '8' }]);
    assert.equal(callsMet, 1);
    assert.match(sentence, /returned 2\.66/);
  });

  it('brings every call into reach where no input is given', async () => {
    assert.equal((await run(undefined)).callsMet, 2);
  });

  it('says that an input did not come up again', async () => {
    assert.equal((await run([{ kind: 'text', text: '77' }])).callsMet, 0);
  });

  it('holds the learner’s module twice: under the name of its file, and under one that no breakpoint knows', async () => {
    const { names } = await run(undefined);
    assert.deepEqual(
      names.filter((name) => !name.startsWith('own')),
      ['file:///half.ts.js', 'groundup:tensors/half'],
    );
  });
});
