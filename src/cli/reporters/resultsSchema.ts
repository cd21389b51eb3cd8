/**
 * The form of the JSON report, published as `media/results.schema.json`, which is made from here; a test keeps them the
 * same. Later versions may add members; what is here keeps its meaning as long as `format` is 1.
 */
import { z } from 'zod';
import type { Report } from '../../harness/report';
import type { Standing, Summary } from '../results';

const place = z
  .object({ exercise: z.string(), line: z.int(), column: z.int() })
  .describe('A place in the learner’s file; lines and columns count from one.');

const tensorView = z.object({
  kind: z.literal('tensor'),
  shape: z.array(z.int()),
  dtype: z.enum(['float32', 'float64']),
  cells: z.array(z.string()).describe('Formatted numbers, row-major; `omitted` says how many more there are.'),
  omitted: z.int(),
});
const textView = z.object({ kind: z.literal('text'), text: z.string() });
const valueView = z.discriminatedUnion('kind', [tensorView, textView]);

const call = z
  .object({ function: z.string(), arguments: z.array(z.object({ name: z.string(), value: valueView })) })
  .describe('The call of the learner’s function that led to a result.');

const expectedAndActual = { expected: valueView, actual: valueView };
const subject = { subject: z.string() };
const mismatch = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('type'),
    ...subject,
    expected: z.string(),
    actual: z.string(),
    actualValue: valueView,
  }),
  z.object({
    kind: z.literal('shape'),
    ...subject,
    expectedShape: z.array(z.int()),
    actualShape: z.array(z.int()),
    ...expectedAndActual,
  }),
  z.object({
    kind: z.literal('values'),
    ...subject,
    expected: tensorView,
    actual: tensorView,
    wrong: z.array(z.int()),
    wrongCount: z.int(),
    count: z.int(),
    worst: z.object({
      index: z.array(z.int()),
      position: z.int(),
      expected: z.string(),
      actual: z.string(),
      difference: z.string(),
      relative: z.string(),
    }),
    tolerance: z.object({ relative: z.number(), absolute: z.number() }),
    pattern: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('value'), ...subject, ...expectedAndActual }),
  z.object({ kind: z.literal('didNotThrow'), expected: z.string(), actual: valueView }),
  z.object({ kind: z.literal('wrongError'), expected: z.string(), actual: z.string() }),
  z.object({ kind: z.literal('inputChanged'), argument: z.string(), before: valueView, after: valueView }),
  z.object({ kind: z.literal('condition'), actual: valueView.exactOptional() }),
]);

const thrown = z.object({
  name: z.string(),
  message: z.string(),
  place: place.exactOptional(),
  stack: z.array(z.object({ function: z.string(), place })),
});

const outcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('passed') }),
  z.object({
    status: z.literal('failed'),
    sentence: z.string(),
    mismatch,
    call: call.exactOptional(),
    place: place.exactOptional(),
  }),
  z.object({ status: z.literal('threw'), error: thrown, call: call.exactOptional() }),
  z.object({ status: z.literal('notStarted'), function: z.string(), place: place.exactOptional() }),
  z.object({
    status: z.literal('timedOut'),
    limitMs: z.number(),
    call: call.exactOptional(),
    place: place.exactOptional(),
  }),
  z.object({ status: z.literal('outOfMemory'), limitBytes: z.number(), call: call.exactOptional() }),
  z.object({ status: z.literal('notRun'), because: z.string() }),
  z.object({ status: z.literal('harnessFailed'), message: z.string() }),
]);

