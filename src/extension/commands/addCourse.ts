/** Adds a folder with a course of the same format to those that the learner's settings name. */
import * as vscode from 'vscode';
import type { Platform } from '../platform';
import { addedCourseFolders } from '../settings';

/** Asks for the folder, unless `folder` names it, and once whether its author is trusted: its checks are code. */
export async function addCourse(load: Platform['load'], folder?: vscode.Uri): Promise<void> {
  const chosen = folder ?? (await askWhich());
  if (chosen === undefined) {
    return;
  }
  const { foreignCourseFiles, loadCourse } = await load();
  const { course, problems } = await loadCourse(foreignCourseFiles(chosen));
  const [problem] = problems;
  if (course === undefined) {
    throw new Error(
      vscode.l10n.t(
        'That folder holds no course that can be read: {0} Correct it, or choose the folder in which course.json lies.',
        problem?.message ?? '',
      ),
    );
  }
  const add = vscode.l10n.t('Add Course');
  const question = vscode.l10n.t('Add the course “{0}”?', course.title);
  const detail = vscode.l10n.t(
    'Its lessons are shown like any others. Its checks and solutions are programs, which run on your machine when you check one of its exercises: add it only if you trust its author.',
  );
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, add)) === add) {
    const folders = [...new Set([...addedCourseFolders(), chosen.fsPath])];
    await vscode.workspace.getConfiguration('groundup').update('courses', folders, vscode.ConfigurationTarget.Global);
  }
}

async function askWhich(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    title: vscode.l10n.t('Add Course Folder'),
    openLabel: vscode.l10n.t('Add Course'),
  });
  return chosen?.[0];
}
