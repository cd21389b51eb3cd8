/**
 * The functions that an exercise exports, as its author wrote them in the stub: their parameters by name, and what each
 * takes. The types stand in the TypeScript only, and of a type no more is read than what a typed list should become.
 */

/** What a list that is typed for it becomes; `function` cannot be typed at all. */
export type ParameterKind = 'tensor' | 'list' | 'tensors' | 'function' | 'other';

export interface Parameter {
  readonly name: string;
  /** As written: `readonly number[]`. */
  readonly type: string;
  readonly takes: ParameterKind;
  /** It may be left out. */
  readonly isOptional: boolean;
  /** It takes the rest of the arguments. */
  readonly isRest: boolean;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** A bare kernel, which is launched with an `output`. */
  readonly isKernel: boolean;
}

/** @param text The author's stub: it is read with a few patterns, which hold for text that is formatted as ours is. */
export function signaturesIn(text: string): readonly Signature[] {
  const plain = text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
  return [...plain.matchAll(/^export (?:async )?function\*? ([\w$]+)/gm)].flatMap((found) => {
    const [whole, name = ''] = found;
    const open = plain.indexOf('(', afterTypeParameters(plain, found.index + whole.length));
    const close = closingOf(plain, open);
    if (open < 0 || close === undefined) return [];
    const written = partsOf(plain.slice(open + 1, close), ',').filter((part) => part.trim() !== '');
    const isKernel = /^\s*this\s*:\s*KernelContext\b/.test(written[0] ?? '');
    const own = written.filter((part) => !/^\s*this\s*:/.test(part));
    return [{ name, parameters: own.map((part, index) => parameterOf(part, { index, isKernel, plain })), isKernel }];
  });
}

interface Around {
  readonly index: number;
  readonly isKernel: boolean;
  /** The whole file, in which the types have their meaning. */
  readonly plain: string;
}

function parameterOf(part: string, { index, isKernel, plain }: Around): Parameter {
  const [beforeDefault = ''] = partsOf(part, '=');
  const [pattern = '', ...types] = partsOf(beforeDefault, ':');
  const type = types.join(':').trim().replace(/\s+/g, ' ');
  const bare = pattern.trim().replace(/^\.\.\./, '');
  return {
    // Something that is taken apart at once has no name of its own.
    name: /^[\w$]+\??$/.test(bare) ? bare.replace('?', '') : `argument ${index + 1}: ${bare.replace(/\s+/g, ' ')}`,
    type,
    takes: isKernel ? 'tensor' : kindOf(type, plain),
    isOptional: bare.endsWith('?') || beforeDefault.length < part.length,
    isRest: pattern.trim().startsWith('...'),
  };
}

function kindOf(type: string, plain: string): ParameterKind {
  const alias = /^[A-Z]\w*$/.test(type)
    ? new RegExp(`^(?:export )?type ${type}(?:<[^=]*>)? =([^;]*);`, 'm').exec(plain)?.[1]
    : undefined;
  const written = alias ?? type;
  if (written.includes('=>') || /^(?:Random|Layer|Look|Rule)$/.test(type)) return 'function';
  if (/\bTensor\b/.test(written) && /\[\]|Array</.test(written)) return 'tensors';
  if (type === 'Shape' || type === 'Nested' || /\[\]|Array<|^readonly\b/.test(written)) {
    return written.startsWith('{') ? 'other' : 'list';
  }
  return /\bTensor\b/.test(written) && !written.startsWith('{') ? 'tensor' : 'other';
}

/** Where the list of type parameters that stands at `at` ends, if one does. */
function afterTypeParameters(text: string, at: number): number {
  if (text[at] !== '<') return at;
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    if (text[index] === '<') depth += 1;
    if (text[index] === '>' && text[index - 1] !== '=') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return at;
}

function closingOf(text: string, open: number): number | undefined {
  let depth = 0;
  for (let index = open; index >= 0 && index < text.length; index += 1) {
    if ('([{'.includes(text[index] ?? ' ')) depth += 1;
    if (')]}'.includes(text[index] ?? ' ')) depth -= 1;
    if (depth === 0) return index;
  }
  return undefined;
}

/** `text` cut at each `separator` that stands in no bracket; the arrow of a function type is no `=`. */
function partsOf(text: string, separator: ',' | ':' | '='): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    const isArrow = character === '=' && text[index + 1] === '>';
    if ('([{<'.includes(character)) depth += 1;
    if (')]}'.includes(character) || (character === '>' && text[index - 1] !== '=')) depth -= 1;
    if (character === separator && depth === 0 && !isArrow) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
