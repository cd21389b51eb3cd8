/** A course in memory: the tiny one of the fixtures, with files changed, added or (where `undefined`) taken away. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import { CourseFileError } from '../../../src/content/courseFiles';
import type { CourseEntry, CourseFiles } from '../../../src/content/courseFiles';
import { CourseSource } from '../../../src/content/courseSource';
import { loadCourse } from '../../../src/content/loadCourse';

const folder = path.join(process.cwd(), 'test/fixtures/course');

export function memoryCourse(
  changes: Readonly<Record<string, string | Uint8Array | undefined>> = {},
): CourseFiles & { readonly reads: string[] } {
  const texts = new Map<string, string | Uint8Array>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath, entry.name);
      texts.set(path.relative(folder, file).replaceAll(path.sep, '/'), readFileSync(file, 'utf8'));
    }
  }
  for (const [file, text] of Object.entries(changes)) {
    if (text === undefined) {
      texts.delete(file);
    } else {
      texts.set(file, text);
    }
  }
  const reads: string[] = [];
  return {
    reads,
    readText(file) {
      reads.push(file);
      const text = texts.get(file);
      return typeof text === 'string' ? Promise.resolve(text) : Promise.reject(new CourseFileError(file, 'missing'));
    },
    readBytes(file) {
      reads.push(file);
      const bytes = texts.get(file);
      return typeof bytes === 'object' ? Promise.resolve(bytes) : Promise.reject(new CourseFileError(file, 'missing'));
    },
    list(of) {
      const prefix = of === '' ? '' : `${of}/`;
      const below = [...texts.keys()]
        .filter((file) => file.startsWith(prefix))
        .map((file) => file.slice(prefix.length));
      const names = new Map(
        below.map((file): [string, CourseEntry['kind']] => [
          file.split('/')[0] ?? '',
          file.includes('/') ? 'folder' : 'file',
        ]),
      );
      return Promise.resolve([...names].map(([name, kind]) => ({ name, kind })));
    },
  };
}

export async function memorySource(
  changes: Readonly<Record<string, string | Uint8Array | undefined>> = {},
): Promise<CourseSource> {
  const files = memoryCourse(changes);
  const { course } = await loadCourse(files);
  assert.ok(course);
  return new CourseSource(files, course);
}
