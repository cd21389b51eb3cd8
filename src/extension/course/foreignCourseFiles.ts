/**
 * A course folder from elsewhere, through VS Code's file system: data of which nothing is taken for granted. No path leads
 * out of it, no link is followed, and no file is read before its size is known.
 */
import * as vscode from 'vscode';
import type { CourseFiles } from '../../content/courseFiles';
import { CourseFileError, assertInside, maxCourseFileSize, maxDataFileSize } from '../../content/courseFiles';
import { extensionCourseFiles } from './extensionCourseFiles';

export function foreignCourseFiles(root: vscode.Uri): CourseFiles {
  const files = extensionCourseFiles(root);
  /** A link on any step of the way may lead anywhere. */
  const assertPlain = async (path: string, limit: number): Promise<void> => {
    assertInside(path);
    const segments = path === '' ? [] : path.split('/');
    for (let length = 1; length <= segments.length; length += 1) {
      const uri = vscode.Uri.joinPath(root, ...segments.slice(0, length));
      // What is not there is said by whoever reads it.
      const stat = await vscode.workspace.fs.stat(uri).then(undefined, () => undefined);
      if (stat !== undefined && (stat.type & vscode.FileType.SymbolicLink) !== 0) {
        throw new CourseFileError(path, 'outside');
      }
      if (stat?.type === vscode.FileType.Unknown) {
        // Reading a pipe or a device might never end.
        throw new CourseFileError(path, 'unreadable');
      }
      if (stat?.type === vscode.FileType.File && stat.size > limit) {
        throw new CourseFileError(path, 'tooLarge');
      }
    }
  };
  return {
    async readText(path) {
      await assertPlain(path, maxCourseFileSize);
      return await files.readText(path);
    },
    async readBytes(path) {
      await assertPlain(path, maxDataFileSize);
      return await files.readBytes(path);
    },
    async list(folder) {
      await assertPlain(folder, maxCourseFileSize);
      return await files.list(folder);
    },
  };
}
