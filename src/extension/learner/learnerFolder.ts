/**
 * Where the learner's solutions live: which of the open folders is the course folder, and which file in it belongs to
 * which exercise. It reads only whether `.groundup/` exists, and writes nothing but the files it is asked to write.
 */
import * as vscode from 'vscode';
import type { ExerciseId } from '../../course/course';
import { Disposer } from '../disposables';
import { isMissing } from './fileErrors';

export class LearnerFolder extends Disposer {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  /** Fires when another folder has become the course folder, or none is open any more. */
  readonly onDidChange = this.changed.event;
  private located: Promise<vscode.Uri | undefined> | undefined;
  private present: vscode.Uri | undefined;

  constructor() {
    super();
    this.own(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.located = undefined;
        this.changed.fire();
      }),
    );
  }

  /** The course folder as it was found last; `undefined` before `locate` has answered, and where no folder is open. */
  get uri(): vscode.Uri | undefined {
    return this.present;
  }

  /** The open folder that holds `.groundup/`, else the first; `undefined` when no folder is open. */
  async locate(): Promise<vscode.Uri | undefined> {
    this.located ??= this.find();
    this.present = await this.located;
    return this.present;
  }

  /** Whether the course folder is still there; it may have been deleted under an open window. */
  async exists(): Promise<boolean> {
    const folder = await this.locate();
    return folder !== undefined && (await isFolder(folder));
  }

  async holdsCourse(): Promise<boolean> {
    const folder = await this.locate();
    return folder !== undefined && (await isFolder(vscode.Uri.joinPath(folder, '.groundup')));
  }

  /** True where other files lie in the folder and none of ours: then one asks before writing. */
  async isForeign(): Promise<boolean> {
    const folder = await this.locate();
    if (folder === undefined || (await this.holdsCourse())) {
      return false;
    }
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.some(([name]) => !name.startsWith('.'));
  }

  /** The learner's file of an exercise; `locate` must have found a folder before. */
  fileOf(id: ExerciseId): vscode.Uri {
    if (this.present === undefined) {
      throw new Error(vscode.l10n.t('No folder is open. Open one for your solutions first.'));
    }
    return vscode.Uri.joinPath(this.present, `${id}.ts`);
  }

  /** The id that `uri` has by its place in the course folder; whether the course has such an exercise is not asked. */
  idOf(uri: vscode.Uri): ExerciseId | undefined {
    if (this.present?.scheme !== uri.scheme || this.present.authority !== uri.authority) {
      return undefined;
    }
    const root = this.present.path.endsWith('/') ? this.present.path : `${this.present.path}/`;
    const match = uri.path.startsWith(root)
      ? /^((?:[\w-]+\/){1,2}[\w-]+)\.ts$/.exec(uri.path.slice(root.length))
      : null;
    return match?.[1] as ExerciseId | undefined;
  }

  private async find(): Promise<vscode.Uri | undefined> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    for (const { uri } of folders) {
      if (await isFolder(vscode.Uri.joinPath(uri, '.groundup'))) {
        return uri;
      }
    }
    return folders[0]?.uri;
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch (error) {
    if (isMissing(error)) {
      return false;
    }
    throw error;
  }
}
