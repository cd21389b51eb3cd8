/** A report of the harness, which knows exercises by the ids of their own course, under the ids that they have outside. */
import type { ExerciseId } from '../../course/course';
import { idBeside } from '../../course/namespace';
import type { Report } from '../../harness/report';

/** `report`, in which every place and every exercise is called as beside `exercise`, the one that was checked. */
export function reportInNamespace(report: Report, exercise: ExerciseId): Report {
  return exercise === report.exercise ? report : (renamed(report, exercise) as Report);
}

/** Wherever a report names an exercise it does so in a member of that name; what a learner printed is text, not such a member. */
function renamed(value: unknown, beside: ExerciseId): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => renamed(item, beside));
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      key === 'exercise' && typeof inner === 'string' ? idBeside(beside, inner as ExerciseId) : renamed(inner, beside),
    ]),
  );
}
