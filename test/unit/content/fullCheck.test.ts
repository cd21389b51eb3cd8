import assert from 'node:assert/strict';
import { evaluateHere } from '../../../src/cli/evaluate';
import { checkFully } from '../../../src/content/fullCheck';
import type { FullReport } from '../../../src/content/fullCheck';
import { contentOf, readScores, renderScores, scoreWords } from '../../../src/content/mutationScores';
import type { ScoreRow } from '../../../src/content/mutationScores';
import { findExercise } from '../../../src/course/course';
import { memorySource } from './memoryCourse';
import { ScriptedRunner } from './scriptedRunner';
import type { Answer } from './scriptedRunner';

const sentence = 'twice a number is the number and itself';
const passed: Answer = { verdict: 'passed', outcomes: { [sentence]: { status: 'passed' } } };
const failed: Answer = {
  verdict: 'failed',
  outcomes: { [sentence]: { status: 'failed', sentence: 'off', mismatch: { kind: 'condition' } } },
};

interface Case {
  readonly solution?: string;
  readonly equivalent?: string;
  readonly answer?: (text: string) => Answer;
}

async function full({ solution, equivalent = '', answer = sound }: Case = {}): Promise<
  FullReport & { readonly runner: ScriptedRunner }
> {
  const plain = await memorySource();
  const mutants = await plain.mutants('basics/double');
  const source = await memorySource({
    'basics/double/mutants.ts': `${mutants.replace('{ defineMutants }', '{ defineEquivalent, defineMutants }')}\n${equivalent}`,
    ...(solution === undefined ? {} : { 'basics/double/solution.ts': solution }),
  });
  const exercise = findExercise(source.course, 'basics/double');
  assert.ok(exercise);
  const runner = new ScriptedRunner(({ learner }) => answer(learner.text));
  const report = await checkFully({ source, exercise, quick: runner, evaluate: evaluateHere, seedCount: 100 });
  return { ...report, runner };
}

function sound(text: string): Answer {
  return text.includes('x + x') ? passed : failed;
}

const entry = (to: string): string =>
  `export const equivalent = defineEquivalent([{ at: 'return x + x;', from: 'x + x', to: '${to}', because: 'It is the same number.' }]);`;

describe('The full author check', () => {
  it('tries the solution with a hundred seeds on every backend, and each automatic mutant with three', async () => {
    const { runner, findings, score } = await full();
    assert.deepEqual(findings, []);
    assert.deepEqual(
      runner.submissions.map(({ backend, seed, moreSeeds }) => `${backend} ${seed} +${moreSeeds?.length ?? 0}`),
      ['loops 1 +99', 'gpu.js 1 +99', 'auto 1 +99', 'auto 1 +2'],
    );
    assert.deepEqual(score, {
      exercise: 'basics/double',
      total: 1,
      caught: 1,
      endless: 0,
      equivalent: 0,
      survived: 0,
    });
  });

  it('finds a survivor, with file, line, change and mend', async () => {
    const { findings, score } = await full({ answer: () => passed });
    assert.equal(score.survived, 1);
    const [finding] = findings;
    assert.deepEqual(
      { path: finding?.path, line: finding?.line, property: finding?.property },
      { path: 'basics/double/solution.ts', line: 3, property: 'automatic' },
    );
    assert.match(
      finding?.message ?? '',
      /No check fails over “x \+ x” written as “x - x”\. Sharpen a check or add one;/,
    );
    assert.ok(finding?.message.includes("{ at: 'return x + x;', from: 'x + x', to: 'x - x', because: '…' }"));
  });

  it('takes an equivalent mutant for what it is, and finds one that a check fails', async () => {
    const { findings, score } = await full({ answer: () => passed, equivalent: entry('x - x') });
    assert.deepEqual(findings, []);
    assert.deepEqual([score.equivalent, score.survived], [1, 0]);
    const wrong = await full({ equivalent: entry('x - x') });
    assert.match(wrong.findings[0]?.message ?? '', /equivalent lists “x \+ x” written as “x - x”, but it fails “twice/);
    assert.equal(wrong.findings[0]?.path, 'basics/double/mutants.ts');
  });

  it('counts the endless, and does not count what does not compile', async () => {
    const solution = 'export function double(x: number): number {\n  return x * 2;\n}\n';
    const answer = (text: string): Answer =>
      text.includes('x * 2')
        ? passed
        : text.includes('x * 3')
          ? { verdict: 'timedOut' }
          : text.includes('x * 1')
            ? { verdict: 'didNotCompile' }
            : failed;
    const { score, findings } = await full({ solution, answer });
    assert.deepEqual(findings, []);
    assert.deepEqual([score.total, score.caught, score.endless], [2, 1, 1]);
  });

  it('finds a check that goes wrong itself, and a solution that some seed breaks', async () => {
    const fault: Answer = {
      verdict: 'harnessFailed',
      outcomes: { [sentence]: { status: 'harnessFailed', message: 'the check itself threw: TypeError' } },
    };
    const { findings, score } = await full({ answer: (text) => (text.includes('x + x') ? passed : fault) });
    assert.match(findings[0]?.message ?? '', /The checks themselves go wrong over “x \+ x” written as .*TypeError/);
    assert.equal(score.total, 0);
    const unlucky = await full({ answer: () => failed });
    assert.match(
      unlucky.findings[0]?.message ?? '',
      /^On loops with seed 1 the solution's verdict is failed\. “twice a number.*”: off\. Mend/,
    );
    assert.equal(unlucky.findings[0]?.property, 'seeds');
  });
});

describe('The table of mutation scores', () => {
  const row: ScoreRow = {
    exercise: 'basics/double',
    written: 2,
    total: 9,
    caught: 6,
    endless: 1,
    equivalent: 1,
    survived: 1,
    content: '0123456789ab',
  };

  it('is read as it was written, in the order of the course', () => {
    const other: ScoreRow = { ...row, exercise: 'basics/quadruple', survived: 0 };
    const text = renderScores([other, row], ['basics/double', 'basics/quadruple']);
    assert.deepEqual(readScores(text), [row, other]);
    assert.match(text, /\| basics\/double \| 2 \| 9 \| 6 \| 1 \| 1 \| 1 \| 87 % \| `0123456789ab` \|/);
    assert.deepEqual(readScores(renderScores([row], [])), []);
  });

  it('says a hundred per cent only where nothing survives', () => {
    assert.equal(scoreWords({ ...row, total: 1001, equivalent: 0, survived: 1 }), '99 %');
    assert.equal(scoreWords({ ...row, survived: 0 }), '100 %');
    assert.equal(scoreWords({ ...row, total: 1, equivalent: 1, survived: 0 }), '–');
  });

  it('knows by its hash whether solution, checks or mutants have changed', async () => {
    const hashWith = async (changes: Record<string, string>): Promise<string> =>
      contentOf(await memorySource(changes), 'basics/double');
    const now = await hashWith({});
    assert.match(now, /^[0-9a-f]{12}$/);
    assert.equal(await hashWith({ 'basics/double/lesson.md': '---\ntitle: T\nminutes: 5\n---\n' }), now);
    for (const file of ['solution.ts', 'checks.ts', 'mutants.ts']) {
      assert.notEqual(await hashWith({ [`basics/double/${file}`]: 'x' }), now);
    }
  });
});
