/**
 * What a lesson page remembers over a reload: which lesson it shows (VS Code hands this to the extension, which sends
 * the lesson again), and for each lesson the steps that were open and how far one had read.
 */
import type { ExerciseId } from '../../course/course';

export interface LessonMemory {
  readonly exercise: ExerciseId | undefined;
  readonly lessons: Readonly<Record<ExerciseId, ReadingMemory>>;
}

export interface ReadingMemory {
  /** Ids of the derivation steps that are unfolded. */
  readonly open: readonly string[];
  /** Pixels from the top. */
  readonly scroll: number;
}

export const nothingRead: LessonMemory = { exercise: undefined, lessons: {} };

export function readingOf(memory: LessonMemory, exercise: ExerciseId): ReadingMemory {
  return memory.lessons[exercise] ?? { open: [], scroll: 0 };
}

/** `memory` after `change` of what is remembered of `exercise`, which is now the lesson on the page. */
export function withReading(memory: LessonMemory, exercise: ExerciseId, change: Partial<ReadingMemory>): LessonMemory {
  return { exercise, lessons: { ...memory.lessons, [exercise]: { ...readingOf(memory, exercise), ...change } } };
}
