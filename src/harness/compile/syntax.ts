/**
 * From TypeScript to a syntax tree and CommonJS. Sucrase takes the types away and keeps every line; it lets much through
 * that is no JavaScript (`let x; let x`), so a strict parse follows. Whatever either of them dislikes becomes one
 * problem at the learner's own line and column.
 */
import { parse } from 'acorn';
import type { AnyNode, Program } from 'acorn';
import { transform } from 'sucrase';
import type { Transform } from 'sucrase';
import type { ExerciseId } from '../../course/course';
import type { CompileProblem } from '../report';
import { codeOnly, emptyTemplateParts } from './brackets';
import { explainSyntax } from './explain';
import { originalPosition, readMappings } from './positions';
import type { Position, PositionMap } from './positions';
import { boundNames, isFunction, walk } from './walk';

/** Longer texts are refused: nobody writes a megabyte by hand, and a parser's time grows with it. */
const longestText = 1_000_000;

/** A report shows at most this much of a line. */
export const longestLine = 500;

export interface SourceInput {
  readonly exercise: ExerciseId;
  readonly text: string;
}

/** Text that parses, as an ES module's tree whose positions lead back through `treeMap`. */
export interface CheckedSource {
  readonly ok: true;
  readonly exercise: ExerciseId;
  /** The learner's text without a byte order mark, its lines ended by `\n`. */
  readonly text: string;
  /** The text without its types, line for line; the tree is of it. */
  readonly moduleCode: string;
  readonly tree: Program;
  readonly treeMap: PositionMap;
  /** The same module as a CommonJS body. */
  readonly code: string;
  readonly map: PositionMap;
}

export interface Refused {
  readonly ok: false;
  readonly problem: CompileProblem;
}

export interface ProblemInput {
  readonly exercise: ExerciseId;
  readonly text: string;
  readonly position: Position;
  readonly message: string;
  readonly hint?: string | undefined;
}

export function problemAt({ exercise, text, position, message, hint }: ProblemInput): CompileProblem {
  const sourceLine = (text.split('\n')[position.line - 1] ?? '').slice(0, longestLine);
  const place = { exercise, line: position.line, column: position.column };
  return hint === undefined ? { message, place, sourceLine } : { message, place, sourceLine, hint };
}

export function offsetOf(text: string, position: Position): number {
  let offset = 0;
  for (let line = 1; line < position.line; line++) {
    const end = text.indexOf('\n', offset);
    if (end < 0) {
      return text.length;
    }
    offset = end + 1;
  }
  return Math.min(text.length, offset + position.column - 1);
}

export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Where the learner wrote `node` of a checked source's tree. */
export function placeOfNode(source: Pick<CheckedSource, 'treeMap'>, node: AnyNode): Position {
  const start = node.loc?.start ?? { line: 1, column: 0 };
  return originalPosition(source.treeMap, { line: start.line, column: start.column + 1 });
}

function strip(text: string, transforms: Transform[]): Stripped {
  const parts = emptyTemplateParts(text);
  if (parts.length > 0) {
    try {
      return stripMarked(text, { parts, transforms });
    } catch {
      // A text that does not parse is explained at its own offsets, without the marks.
    }
  }
  return stripAsIs(text, transforms);
}

interface Stripped {
  readonly code: string;
  readonly map: PositionMap;
}

function stripAsIs(text: string, transforms: Transform[]): Stripped {
  const { code, sourceMap } = transform(text, {
    transforms,
    disableESTransforms: true,
    filePath: 'exercise.ts',
    sourceMapOptions: { compiledFilename: 'exercise.js' },
  });
  return { code, map: readMappings(sourceMap?.mappings ?? '') };
}

/**
 * Sucrase loses all columns behind an empty part of a template (its source map stops at two tokens with one start), so
 * empty parts carry a mark on the way through, which is then taken out of the code and of the map.
 */
function stripMarked(
  text: string,
  { parts, transforms }: { readonly parts: readonly number[]; readonly transforms: Transform[] },
): Stripped {
  const mark = ['\uE000', '\uE001', '\uE002'].find((candidate) => !text.includes(candidate));
  if (mark === undefined) {
    return stripAsIs(text, transforms);
  }
  let marked = '';
  let copied = 0;
  for (const part of parts) {
    marked += text.slice(copied, part) + mark;
    copied = part;
  }
  marked += text.slice(copied);
  const { code, map } = stripAsIs(marked, transforms);
  const marksIn = (lines: string): readonly (readonly number[])[] =>
    lines.split('\n').map((line) => Array.from(line.matchAll(new RegExp(mark, 'g')), ({ index }) => index));
  const codeMarks = marksIn(code);
  const textMarks = marksIn(marked);
  const without = (column: number, marks: readonly number[] = []): number =>
    column - marks.filter((place) => place < column).length;
  return {
    code: code.replaceAll(mark, ''),
    map: map.map((segments, line) =>
      segments.map(([column, originalLine, originalColumn]) => [
        without(column, codeMarks[line]),
        originalLine,
        without(originalColumn, textMarks[originalLine]),
      ]),
    ),
  };
}

function parseAs(code: string, sourceType: 'module' | 'script'): Program {
  return parse(code, {
    ecmaVersion: 2024,
    sourceType,
    locations: true,
    allowReturnOutsideFunction: sourceType === 'script',
  });
}