const report = z
  .object({
    exercise: z.string(),
    verdict: z.enum([
      'passed',
      'failed',
      'notStarted',
      'didNotCompile',
      'threw',
      'timedOut',
      'outOfMemory',
      'cancelled',
      'harnessFailed',
    ]),
    sentence: z.string().describe('The verdict in one sentence, for a person.'),
    checks: z.array(
      z.object({
        sentence: z.string().describe('What is checked; also the check’s identity within the exercise.'),
        step: z.string().exactOptional().describe('The step of the derivation that it tests.'),
        outcome,
        durationMs: z.number(),
      }),
    ),
    compileProblem: z
      .object({ message: z.string(), place, sourceLine: z.string(), hint: z.string().exactOptional() })
      .exactOptional(),
    loadError: thrown.exactOptional(),
    harnessProblem: z.string().exactOptional(),
    console: z.object({
      lines: z.array(z.object({ level: z.enum(['log', 'info', 'warn', 'error']), text: z.string() })),
      dropped: z.int(),
    }),
    backends: z.array(
      z.object({
        backend: z.string(),
        ran: z.string(),
        kernelClass: z.string().exactOptional(),
        reason: z.string(),
      }),
    ),
    kernels: z
      .array(z.object({ kernel: z.string(), launches: z.int(), cellByCellMs: z.number(), gpuJsMs: z.number() }))
      .exactOptional()
      .describe('How long each kernel took, all of its launches together: cell by cell, and through GPU.js.'),
    shapes: z
      .array(
        z.object({
          function: z.string(),
          check: z.string(),
          arguments: z.array(z.string().nullable()),
          result: z.string().exactOptional(),
        }),
      )
      .exactOptional()
      .describe('The shapes in one call of each function, by the check that made it.'),
    earlier: z
      .array(z.object({ exercise: z.string(), author: z.enum(['learner', 'reference']) }))
      .describe('Earlier exercises that this one used, and whose text stood for them.'),
    durationMs: z.number(),
    seed: z.number(),
    sourceHash: z.string().describe('SHA-256 of the text that was judged, with line ends made one.'),
  })
  .describe('The report of the judge, the same that the editor shows.');

const counts = z.object({ passed: z.int(), failed: z.int(), missing: z.int(), couldNotRun: z.int() });

export const resultsSchema = z.object({
  format: z.literal(1),
  groundup: z.string().describe('The version of Ground Up that judged.'),
  course: z.object({ id: z.string(), title: z.string() }),
  summary: counts.describe('How many exercises stand how, all folders together.'),
  folders: z.array(
    z.object({
      folder: z.string().describe('The folder as it was named.'),
      problem: z.string().exactOptional().describe('Why the folder as a whole could not be judged.'),
      summary: counts,
      exercises: z.array(
        z.object({
          exercise: z.string(),
          title: z.string(),
          standing: z
            .enum(['passed', 'failed', 'missing', 'couldNotRun'])
            .describe('`missing` where there is no file, `couldNotRun` where that is no fault of the learner’s.'),
          sentence: z.string(),
          report: report.exactOptional().describe('There where the exercise was judged.'),
        }),
      ),
    }),
  ),
  durationMs: z.number(),
});

/** The document as it is written, in the types of the harness. */
export interface ResultsDocument {
  readonly format: 1;
  readonly groundup: string;
  readonly course: { readonly id: string; readonly title: string };
  readonly summary: Summary;
  readonly folders: readonly {
    readonly folder: string;
    readonly problem?: string;
    readonly summary: Summary;
    readonly exercises: readonly {
      readonly exercise: string;
      readonly title: string;
      readonly standing: Standing;
      readonly sentence: string;
      readonly report?: Report;
    }[];
  }[];
  readonly durationMs: number;
}

type Mutable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> } : Value;
type Accepts<Accepted, _Value extends Accepted> = Accepted;

/** Does not compile where a document, and so a report, may hold what the schema does not know. */
export type ResultsInput = Accepts<z.input<typeof resultsSchema>, Mutable<ResultsDocument>>;

/** The schema as other programs read it. */
export function resultsJsonSchema(): object {
  const settings = { io: 'input', target: 'draft-7', reused: 'ref' } as const;
  return { title: 'Results of groundup', ...z.toJSONSchema(resultsSchema, settings) };
}
