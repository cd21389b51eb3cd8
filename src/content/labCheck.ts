/**
 * Tries an exercise's lab with the reference solution: it loads and declares what the front matter says, its run makes its
 * first steps and shows its views, and every question is answered. Its kernels launch at their smallest sizes as they are
 * read. What is wrong is a sentence for the author.
 */
import type { Exercise } from '../course/course';
import type { QuestionField, RunViewData } from '../harness/runs/labData';
import { isProblem } from '../harness/runs/readViews';
import type { LabJob, RunEvent, RunHost, RunProcess } from '../harness/runs/runHost';

export interface LabTrial {
  readonly job: LabJob;
  readonly labs: RunHost;
  readonly kind: NonNullable<Exercise['lab']>;
  readonly seed: number;
}

const firstSteps = 3;
/** For loading, for the first steps, for the views and for each question. */
const patienceMs = 60_000;

/** None where the lab is sound. */
export async function labProblems({ job, labs, kind, seed }: LabTrial): Promise<readonly string[]> {
  const trial = new Trial(labs, job);
  try {
    const described = await trial.until('described');
    if (typeof described === 'string') return [described];
    const { description } = described;
    if (description.kind !== kind) {
      return [`It declares ${wordsOf(description.kind)}, and the lesson says lab: ${kind}. Let them agree.`];
    }
    if (description.kind === 'kernels') return [];
    trial.send({ kind: 'begin', start: { settings: {}, seed } });
    const begun = await trial.until('steps', ({ step }) => step >= firstSteps);
    if (typeof begun === 'string') return [begun];
    trial.send({ kind: 'pause' });
    const shown = await trial.until('views');
    if (typeof shown === 'string') return [shown];
    const problems = shown.views.filter(isProblem).map(({ title, text }) => `The view “${title}”: ${text}`);
    for (const [request, question] of description.questions.entries()) {
      trial.send({ kind: 'ask', request, question: question.name, input: inputFor(question) });
      const answer = await trial.until('answer', (event) => event.request === request);
      problems.push(...answerProblems(question, answer));
    }
    return problems;
  } finally {
    trial.end();
  }
}

function wordsOf(kind: NonNullable<Exercise['lab']>): string {
  return kind === 'run' ? 'a run' : 'kernels';
}

function inputFor(question: QuestionField): string | Float32Array {
  if (question.kind === 'text') return question.value;
  // A stroke from top to bottom, about where a one would be.
  return Float32Array.from({ length: 28 * 28 }, (_, pixel) => {
    const [row, column] = [Math.floor(pixel / 28), pixel % 28];
    return row >= 5 && row < 23 && (column === 13 || column === 14) ? 1 : 0;
  });
}

function answerProblems(
  { title }: QuestionField,
  event: string | Extract<RunEvent, { readonly kind: 'answer' }>,
): readonly string[] {
  if (typeof event === 'string') return [`The question “${title}”: ${event}`];
  const { answer } = event;
  if ('sentence' in answer) return [`The question “${title}”: ${answer.sentence}`];
  const wrong: readonly RunViewData[] = answer.views.filter(isProblem);
  if (answer.views.length === 0) return [`The question “${title}” is answered with no view. Show at least one.`];
  return wrong.map((view) => `The answer to “${title}”, view “${view.title}”: ${isProblem(view) ? view.text : ''}`);
}

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { readonly kind: Kind }>;

/** One run that is waited for, step by step. */
class Trial {
  private readonly events: RunEvent[] = [];
  private readonly process: RunProcess;
  private look: () => void = () => undefined;

  constructor(labs: RunHost, job: LabJob) {
    this.process = labs.open(job, (event) => {
      this.events.push(event);
      this.look();
    });
  }

  send(...given: Parameters<RunProcess['send']>): void {
    this.process.send(...given);
  }

  end(): void {
    this.process.end();
  }

  /** The first event of this kind that fits, or a sentence on why there is none. */
  async until<Kind extends RunEvent['kind']>(
    kind: Kind,
    fits: (event: EventOf<Kind>) => boolean = () => true,
  ): Promise<EventOf<Kind> | string> {
    return await new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(`It says nothing for ${patienceMs / 1_000} s. Let its steps be shorter.`);
      }, patienceMs);
      this.look = () => {
        const found = this.events.find(
          (event): event is EventOf<Kind> => event.kind === kind && fits(event as EventOf<Kind>),
        );
        // A run that is shorter than what is waited for is over with what it told.
        const short =
          kind === 'steps' && this.events.some((event) => event.kind === 'status' && event.status === 'finished')
            ? this.events.findLast((event): event is EventOf<Kind> => event.kind === kind)
            : undefined;
        const failed = this.events.find((event) => event.kind === 'failed');
        const answer = found ?? short ?? (failed?.kind === 'failed' ? failed.failure.sentence : undefined);
        if (answer === undefined) return;
        clearTimeout(timer);
        resolve(answer);
      };
      this.look();
    });
  }
}
