/**
 * What the pages may say, as schemas: every message that comes from a page is read through these before anything acts on
 * it, since a page shows text that others wrote. The types of the protocol and these schemas are held equal here.
 */
import * as z from 'zod';
import type { FromLesson, FromOverview, FromResults, FromTry } from '../../webview/protocol';
import type { FromLab } from '../../webview/labProtocol';

const exercise = z.templateLiteral([z.string().max(100), '/', z.string().max(100)]);
const count = z.int().min(1).max(10_000_000);
const tag = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) });

const fromResults: z.ZodType<FromResults> = z.discriminatedUnion('type', [
  tag('ready'),
  tag('check'),
  tag('cancel'),
  tag('next'),
  tag('hint'),
  tag('openLab'),
  z.strictObject({ type: z.literal('debug'), sentence: z.string().max(1_000) }),
  z.strictObject({ type: z.literal('try'), sentence: z.string().max(1_000) }),
  z.strictObject({ type: z.literal('openPlace'), exercise, line: count, column: count }),
  z.strictObject({ type: z.literal('openStep'), exercise, step: z.string().max(100) }),
]);

const fromTry: z.ZodType<FromTry> = z.discriminatedUnion('type', [
  tag('ready'),
  tag('cancel'),
  z.strictObject({
    type: z.literal('run'),
    function: z.string().max(200),
    texts: z.array(z.string().max(1_000_000)).max(100),
    output: z.string().max(1_000),
    withReference: z.boolean(),
  }),
  z.strictObject({ type: z.literal('openPlace'), exercise, line: count, column: count }),
]);

const fromLesson: z.ZodType<FromLesson> = z.discriminatedUnion('type', [
  tag('ready'),
  tag('check'),
  tag('hint'),
  tag('openFile'),
  tag('openLab'),
  z.strictObject({ type: z.literal('openExercise'), exercise }),
]);

const run = z.string().max(100);
const fromLab: z.ZodType<FromLab> = z.discriminatedUnion('type', [
  tag('ready'),
  z.strictObject({
    type: z.literal('start'),
    settings: z.record(z.string().max(60), z.union([z.number(), z.string().max(200)])),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1),
  }),
  z.strictObject({ type: z.literal('pause'), run }),
  z.strictObject({ type: z.literal('resume'), run }),
  z.strictObject({ type: z.literal('stop'), run }),
  z.strictObject({ type: z.literal('remove'), run }),
  z.strictObject({
    type: z.literal('ask'),
    request: z.int().min(0),
    run,
    question: z.string().max(60),
    input: z.union([z.string().max(2_000), z.instanceof(Float32Array).refine(({ length }) => length === 28 * 28)]),
  }),
  z.strictObject({ type: z.literal('exportCsv'), run }),
  z.strictObject({
    type: z.literal('exportPng'),
    name: z.string().max(200),
    png: z.instanceof(Uint8Array).refine(({ length }) => length <= 32 * 1024 * 1024),
  }),
  z.strictObject({ type: z.literal('openPlace'), exercise, line: count, column: count }),
  tag('check'),
  z.strictObject({ type: z.literal('problem'), sentence: z.string().max(2_000) }),
]);

const fromOverview: z.ZodType<FromOverview> = z.discriminatedUnion('type', [
  tag('ready'),
  tag('export'),
  tag('import'),
  tag('openFolder'),
  z.strictObject({ type: z.literal('openExercise'), exercise }),
]);

/** The message, or `undefined` for anything that a page of ours does not say. */
export function readFromResults(message: unknown): FromResults | undefined {
  return fromResults.safeParse(message).data;
}

export function readFromLab(message: unknown): FromLab | undefined {
  return fromLab.safeParse(message).data;
}

export function readFromLesson(message: unknown): FromLesson | undefined {
  return fromLesson.safeParse(message).data;
}

export function readFromOverview(message: unknown): FromOverview | undefined {
  return fromOverview.safeParse(message).data;
}

export function readFromTry(message: unknown): FromTry | undefined {
  return fromTry.safeParse(message).data;
}
