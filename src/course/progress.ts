/**
 * A learner's progress as pure data and pure transitions. *Passed* belongs to the text that passed: an exercise whose
 * file has changed since is `passedThenChanged`, not lost. Merging is commutative, associative and idempotent, so two
 * windows (or a synced machine) always agree in the end and neither can undo what the other recorded. A transition
 * never writes a moment that is not later than what it replaces, whatever the clock says; so it survives being merged
 * with the record it came from.
 */
import type { Exercise, ExerciseId, Part, Renamed } from './course';

export type ExerciseState = 'notStarted' | 'inProgress' | 'passed' | 'passedThenChanged' | 'skipped';

export interface ExerciseProgress {
  /** Moments are ISO 8601 in UTC; this is the latest opening. */
  readonly openedAt?: string;
  readonly checkedAt?: string;
  /** The text that passed last, by its hash, and when. */
  readonly passed?: { readonly at: string; readonly hash: string };
  /** The latest decision to skip or to take up again. */
  readonly skip?: { readonly at: string; readonly skipped: boolean };
  /** How many hints have been shown since the last reset. */
  readonly hintsShown?: number;
  readonly solutionShownAt?: string;
  /** Set by a reset: whatever else was recorded before this moment no longer counts. */
  readonly resetAt?: string;
}

export interface Progress {
  readonly version: 1;
  readonly exercises: Readonly<Record<ExerciseId, ExerciseProgress>>;
  /** The exercise that was opened last, for Continue Where I Left Off. */
  readonly last?: { readonly exercise: ExerciseId; readonly at: string };
}

export const emptyProgress: Progress = { version: 1, exercises: {} };

/** How each state is called, wherever a person reads it. */
export const stateWords: Readonly<Record<ExerciseState, string>> = {
  notStarted: 'not started',
  inProgress: 'in progress',
  passed: 'passed',
  passedThenChanged: 'passed, but changed since',
  skipped: 'skipped',
};

export function progressOf(progress: Progress, id: ExerciseId): ExerciseProgress {
  return Object.hasOwn(progress.exercises, id) ? (progress.exercises[id] ?? {}) : {};
}

/**
 * The state of an exercise. `presentHash` is the hash of the learner's file as it is now; `undefined` where it has not
 * been read (or is gone), and then a passed exercise is taken to be as it passed.
 */
export function stateOf(progress: Progress, id: ExerciseId, presentHash: string | undefined): ExerciseState {
  const { passed, skip, openedAt, checkedAt } = progressOf(progress, id);
  if (passed !== undefined) {
    return presentHash === undefined || presentHash === passed.hash ? 'passed' : 'passedThenChanged';
  }
  if (skip?.skipped === true) {
    return 'skipped';
  }
  return openedAt !== undefined || checkedAt !== undefined ? 'inProgress' : 'notStarted';
}

// Transitions.

export function opened(progress: Progress, id: ExerciseId, now: Date): Progress {
  const before = progressOf(progress, id);
  const last = { exercise: id, at: momentAfter(now, progress.last?.at) };
  return { ...withExercise(progress, id, { ...before, openedAt: momentSince(now, before, before.openedAt) }), last };
}

/** A check was run; an exercise that had been skipped is taken up again by it. */
export function checked(progress: Progress, id: ExerciseId, now: Date): Progress {
  const before = progressOf(progress, id);
  const after = withExercise(progress, id, { ...before, checkedAt: momentSince(now, before, before.checkedAt) });
  return before.skip?.skipped === true ? unskipped(after, id, now) : after;
}

/** The text whose hash is `hash` passed all checks. */
export function passedWith(
  progress: Progress,
  id: ExerciseId,
  pass: { readonly hash: string; readonly now: Date },
): Progress {
  const after = checked(progress, id, pass.now);
  const before = progressOf(after, id);
  const at = momentSince(pass.now, before, before.passed?.at);
  return withExercise(after, id, { ...before, passed: { at, hash: pass.hash } });
}

export function skipped(progress: Progress, id: ExerciseId, now: Date): Progress {
  return withSkip(progress, id, { now, skipped: true });
}

