/**
 * Keeps what the editor's TypeScript service needs in the learner's folder up to date. Where a tsconfig that the learner
 * edited has lost the types of `'tensor'`, one sentence offers to restore it.
 */
import * as vscode from 'vscode';
import { datedName } from '../../content/learner/datedName';
import { MissingDeclaration, ensureTypeFiles } from '../../content/learner/typeFiles';
import type { ExerciseId } from '../../course/course';
import { courseIdOf } from '../../course/namespace';
import type { CourseLibrary } from '../course/courseLibrary';
import { readTextIfThere, writeText } from './fileErrors';
import { folderFiles } from './folderFiles';

export interface TypeFilesOptions {
  readonly extension: vscode.Uri;
  /** Names the build whose types are written; another name means they are written again. */
  readonly version: string;
  readonly library: CourseLibrary;
}

export class TypeFiles {
  /** The folder and the text of the tsconfig whose loss was offered to be mended; asked once. */
  private readonly offered = new Set<string>();

  constructor(private readonly options: TypeFilesOptions) {}

  /**
   * Brings the types and the tsconfig in `folder` up to date, for the course that `id` is of: a course that was added has
   * its own below the folder, where the editor finds it first.
   */
  async ensure(folder: vscode.Uri, id: ExerciseId | undefined): Promise<void> {
    const named = id === undefined ? undefined : courseIdOf(id);
    await this.ensureIn(named === undefined ? folder : vscode.Uri.joinPath(folder, named), id ?? '');
  }

  private async ensureIn(folder: vscode.Uri, id: string): Promise<void> {
    const { extension, library, version } = this.options;
    const source = await library.sourceOf(id);
    const declarations = vscode.Uri.joinPath(extension, 'dist', 'types', 'tensor');
    const state = await ensureTypeFiles({
      files: folderFiles(folder),
      course: source.course,
      version,
      stub: (each) => source.stub(each),
      declaration: (path) => readTextIfThere(vscode.Uri.joinPath(declarations, path)),
    }).catch((error: unknown) => {
      throw error instanceof MissingDeclaration ? new Error(missingWords(error), { cause: error }) : error;
    });
    if (state.kind === 'lost') {
      void this.offerToRestore({ folder, ...state });
    }
  }

  private async offerToRestore(state: {
    readonly folder: vscode.Uri;
    readonly present: string;
    readonly wanted: string;
  }): Promise<void> {
    const uri = vscode.Uri.joinPath(state.folder, 'tsconfig.json');
    const key = `${uri.toString()}\n${state.present}`;
    if (this.offered.has(key)) {
      return;
    }
    this.offered.add(key);
    const restore = vscode.l10n.t('Restore');
    const sentence = vscode.l10n.t(
      "tsconfig.json no longer leads to the types of 'tensor', so the editor marks its import as an error. Restore it? A dated copy of yours is kept.",
    );
    if ((await vscode.window.showWarningMessage(sentence, restore)) === restore) {
      const copy = vscode.Uri.joinPath(state.folder, '.groundup', 'copies', datedName('tsconfig.json', new Date()));
      await vscode.workspace.fs.copy(uri, copy);
      await writeText(uri, state.wanted);
    }
  }
}

function missingWords({ path }: MissingDeclaration): string {
  return vscode.l10n.t(
    "The types of 'tensor' are missing from this installation ({0}). Install Ground Up again.",
    path,
  );
}
