/** For programs: everything that was found out, in the form that `media/results.schema.json` describes. */
import type { ExerciseResult, FolderResults, Results } from '../results';
import { sentenceOf, standingOf, summaryOf } from '../results';
import type { ReporterContext } from './reporter';
import type { ResultsDocument } from './resultsSchema';

export function json(results: Results, { version }: ReporterContext): string {
  return JSON.stringify(resultsDocument(results, version), undefined, 2);
}

export function resultsDocument({ course, folders, durationMs }: Results, version: string): ResultsDocument {
  return {
    format: 1,
    groundup: version,
    course: { id: course.id, title: course.title },
    summary: summaryOf(folders.flatMap(({ exercises }) => exercises)),
    folders: folders.map(folderDocument),
    durationMs,
  };
}

function folderDocument({ folder, problem, exercises }: FolderResults): ResultsDocument['folders'][number] {
  return {
    folder,
    ...(problem === undefined ? {} : { problem }),
    summary: summaryOf(exercises),
    exercises: exercises.map(exerciseDocument),
  };
}

function exerciseDocument(result: ExerciseResult): ResultsDocument['folders'][number]['exercises'][number] {
  const { exercise, title } = result;
  return {
    exercise,
    title,
    standing: standingOf(result),
    sentence: sentenceOf(result),
    ...(result.kind === 'judged' ? { report: result.report } : {}),
  };
}
