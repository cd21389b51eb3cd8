/**
 * How the text of a module becomes a function in a worker: as a classic script under a blob's address, which hands its
 * function over while it is loaded. Where a page is ours its policy can then forbid code from strings (`'unsafe-eval'`)
 * and still let this happen, because only who can make a blob and import it can do it, and a learner can do neither
 * (`walls.ts`). `//# sourceURL` gives the frames of a stack trace the name that positions are looked up by.
 */
import type { compileModule } from '../compile/compile';
import type { ModuleBody } from '../compile/loader';

type Compile = typeof compileModule;

/** What it takes from a worker, captured by whoever runs a learner's code beside it. */
export interface ScriptDoors {
  readonly load: (url: string) => void;
  readonly urlOf: (text: string) => string;
  readonly revoke: (url: string) => void;
}

const receiver = 'groundupBody';
/** On the text's own first line, so that its lines keep their numbers. */
const opening = `${receiver}(function (exports, require) {`;

/**
 * Returns what turns the code of a module into a function of `exports` and `require`; it throws a `SyntaxError` for what
 * is no JavaScript. Calling the receiver at any other moment does nothing.
 */
export function createEvaluator({ load, urlOf, revoke }: ScriptDoors): (code: string, filename: string) => ModuleBody {
  let expecting = false;
  let received: ModuleBody | undefined;
  const receive = (body: ModuleBody): void => {
    if (expecting) received = body;
    expecting = false;
  };
  Object.defineProperty(globalThis, receiver, { value: receive, writable: false, configurable: false });
  return (code, filename) => {
    const url = urlOf(`${opening}${code}\n})\n//# sourceURL=${filename}\n`);
    received = undefined;
    expecting = true;
    try {
      load(url);
    } finally {
      expecting = false;
      revoke(url);
    }
    if (received === undefined) throw new SyntaxError(`${filename} handed over no function.`);
    return received;
  };
}

/** `compile` for this evaluator: what stands on the first line of the compiled code stands further to the right. */
export function withOpening(compile: Compile): Compile {
  return (input) => {
    const result = compile(input);
    if (!result.ok) return result;
    const [first = [], ...rest] = result.module.map;
    const moved = first.map(([column, line, original]) => [column + opening.length, line, original] as const);
    return { ok: true, module: { ...result.module, map: [moved, ...rest] } };
  };
}
