/** Many jobs on a bounded number of processes, and the exercises of one folder in an order in which each finds its own. */
import type { Course, Exercise, ExerciseId } from '../course/course';
import { foundationsOf } from '../course/course';

/** At most so many jobs run at a time; the others wait their turn. */
export class Slots {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(count: number) {
    this.free = count;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}

/**
 * Runs `run` for each exercise, as early as may be: once everything among `exercises` that it builds on has ended.
 * Resolves with what came of them, in their order.
 */
export async function foundationsFirst<T>(
  exercises: readonly Exercise[],
  { course, run }: { readonly course: Course; readonly run: (exercise: Exercise) => Promise<T> },
): Promise<readonly T[]> {
  const started = new Map<ExerciseId, Promise<T>>();
  const start = (exercise: Exercise): Promise<T> => {
    const known = started.get(exercise.id);
    if (known !== undefined) return known;
    const foundations = foundationsOf(course, exercise.id);
    const earlier = exercises.filter((candidate) => foundations.includes(candidate)).map(start);
    const result = Promise.all(earlier).then(() => run(exercise));
    started.set(exercise.id, result);
    return result;
  };
  return await Promise.all(exercises.map(start));
}
