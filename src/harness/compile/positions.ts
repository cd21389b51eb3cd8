/**
 * Leads from the JavaScript that runs back to the line and column that the learner wrote. A position map is plain data (a
 * source map's `mappings`), so it crosses any boundary with the module it belongs to.
 */
import type { ExerciseId } from '../../course/course';
import type { SourcePlace, StackLine } from '../report';

/** Counted from one, as an editor shows it. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** For each line of the compiled code its segments, left to right: `[column, original line, original column]`, from zero. */
export type PositionMap = readonly (readonly Segment[])[];

export type Segment = readonly [column: number, originalLine: number, originalColumn: number];

/** The parts of a compiled module that a stack trace needs. */
export interface MappedModule {
  readonly exercise: ExerciseId;
  readonly filename: string;
  readonly map: PositionMap;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes one group of base-64 variable-length quantities. */
function decodeQuantities(group: string): readonly number[] {
  const quantities: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of group) {
    const digit = digits.indexOf(character);
    value |= (digit & 31) << shift;
    if (digit & 32) {
      shift += 5;
    } else {
      quantities.push(value & 1 ? -(value >>> 1) : value >>> 1);
      value = 0;
      shift = 0;
    }
  }
  return quantities;
}

/** Reads the `mappings` of a version 3 source map that has one source. */
export function readMappings(mappings: string): PositionMap {
  let originalLine = 0;
  let originalColumn = 0;
  return mappings.split(';').map((line) => {
    let column = 0;
    const segments: Segment[] = [];
    for (const group of line.split(',')) {
      const [columnStep, , lineStep, originalColumnStep] = decodeQuantities(group);
      column += columnStep ?? 0;
      if (lineStep !== undefined && originalColumnStep !== undefined) {
        originalLine += lineStep;
        originalColumn += originalColumnStep;
        segments.push([column, originalLine, originalColumn]);
      }
    }
    return segments;
  });
}

function encodeQuantity(quantity: number): string {
  let rest = quantity < 0 ? (-quantity << 1) | 1 : quantity << 1;
  let group = '';
  do {
    const more = rest >>> 5 > 0 ? 32 : 0;
    group += digits.charAt((rest & 31) | more);
    rest >>>= 5;
  } while (rest > 0);
  return group;
}

/** The reverse of `readMappings`: the `mappings` of a version 3 source map with one source. */
export function writeMappings(map: PositionMap): string {
  let lineBefore = 0;
  let columnBefore = 0;
  return map
    .map((segments) => {
      let generatedBefore = 0;
      return segments
        .map(([column, line, originalColumn]) => {
          const steps = [column - generatedBefore, 0, line - lineBefore, originalColumn - columnBefore];
          generatedBefore = column;
          lineBefore = line;
          columnBefore = originalColumn;
          return steps.map(encodeQuantity).join('');
        })
        .join(',');
    })
    .join(';');
}

/** Where the learner wrote what stands at `position` of the compiled code. */
export function originalPosition(map: PositionMap, position: Position): Position {
  let found: Segment | undefined;
  for (const segment of map[position.line - 1] ?? []) {
    if (segment[0] > position.column - 1 && found) {
      break;
    }
    found = segment;
  }
  // Sucrase keeps every line, so a line without a segment still is the learner's line.
  if (!found) {
    return { line: position.line, column: 1 };
  }
  const [column, originalLine, originalColumn] = found;
  return { line: originalLine + 1, column: originalColumn + Math.max(0, position.column - 1 - column) + 1 };
}

/**
 * The frames of a V8 stack trace that lie in `modules`, innermost first, at the learner's own lines. Everything else
 * (the library, the harness, Node) is left out. `stack` comes from the learner's realm, so nothing in it is believed
 * beyond a file name that is known here and two numbers.
 */
export function learnerFrames(stack: string, modules: readonly MappedModule[]): readonly StackLine[] {
  const frames: StackLine[] = [];
  for (const line of stack.slice(0, 50_000).split('\n')) {
    const frame = /^\s*at (?:(.{1,200}?) \()?(?:async )?(.{1,500}?):(\d{1,7}):(\d{1,7})\)?\s*$/.exec(line);
    const module = modules.find((candidate) => candidate.filename === frame?.[2]);
    if (!frame || !module) {
      continue;
    }
    const place = originalPosition(module.map, { line: Number(frame[3]), column: Number(frame[4]) });
    frames.push({ function: functionName(frame[1]), place: { exercise: module.exercise, ...place } });
  }
  return frames;
}

/** `exports.matmul`, `Object.matmul`, `async matmul`, `matmul [as f]`: all of them are `matmul` to who wrote it. */
function functionName(text: string | undefined): string {
  const name = (text ?? '')
    .replace(/^(?:async|new) /, '')
    .replace(/ \[as .*\]$/, '')
    .replace(/^(?:exports|Object|Module)\./, '');
  return name === '' || name === 'eval' || name === '<anonymous>' ? '(module)' : name;
}

/** The innermost of the learner's own lines: the one that a report links to. */
export function innermostPlace(frames: readonly StackLine[]): SourcePlace | undefined {
  return frames[0]?.place;
}
