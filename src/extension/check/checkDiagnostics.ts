/** Squiggles for what the last check of an exercise found, until its file is edited. */
import * as vscode from 'vscode';
import type { ExerciseId } from '../../course/course';
import type { Report } from '../../harness/report';
import { Disposer } from '../disposables';
import type { LearnerFolder } from '../learner/learnerFolder';
import { problemsOf } from './problems';
import type { PlacedProblem } from './problems';

/** A squiggle of a check's, which knows where to read on. VS Code hands the very object to whoever offers a quick fix. */
export class CheckDiagnostic extends vscode.Diagnostic {
  override readonly source = 'Ground Up';

  constructor(
    range: vscode.Range,
    readonly exercise: ExerciseId,
    { message, steps = [] }: Pick<PlacedProblem, 'message' | 'steps'>,
  ) {
    super(range, message, vscode.DiagnosticSeverity.Error);
    this.steps = steps;
  }

  /** The derivation steps that its checks test. */
  readonly steps: readonly string[];
}

export class CheckDiagnostics extends Disposer {
  private readonly collection = this.own(vscode.languages.createDiagnosticCollection('groundup'));

  constructor(private readonly folder: LearnerFolder) {
    super();
  }

  show(report: Report): void {
    this.clear(report.exercise);
    const byFile = new Map<ExerciseId, vscode.Diagnostic[]>();
    for (const problem of problemsOf(report)) {
      const { place } = problem;
      const diagnostic = new CheckDiagnostic(this.rangeOf(place), report.exercise, problem);
      byFile.set(place.exercise, [...(byFile.get(place.exercise) ?? []), diagnostic]);
    }
    for (const [id, diagnostics] of byFile) {
      this.collection.set(this.folder.fileOf(id), diagnostics);
    }
  }

  clear(id: ExerciseId): void {
    if (this.folder.uri !== undefined) {
      this.collection.delete(this.folder.fileOf(id));
    }
  }

  /** From the place to the end of the word there, or of the line where there is no word. */
  private rangeOf(place: {
    readonly exercise: ExerciseId;
    readonly line: number;
    readonly column: number;
  }): vscode.Range {
    const start = new vscode.Position(Math.max(0, place.line - 1), Math.max(0, place.column - 1));
    const uri = this.folder.fileOf(place.exercise).toString();
    const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri);
    if (document === undefined) {
      return new vscode.Range(start, start.translate(0, 1));
    }
    const valid = document.validatePosition(start);
    return document.getWordRangeAtPosition(valid) ?? new vscode.Range(valid, document.lineAt(valid.line).range.end);
  }
}
