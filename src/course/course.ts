/**
 * What a course is: parts in order, exercises in order, and what one needs to know of an exercise to list it, place it
 * and say what it builds on. Readonly data without I/O; `content` reads it from disk, everything else only looks at it.
 */

/** The path of an exercise's folder below the course folder: `part/exercise`. Progress stores these, so they are stable. */
export type ExerciseId = `${string}/${string}`;

export interface Exercise {
  readonly id: ExerciseId;
  readonly title: string;
  /** Exercises whose functions this one may import, and whose ideas its lesson takes for granted. */
  readonly buildsOn: readonly ExerciseId[];
  /** An author's estimate of the time a learner needs, in minutes. */
  readonly minutes: number;
  readonly optional: boolean;
  /** The names that `'tensor'` offers to the learner's code here; `undefined` means all of them. */
  readonly offers: readonly string[] | undefined;
  /** The names of the data sets that its checks use. */
  readonly data?: readonly string[];
  /** What its `lab.ts` brings to the lab, where it has one: a run to watch, or kernels to race. */
  readonly lab?: 'run' | 'kernels';
}

/** One half of a set of labelled images: an IDX file of images, one of labels, and how many of both are used. */
export interface LabelledSplit {
  readonly images: string;
  readonly labels: string;
  readonly count: number;
}

/** A set of labelled images. */
export interface ImageSet {
  readonly kind: 'labelled-images';
  readonly title: string;
  /** Where its files lie, below the course folder. */
  readonly folder: string;
  /** Rows and columns of each image. */
  readonly height: number;
  readonly width: number;
  /** Labels go from 0 to one less. */
  readonly classes: number;
  /** What is learnt from, and what is held back to judge by. */
  readonly splits: { readonly train: LabelledSplit; readonly test: LabelledSplit };
}

/** One half of a set of labelled texts: a file of lines, each a label's name, a tab and a text; and how many are used. */
export interface TextSplit {
  readonly file: string;
  readonly count: number;
}

/** A set of labelled texts. */
export interface TextSet {
  readonly kind: 'labelled-texts';
  readonly title: string;
  readonly folder: string;
  /** What the labels 0, 1, … mean, in words. */
  readonly labels: readonly string[];
  readonly splits: { readonly train: TextSplit; readonly test: TextSplit };
}

/** The parameters of a trained model. */
export interface WeightSet {
  readonly kind: 'weights';
  readonly title: string;
  readonly folder: string;
  /** A safetensors file. */
  readonly file: string;
}

/** Data that exercises work on and that their checks are handed, by the name under which `course.json` lists it. */
export type DataSet = ImageSet | TextSet | WeightSet;

export interface Part {
  /** The folder of the part, and the first half of its exercises' ids. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly exercises: readonly Exercise[];
}

/** One successor: the exercise has another id. Several: it was split. What was removed without one is not listed. */
export type Renamed = Readonly<Record<string, readonly ExerciseId[]>>;

export interface Course {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly Part[];
  /** Ids under which exercises were known before, each with those that took its place. */
  readonly renamed?: Renamed;
  readonly data?: Readonly<Record<string, DataSet>>;
}

/** All exercises of `course`, in the order in which they are meant to be solved. */
export function exercisesOf(course: Course): readonly Exercise[] {
  return course.parts.flatMap((part) => part.exercises);
}

export function findExercise(course: Course, id: string): Exercise | undefined {
  return exercisesOf(course).find((exercise) => exercise.id === id);
}

/** The ids under which `id` was known before, nearest first: a solution under one of them is a solution of it. */
export function formerIds({ renamed = {} }: Pick<Course, 'renamed'>, id: ExerciseId): readonly ExerciseId[] {
  const found: ExerciseId[] = [];
  for (let next: ExerciseId | undefined = id; next !== undefined;) {
    const later: ExerciseId = next;
    next = (Object.keys(renamed) as ExerciseId[]).find(
      (former) => renamed[former]?.length === 1 && renamed[former][0] === later && !found.includes(former),
    );
    if (next !== undefined) found.push(next);
  }
  return found;
}

/** Every exercise that `id` builds on, directly or through others, earliest in the course first. */
export function foundationsOf(course: Course, id: ExerciseId): readonly Exercise[] {
  const wanted = new Set<ExerciseId>();
  const visit = (current: ExerciseId): void => {
    for (const earlier of findExercise(course, current)?.buildsOn ?? []) {
      if (!wanted.has(earlier)) {
        wanted.add(earlier);
        visit(earlier);
      }
    }
  };
  visit(id);
  return exercisesOf(course).filter((exercise) => wanted.has(exercise.id));
}
