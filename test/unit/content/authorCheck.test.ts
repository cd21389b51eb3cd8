import assert from 'node:assert/strict';
import { evaluateHere } from '../../../src/cli/evaluate';
import { checkExercise, everyBackend } from '../../../src/content/authorCheck';
import type { AuthorReport } from '../../../src/content/authorCheck';
import { findExercise } from '../../../src/course/course';
import type { CheckOutcome } from '../../../src/harness/report';
import { memorySource } from './memoryCourse';
import { ScriptedRunner } from './scriptedRunner';
import type { Answer } from './scriptedRunner';

const twice = 'twice a number is the number and itself';
const nothing = 'twice nothing is nothing';
const failed: CheckOutcome = { status: 'failed', sentence: 'off', mismatch: { kind: 'condition' } };
const passed: CheckOutcome = { status: 'passed' };
const todo: CheckOutcome = { status: 'notStarted', function: 'double' };

/** What a sound harness says of the tiny course: only the solution is right, and each mutant fails its check. */
function sound(text: string): Answer {
  if (text.includes('TODO')) {
    return { verdict: 'notStarted', outcomes: { [twice]: todo, [nothing]: todo } };
  }
  if (text.includes('x + x')) {
    return { verdict: 'passed', outcomes: { [twice]: passed, [nothing]: passed } };
  }
  const outcomes = text.includes('x * x')
    ? { [twice]: failed, [nothing]: passed }
    : { [twice]: failed, [nothing]: failed };
  return { verdict: 'failed', outcomes };
}

interface Case {
  readonly changes?: Readonly<Record<string, string | undefined>>;
  readonly answer?: (text: string, seed: number) => Answer;
}

async function author({ changes = {}, answer = sound }: Case = {}): Promise<
  AuthorReport & { readonly runner: ScriptedRunner }
> {
  const source = await memorySource(
    Object.fromEntries(Object.entries(changes).map(([file, text]) => [`basics/double/${file}`, text])),
  );
  const exercise = findExercise(source.course, 'basics/double');
  assert.ok(exercise);
  const runner = new ScriptedRunner(({ learner, seed }) => answer(learner.text, seed ?? 0));
  const report = await checkExercise({
    source,
    exercise,
    runner,
    evaluate: evaluateHere,
    seeds: [1, 2],
    backends: everyBackend,
  });
  return { ...report, runner };
}

async function checkFinds(given: Case, property: string, expected: RegExp): Promise<void> {
  const { findings } = await author(given);
  assert.ok(
    findings.some((finding) => finding.property === property && expected.test(finding.message)),
    `${expected.source} is not among ${JSON.stringify(findings, undefined, 1)}`,
  );
}

async function fileOf(name: string, edit: (text: string) => string): Promise<Record<string, string>> {
  const source = await memorySource();
  return { [name]: edit(await source.files.readText(`basics/double/${name}`)) };
}

