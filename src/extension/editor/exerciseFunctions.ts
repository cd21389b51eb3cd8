/**
 * The functions that an exercise asks for, as they stand in the learner's file now: what code lenses, hovers, inlay hints
 * and test items are placed by. It answers for files of the course alone, so no other file costs more than a look at its path.
 */
import * as vscode from 'vscode';
import type { Exercise, ExerciseId } from '../../course/course';
import { signaturesIn } from '../../harness/compile/signatures';
import type { CourseLibrary } from '../course/courseLibrary';
import { readTextIfThere } from '../learner/fileErrors';
import type { LearnerFolder } from '../learner/learnerFolder';

export interface ExerciseFunctionsOptions {
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
}

/** A function to write, in a document. */
export interface PlacedFunction {
  readonly name: string;
  /** Where its name stands. */
  readonly range: vscode.Range;
  /** Behind each parameter with its type. */
  readonly parameterEnds: readonly vscode.Position[];
  /** Behind the closing bracket of its parameters. */
  readonly close?: vscode.Position;
}

/** Which documents the providers are asked about; whether one is an exercise's file is found out then. */
export const exerciseDocuments: vscode.DocumentSelector = { language: 'typescript', pattern: '**/*/*.ts' };

export class ExerciseFunctions {
  constructor(private readonly options: ExerciseFunctionsOptions) {}

  /** The exercise whose file `uri` is; `undefined` for any other file, and in a folder that holds no course. */
  async exerciseAt(uri: vscode.Uri): Promise<Exercise | undefined> {
    const { folder, library } = this.options;
    await folder.locate();
    const id = folder.idOf(uri);
    if (id === undefined || !(await folder.holdsCourse())) {
      return undefined;
    }
    return await library.find(id);
  }

  async inDocument(document: vscode.TextDocument, id: ExerciseId): Promise<readonly PlacedFunction[]> {
    const { functions } = await this.options.library.outline(id);
    return signaturesIn(document.getText(), functions).map(({ name, start, parameterEnds, close }) => ({
      name,
      range: new vscode.Range(document.positionAt(start), document.positionAt(start + name.length)),
      parameterEnds: parameterEnds.map((end) => document.positionAt(end)),
      ...(close === undefined ? {} : { close: document.positionAt(close) }),
    }));
  }

  /** Where each function's name stands in the learner's file of an exercise, open in an editor or not. */
  async rangesOf(id: ExerciseId): Promise<ReadonlyMap<string, vscode.Range>> {
    const uri = this.options.folder.fileOf(id);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const text = open?.getText() ?? (await readTextIfThere(uri)) ?? '';
    const { functions } = await this.options.library.outline(id);
    return new Map(signaturesIn(text, functions).map(({ name, start }) => [name, rangeIn(text, { start, name })]));
  }
}

function rangeIn(text: string, { start, name }: { readonly start: number; readonly name: string }): vscode.Range {
  const before = text.slice(0, start).split(/\r\n|\r|\n/);
  const position = new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
  return new vscode.Range(position, position.translate(0, name.length));
}
