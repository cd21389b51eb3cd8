/**
 * The committed table of mutation scores: a row for each exercise, with the hash of what its score depends on, so that
 * anyone can see which rows are current without running anything.
 */
import type { ExerciseId } from '../course/course';
import { hashOf } from '../harness/sourceHash';
import { isExerciseId } from '../lesson/frontMatter';
import type { CourseSource } from './courseSource';
import type { MutationScore } from './fullCheck';

export interface ScoreRow extends MutationScore {
  /** Mutants that the author wrote. */
  readonly written: number;
  /** Of solution, checks and mutants as they were. */
  readonly content: string;
}

/** What a row's `content` is now. Rejects with a `CourseFileError`. */
export async function contentOf(source: CourseSource, id: ExerciseId): Promise<string> {
  const texts = await Promise.all([source.solution(id), source.checks(id), source.mutants(id)]);
  return hashOf(texts.join('\n\u0000\n')).slice(0, 12);
}

const head = [
  '# Mutation scores',
  '',
  'Small mistakes are made in each solution, one at a time: an operator swapped, a bound or a constant shifted, axes exchanged, a',
  'statement left out. The score is the share that some check catches, by failing or by its time limit, of those that are not',
  'listed as equivalent. `npm run course -- --full` writes this table; `content` says for which text of solution, checks and mutants.',
  '',
  '| exercise | written | automatic | caught | endless | equivalent | survive | score | content |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
];

/** The table with `rows` in the order of `order`; rows of other exercises are left out. */
export function renderScores(rows: readonly ScoreRow[], order: readonly ExerciseId[]): string {
  const lines = order.flatMap((id) => {
    const row = rows.find(({ exercise }) => exercise === id);
    if (row === undefined) {
      return [];
    }
    const { exercise, written, total, caught, endless, equivalent, survived, content } = row;
    const cells = [exercise, written, total, caught, endless, equivalent, survived, scoreWords(row), `\`${content}\``];
    return [`| ${cells.join(' | ')} |`];
  });
  return `${[...head, ...lines].join('\n')}\n`;
}

/** `100 %` only where nothing survives. */
export function scoreWords({ total, equivalent, survived }: MutationScore): string {
  const counted = total - equivalent;
  return counted === 0 ? '–' : `${Math.floor((100 * (counted - survived)) / counted)} %`;
}

/** The rows of a table; what is no row is passed over. */
export function readScores(text: string): readonly ScoreRow[] {
  return text.split('\n').flatMap((line): ScoreRow[] => {
    const [exercise = '', ...cells] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const content = /^`([0-9a-f]{12})`$/.exec(cells[7] ?? '')?.[1];
    if (!isExerciseId(exercise) || content === undefined || cells.slice(0, 6).some((cell) => !/^\d+$/.test(cell))) {
      return [];
    }
    const [written = 0, total = 0, caught = 0, endless = 0, equivalent = 0, survived = 0] = cells
      .slice(0, 6)
      .map(Number);
    return [{ exercise, written, total, caught, endless, equivalent, survived, content }];
  });
}
