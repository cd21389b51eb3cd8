/**
 * What the parent and the judge's process say to each other. The parent trusts nothing that it did not start: it takes
 * a message only in this form and only with the nonce that it gave to this child for this job.
 */
import { z } from 'zod';
import type { Draft } from '../judge/verdict';
import type { CallView, Report } from '../report';
import type { SeededSubmission } from '../submission';

export type ToChild =
  /** For a spare: get ready for what comes next, which is most likely what came last. */
  | { readonly kind: 'rehearse'; readonly submission: SeededSubmission | undefined }
  | {
      readonly kind: 'judge';
      readonly job: string;
      readonly nonce: string;
      readonly submission: SeededSubmission;
      /** Texts of it that the parent has compiled already, each by its key (`compile/remembering.ts`), serialized as V8 does. */
      readonly compiled: readonly { readonly key: string; readonly result: Uint8Array }[];
      /** Whether the author's part of it has been judged to its end before. */
      readonly hasEnded: boolean;
    };

export type FromChild =
  | { readonly kind: 'ready' }
  /** This Node lacks something that the walls need. */
  | { readonly kind: 'unfit'; readonly message: string }
  | { readonly kind: 'accepted'; readonly job: string; readonly nonce: string }
  | { readonly kind: 'progress'; readonly job: string; readonly nonce: string; readonly draft: Draft }
  /** About to call this; the process may not live to tell how it went. */
  | { readonly kind: 'calling'; readonly job: string; readonly nonce: string; readonly call: CallView }
  | { readonly kind: 'report'; readonly job: string; readonly nonce: string; readonly report: Report };

const verdicts = [
  'passed',
  'failed',
  'notStarted',
  'didNotCompile',
  'threw',
  'timedOut',
  'outOfMemory',
  'cancelled',
  'harnessFailed',
] as const satisfies readonly Report['verdict'][];

// The judge is ours, so what it sends is checked in outline: enough that no reader of a report can trip over it.
const outcome = z.looseObject({ status: z.string() });
const checkResult = z.looseObject({ sentence: z.string(), outcome, durationMs: z.number() });
const consoleOutput = z.object({
  lines: z.array(z.object({ level: z.enum(['log', 'info', 'warn', 'error']), text: z.string() })),
  dropped: z.number(),
});
const kernels = z.array(
  z.object({ kernel: z.string(), launches: z.number(), cellByCellMs: z.number(), gpuJsMs: z.number() }),
);
const earlier = z.array(z.object({ exercise: z.string(), author: z.enum(['learner', 'reference']) }));
const call = z.object({
  function: z.string(),
  probe: z.string().optional(),
  arguments: z.array(z.object({ name: z.string(), value: z.looseObject({ kind: z.string() }) })),
});
const draft = z.looseObject({
  planned: z.array(z.object({ sentence: z.string(), step: z.string().optional() })),
  results: z.array(checkResult),
  totalMs: z.number().optional(),
  console: consoleOutput,
  backends: z.array(z.looseObject({ backend: z.string() })),
  kernels,
  earlier,
});
const report = z.looseObject({
  exercise: z.string(),
  verdict: z.enum(verdicts),
  sentence: z.string(),
  checks: z.array(checkResult),
  console: consoleOutput,
  backends: z.array(z.looseObject({ backend: z.string() })),
  kernels: kernels.optional(),
  earlier,
  durationMs: z.number(),
  seed: z.number(),
  sourceHash: z.string(),
});
const job = { job: z.string(), nonce: z.string() };
const fromChild = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('unfit'), message: z.string() }),
  z.object({ kind: z.literal('accepted'), ...job }),
  z.object({ kind: z.literal('progress'), ...job, draft }),
  z.object({ kind: z.literal('calling'), ...job, call }),
  z.object({ kind: z.literal('report'), ...job, report }),
]);

/** The message, or `undefined` when it is not one. */
export function readFromChild(message: unknown): FromChild | undefined {
  const result = fromChild.safeParse(message);
  return result.success ? (result.data as unknown as FromChild) : undefined;
}