export function unskipped(progress: Progress, id: ExerciseId, now: Date): Progress {
  return withSkip(progress, id, { now, skipped: false });
}

/** One more hint was shown. */
export function hintShown(progress: Progress, id: ExerciseId): Progress {
  const before = progressOf(progress, id);
  return withExercise(progress, id, { ...before, hintsShown: (before.hintsShown ?? 0) + 1 });
}

export function solutionShown(progress: Progress, id: ExerciseId, now: Date): Progress {
  const before = progressOf(progress, id);
  const solutionShownAt = momentSince(now, before, before.solutionShownAt);
  return withExercise(progress, id, { ...before, solutionShownAt });
}

/** Starts the exercise anew: everything that was recorded of it until now is forgotten, here and wherever this is merged. */
export function reset(progress: Progress, id: ExerciseId, now: Date): Progress {
  const { openedAt, checkedAt, passed, skip, solutionShownAt, resetAt } = progressOf(progress, id);
  const latest = [openedAt, checkedAt, passed?.at, skip?.at, solutionShownAt, resetAt].reduce(laterMoment);
  return withExercise(progress, id, { resetAt: momentAfter(now, latest) });
}

function withSkip(
  progress: Progress,
  id: ExerciseId,
  decision: { readonly now: Date; readonly skipped: boolean },
): Progress {
  const before = progressOf(progress, id);
  const at = momentSince(decision.now, before, before.skip?.at);
  return withExercise(progress, id, { ...before, skip: { at, skipped: decision.skipped } });
}

function withExercise(progress: Progress, id: ExerciseId, exercise: ExerciseProgress): Progress {
  return { ...progress, exercises: { ...progress.exercises, [id]: exercise } };
}

// Merging.

/** What both records know. Commutative, associative and idempotent, whatever the order in which windows write. */
export function mergeProgress(a: Progress, b: Progress): Progress {
  const ids = [...new Set([...Object.keys(a.exercises), ...Object.keys(b.exercises)])].sort() as ExerciseId[];
  const last = greater(a.last, b.last, (x, y) => compareMoments(x.at, y.at) || compareText(x.exercise, y.exercise));
  return {
    version: 1,
    exercises: Object.fromEntries(ids.map((id) => [id, mergeExercise(progressOf(a, id), progressOf(b, id))])),
    ...(last === undefined ? {} : { last }),
  };
}

function mergeExercise(a: ExerciseProgress, b: ExerciseProgress): ExerciseProgress {
  const resetAt = laterMoment(a.resetAt, b.resetAt);
  const counts = (moment: string | undefined): boolean =>
    moment !== undefined && (resetAt === undefined || compareMoments(moment, resetAt) >= 0);
  const openedAt = laterMoment(a.openedAt, b.openedAt);
  const checkedAt = laterMoment(a.checkedAt, b.checkedAt);
  const solutionShownAt = laterMoment(a.solutionShownAt, b.solutionShownAt);
  const passed = greater(a.passed, b.passed, (x, y) => compareMoments(x.at, y.at) || compareText(x.hash, y.hash));
  const skip = greater(a.skip, b.skip, (x, y) => compareMoments(x.at, y.at) || Number(x.skipped) - Number(y.skipped));
  // A count of hints has no moment of its own: it belongs to the reset after which it was counted.
  const hintsShown = greater(
    a.resetAt === resetAt ? a.hintsShown : undefined,
    b.resetAt === resetAt ? b.hintsShown : undefined,
    (x, y) => x - y,
  );
  return {
    ...(openedAt !== undefined && counts(openedAt) ? { openedAt } : {}),
    ...(checkedAt !== undefined && counts(checkedAt) ? { checkedAt } : {}),
    ...(passed !== undefined && counts(passed.at) ? { passed } : {}),
    ...(skip !== undefined && counts(skip.at) ? { skip } : {}),
    ...(hintsShown === undefined ? {} : { hintsShown }),
    ...(solutionShownAt !== undefined && counts(solutionShownAt) ? { solutionShownAt } : {}),
    ...(resetAt === undefined ? {} : { resetAt }),
  };
}

