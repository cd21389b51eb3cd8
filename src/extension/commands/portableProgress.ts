/** Progress and solutions as one file, out of this folder and into it. An import merges, and says what became of each solution. */
import * as vscode from 'vscode';
import type { ImportedSolutions } from '../../content/learner/exportFile';
import { dateStamp } from '../../content/learner/datedName';
import { exercisesOf } from '../../course/course';
import { mergeProgress } from '../../course/progress';
import type { CourseLibrary } from '../course/courseLibrary';
import { writeText } from '../learner/fileErrors';
import { folderFiles } from '../learner/folderFiles';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { Platform } from '../platform';
import type { ProgressStore } from '../progress/progressStore';

export interface PortableProgressOptions extends Pick<Platform, 'load'> {
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly progress: ProgressStore;
}

/** An export holds texts alone, so one that is larger than this is none; it is not even read. */
const maxExportBytes = 64 * 1024 * 1024;

export class PortableProgress {
  constructor(private readonly options: PortableProgressOptions) {}

  /** Asks where to, unless `to` says so, and writes what is on disk and recorded now. */
  async export(to?: vscode.Uri): Promise<void> {
    const { library, load, progress } = this.options;
    const folder = await this.requireFolder();
    // What is typed and not saved would be missing without a word.
    await vscode.workspace.saveAll(false);
    const now = new Date();
    const target = to ?? (await askWhere(folder, now));
    if (target === undefined) {
      return;
    }
    const [{ exportText }, courses] = await Promise.all([load(), library.courses(), progress.load()]);
    const exercises = courses.flatMap(exercisesOf).map(({ id }) => id);
    const text = await exportText({ files: folderFiles(folder), progress: progress.current, exercises, now });
    await writeText(target, text);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Your progress and solutions are in {0}. Import that file in another folder or on another machine.',
        nameOf(target),
      ),
    );
  }

  async import(from?: vscode.Uri): Promise<void> {
    const { load, progress } = this.options;
    const folder = await this.requireFolder();
    const source = from ?? (await askWhich());
    if (source === undefined) {
      return;
    }
    const { importSolutions, readExport } = await load();
    const reading = readExport(await readExportText(source));
    if (reading.kind === 'unreadable') {
      throw new Error(
        vscode.l10n.t('{0} is no export of Ground Up ({1}). Nothing was changed.', nameOf(source), reading.because),
      );
    }
    if (reading.kind === 'newer') {
      throw new Error(
        vscode.l10n.t(
          '{0} was written by a newer Ground Up. Update the extension, then import it. Nothing was changed.',
          nameOf(source),
        ),
      );
    }
    await progress.load();
    const { file } = reading;
    const solutions = await importSolutions(folderFiles(folder), { solutions: file.solutions, now: new Date() });
    await progress.update((known) => mergeProgress(known, file.progress));
    void vscode.window.showInformationMessage(importedWords(solutions));
  }

  private async requireFolder(): Promise<vscode.Uri> {
    const folder = await this.options.folder.locate();
    if (folder === undefined) {
      throw new Error(vscode.l10n.t('No folder is open. Open one for your solutions first.'));
    }
    return folder;
  }
}

function importedWords({ written, kept, same }: ImportedSolutions): string {
  const sentences = [
    vscode.l10n.t(
      'Imported: the progress is merged; {0} solutions written, {1} the same as yours.',
      written.length,
      same.length,
    ),
    ...(kept.length === 0
      ? []
      : [
          vscode.l10n.t(
            '{0} differ from yours: yours stay as they are, and those of the file lie in .groundup/copies, the first as {1}.',
            kept.length,
            kept[0]?.copy ?? '',
          ),
        ]),
  ];
  return sentences.join(' ');
}

async function readExportText(source: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(source);
  if (size > maxExportBytes) {
    throw new Error(
      vscode.l10n.t('{0} is too large to be an export of Ground Up. Nothing was changed.', nameOf(source)),
    );
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(source));
}

async function askWhere(folder: vscode.Uri, now: Date): Promise<vscode.Uri | undefined> {
  return await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `ground-up-${dateStamp(now)}.json`),
    filters: { JSON: ['json'] },
    title: vscode.l10n.t('Export Progress and Solutions'),
  });
}

async function askWhich(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: false,
    filters: { JSON: ['json'] },
    title: vscode.l10n.t('Import Progress and Solutions'),
  });
  return chosen?.[0];
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}
