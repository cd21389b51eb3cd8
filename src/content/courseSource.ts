/** The texts of a course's exercises, read when they are asked for and kept until told otherwise. */
import type { Course, ExerciseId } from '../course/course';
import { findExercise } from '../course/course';
import type { SubmittedData } from '../harness/submission';
import type { CourseFiles } from './courseFiles';
import { labFileName } from './exerciseFiles';
import { readChecked } from './loadCourse';
import { readDataSet } from './readDataSet';
import { firstThere, namesFor } from './translations';
import type { Translatable } from './translations';

export class CourseSource {
  private readonly texts = new Map<string, Promise<string>>();
  private readonly dataSets = new Map<string, Promise<SubmittedData>>();

  constructor(
    readonly files: CourseFiles,
    readonly course: Course,
    /** The language in which lessons and hints are read where they are translated into it. */
    private readonly locale = 'en',
  ) {}

  // Each rejects with a `CourseFileError` where the file cannot be read, or the course has no such exercise.

  lesson(id: ExerciseId): Promise<string> {
    return this.translated(id, 'lesson.md');
  }

  hints(id: ExerciseId): Promise<string> {
    return this.translated(id, 'hints.md');
  }

  stub(id: ExerciseId): Promise<string> {
    return this.text(id, 'stub.ts');
  }

  solution(id: ExerciseId): Promise<string> {
    return this.text(id, 'solution.ts');
  }

  checks(id: ExerciseId): Promise<string> {
    return this.text(id, 'checks.ts');
  }

  mutants(id: ExerciseId): Promise<string> {
    return this.text(id, 'mutants.ts');
  }

  /** What an exercise with a lab brings to it. */
  lab(id: ExerciseId): Promise<string> {
    return this.text(id, labFileName);
  }

  /** A file of data beside the lesson, by its name. */
  data(id: ExerciseId, name: string): Promise<string> {
    return this.text(id, name);
  }

  /** A data set of the course, as it ships. Rejects with a `DataFileError`. */
  dataSet(name: string): Promise<SubmittedData> {
    const known = this.dataSets.get(name);
    if (known !== undefined) {
      return known;
    }
    const set = this.course.data?.[name];
    if (set === undefined) {
      return Promise.reject(new Error(`The course has no data called ${name}.`));
    }
    const origin = `The course keeps “${set.title}” in ${set.folder}: build the course, or install it anew.`;
    const read = readDataSet({ name, set }, { files: this.files, folder: set.folder, origin });
    this.dataSets.set(name, read);
    read.catch(() => this.dataSets.delete(name));
    return read;
  }

  /** Forgets what was read, so that an author sees their edits. */
  forget(): void {
    this.texts.clear();
    this.dataSets.clear();
  }

  private translated(id: ExerciseId, file: Translatable): Promise<string> {
    return firstThere(namesFor(file, this.locale), (name) => this.text(id, name));
  }

  private text(id: ExerciseId, file: string): Promise<string> {
    const path = `${id}/${file}`;
    const known = this.texts.get(path);
    if (known !== undefined) {
      return known;
    }
    if (findExercise(this.course, id) === undefined) {
      return Promise.reject(new Error(`The course has no exercise ${id}.`));
    }
    const text = readChecked(this.files, path);
    this.texts.set(path, text);
    // A failed reading is not kept: the file may be there the next time.
    text.catch(() => this.texts.delete(path));
    return text;
  }
}