/** Reads what both parsers attach to a syntax error: an offset, and a message that ends in `(line:column)`. */
function syntaxError(error: unknown): { readonly offset: number; readonly message: string } | undefined {
  if (!(error instanceof SyntaxError) || !('pos' in error) || typeof error.pos !== 'number') {
    return undefined;
  }
  const message = error.message.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '');
  return { offset: error.pos, message };
}

export function checkedTree(input: SourceInput): CheckedSource | Refused {
  const { exercise } = input;
  const text = input.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const refuse = (
    position: Position,
    words: { readonly message: string; readonly hint?: string | undefined },
  ): Refused => ({
    ok: false,
    problem: problemAt({ exercise, text, position, ...words }),
  });
  if (text.length > longestText) {
    const length = (text.length / 1e6).toFixed(1);
    const short = text.slice(0, 200);
    return {
      ok: false,
      problem: problemAt({
        exercise,
        text: short,
        position: { line: 1, column: 1 },
        message: `This file has ${length} million characters; at most one million can be checked.`,
      }),
    };
  }
  let stripped;
  try {
    stripped = strip(text, ['typescript']);
  } catch (error) {
    return refuseSyntax(error, (offset) => offset);
  }
  const { code: moduleCode, map: treeMap } = stripped;
  let tree;
  try {
    tree = parseAs(moduleCode, 'module');
  } catch (error) {
    return refuseSyntax(error, (offset) => offsetOf(text, originalPosition(treeMap, positionOf(moduleCode, offset))));
  }
  const unsupported = findUnsupported({ text, tree, treeMap });
  if (unsupported) {
    return refuse(unsupported.position, unsupported);
  }
  try {
    const { code, map } = strip(text, ['typescript', 'imports']);
    parseAs(code, 'script');
    return { ok: true, exercise, text, moduleCode, tree, treeMap, code, map };
  } catch (error) {
    return refuseSyntax(error, () => 0);
  }

  function refuseSyntax(error: unknown, toOffset: (offset: number) => number): Refused {
    const found = syntaxError(error);
    if (found) {
      const explained = explainSyntax({ text, offset: toOffset(found.offset), message: found.message });
      return refuse(positionOf(text, explained.offset), explained);
    }
    const message =
      error instanceof RangeError
        ? 'This file nests brackets or operators deeper than can be read.'
        : `This file cannot be turned into JavaScript: ${error instanceof Error ? error.message : String(error)}`;
    return refuse({ line: 1, column: 1 }, { message });
  }
}

interface Unsupported {
  readonly position: Position;
  readonly message: string;
  readonly hint?: string;
}

/** The names that a module body has as its parameters, so that a module cannot declare them again. */
const reservedNames = new Set(['exports', 'require', 'module']);

/** What parses and yet cannot be part of an exercise's module. */
function findUnsupported(source: Pick<CheckedSource, 'text' | 'tree' | 'treeMap'>): Unsupported | undefined {
  const { text, tree } = source;
  // Sucrase drops namespaces without a word, so the tree has no trace of them.
  const namespace = /(?:^|[;{}\n])[ \t]*(?:export[ \t]+)?(namespace|module)[ \t]+[\w$.]+\s*\{/.exec(codeOnly(text));
  if (namespace) {
    const offset = namespace.index + namespace[0].indexOf(namespace[1] ?? '');
    return {
      position: positionOf(text, offset),
      message: 'Namespaces are not available here.',
      hint: 'Export the functions themselves; a file already is a module.',
    };
  }
  let found: Unsupported | undefined;
  const report = (node: AnyNode, message: string, hint?: string): 'skip' => {
    found ??= { position: placeOfNode(source, node), message, ...(hint === undefined ? {} : { hint }) };
    return 'skip';
  };
  for (const statement of tree.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    for (const name of declaration ? declaredNames(declaration) : []) {
      if (declaration && reservedNames.has(name)) {
        report(
          declaration,
          `\`${name}\` is a name that every module already has.`,
          'Choose another name at the top level.',
        );
      }
    }
  }
  walk(tree, (node) => {
    if (found) {
      return 'skip';
    }
    switch (node.type) {
      case 'ImportExpression':
        return report(node, '`import()` is not available here.', 'Write `import { … } from …` at the top of the file.');
      case 'MetaProperty':
        return node.meta.name === 'import'
          ? report(node, '`import.meta` is not available here: an exercise has no address.')
          : undefined;
      case 'CallExpression':
        return node.callee.type === 'Identifier' && node.callee.name === 'require'
          ? report(node, '`require()` is not available here.', 'Write `import { … } from …` at the top of the file.')
          : undefined;
      case 'ExportAllDeclaration':
        return report(node, '`export *` is not available here.', 'Name what you export: `export { … } from …`.');
      default:
        return undefined;
    }
  });
  walk(tree, (node) => {
    if (found || isFunction(node)) {
      return 'skip';
    }
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) {
      return report(
        node,
        '`await` stands outside a function.',
        'A module has to be loaded at once: move it into an async function.',
      );
    }
    if (
      node.type === 'AssignmentExpression' &&
      node.left.type === 'MemberExpression' &&
      node.left.object.type === 'Identifier' &&
      node.left.object.name === 'module'
    ) {
      return report(node, '`export =` is not available here.', 'Write `export function …` instead.');
    }
    return undefined;
  });
  return found;
}

function declaredNames(node: AnyNode): readonly string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap((declarator) => boundNames(declarator.id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id ? [node.id.name] : [];
    case 'ImportDeclaration':
      return node.specifiers.map((specifier) => specifier.local.name);
    default:
      return [];
  }
}
