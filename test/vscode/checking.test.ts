import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hashOf } from '../../src/harness/sourceHash';
import {
  check,
  closeEditors,
  courseText,
  exists,
  fileOf,
  groundUp,
  listen,
  open,
  problemsIn,
  progressFile,
  readText,
  type,
  until,
  writeText,
} from './learner';

const id = 'tensors/broadcasting';

describe('checking a solution', () => {
  let solution: string;
  before(async () => {
    solution = await courseText(`${id}/solution.ts`);
  });
  afterEach(closeEditors);

  it('calls a fresh stub not started, and marks nothing in it', async () => {
    const { document } = await open('tensors/matmul');
    const report = await check('tensors/matmul');
    assert.equal(report.verdict, 'notStarted', report.sentence);
    assert.deepEqual(problemsIn(document.uri), []);
    assert.equal(await (await groundUp()).stateOf('tensors/matmul'), 'inProgress');
  });

  it('shows what is wrong at its line, and keeps the focus in the editor', async () => {
    const wrong = solution.replace(/\n(export function outerSum[^{]*\{)/, '\n$1\n  if (a.size >= 0) return a;');
    assert.notEqual(wrong, solution);
    const document = await type(id, wrong);
    const report = await check(id);
    assert.equal(report.verdict, 'failed', report.sentence);
    assert.equal(report.sourceHash, hashOf(wrong));
    assert.equal(vscode.window.activeTextEditor?.document, document);
    const line = wrong.split('\n').findIndex((text) => text.includes('export function outerSum'));
    assert.deepEqual([...new Set(problemsIn(document.uri).map(({ range }) => range.start.line))], [line]);
  });

  it('saves before it runs', async () => {
    const text = `${solution}// and a comment\n`;
    const document = await type(id, text);
    assert.ok(document.isDirty);
    await check(id);
    assert.ok(!document.isDirty);
    assert.equal(await readText(`${id}.ts`), text);
  });

  it('records the text that passed, in the file and in the state', async () => {
    const text = `${solution}// as it passed\n`;
    const document = await type(id, text);
    const report = await check(id);
    assert.equal(report.verdict, 'passed', report.sentence);
    assert.deepEqual(problemsIn(document.uri), []);
    assert.equal((await progressFile()).exercises[id]?.passed?.hash, hashOf(text));
    assert.equal(await (await groundUp()).stateOf(id), 'passed');
  });

  it('calls it changed once the text is another, and passed again once it is back', async () => {
    const api = await groundUp();
    await type(id, `${solution}// one way\n`);
    await check(id);
    await type(id, `${solution}// another way\n`);
    await until('the state is another', async () => (await api.stateOf(id)) === 'passedThenChanged');
    const document = await type(id, `${solution}// one way\n`);
    await until('the state is passed again', async () => (await api.stateOf(id)) === 'passed');
    await document.save();
  });

  it('notices a change that another program made', async () => {
    const api = await groundUp();
    await type(id, solution);
    await check(id);
    await closeEditors();
    await writeText(`${id}.ts`, `${solution}// by another program\n`);
    await until('the state is another', async () => (await api.stateOf(id)) === 'passedThenChanged');
  });

  it('takes its marks away once the file is edited', async () => {
    const document = await type(id, 'export function broadcastShapes( {\n');
    assert.equal((await check(id)).verdict, 'didNotCompile');
    assert.ok(problemsIn(document.uri).length > 0, 'no squiggle for what does not parse');
    await type(id, solution);
    await until('the squiggle is gone', () => problemsIn(document.uri).length === 0);
    await document.save();
  });

  it('is superseded by a second check', async () => {
    const endless = solution.replace(/(export function broadcastShapes[^{]*\{)/, '$1\n  for (;;);');
    assert.notEqual(endless, solution);
    await type(id, endless);
    const first = vscode.commands.executeCommand('groundup.checkSolution', id);
    await until('the first check runs', async () => (await readText(`${id}.ts`)) === endless);
    await type(id, solution);
    const report = await check(id);
    await first;
    assert.equal(report.verdict, 'passed', report.sentence);
    assert.equal((await groundUp()).lastReport, report);
  });

  it('can be cancelled', async () => {
    const endless = solution.replace(/(export function broadcastShapes[^{]*\{)/, '$1\n  for (;;);');
    await type(id, endless);
    const running = check(id);
    const cancelling = setInterval(() => void vscode.commands.executeCommand('groundup.cancelCheck'), 100);
    try {
      assert.equal((await running).verdict, 'cancelled');
    } finally {
      clearInterval(cancelling);
    }
    await (await type(id, solution)).save();
  });

  it('says that the file is gone, and writes it again when asked to', async () => {
    await open('attention/attend');
    await closeEditors();
    await vscode.workspace.fs.delete(fileOf('attention/attend.ts'));
    const learner = listen({ press: ['Write It Again'] });
    try {
      await vscode.commands.executeCommand('groundup.checkSolution', 'attention/attend');
      assert.equal(learner.said.length, 1);
      assert.match(learner.said[0] ?? '', /^attention\/attend\.ts is not there any more/);
      await until('the file is there again', () => exists('attention/attend.ts'));
    } finally {
      learner.end();
    }
    assert.equal(await readText('attention/attend.ts'), await courseText('attention/attend/stub.ts'));
  });

  it("imports the learner's own earlier work where it has passed, else the reference", async () => {
    const later = 'learning/affine-backward';
    await open(later);
    await (await type(later, await courseText(`${later}/solution.ts`))).save();
    const before = await check(later);
    assert.equal(before.verdict, 'passed', before.sentence);
    for (const { exercise, author } of before.earlier) {
      assert.equal(author, exercise === id ? 'learner' : 'reference', exercise);
    }
    const earlier = before.earlier[0]?.exercise;
    if (earlier !== undefined) {
      await type(earlier, `${await courseText(`${earlier}/solution.ts`)}// mine\n`);
      assert.equal((await check(earlier)).verdict, 'passed');
      const after = await check(later);
      assert.equal(after.earlier.find(({ exercise }) => exercise === earlier)?.author, 'learner');
    }
  });
});
