/**
 * Reads the text of a probe: a function of the checks that is to run in the learner's realm, so that its text is all that
 * arrives there. What it would miss is said before it is sent, to the author and in their words.
 */
import { parse } from 'acorn';
import type { AnyNode } from 'acorn';
import { freeNames } from './freeNames';
import type { FreeName } from './freeNames';
import { parameterName } from './moduleFacts';
import { boundNames, isFunction } from './walk';
import type { FunctionNode } from './walk';

/** A probe that can be sent. */
export interface ProbeText {
  readonly ok: true;
  /** A module body that returns the probe. */
  readonly code: string;
  /** What the probe does in a few words: its expression, or the names of the exports that it uses. */
  readonly label: string;
  /** The probe as it was written, in one line, shortened. */
  readonly text: string;
  /** The learner's exports that it uses by name. */
  readonly uses: readonly string[];
  /** The names of its parameters behind the first. */
  readonly parameters: readonly string[];
}

export interface ProbeRefused {
  readonly ok: false;
  /** What its author is to mend. */
  readonly sentence: string;
}

/** The globals of the language itself, which every realm has. */
const languageGlobals = new Set(
  (
    'undefined NaN Infinity globalThis Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error ' +
    'AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError Float32Array Float64Array ' +
    'Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray Uint16Array Uint32Array Intl Iterator JSON Map Math ' +
    'Number Object Promise Proxy Reflect RegExp Set String Symbol WeakMap WeakRef WeakSet isFinite isNaN parseFloat parseInt'
  ).split(' '),
);

/** What `beside` itself adds to the learner's exports. */
const given = new Set(['tensor', 'earlier']);

const longestLabel = 80;
const longestText = 400;

/** `source` is what `Function.prototype.toString` says of the probe. */
export function readProbe(source: string): ProbeText | ProbeRefused {
  const refuse = (sentence: string): ProbeRefused => ({ ok: false, sentence });
  const written = parsed(source);
  if (written === undefined) {
    return refuse(
      `A probe must be a function written out in the checks, as in \`beside(({ map }, x) => map((v) => v * v, x), x)\`; this is \`${shortened(source, longestLabel)}\`.`,
    );
  }
  const { node, expression } = written;
  const text = shortened(source, longestText);
  if (node.generator) {
    return refuse(`The probe \`${shortened(source, longestLabel)}\` is a generator: let it answer with values.`);
  }
  const missing = freeNames(node).find(({ name }) => !languageGlobals.has(name));
  if (missing !== undefined) return refuse(missingSentence(missing, shortened(source, longestLabel)));
  const named = usedExports(node);
  if (named === undefined) {
    return refuse(
      `The probe \`${shortened(source, longestLabel)}\` must take what it needs out of its first parameter by name, as in \`({ map, tensor }, x) => …\`.`,
    );
  }
  const uses = named.filter((name) => !given.has(name));
  const body = node.body.type === 'BlockStatement' ? '' : shortened(expression.slice(node.body.start, node.body.end));
  const label = body !== '' && body.length <= longestLabel ? body : uses.join(', ') || 'the probe';
  return {
    ok: true,
    code: `'use strict'; return (${expression});`,
    label,
    text,
    uses,
    parameters: node.params.slice(1).map(parameterName),
  };
}

interface Written {
  readonly node: FunctionNode;
  /** The probe as an expression; positions of `node` are positions in it. */
  readonly expression: string;
}

function parsed(source: string): Written | undefined {
  // A method (`{ probe({ map }) {…} }.probe`) prints without the word that would make an expression of it.
  const asMethod = source.replace(/^(async\s+)?(\*?)\s*(?!function\b)([\w$]+)\s*\(/, '$1function $2$3(');
  for (const expression of new Set([source, asMethod])) {
    try {
      const program = parse(`(${expression})`, { ecmaVersion: 2024, sourceType: 'script' });
      const [statement] = program.body;
      const node = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
      // The bracket in front moves every position by one.
      if (node !== undefined && isFunction(node)) return { node, expression: ` ${expression}` };
    } catch {
      // Native and bound functions print as something that is no JavaScript.
    }
  }
  return undefined;
}

function missingSentence({ name, parent }: FreeName, source: string): string {
  const only = `only its own text goes to the learner’s realm`;
  if (name === 'this') return `The probe \`${source}\` uses \`this\`, but ${only}: pass what it needs as an argument.`;
  const member = importedMember(name, parent);
  if (member !== undefined) {
    return (
      `The probe \`${source}\` uses \`${member}\`, which checks.ts imports, but ${only}: ` +
      `take it from the first parameter, as in \`({ map, tensor }, x) => tensor.${member}(…)\`.`
    );
  }
  return `The probe \`${source}\` uses \`${name}\`, which is declared outside it, but ${only}: declare it inside, or pass it as an argument.`;
}

/** The name as it was written where an import has become a member of a module: `_tensor.zeros` was `zeros`. */
function importedMember(name: string, parent: AnyNode | undefined): string | undefined {
  return name.startsWith('_') &&
    parent?.type === 'MemberExpression' &&
    !parent.computed &&
    parent.property.type === 'Identifier'
    ? parent.property.name
    : undefined;
}

/**
 * The members that the probe takes out of its first parameter; `undefined` where it uses that parameter itself. As its
 * methods the learner's functions would find the whole library in their `this`.
 */
function usedExports({ params: [first], body }: FunctionNode): readonly string[] | undefined {
  if (first === undefined) return [];
  if (first.type === 'ObjectPattern') {
    const names = first.properties.map((property) =>
      property.type === 'Property' && !property.computed && property.key.type === 'Identifier'
        ? property.key.name
        : undefined,
    );
    return names.some((name) => name === undefined) ? undefined : names.filter((name) => name !== undefined);
  }
  const [parameter] = boundNames(first);
  const isUsed = freeNames(body).some(({ name }) => name === parameter);
  return first.type === 'Identifier' && !isUsed ? [] : undefined;
}

/** In one line, without the gaps that types have left, at most `length` characters. */
function shortened(source: string, length = Infinity): string {
  const line = source
    .replace(/\s+/g, ' ')
    .replace(/ ([),;:])/g, '$1')
    .replace(/\( /g, '(')
    .trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
