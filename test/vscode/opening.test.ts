import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExerciseId } from '../../src/course/course';
import {
  closeEditors,
  courseText,
  exists,
  fileOf,
  groundUp,
  listen,
  namesIn,
  open,
  progressFile,
  readText,
  remove,
  type,
  until,
  writeText,
} from './learner';

/** The ids of the course's exercises, part by part. */
async function parts(): Promise<readonly (readonly ExerciseId[])[]> {
  const course = JSON.parse(await courseText('course.json')) as {
    readonly parts: readonly { readonly id: string; readonly exercises: readonly string[] }[];
  };
  return course.parts.map(({ id, exercises }) => exercises.map((name) => `${id}/${name}` as const));
}

describe('opening an exercise', () => {
  afterEach(closeEditors);

  it('registers every command that the manifest lists', async () => {
    await groundUp();
    const manifest = vscode.extensions.getExtension('groundup.groundup')?.packageJSON as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it("writes the stub, a tsconfig and the types of 'tensor' and of every exercise", async () => {
    await remove('tensors/matmul.ts');
    await remove('learning/affine-forward.ts');
    await open('tensors/matmul');
    assert.equal(await readText('tensors/matmul.ts'), await courseText('tensors/matmul/stub.ts'));
    assert.ok(await exists('tsconfig.json'));
    assert.ok(await exists('.groundup/types/tensor/index.d.ts'));
    assert.equal(
      await readText('.groundup/types/learning/affine-forward.ts'),
      await courseText('learning/affine-forward/stub.ts'),
    );
    assert.ok(!(await exists('learning/affine-forward.ts')), 'no file of an exercise that was not opened');
  });

  it('shows the file at the left with the focus, and its lesson at the right', async () => {
    const editor = await open('tensors/matmul');
    assert.equal(editor.viewColumn, vscode.ViewColumn.One);
    const lesson = await until('the lesson is open', () =>
      vscode.window.tabGroups.all.find((group) =>
        group.tabs.some(
          (tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith('groundup.lesson'),
        ),
      ),
    );
    assert.equal(lesson.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.activeTextEditor, editor);
  });

  it('reuses the lesson panel for the next exercise', async () => {
    await open('tensors/matmul');
    await open('tensors/broadcasting');
    const lessons = vscode.window.tabGroups.all.flatMap((group) =>
      group.tabs.filter((tab) => tab.input instanceof vscode.TabInputWebview),
    );
    assert.equal(lessons.length, 1);
  });

  it('shows a lesson anew when its author saves it in a copy of the course', async () => {
    await open('tensors/matmul');
    const copy = 'authors-copy';
    for (const path of ['course.json', 'tensors/matmul/lesson.md', 'tensors/matmul/hints.md']) {
      await writeText(`${copy}/${path}`, await courseText(path));
    }
    const title = (): string | undefined =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .find((tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith('groundup.lesson'))
        ?.label;
    await until('the lesson is open', () => title() === 'Lesson: Matrix product');
    const document = await vscode.workspace.openTextDocument(fileOf(`${copy}/tensors/matmul/lesson.md`));
    const edit = new vscode.WorkspaceEdit();
    const line = document.getText().split('\n').indexOf('title: Matrix product');
    assert.ok(line > 0, 'the lesson has another title now');
    edit.insert(document.uri, document.lineAt(line).range.end, ', anew');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await until('the lesson is shown anew', () => title() === 'Lesson: Matrix product, anew');
    await remove(copy);
  });

  it('never overwrites what the learner wrote', async () => {
    await open('learning/affine-forward');
    await closeEditors();
    await writeText('learning/affine-forward.ts', '// mine\n');
    await open('learning/affine-forward');
    assert.equal(await readText('learning/affine-forward.ts'), '// mine\n');
  });

  it('records the exercise as in progress, and as the one to continue with', async () => {
    await open('tensors/kernel-matmul');
    const progress = await progressFile();
    assert.equal(progress.last?.exercise, 'tensors/kernel-matmul');
    assert.equal(await (await groundUp()).stateOf('tensors/kernel-matmul'), 'inProgress');
    await closeEditors();
    await vscode.commands.executeCommand('groundup.continue');
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /tensors\/kernel-matmul\.ts$/);
  });

  it('leaves no temporary file behind', async () => {
    await open('tensors/matmul');
    assert.deepEqual(
      (await namesIn('.groundup')).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('moves on to the next exercise, across parts', async () => {
    const [first, second] = await parts();
    const last = first?.at(-1);
    assert.ok(last);
    await open(last);
    await vscode.commands.executeCommand('groundup.nextExercise');
    const { path = '' } = vscode.window.activeTextEditor?.document.uri ?? {};
    assert.ok(path.endsWith(`/${second?.[0] ?? ''}.ts`), path);
  });

  it('says after the last exercise that it was the last', async () => {
    const learner = listen();
    try {
      await vscode.commands.executeCommand('groundup.nextExercise', (await parts()).at(-1)?.at(-1));
      assert.deepEqual(learner.said, ['That was the last exercise of the course.']);
    } finally {
      learner.end();
    }
  });

  it('shows no error in a fresh stub, while the editor does look for errors', async function () {
    this.timeout(90_000);
    const typeErrors = (): vscode.Diagnostic[] =>
      vscode.languages
        .getDiagnostics(fileOf('attention/attend.ts'))
        .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    const document = await type(
      'attention/attend',
      `${await courseText('attention/attend/stub.ts')}\nexport const wrong: number = 'text';\n`,
    );
    await until('TypeScript finds the error that was typed', () => typeErrors().length > 0);
    assert.deepEqual(
      typeErrors().map(({ message }) => message),
      ["Type 'string' is not assignable to type 'number'."],
    );
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
      await courseText('attention/attend/stub.ts'),
    );
    await vscode.workspace.applyEdit(edit);
    await until('the error is gone', () => typeErrors().length === 0);
    await document.save();
  });
});
