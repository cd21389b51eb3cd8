/** A learner at work, for the integration tests: their folder, their files, what they are told and what they answer. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExerciseId } from '../../src/course/course';
import type { Progress } from '../../src/course/progress';
import type { GroundUpApi } from '../../src/extension/extension';
import type { Report } from '../../src/harness/report';

const extensionId = 'groundup.groundup';

export async function groundUp(): Promise<GroundUpApi> {
  const extension = vscode.extensions.getExtension<GroundUpApi>(extensionId);
  assert.ok(extension, `${extensionId} is not there`);
  return await extension.activate();
}

export function fileOf(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the tests need an open folder');
  return vscode.Uri.joinPath(folder.uri, ...path.split('/'));
}

export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(fileOf(path)));
}

export async function writeText(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(fileOf(path), new TextEncoder().encode(text));
}

export async function remove(path: string): Promise<void> {
  if (await exists(path)) {
    await vscode.workspace.fs.delete(fileOf(path), { recursive: true });
  }
}

export async function exists(path: string): Promise<boolean> {
  return await vscode.workspace.fs.stat(fileOf(path)).then(
    () => true,
    () => false,
  );
}

export async function namesIn(path: string): Promise<string[]> {
  return await vscode.workspace.fs.readDirectory(fileOf(path)).then(
    (entries) => entries.map(([name]) => name),
    () => [],
  );
}

/** A file of the built-in course: `tensors/matmul/solution.ts`. */
export async function courseText(path: string): Promise<string> {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension);
  const uri = vscode.Uri.joinPath(extension.extensionUri, 'exercises', ...path.split('/'));
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

export async function progressFile(): Promise<Progress> {
  return JSON.parse(await readText('.groundup/progress.json')) as Progress;
}

/** Waits until `condition` answers with something other than `undefined` or `false`, and answers with that. */
export async function until<T>(what: string, condition: () => T | Promise<T>): Promise<Exclude<T, undefined | false>> {
  const giveUp = Date.now() + 60_000;
  for (;;) {
    const answer = await Promise.resolve(condition()).catch((): undefined => undefined);
    if (answer !== undefined && answer !== false) {
      return answer as Exclude<T, undefined | false>;
    }
    assert.ok(Date.now() < giveUp, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export async function open(id: ExerciseId): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('groundup.openExercise', id);
  return await until(`${id} is open`, () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.path.endsWith(`/${id}.ts`) === true ? editor : undefined;
  });
}

/** Types `text` over all that the exercise's file holds, without saving. */
export async function type(id: ExerciseId, text: string): Promise<vscode.TextDocument> {
  const { document } = await open(id);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document;
}

/** Runs the command, and answers with the report that came of it. */
export async function check(id: ExerciseId): Promise<Report> {
  const api = await groundUp();
  const before = api.lastReport;
  await vscode.commands.executeCommand('groundup.checkSolution', id);
  const report = api.lastReport;
  assert.ok(report !== undefined && report !== before, 'the check gave no report');
  assert.equal(report.exercise, id);
  return report;
}

/** `file`'s diagnostics that Ground Up itself set. */
export function problemsIn(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Ground Up');
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export interface Conversation {
  /** Everything that was said to the learner, details included, in order. */
  readonly said: string[];
  end(): void;
}

type Say = (sentence: string, ...rest: unknown[]) => Thenable<unknown>;

/** Listens to what the learner is told from now on, and presses the buttons named in `press` where they are offered. */
export function listen({ press = [] }: { readonly press?: readonly string[] } = {}): Conversation {
  const said: string[] = [];
  const window = vscode.window as unknown as Record<string, Say>;
  const names = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'];
  const originals = names.map((name) => window[name]);
  for (const name of names) {
    window[name] = (sentence, ...rest) => {
      const buttons = rest.filter((item): item is string => typeof item === 'string');
      const detail = rest.map((item) => (item as { readonly detail?: string }).detail ?? '').join('');
      said.push(`${sentence} ${detail}`.trim());
      return Promise.resolve(buttons.find((button) => press.includes(button)));
    };
  }
  return {
    said,
    end() {
      names.forEach((name, index) => {
        const original = originals[index];
        if (original !== undefined) {
          window[name] = original;
        }
      });
    },
  };
}
