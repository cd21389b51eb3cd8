import assert from 'node:assert/strict';
import { courseCommand } from '../../../src/cli/courseCommand';
import { readScores } from '../../../src/content/mutationScores';
import type { FullRun } from '../../../src/cli/fullRun';
import type { Terminal } from '../../../src/cli/terminal';
import type { CheckOutcome } from '../../../src/harness/report';
import { memoryCourse } from '../content/memoryCourse';
import { ScriptedRunner } from '../content/scriptedRunner';

const sentences = ['twice a number is the number and itself', 'twice nothing is nothing', 'four times a number'];
const failed: CheckOutcome = { status: 'failed', sentence: 'off', mismatch: { kind: 'condition' } };

function soundRunner(): ScriptedRunner {
  return new ScriptedRunner(({ learner, checks }) => {
    const own = sentences.filter((sentence) => checks.includes(sentence));
    const all = (outcome: CheckOutcome): Record<string, CheckOutcome> =>
      Object.fromEntries(own.map((sentence) => [sentence, outcome]));
    if (learner.text.includes('TODO')) {
      return { verdict: 'notStarted', outcomes: all({ status: 'notStarted', function: 'double' }) };
    }
    const isSolution = learner.text.includes('x + x') || learner.text.includes('double(double(x))');
    return isSolution
      ? { verdict: 'passed', outcomes: all({ status: 'passed' }) }
      : { verdict: 'failed', outcomes: all(failed) };
  });
}

function recorder(): Terminal & { text(): string } {
  const printed: string[] = [];
  return {
    print: (...lines) => void printed.push(...lines),
    progress: () => undefined,
    text: () => printed.join('\n'),
  };
}

describe('groundup course', () => {
  const run = async (
    changes: Record<string, string | undefined> = {},
    ids: readonly string[] = [],
  ): Promise<{ code: number; text: string }> => {
    const terminal = recorder();
    const code = await courseCommand({
      files: memoryCourse(changes),
      runner: soundRunner(),
      quick: soundRunner(),
      terminal,
      ids,
      seedCount: 1,
    });
    return { code, text: terminal.text() };
  };

  it('ends with 0 and a table of mutants when there is nothing to mend', async () => {
    const { code, text } = await run();
    assert.equal(code, 0, text);
    assert.match(text, /✓ basics\/double {2}Double/);
    assert.match(text, /basics\/double +2 +2 +2 +0\n/);
    assert.match(text, /basics\/quadruple +1 +1 +1 +0\n/);
    assert.match(text, /Nothing to mend\.$/);
  });

  it('ends with 1 and names file, property and mend when there is', async () => {
    const { code, text } = await run({ 'basics/double/hints.md': '## One\nx' });
    assert.equal(code, 1);
    assert.match(text, /✗ basics\/double/);
    assert.match(
      text,
      /basics\/double\/hints\.md\n +it has at least three hints that render\?\n +Hints so far: 1\. Write at least three/,
    );
    assert.match(text, /1 to mend\.$/);
  });

  it('brings the table of scores up to date in a full run, and asks nothing twice', async () => {
    const memory = new Map<string, unknown>();
    let table = '';
    const quick = soundRunner();
    const full: FullRun = {
      async remember<T>(
        parts: readonly string[],
        { make, keep }: { make: () => Promise<T>; keep: (made: T) => boolean },
      ): Promise<T> {
        const key = parts.join();
        const made = (memory.get(key) as T | undefined) ?? (await make());
        if (keep(made)) {
          memory.set(key, made);
        }
        return made;
      },
      readScores: () => Promise.resolve(table),
      writeScores: (text) => Promise.resolve(void (table = text)),
    };
    const runFully = async (changes: Record<string, string | undefined> = {}): Promise<number> => {
      const common = {
        files: memoryCourse(changes),
        runner: soundRunner(),
        terminal: recorder(),
        ids: [],
        seedCount: 1,
      };
      return await courseCommand({ ...common, quick, full });
    };
    assert.equal(await runFully(), 0);
    const rows = readScores(table);
    assert.deepEqual(
      rows.map(({ exercise, total, caught }) => ({ exercise, total, caught })),
      [
        { exercise: 'basics/double', total: 1, caught: 1 },
        { exercise: 'basics/quadruple', total: 0, caught: 0 },
      ],
    );
    const asked = quick.submissions.length;
    assert.equal(await runFully(), 0);
    assert.equal(quick.submissions.length, asked);
    assert.deepEqual(readScores(table), rows);
    assert.equal(await runFully({ 'basics/double/hints.md': '## One\nx' }), 1);
    assert.deepEqual(readScores(table), rows, 'an exercise with errors keeps the row that it had');
  });

  it('checks only what it is asked for', async () => {
    const { text } = await run({}, ['basics/quadruple']);
    assert.doesNotMatch(text, /basics\/double/);
  });

  it('ends with 2 when there is no such exercise, or no course', async () => {
    const unknown = await run({}, ['basics/triple']);
    assert.deepEqual(
      [unknown.code, unknown.text.includes('no exercise basics/triple. It has basics/double')],
      [2, true],
    );
    assert.equal((await run({ 'course.json': 'no' })).code, 2);
  });
});