describe('The author check', () => {
  it('has nothing to say of a sound exercise, and says of each mutant whether it is caught', async () => {
    const { findings, mutants, checkCount } = await author();
    assert.deepEqual(findings, []);
    assert.equal(checkCount, 2);
    assert.deepEqual(mutants, [
      { name: 'squares', caughtBy: twice, isCaught: true },
      { name: 'adds two', caughtBy: nothing, isCaught: true },
    ]);
  });

  it('runs the stub once, the solution on every backend with every seed, and every mutant with every seed on the check that it names', async () => {
    const { runner } = await author();
    const runs = runner.submissions.map(({ learner, backend, seed, moreSeeds = [], mustFail, only }) => {
      const what = learner.text.includes('TODO') ? 'stub' : learner.text.includes('x + x') ? 'solution' : 'mutant';
      assert.deepEqual(only, mustFail === undefined ? undefined : [mustFail]);
      return `${what} ${backend} ${[seed, ...moreSeeds].join('+')}${mustFail === undefined ? '' : `: “${mustFail}” must fail`}`;
    });
    const solutions = everyBackend.map((backend) => `solution ${backend} 1+2`);
    const mutants = [twice, nothing].map((sentence) => `mutant auto 1+2: “${sentence}” must fail`);
    assert.deepEqual(runs, ['stub auto 1', ...solutions, ...mutants]);
  });

  it('finds a missing and a stray file', async () => {
    await checkFinds({ changes: { 'hints.md': undefined } }, 'files', /hints\.md is missing/);
    await checkFinds({ changes: { 'solution.ts': undefined } }, 'files', /solution\.ts is missing/);
    await checkFinds({ changes: { 'notes.txt': '' } }, 'files', /notes\.txt is no file of an exercise/);
    await checkFinds({ changes: { 'old/stub.ts': '' } }, 'files', /old is no file/);
  });

  it('finds mathematics that does not render, links that lead nowhere, and a lesson without steps', async () => {
    const lesson = (body: string): Case => ({ changes: { 'lesson.md': `---\ntitle: T\nminutes: 5\n---\n${body}` } });
    await checkFinds(lesson('$\\frac$'), 'lesson', /does not render/);
    await checkFinds(lesson('[x](exercise:basics/triple)'), 'lesson', /no exercise basics\/triple/);
    await checkFinds(lesson('words'), 'lesson', /no derivation step/);
  });

  it('finds too few hints', async () => {
    await checkFinds({ changes: { 'hints.md': '## One\nx\n\n## Two\ny\n' } }, 'hints', /Hints so far: 2/);
  });

  it('finds a step that the lesson does not have, and warns of one that no check tests', async () => {
    const changes = await fileOf('checks.ts', (text) => text.replace("step: 'sum'", "step: 'product'"));
    await checkFinds({ changes }, 'steps', /names the step product, but the lesson has sum/);
    const { findings } = await author({ changes });
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message.includes('step sum')),
      [true],
    );
  });

  it('finds checks that do not compile or are none', async () => {
    await checkFinds({ changes: { 'checks.ts': 'export default {' } }, 'checks', /does not compile/);
    await checkFinds({ changes: { 'checks.ts': 'export const x = 1;' } }, 'checks', /does not export checks/);
  });

  it('finds a stub that is more, less or other than not started', async () => {
    const stub = (outcome: CheckOutcome): NonNullable<Case['answer']> => {
      return (text) =>
        text.includes('TODO')
          ? { verdict: 'notStarted', outcomes: { [twice]: todo, [nothing]: outcome } }
          : sound(text);
    };
    await checkFinds({ answer: stub(passed) }, 'stub', /“twice nothing is nothing” says passed for the stub/);
    await checkFinds({ answer: stub(failed) }, 'stub', /says failed for the stub/);
    await checkFinds(
      { answer: (text) => (text.includes('TODO') ? { verdict: 'didNotCompile' } : sound(text)) },
      'stub',
      /verdict is didNotCompile/,
    );
    const changes = await fileOf('stub.ts', (text) => text.replace('function double', 'function twofold'));
    await checkFinds({ changes }, 'stub', /stub exports twofold; the solution exports double/);
  });

  it('finds a solution that fails, with backend, seed and reason', async () => {
    const answer = (text: string, seed: number): Answer =>
      text.includes('x + x') && seed === 2 ? { verdict: 'failed', outcomes: { [twice]: failed } } : sound(text);
    await checkFinds(
      { answer },
      'solution',
      /On gpu\.js with seed 2 the solution's verdict is failed\. “twice a number.*”: off\./,
    );
  });

  it('finds a mutant that is not caught, or only by luck', async () => {
    const survives = (text: string): Answer =>
      text.includes('x * x') ? { verdict: 'passed', outcomes: { [twice]: passed } } : sound(text);
    await checkFinds(
      { answer: survives },
      'mutants',
      /“squares”: with seed 1 .* does not fail\. Its verdict is passed/,
    );
    const lucky = (text: string, seed: number): Answer => (seed === 2 ? survives(text) : sound(text));
    await checkFinds({ answer: lucky }, 'mutants', /“squares”: with seed 2 .* does not fail/);
    const elsewhere = (text: string): Answer =>
      text.includes('x * x') ? { verdict: 'failed', outcomes: { [twice]: passed, [nothing]: failed } } : sound(text);
    await checkFinds({ answer: elsewhere }, 'mutants', /does not fail\. It fails “twice nothing is nothing”/);
  });

  it('finds a mutant that does not compile, does not apply or names no check', async () => {
    const answer = (text: string): Answer => (text.includes('x * x') ? { verdict: 'didNotCompile' } : sound(text));
    await checkFinds({ answer }, 'mutants', /“squares”: it does not compile/);
    const mutants = async (from: string, to: string): Promise<Case> => ({
      changes: await fileOf('mutants.ts', (text) => text.replace(from, to)),
    });
    await checkFinds(await mutants("find: 'x + x'", "find: 'y + y'"), 'mutants', /has "y \+ y" nowhere, not once/);
    await checkFinds(await mutants("find: 'x + x'", "find: 'x'"), 'mutants', /has "x" \d+ times, not once/);
    await checkFinds(await mutants("replace: 'x * x'", "replace: 'x + x'"), 'mutants', /changes nothing/);
    await checkFinds(
      await mutants(`caughtBy: '${nothing}'`, "caughtBy: 'no such check'"),
      'mutants',
      /there is no such check/,
    );
    await checkFinds(
      await mutants("name: 'adds two'", "name: 'squares'"),
      'mutants',
      /Two mutants are called “squares”/,
    );
    await checkFinds(await mutants('edits: [', 'source: "x", edits: ['), 'mutants', /either edits or source/);
    await checkFinds(
      await mutants('export default defineMutants([', 'export default defineMutants([['),
      'mutants',
      /does not compile/,
    );
    await checkFinds(await mutants("from 'authoring'", "from 'node:fs'"), 'mutants', /cannot be imported/);
  });

  it('finds an entry of equivalent that is no automatic mutant, or gives no reason', async () => {
    const listing = (entry: string): Promise<Record<string, string>> =>
      fileOf('mutants.ts', (text) => `${text}\nexport const equivalent = [${entry}];\n`);
    const sameEntry = "{ at: 'return x + x;', from: 'x + x', to: 'x - x', because: 'It is the same number.' }";
    assert.deepEqual((await author({ changes: await listing(sameEntry) })).findings, []);
    await checkFinds(
      { changes: await listing(sameEntry.replaceAll('x + x', 'y + y')) },
      'mutants',
      /equivalent lists “y \+ y” as “x - x” at “return y \+ y;”, but no automatic mutant of solution\.ts is that/,
    );
    await checkFinds(
      { changes: await listing(sameEntry.replace('It is the same number.', '')) },
      'mutants',
      /equivalent should be .*because should say in a sentence/,
    );
  });

  it('judges mutants with the quick judge where there is one, and the rest never', async () => {
    const source = await memorySource();
    const exercise = findExercise(source.course, 'basics/double');
    assert.ok(exercise);
    const [runner, quick] = [0, 1].map(() => new ScriptedRunner(({ learner }) => sound(learner.text)));
    assert.ok(runner && quick);
    const options = { source, exercise, evaluate: evaluateHere, seeds: [1], backends: ['auto'] as const };
    const { findings } = await checkExercise({ ...options, runner, quick });
    assert.deepEqual(findings, []);
    assert.deepEqual(
      [runner, quick].map(({ submissions }) => submissions.map(({ learner }) => learner.text.includes('x + x'))),
      [
        [false, true],
        [false, false],
      ],
    );
  });

  it('finds a file that a figure names and that is missing or malformed, and takes the others for its own', async () => {
    const figure = '```figure images\n{ "source": "means.json", "caption": "Means." }\n```\n';
    const changes = await fileOf('lesson.md', (text) => `${text}\n${figure}`);
    await checkFinds({ changes }, 'lesson', /means\.json does not lie beside lesson\.md/);
    await checkFinds({ changes: { ...changes, 'means.json': '{' } }, 'lesson', /means\.json is not JSON/);
    const images = JSON.stringify({ images: [{ label: '0', width: 1, height: 1, values: [0.5] }] });
    assert.deepEqual((await author({ changes: { ...changes, 'means.json': images } })).findings, []);
    await checkFinds({ changes: { 'means.json': images } }, 'files', /means\.json is no file of an exercise/);
  });

  it('finds a check that catches nothing', async () => {
    const changes = await fileOf('mutants.ts', (text) => text.replace(/,\s*\{\s*name: 'adds two'[\s\S]*?\n {2}\}/, ''));
    await checkFinds({ changes }, 'checks', /“twice nothing is nothing” fails for no mutant/);
  });

  it('tries a check that no mutant names on every mutant, until it fails for one', async () => {
    const changes = await fileOf('mutants.ts', (text) =>
      text.replace(`caughtBy: '${nothing}'`, `caughtBy: '${twice}'`),
    );
    const { findings, runner } = await author({ changes });
    assert.deepEqual(findings, []);
    assert.deepEqual(
      runner.submissions
        .filter(({ only }) => only?.includes(nothing))
        .map(({ learner }) => learner.text.includes('x * x')),
      [true, false],
    );
  });

  it('does not take a fault of the harness for a caught mutant', async () => {
    const answer = (text: string): Answer =>
      text.includes('x * x')
        ? { verdict: 'harnessFailed', outcomes: { [twice]: { status: 'harnessFailed', message: 'm' } } }
        : sound(text);
    await checkFinds({ answer }, 'mutants', /the harness failed on it/);
  });
});
