/**
 * The courses that the learner has added, each a folder that the setting `groundup.courses` names. What is wrong with one
 * is a diagnostic at its line and takes nothing from the others. They are read as data; their TypeScript runs where that of
 * any course does, in a check, and a check runs in no folder that is not trusted.
 */
import * as vscode from 'vscode';
import type { ContentProblem } from '../../content/courseFile';
import type { CourseSource } from '../../content/courseSource';
import type { Course } from '../../course/course';
import { inNamespace } from '../../course/namespace';
import { Disposer } from '../disposables';
import type { Platform } from '../platform';
import { addedCourseFolders } from '../settings';
import { messageOf } from '../words';

/** A course beside the one that ships. */
export interface AddedCourse {
  /** Reads it by the ids of its own. */
  readonly source: CourseSource;
  /** The course under the ids that it has outside. */
  readonly course: Course;
}

export interface AddedCoursesOptions extends Pick<Platform, 'load'> {
  /** The course that ships, whose names nobody else may take. */
  readonly shipped: () => Promise<Course>;
}

export class AddedCourses extends Disposer {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly diagnostics = this.own(vscode.languages.createDiagnosticCollection('groundup-courses'));
  private loading: Promise<readonly AddedCourse[]> | undefined;
  private folders: readonly vscode.Uri[] = [];

  constructor(private readonly options: AddedCoursesOptions) {
    super();
    const again = (): void => {
      this.loading = undefined;
      this.changed.fire();
    };
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('groundup.courses')) again();
      }),
    );
    // An author sees at once what a change of the manifest did.
    this.own(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (this.folders.some((folder) => vscode.Uri.joinPath(folder, 'course.json').toString() === uri.toString())) {
          again();
        }
      }),
    );
  }

  /** Those that can be read, in the order of the setting. Never rejects. */
  all(): Promise<readonly AddedCourse[]> {
    this.loading ??= this.read();
    return this.loading;
  }

  private async read(): Promise<readonly AddedCourse[]> {
    this.folders = addedCourseFolders().map((path) => vscode.Uri.file(path));
    this.diagnostics.clear();
    if (this.folders.length === 0) {
      return [];
    }
    const shipped = await this.options.shipped();
    const taken = new Set([shipped.id, ...shipped.parts.map(({ id }) => id)]);
    const found: AddedCourse[] = [];
    for (const folder of this.folders) {
      const added = await this.readOne(folder, taken).catch((error: unknown) => {
        this.say(folder, [{ path: 'course.json', line: 1, message: messageOf(error) }]);
        return undefined;
      });
      if (added !== undefined) {
        taken.add(added.course.id);
        found.push(added);
      }
    }
    return found;
  }

  private async readOne(folder: vscode.Uri, taken: ReadonlySet<string>): Promise<AddedCourse | undefined> {
    const { CourseSource, foreignCourseFiles, loadCourse } = await this.options.load();
    const files = foreignCourseFiles(folder);
    const { course, problems } = await loadCourse(files, vscode.env.language);
    if (course !== undefined && taken.has(course.id)) {
      const message = vscode.l10n.t(
        'The id {0} is taken by another course, or by a part of Ground Up. Give this course an id of its own.',
        course.id,
      );
      this.say(folder, [...problems, { path: 'course.json', line: 1, message }]);
      return undefined;
    }
    this.say(folder, problems);
    return course === undefined
      ? undefined
      : { source: new CourseSource(files, course, vscode.env.language), course: inNamespace(course) };
  }

  private say(folder: vscode.Uri, problems: readonly ContentProblem[]): void {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const { path, line, message } of problems) {
      const range = new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
      const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      diagnostic.source = 'Ground Up';
      byFile.set(path, [...(byFile.get(path) ?? []), diagnostic]);
    }
    for (const [path, diagnostics] of byFile) {
      // A path of a course that nobody trusts yet is shown where it is inside, and at its manifest where it is not.
      const inside = path.split('/').every((segment) => /^[\w-][\w.-]*$/.test(segment));
      this.diagnostics.set(vscode.Uri.joinPath(folder, ...(inside ? path.split('/') : ['course.json'])), diagnostics);
    }
  }
}
