/**
 * A second copy of the progress in VS Code's own storage, one for each course folder on this machine: it stands in where
 * the file is missing or damaged.
 */
import type * as vscode from 'vscode';
import type { Progress } from '../../course/progress';
import { mergeProgress } from '../../course/progress';
import type { Platform } from '../platform';

const prefix = 'groundup.progress:';

export class ProgressMirror {
  constructor(
    private readonly memento: vscode.Memento,
    private readonly load: Platform['load'],
  ) {}

  async of(folder: vscode.Uri): Promise<Progress | undefined> {
    const value = this.memento.get<unknown>(prefix + folder.toString());
    if (value === undefined) {
      return undefined;
    }
    const { progressFrom } = await this.load();
    const reading = progressFrom(value);
    return reading.kind === 'corrupt' ? undefined : reading.progress;
  }

  async put(folder: vscode.Uri, progress: Progress): Promise<void> {
    const mirrored = await this.of(folder);
    await this.memento.update(
      prefix + folder.toString(),
      mirrored === undefined ? progress : mergeProgress(mirrored, progress),
    );
  }
}
