/**
 * Runs as a text that survives a reload of the window: settings, seed, code version, points and last views, bounded in
 * number and size. What cannot be read is none of ours, and is no run. Loaded when it is needed, for its schema.
 */
import * as z from 'zod';
import type { ExerciseId } from '../../course/course';
import { graphLimits } from '../../harness/runs/labData';
import type { RunViewData, TensorData } from '../../harness/runs/labData';
import type { RunSnapshot, RunStatus } from '../../webview/labProtocol';

/** The most runs of one exercise that are kept; the oldest go first. */
export const mostRuns = 12;
/** Views with more numbers than this are not kept; the run shows its next ones. */
const mostViewNumbers = 300_000;
const version = 1;

/** Numbers as base64 of their bytes: a million in one JSON text would take seconds to read. */
const floats = z.string().transform((text) => new Float32Array(bytesOf(text, 4)));
const doubles = z.string().transform((text) => new Float64Array(bytesOf(text, 8)));

const text = z.string().max(20_000);
const tensor = z.strictObject({ shape: z.array(z.int().min(0)).max(8), data: floats });
const view = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('matrix'),
    title: text,
    rowName: text,
    columnName: text,
    rows: z.array(text),
    columns: z.array(text),
    values: tensor,
  }),
  z.strictObject({
    kind: z.literal('images'),
    title: text,
    images: tensor,
    labels: z.array(text).optional(),
    signed: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('bars'), title: text, labels: z.array(text), values: tensor }),
  z.strictObject({ kind: z.literal('attention'), title: text, tokens: z.array(text), weights: tensor }),
  z.strictObject({
    kind: z.literal('plot'),
    title: text,
    xLabel: text,
    yLabel: text,
    logX: z.boolean().optional(),
    logY: z.boolean().optional(),
    series: z.array(z.strictObject({ name: text, points: tensor })),
  }),
  z.strictObject({
    kind: z.literal('graph'),
    title: text,
    nodes: z
      .array(
        z.strictObject({
          label: z.string().min(1).max(graphLimits.label),
          kind: z.enum(['value', 'op']),
          value: tensor,
          gradient: tensor.optional(),
        }),
      )
      .max(graphLimits.nodes),
    edges: z.array(z.strictObject({ from: z.int(), to: z.int(), gradient: tensor.optional() })).max(graphLimits.edges),
  }),
  z.strictObject({ kind: z.literal('text'), title: text, text }),
]);
const exercise = z.templateLiteral([z.string().max(100), '/', z.string().max(100)]);
const place = z.strictObject({ exercise, line: z.int(), column: z.int() });
const status = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['finished', 'stopped', 'interrupted']) }),
  z.strictObject({ kind: z.literal('failed'), sentence: text, place: place.optional() }),
]);
const run = z.strictObject({
  facts: z.strictObject({
    id: z.string().max(100),
    number: z.int().min(1),
    settings: z.record(z.string().max(60), z.union([z.number(), z.string().max(200)])),
    seed: z.int(),
    startedAt: z.string().max(40),
    codeVersion: z.string().max(100),
    isOldCode: z.boolean(),
    earlier: z.array(z.strictObject({ exercise, author: z.enum(['learner', 'reference']) })).max(100),
    backend: text.optional(),
  }),
  progress: z.strictObject({
    status,
    step: z.number(),
    of: z.number().optional(),
    divergence: text.optional(),
    console: z.array(z.strictObject({ level: z.string().max(10), text })).max(1_000),
    consoleDropped: z.number(),
  }),
  points: z.strictObject({ steps: doubles, curves: z.record(z.string().max(60), doubles) }),
  views: z.array(view).max(20),
  viewsStep: z.number().optional(),
});
const archive = z.strictObject({ version: z.literal(version), runs: z.array(z.unknown()).max(100) });

/** Where the runs of an exercise lie in the learner's folder. */
export function archivePath(id: ExerciseId): string {
  return `.groundup/lab/${id.replace('/', '.')}.json`;
}

export function writeArchive(runs: readonly RunSnapshot[]): string {
  return `${JSON.stringify({ version, runs: runs.slice(-mostRuns).map(kept) })}\n`;
}

/** A run that does not read is left out; so is everything where the text is none of ours. */
export function readArchive(given: string): readonly RunSnapshot[] {
  let value: unknown;
  try {
    value = JSON.parse(given);
  } catch {
    return [];
  }
  const found = archive.safeParse(value);
  if (!found.success) return [];
  return found.data.runs.flatMap((one) => {
    const read = run.safeParse(one);
    return read.success && isWhole(read.data as RunSnapshot) ? [read.data as RunSnapshot] : [];
  });
}

/** Each tensor has as many numbers as its shape says, and each curve as many as there are steps. */
function isWhole({ points, views }: RunSnapshot): boolean {
  return (
    Object.values(points.curves).every(({ length }) => length === points.steps.length) &&
    views.every((one) =>
      tensorsOf(one).every(({ shape, data }) => data.length === shape.reduce((size, length) => size * length, 1)),
    )
  );
}

function kept({ facts, progress, points, views, viewsStep }: RunSnapshot): unknown {
  const { note: _, stepsPerSecond: _pace, secondsLeft: _left, ...rest } = progress;
  const numbers = views.flatMap(tensorsOf).reduce((sum, { data }) => sum + data.length, 0);
  return {
    facts,
    progress: { ...rest, status: atRest(progress.status), console: progress.console.slice(-50) },
    points: {
      steps: base64Of(points.steps),
      curves: Object.fromEntries(Object.entries(points.curves).map(([name, values]) => [name, base64Of(values)])),
    },
    ...(numbers > mostViewNumbers ? { views: [] } : { views: views.map(withoutBytes), viewsStep }),
  };
}

/** How a run stands for whoever finds it after its process is gone. */
export function atRest(present: RunStatus): RunStatus {
  switch (present.kind) {
    case 'running':
    case 'pausing':
    case 'paused':
    case 'catchingUp':
      return { kind: 'interrupted' };
    case 'finished':
    case 'stopped':
    case 'interrupted':
    case 'failed':
      return present;
    default:
      return present satisfies never;
  }
}

function tensorsOf(one: RunViewData): readonly TensorData[] {
  switch (one.kind) {
    case 'matrix':
    case 'bars':
      return [one.values];
    case 'images':
      return [one.images];
    case 'attention':
      return [one.weights];
    case 'plot':
      return one.series.map(({ points }) => points);
    case 'graph':
      return [
        ...one.nodes.flatMap(({ value, gradient }) => [value, gradient]),
        ...one.edges.map(({ gradient }) => gradient),
      ].filter((tensor) => tensor !== undefined);
    case 'text':
      return [];
    default:
      return one satisfies never;
  }
}

function withoutBytes(one: RunViewData): unknown {
  return JSON.parse(
    JSON.stringify(one, (_, value: unknown) => (value instanceof Float32Array ? base64Of(value) : value)),
  );
}

function base64Of({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

/** As many whole numbers of `size` bytes as there are; none where it is not base64, which then fits no shape. */
function bytesOf(base64: string, size: number): ArrayBuffer {
  try {
    const { buffer } = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return buffer.slice(0, buffer.byteLength - (buffer.byteLength % size));
  } catch {
    return new ArrayBuffer(0);
  }
}
