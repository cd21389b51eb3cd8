/** A course folder on disk. Nothing outside it is read, not through `..` and not through a link. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CourseEntry, CourseFileFault, CourseFiles } from '../content/courseFiles';
import { CourseFileError, assertInside, maxCourseFileSize, maxDataFileSize } from '../content/courseFiles';

export function nodeCourseFiles(root: string): CourseFiles {
  const locate = async (relative: string): Promise<string> => {
    assertInside(relative);
    const [folder, target] = await Promise.all([realpath(root), realpath(path.join(root, relative))]);
    const inside = path.relative(folder, target);
    if (inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) {
      throw new CourseFileError(relative, 'outside');
    }
    return target;
  };
  return {
    async readText(relative) {
      return await orCourseFileError(relative, async () => {
        const target = await locate(relative);
        const { size } = await stat(target);
        if (size > maxCourseFileSize) {
          throw new CourseFileError(relative, 'tooLarge');
        }
        return await readFile(target, 'utf8');
      });
    },
    async readBytes(relative) {
      return await orCourseFileError(relative, async () => {
        const target = await locate(relative);
        const { size } = await stat(target);
        if (size > maxDataFileSize) {
          throw new CourseFileError(relative, 'tooLarge');
        }
        return await readFile(target);
      });
    },
    async list(relative) {
      return await orCourseFileError(relative, async () => {
        const entries = await readdir(await locate(relative), { withFileTypes: true });
        return entries.map((entry): CourseEntry => {
          return { name: entry.name, kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other' };
        });
      });
    },
  };
}

async function orCourseFileError<T>(relative: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof CourseFileError ? error : new CourseFileError(relative, faultOf(error), { cause: error });
  }
}

function faultOf(error: unknown): CourseFileFault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return 'missing';
  }
  return code === 'EACCES' || code === 'EPERM' ? 'notPermitted' : 'unreadable';
}
