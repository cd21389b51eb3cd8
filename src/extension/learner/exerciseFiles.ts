/**
 * Opens, resets and restores the learner's files. A stub is written where there is no file yet, and only then: what a
 * learner wrote is replaced by nothing but a reset, which keeps a dated copy.
 */
import * as vscode from 'vscode';
import { dateStamp, latestCopy } from '../../content/learner/datedName';
import type { ExerciseId } from '../../course/course';
import { formerIds } from '../../course/course';
import type { CourseLibrary } from '../course/courseLibrary';
import { messageOf } from '../words';
import { readTextIfThere, writeText } from './fileErrors';
import type { LearnerFolder } from './learnerFolder';
import type { TypeFiles } from './typeFiles';

export interface ExerciseFilesOptions {
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly types: TypeFiles;
}

export class ExerciseFiles {
  constructor(private readonly options: ExerciseFilesOptions) {}

  /**
   * Writes the stub if there is no file of the exercise yet, and brings the types up to date. Answers `undefined` where
   * the learner declined to have files written into a folder that holds something else. Rejects in one sentence where
   * the file can be neither found nor written.
   */
  async ensure(id: ExerciseId): Promise<vscode.Uri | undefined> {
    const folder = await this.requireFolder();
    if ((await this.options.folder.isForeign()) && !(await mayWriteInto(folder))) {
      return undefined;
    }
    const uri = this.options.folder.fileOf(id);
    if ((await readTextIfThere(uri)) === undefined) {
      await this.write(uri, (await this.textUnderFormerId(id)) ?? (await this.options.library.stub(id)));
    }
    await this.ensureTypes(id);
    return uri;
  }

  /** What the learner wrote before the exercise had this id. */
  private async textUnderFormerId(id: ExerciseId): Promise<string | undefined> {
    for (const former of formerIds(await this.options.library.courseOf(id), id)) {
      const text = await readTextIfThere(this.options.folder.fileOf(former));
      if (text !== undefined) {
        return text;
      }
    }
    return undefined;
  }

  /** Renews types and tsconfig; a folder that cannot be written costs hovers and completions, and says so. */
  async ensureTypes(id?: ExerciseId): Promise<void> {
    const folder = await this.requireFolder();
    try {
      await this.options.types.ensure(folder, id);
    } catch (error) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "The types of 'tensor' could not be written into {0} ({1}), so the editor may mark its import as an error; checking still works.",
          folder.fsPath,
          messageOf(error),
        ),
      );
    }
  }

  /** Writes the stub again, after a dated copy of what was there. Resolves with the copy, if there was anything to keep. */
  async reset(id: ExerciseId, now: Date): Promise<vscode.Uri | undefined> {
    const uri = this.options.folder.fileOf(id);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const present = open?.getText() ?? (await readTextIfThere(uri));
    const stub = await this.options.library.stub(id);
    const keep = present !== undefined && present !== stub;
    const copy = keep ? await this.freeCopyName(id, now) : undefined;
    if (copy !== undefined && present !== undefined) {
      await this.write(copy, present);
    }
    if (open !== undefined && !open.isClosed) {
      // Through the editor, so that undo still leads back and unsaved edits do not collide with the file.
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, new vscode.Range(0, 0, open.lineCount, 0), stub);
      if (!(await vscode.workspace.applyEdit(edit)) || !(await open.save())) {
        throw new Error(
          vscode.l10n.t('{0} could not be saved. Close it or make it writable, then reset it again.', `${id}.ts`),
        );
      }
    } else {
      await this.write(uri, stub);
    }
    return copy;
  }

  /** Writes a file that is gone again: from its latest copy where there is one, else from the stub. */
  async restore(id: ExerciseId): Promise<vscode.Uri> {
    await this.requireFolder();
    const uri = this.options.folder.fileOf(id);
    if ((await readTextIfThere(uri)) === undefined) {
      const folder = vscode.Uri.joinPath(this.copies(id), '..');
      const names = await vscode.workspace.fs.readDirectory(folder).then(
        (entries) => entries.map(([name]) => name),
        () => [],
      );
      const copy = latestCopy(names, `${id.split('/').at(-1) ?? ''}.ts`);
      const text = copy === undefined ? undefined : await readTextIfThere(vscode.Uri.joinPath(folder, copy));
      await this.write(uri, text ?? (await this.options.library.stub(id)));
    }
    return uri;
  }

  private async requireFolder(): Promise<vscode.Uri> {
    const folder = await this.options.folder.locate();
    if (folder === undefined) {
      throw new Error(vscode.l10n.t('No folder is open. Open one for your solutions first.'));
    }
    if (!(await this.options.folder.exists())) {
      throw new Error(vscode.l10n.t('The course folder {0} is gone. Put it back, or open another.', folder.fsPath));
    }
    return folder;
  }

  private async write(uri: vscode.Uri, text: string): Promise<void> {
    try {
      await writeText(uri, text);
    } catch (error) {
      throw new Error(
        vscode.l10n.t(
          '{0} could not be written ({1}). Make its folder writable, or open another one.',
          vscode.workspace.asRelativePath(uri, false),
          messageOf(error),
        ),
        { cause: error },
      );
    }
  }

  private async freeCopyName(id: ExerciseId, now: Date): Promise<vscode.Uri> {
    for (let later = 0; ; later += 1) {
      const stamp = dateStamp(new Date(now.getTime() + later * 1_000));
      const uri = this.copies(`${id}-${stamp}`);
      if ((await readTextIfThere(uri)) === undefined) {
        return uri;
      }
    }
  }

  private copies(name: string): vscode.Uri {
    const file = this.options.folder.fileOf(`.groundup/copies/${name}`);
    return file;
  }
}

async function mayWriteInto(folder: vscode.Uri): Promise<boolean> {
  const write = vscode.l10n.t('Use This Folder');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Write your exercises into {0}? It already holds other files; none of them will be changed.',
      folder.fsPath,
    ),
    { modal: true },
    write,
  );
  return answer === write;
}