/**
 * What was recorded under former ids, carried over to the exercises that took their place. An exercise that was renamed
 * keeps all of it; one that was split was begun, and nothing more: a pass belongs to a text that no successor asks for.
 * The former records stay, so that whoever still uses an older course finds them, and doing this again changes nothing.
 */
export function withSuccessors(progress: Progress, renamed: Renamed): Progress {
  let carried = progress;
  for (const former of Object.keys(renamed) as ExerciseId[]) {
    if (Object.hasOwn(progress.exercises, former)) {
      const record = progressOf(progress, former);
      const successors = successorsOf(former, renamed);
      const { openedAt } = record;
      const begun = openedAt === undefined ? {} : { openedAt };
      for (const id of successors) {
        const before = progressOf(carried, id);
        carried = withExercise(carried, id, mergeExercise(before, successors.length === 1 ? record : begun));
      }
    }
  }
  const { last } = carried;
  const [successor] = last === undefined ? [] : successorsOf(last.exercise, renamed);
  return last === undefined || successor === undefined
    ? carried
    : { ...carried, last: { ...last, exercise: successor } };
}

/** What took the place of `id` in the end, over as many changes as there were. */
function successorsOf(id: ExerciseId, renamed: Renamed, seen: ReadonlySet<string> = new Set()): readonly ExerciseId[] {
  const next = Object.hasOwn(renamed, id) && !seen.has(id) ? (renamed[id] ?? []) : [];
  return next.flatMap((each) => {
    const further = successorsOf(each, renamed, new Set([...seen, id]));
    return further.length === 0 ? [each] : further;
  });
}

function greater<T>(a: T | undefined, b: T | undefined, compare: (a: T, b: T) => number): T | undefined {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  return compare(a, b) >= 0 ? a : b;
}

function laterMoment(a: string | undefined, b: string | undefined): string | undefined {
  return greater(a, b, compareMoments);
}

/** A total order: by time, and by spelling where two texts mean the same time or none at all. */
function compareMoments(a: string, b: string): number {
  const [timeA, timeB] = [timeOf(a), timeOf(b)];
  return timeA === timeB ? compareText(a, b) : timeA < timeB ? -1 : 1;
}

function timeOf(moment: string): number {
  const time = Date.parse(moment);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** `now`, or a millisecond after `previous` where the clock has not moved on since (or was set back). */
function momentAfter(now: Date, previous: string | undefined): string {
  const time = previous === undefined ? Number.NEGATIVE_INFINITY : timeOf(previous);
  return new Date(Math.min(Math.max(now.getTime(), time + 1), lastMoment)).toISOString();
}

/** The last moment that a `Date` can hold, in milliseconds. */
const lastMoment = 8.64e15;

/** As `momentAfter`, and never before the exercise's last reset, which would drop it. */
function momentSince(now: Date, before: ExerciseProgress, previous: string | undefined): string {
  return momentAfter(now, laterMoment(previous, before.resetAt));
}

// Summaries.

export interface PartProgress {
  /** Exercises that are passed (changed since or not), skipped, and all there are; optional ones are not counted. */
  readonly passed: number;
  readonly skipped: number;
  readonly total: number;
}

export function partProgress(part: Part, stateOfExercise: (exercise: Exercise) => ExerciseState): PartProgress {
  const states = part.exercises.filter((exercise) => !exercise.optional).map(stateOfExercise);
  return {
    passed: states.filter((state) => state === 'passed' || state === 'passedThenChanged').length,
    skipped: states.filter((state) => state === 'skipped').length,
    total: states.length,
  };
}

/** `2 of 3 passed`, `2 of 3 passed, 1 skipped`, or nothing to count yet. */
export function partProgressWords({ passed, skipped: skippedCount, total }: PartProgress): string {
  if (total === 0) {
    return 'no exercises yet';
  }
  return `${passed} of ${total} passed${skippedCount > 0 ? `, ${skippedCount} skipped` : ''}`;
}
