import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestStanding } from '../../src/extension/testing/testResults';
import { check, closeEditors, courseText, groundUp, open, type, until } from './learner';

const id = 'tensors/broadcasting';
const matmul = 'tensors/matmul';

/** The standings of an exercise's checks, and of itself, once there are any other than before. */
async function standingsOf(exercise: string): Promise<ReadonlyMap<string, TestStanding>> {
  const { testStandings } = await groundUp();
  return new Map([...testStandings].filter(([item]) => item === exercise || item.startsWith(`${exercise}#`)));
}

async function forgetStandings(): Promise<void> {
  ((await groundUp()).testStandings as Map<string, TestStanding>).clear();
}

/** Waits for the exercise's item, made with its checks. */
async function itemOf(exercise: string): Promise<vscode.TestItem> {
  const { testItems } = await groundUp();
  return await until(`the Testing view has ${exercise} with its checks`, () => {
    const item = testItems.get(exercise.split('/')[0] ?? '')?.children.get(exercise);
    return item !== undefined && item.children.size > 0 && item.uri !== undefined ? item : undefined;
  });
}

describe('the Testing view', () => {
  let solution: string;
  let stub: string;
  before(async () => {
    solution = await courseText(`${id}/solution.ts`);
    stub = await courseText(`${matmul}/stub.ts`);
  });
  beforeEach(forgetStandings);
  afterEach(closeEditors);

  it('has the checks of an exercise that was opened, each at a function in its file', async () => {
    const document = await type(matmul, stub);
    const item = await itemOf(matmul);
    assert.equal(item.label, 'Matrix product');
    assert.equal(item.parent?.label, 'Tensors');
    const report = await check(matmul);
    assert.deepEqual(
      [...item.children].map(([, child]) => child.label).sort(),
      report.checks.map(({ sentence }) => sentence).sort(),
    );
    const lines = [...item.children].map(([, child]) => document.lineAt(child.range?.start.line ?? 0).text);
    assert.deepEqual(
      [...new Set(lines)].sort(),
      document
        .getText()
        .split('\n')
        .filter((line) => line.startsWith('export function'))
        .sort(),
    );
  });

  it('agrees with the report of a check that was started by the command', async () => {
    const wrong = solution.replace(/\n(export function outerSum[^{]*\{)/, '\n$1\n  if (a.size >= 0) return a;');
    await type(id, wrong);
    const report = await check(id);
    const standings = await until('the view was told', async () => {
      const found = await standingsOf(id);
      return found.size > report.checks.length ? found : undefined;
    });
    assert.equal(standings.get(id), 'failed');
    for (const { sentence, outcome } of report.checks) {
      assert.equal(standings.get(`${id}#${sentence}`), outcome.status, sentence);
    }
    await (await type(id, solution)).save();
  });

  it('runs the exercise at the cursor, saved first, and records it as any check does', async () => {
    const editor = await open(id);
    const text = `${solution}// run from the Testing view\n`;
    const document = await type(id, text);
    await itemOf(id);
    const line = document
      .getText()
      .split('\n')
      .findIndex((each) => each.startsWith('export function'));
    editor.selection = new vscode.Selection(line, 18, line, 18);
    await vscode.commands.executeCommand('testing.runCurrentFile');
    const standings = await until('every check has its result', async () => {
      const found = await standingsOf(id);
      return found.get(id) === undefined ? undefined : found;
    });
    assert.deepEqual([...new Set(standings.values())], ['passed']);
    assert.ok(!document.isDirty);
    const api = await groundUp();
    assert.equal(api.lastReport?.verdict, 'passed');
    assert.equal(await api.stateOf(id), 'passed');
  });

  it('calls a stub skipped, and what does not compile an error of the exercise', async () => {
    await type(matmul, stub);
    await itemOf(matmul);
    await check(matmul);
    await until('the stub was told', async () => (await standingsOf(matmul)).get(matmul) === 'skipped');
    await type(id, 'export function broadcastShapes( {\n');
    await check(id);
    const standings = await until('the error was told', async () => {
      const found = await standingsOf(id);
      return found.get(id) === 'errored' ? found : undefined;
    });
    assert.deepEqual(
      new Set([...standings].filter(([item]) => item !== id).map(([, each]) => each)),
      new Set(['skipped']),
    );
    await (await type(id, solution)).save();
  });

  it('checks again whenever the file is saved, while a continuous run is on', async () => {
    await open(id);
    await itemOf(id);
    await (await type(id, solution)).save();
    await vscode.commands.executeCommand('testing.startContinuousRun');
    try {
      const wrong = solution.replace(/\n(export function outerSum[^{]*\{)/, '\n$1\n  if (a.size >= 0) return a;');
      const document = await type(id, wrong);
      await document.save();
      await until('the save was checked', async () => (await standingsOf(id)).get(id) === 'failed');
      await (await type(id, `${solution}// and right again\n`)).save();
      await until('the next save was checked', async () => (await standingsOf(id)).get(id) === 'passed');
    } finally {
      await vscode.commands.executeCommand('testing.stopContinuousRun');
    }
  });
});
