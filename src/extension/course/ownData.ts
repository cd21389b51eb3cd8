/** Data sets of the learner's own: a setting names their folder, and they are used instead of what comes with the course. */
import * as vscode from 'vscode';
import type { DataSet } from '../../course/course';
import type { SubmittedData } from '../../harness/submission';
import type { Platform } from '../platform';
import { ownDataFolder } from '../settings';
import { remembered } from './remembered';

export class OwnData {
  /** By name and folder; such files do not change, and reading MNIST anew for each check would be felt. */
  private readonly sets = new Map<string, Promise<SubmittedData>>();

  constructor(private readonly options: Pick<Platform, 'load'>) {}

  /** The data set of the folder that the settings name, if they name one. Rejects with a `DataFileError`. */
  async read(name: string, set: DataSet): Promise<SubmittedData | undefined> {
    const folder = ownDataFolder(name);
    if (folder === undefined) {
      return undefined;
    }
    return await remembered(this.sets, `${name} ${folder}`, async () => {
      const { readDataSet, extensionCourseFiles } = await this.options.load();
      const files = extensionCourseFiles(vscode.Uri.file(folder));
      const origin = vscode.l10n.t(
        'The setting groundup.{0}.folder names the folder {1}: correct it, or clear it to use what comes with the course.',
        name,
        folder,
      );
      return await readDataSet({ name, set }, { files, folder: '', origin });
    });
  }
}
