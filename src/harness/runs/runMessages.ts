/**
 * What the editor's side and the process of a run say to each other. The editor's side trusts nothing that it did not start:
 * it takes a message only in this form, and only with the nonce that it gave to this process.
 */
import { z } from 'zod';
import type { LabJob, RunCommand, RunEvent } from './runHost';

export type ToRun =
  | { readonly kind: 'open'; readonly nonce: string; readonly job: LabJob }
  | { readonly kind: 'command'; readonly command: RunCommand };

export type FromRun =
  | { readonly kind: 'ready' }
  /** This Node lacks something that the walls need. */
  | { readonly kind: 'unfit'; readonly message: string }
  | { readonly kind: 'event'; readonly nonce: string; readonly event: RunEvent };

// The driver is ours, and has read strictly what the learner's code told it; here the outline is checked, and the sizes.
const text = z.string().max(20_000);
const tensor = z.object({ shape: z.array(z.number()).max(8), data: z.instanceof(Float32Array) });
const view = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('matrix'),
    title: text,
    rowName: text,
    columnName: text,
    rows: z.array(text),
    columns: z.array(text),
    values: tensor,
  }),
  z.object({
    kind: z.literal('images'),
    title: text,
    images: tensor,
    labels: z.array(text).optional(),
    signed: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('bars'), title: text, labels: z.array(text), values: tensor }),
  z.object({ kind: z.literal('attention'), title: text, tokens: z.array(text), weights: tensor }),
  z.object({
    kind: z.literal('plot'),
    title: text,
    xLabel: text,
    yLabel: text,
    logX: z.boolean().optional(),
    logY: z.boolean().optional(),
    series: z.array(z.object({ name: text, points: tensor })),
  }),
  z.object({
    kind: z.literal('graph'),
    title: text,
    nodes: z.array(
      z.object({ label: text, kind: z.enum(['value', 'op']), value: tensor, gradient: tensor.optional() }),
    ),
    edges: z.array(z.object({ from: z.number(), to: z.number(), gradient: tensor.optional() })),
  }),
  z.object({ kind: z.literal('text'), title: text, text }),
]);
const views = z.array(view).max(20);
const place = z.object({ exercise: text, line: z.number(), column: z.number() });
const step = z.number();
const consoleOutput = z.object({
  lines: z.array(z.object({ level: z.enum(['log', 'info', 'warn', 'error']), text: z.string() })).max(2_000),
  dropped: z.number(),
});
const event = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('described'),
    description: z.looseObject({ kind: z.enum(['run', 'kernels']) }),
    earlier: z.array(z.object({ exercise: text, author: z.enum(['learner', 'reference']) })),
  }),
  z.object({
    kind: z.literal('steps'),
    step,
    of: z.number().optional(),
    points: z.object({
      steps: z.instanceof(Float64Array),
      curves: z.record(z.string(), z.instanceof(Float64Array)),
    }),
    console: consoleOutput,
    backend: text.optional(),
    stepsPerSecond: z.number().optional(),
  }),
  z.object({
    kind: z.literal('status'),
    status: z.enum(['running', 'paused', 'finished', 'stopped', 'catchingUp']),
  }),
  z.object({ kind: z.literal('views'), step, views }),
  z.object({ kind: z.literal('diverged'), sentence: text }),
  z.object({ kind: z.literal('silent'), seconds: z.number() }),
  z.object({
    kind: z.literal('answer'),
    request: z.number(),
    answer: z.union([z.object({ views }), z.object({ sentence: text })]),
  }),
  z.object({ kind: z.literal('failed'), failure: z.object({ sentence: text, place: place.optional() }) }),
]);
const fromRun = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('unfit'), message: z.string() }),
  z.object({ kind: z.literal('event'), nonce: z.string(), event }),
]);

/** The message, or `undefined` when it is not one. */
export function readFromRun(message: unknown): FromRun | undefined {
  const result = fromRun.safeParse(message);
  return result.success ? (result.data as unknown as FromRun) : undefined;
}
