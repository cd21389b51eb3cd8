/** The course that ships with the extension, read through VS Code's file system, which works in every host. */
import * as vscode from 'vscode';
import type { CourseEntry, CourseFileFault, CourseFiles } from '../../content/courseFiles';
import { CourseFileError, maxCourseFileSize, maxDataFileSize } from '../../content/courseFiles';

export function extensionCourseFiles(root: vscode.Uri): CourseFiles {
  const uriOf = (path: string): vscode.Uri => (path === '' ? root : vscode.Uri.joinPath(root, ...path.split('/')));
  const read = async (path: string, limit: number): Promise<Uint8Array> => {
    const bytes = await vscode.workspace.fs.readFile(uriOf(path)).then(undefined, (error: unknown) => {
      throw new CourseFileError(path, faultOf(error), { cause: error });
    });
    if (bytes.byteLength > limit) {
      throw new CourseFileError(path, 'tooLarge');
    }
    return bytes;
  };
  return {
    readText: async (path) => new TextDecoder().decode(await read(path, maxCourseFileSize)),
    readBytes: (path) => read(path, maxDataFileSize),
    async list(folder) {
      const entries = await vscode.workspace.fs.readDirectory(uriOf(folder)).then(undefined, (error: unknown) => {
        throw new CourseFileError(folder, faultOf(error), { cause: error });
      });
      return entries.map(([name, type]): CourseEntry => ({ name, kind: kindOf(type) }));
    },
  };
}

function kindOf(type: vscode.FileType): CourseEntry['kind'] {
  return type === vscode.FileType.File ? 'file' : type === vscode.FileType.Directory ? 'folder' : 'other';
}

function faultOf(error: unknown): CourseFileFault {
  const code = error instanceof vscode.FileSystemError ? error.code : '';
  return code === 'FileNotFound' ? 'missing' : code === 'NoPermissions' ? 'notPermitted' : 'unreadable';
}
