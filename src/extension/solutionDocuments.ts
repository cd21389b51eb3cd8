/** Reference solutions as read-only documents, for the diff against the learner's file. */
import * as vscode from 'vscode';
import type { ExerciseId } from '../course/course';
import type { CourseLibrary } from './course/courseLibrary';

export const solutionScheme = 'groundup-solution';

export class SolutionDocuments implements vscode.TextDocumentContentProvider {
  constructor(private readonly library: CourseLibrary) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return await this.library.solution(uri.path.replace(/^\//, '').replace(/\.ts$/, '') as ExerciseId);
  }
}

export function solutionUri(id: ExerciseId): vscode.Uri {
  return vscode.Uri.from({ scheme: solutionScheme, path: `/${id}.ts` });
}
