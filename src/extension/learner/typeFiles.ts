/**
 * Writes what the editor's TypeScript service needs into the learner's folder, and renews it when the extension's
 * version changes. A tsconfig that the learner edited is left alone; where it has lost the types of `'tensor'`, one
 * sentence offers to restore it.
 */
import * as vscode from 'vscode';
import type { Course } from '../../course/course';
import { exercisesOf } from '../../course/course';
import type { CourseLibrary } from '../course/courseLibrary';
import { datedName } from './datedName';
import { readTextIfThere, writeText } from './fileErrors';
import { consoleTypes, importedDeclarations, learnerTsconfig, resolvesTensor } from './typeSupport';

export interface TypeFilesOptions {
  readonly extension: vscode.Uri;
  /** Names the build whose types are written; another name means they are written again. */
  readonly version: string;
  readonly library: CourseLibrary;
}

/** What was written last, kept beside the types: a tsconfig equal to `tsconfig` is ours to renew. */
interface Written {
  readonly version: string;
  readonly tsconfig: string;
}

export class TypeFiles {
  /** The folder and the text of the tsconfig whose loss was offered to be mended; asked once. */
  private readonly offered = new Set<string>();

  constructor(private readonly options: TypeFilesOptions) {}

  /** Brings the types and the tsconfig in `folder` up to date. */
  async ensure(folder: vscode.Uri): Promise<void> {
    const course = await this.options.library.course();
    const written = await this.readWritten(folder);
    if (written?.version !== this.options.version) {
      await this.writeTypes(folder, course);
    }
    const wanted = learnerTsconfig(course.parts.map((part) => part.id));
    const uri = vscode.Uri.joinPath(folder, 'tsconfig.json');
    const present = await readTextIfThere(uri);
    if (present === undefined || (present === written?.tsconfig && present !== wanted)) {
      await writeText(uri, wanted);
    } else if (!resolvesTensor(present)) {
      void this.offerToRestore({ folder, uri, present, wanted });
    }
    if (written?.version !== this.options.version || written.tsconfig !== wanted) {
      const record: Written = { version: this.options.version, tsconfig: wanted };
      await writeText(writtenUri(folder), `${JSON.stringify(record, null, 2)}\n`);
    }
  }

  private async readWritten(folder: vscode.Uri): Promise<Written | undefined> {
    try {
      const value: unknown = JSON.parse((await readTextIfThere(writtenUri(folder))) ?? 'null');
      const { version, tsconfig } = (value ?? {}) as Partial<Record<keyof Written, unknown>>;
      return typeof version === 'string' && typeof tsconfig === 'string' ? { version, tsconfig } : undefined;
    } catch {
      // Only a note to ourselves: without it everything is written again.
      return undefined;
    }
  }

  private async writeTypes(folder: vscode.Uri, course: Course): Promise<void> {
    const types = vscode.Uri.joinPath(folder, '.groundup', 'types');
    await writeText(vscode.Uri.joinPath(types, 'console.d.ts'), consoleTypes);
    for (const { id } of exercisesOf(course)) {
      await writeText(vscode.Uri.joinPath(types, `${id}.ts`), await this.options.library.stub(id));
    }
    await this.copyDeclarations('index.d.ts', { to: vscode.Uri.joinPath(types, 'tensor'), seen: new Set() });
  }

  /**
   * Copies a declaration file of `'tensor'` and all that it imports. The imports are followed, because an extension that
   * was loaded over HTTP can read its files and cannot list them.
   */
  private async copyDeclarations(
    path: string,
    copy: { readonly to: vscode.Uri; readonly seen: Set<string> },
  ): Promise<void> {
    if (copy.seen.has(path)) {
      return;
    }
    copy.seen.add(path);
    const source = vscode.Uri.joinPath(this.options.extension, 'dist', 'types', 'tensor', path);
    const text = await readTextIfThere(source);
    if (text === undefined) {
      if (path.endsWith('/index.d.ts') || path === 'index.d.ts') {
        throw new Error(
          vscode.l10n.t(
            "The types of 'tensor' are missing from this installation ({0}). Install Ground Up again.",
            path,
          ),
        );
      }
      await this.copyDeclarations(path.replace(/\.d\.ts$/, '/index.d.ts'), copy);
      return;
    }
    await writeText(vscode.Uri.joinPath(copy.to, path), text);
    for (const imported of importedDeclarations(path, text)) {
      await this.copyDeclarations(imported, copy);
    }
  }

  private async offerToRestore(state: {
    readonly folder: vscode.Uri;
    readonly uri: vscode.Uri;
    readonly present: string;
    readonly wanted: string;
  }): Promise<void> {
    const key = `${state.uri.toString()}\n${state.present}`;
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
      await vscode.workspace.fs.copy(state.uri, copy);
      await writeText(state.uri, state.wanted);
    }
  }
}

function writtenUri(folder: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(folder, '.groundup', 'types', 'written.json');
}
