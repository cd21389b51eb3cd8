import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { check, closeEditors, courseText, fileOf, open, problemsIn, type, until, writeText } from './learner';

const id = 'learning/affine-backward';

/** Affine backward with the weights' gradient turned the wrong way. */
function wrongOf(solution: string): string {
  const wrong = solution.replace(/dW: matmul/, 'dW: (() => { throw new RangeError("dW is not ready"); })() ?? matmul');
  assert.notEqual(wrong, solution, 'the solution has no dW to break any more');
  return wrong;
}

async function lensesOf(uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return all.filter(({ command }) => command?.command.startsWith('groundup.'));
}

async function hoverAt(document: vscode.TextDocument, words: string): Promise<string> {
  const offset = document.getText().indexOf(words);
  assert.ok(offset >= 0, words);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(offset + 1),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .filter((text) => text.includes('command:groundup.'))
    .join('\n');
}

async function shapesIn(document: vscode.TextDocument): Promise<readonly string[]> {
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    new vscode.Range(0, 0, document.lineCount, 0),
  );
  return hints.flatMap(({ label }) => (typeof label === 'string' && label.includes('(') ? [label] : []));
}

describe('in the editor', () => {
  let solution: string;
  before(async () => {
    solution = await courseText(`${id}/solution.ts`);
  });
  afterEach(closeEditors);

  it('each function to write has its actions above it, with how it stands', async () => {
    const document = await type(id, await courseText(`${id}/stub.ts`));
    const titles = async (): Promise<readonly string[]> =>
      (await lensesOf(document.uri)).map(({ command }) => command?.title ?? '');
    assert.deepEqual(
      (await lensesOf(document.uri)).map(({ command }) => command?.command),
      ['checkSolution', 'showHint', 'showLesson', 'debugExercise'].map((name) => `groundup.${name}`),
    );
    await check(id);
    await until('it is still to be written', async () => (await titles())[0]?.includes('still to be written'));
    await type(id, solution);
    const report = await check(id);
    const count = String(report.checks.length);
    await until('all its checks hold', async () => (await titles())[0]?.includes(`${count} of ${count} checks hold`));
    await type(id, `${solution}// changed\n`);
    await until('it is changed', async () => (await titles())[0]?.includes('changed since'));
    await document.save();
  });

  it('the actions can be turned off', async () => {
    const { document } = await open(id);
    const settings = vscode.workspace.getConfiguration('groundup');
    assert.ok((await lensesOf(document.uri)).length > 0);
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Global);
    try {
      await until('they are gone', async () => (await lensesOf(document.uri)).length === 0);
    } finally {
      await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('nothing of this is said of a file that is no exercise', async () => {
    await open(id);
    await writeText(
      'mine/notes.ts',
      "import { matmul } from 'tensor';\nexport function affineBackward(a: number) {}\n",
    );
    const document = await vscode.workspace.openTextDocument(fileOf('mine/notes.ts'));
    assert.deepEqual(await lensesOf(document.uri), []);
    assert.equal(await hoverAt(document, 'affineBackward'), '');
    assert.equal(await hoverAt(document, 'matmul'), '');
  });

  it('a problem leads to the step of the derivation, and to a hint', async () => {
    const document = await type(id, wrongOf(solution));
    const report = await check(id);
    assert.equal(report.verdict, 'threw', report.sentence);
    const [problem] = problemsIn(document.uri);
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes('Show the derivation step dW: The weights'), titles.join('\n'));
    assert.ok(titles.includes('Show a hint'), titles.join('\n'));
    const toStep = actions.find(({ title }) => title.startsWith('Show the derivation step dW'))?.command;
    assert.deepEqual([toStep?.command, toStep?.arguments], ['groundup.showLesson', [id, 'dW']]);
    await (await type(id, solution)).save();
  });

  it('a hover on a function to write shows its derivation, and on a function of the library its formula', async () => {
    const document = await type(id, solution);
    const derivation = await hoverAt(document, 'affineBackward');
    assert.match(derivation, /dWₖᵢ = Σₙ dyₙₖ xₙᵢ/);
    assert.match(derivation, /command:groundup\.showLesson\?.*dW/);
    const formula = await hoverAt(document, 'matmul');
    assert.match(formula, /cᵢⱼ = Σₖ aᵢₖ bₖⱼ/);
    assert.match(formula, /dA = dC Bᵀ/);
    assert.match(formula, /tensors%2Fmatmul/);
    await document.save();
  });

  it('the shapes of the last check stand beside the parameters, until the text changes', async () => {
    const document = await type(id, solution);
    const report = await check(id);
    assert.equal(report.verdict, 'passed', report.sentence);
    const shapes = await until('they are there', async () => {
      const found = await shapesIn(document);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(shapes, ['(2, 3)', '{ x (2, 4), W (3, 4) }', '→ { dx (2, 4), dW (3, 4), db (3,) }']);
    await type(id, `${solution}// changed\n`);
    assert.deepEqual(await shapesIn(document), []);
    await document.save();
  });
});
