/**
 * The wall around a learner's code in a browser, where there is no context without an outside: before the realm is set
 * up and long before any code of theirs runs, everything that a browser gives a worker beyond the language goes, from the
 * global object and from all that it inherits from. What is kept is listed; whatever a browser may add tomorrow goes too.
 * Code from strings goes with it, for a text could import what a name can no longer reach. What the worker itself still
 * needs of the browser it holds in `outside`, which no code of a learner's sees.
 */
import { workerScope } from './browser';
import { languageGlobals } from './languageGlobals';
import { createEvaluator } from './scriptBodies';

type Listener = NonNullable<typeof workerScope.onmessage>;

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect;
const { Blob, URL } = workerScope;
const importScripts = workerScope.importScripts.bind(workerScope);
const createObjectURL = URL.createObjectURL.bind(URL);
const revokeObjectURL = URL.revokeObjectURL.bind(URL);
const postMessage = workerScope.postMessage.bind(workerScope);

const asScript = { type: 'text/javascript' };
let listener: Listener | undefined;

export const outside = {
  postMessage: (message: unknown): void => postMessage(message),
  listen: (wanted: Listener): void => {
    listener = wanted;
  },
  evaluate: createEvaluator({
    load: importScripts,
    urlOf: (text) => createObjectURL(new Blob([text], asScript)),
    revoke: revokeObjectURL,
  }),
};

workerScope.onmessage = (event) => listener?.(event);

forbidCodeFromStrings();
takeAway();

/** As the child runner's context does it, in the words of the engine, wherever code from strings begins. */
function forbidCodeFromStrings(): void {
  const refuse = (): never => {
    throw new EvalError('Code generation from strings disallowed for this context');
  };
  const replace = (holder: object, key: string, value: unknown): void => {
    defineProperty(holder, key, { value, writable: true, configurable: true });
  };
  const kinds = [() => undefined, async () => Promise.resolve(), function* () {}, async function* () {}];
  for (const kind of kinds) {
    const prototype = getPrototypeOf(kind);
    if (prototype === null) continue;
    const refusing = function (): never {
      return refuse();
    };
    replace(refusing, 'name', prototype.constructor.name);
    // So that `instanceof` still tells a function.
    defineProperty(refusing, 'prototype', { value: prototype });
    replace(prototype, 'constructor', refusing);
    if (prototype === Function.prototype) replace(globalThis, 'Function', refusing);
  }
  replace(globalThis, 'eval', refuse);
}

function takeAway(): void {
  const kept = new Set<string | symbol>([...languageGlobals, 'groundupBody']);
  const left: string[] = [];
  for (let object: object | null = globalThis; object !== null && object !== Object.prototype;) {
    for (const key of ownKeys(object)) {
      if (object === globalThis && kept.has(key)) continue;
      // Constants of an interface stay for ever, and lead nowhere: they are numbers.
      if (!deleteProperty(object, key) && !isConstant(object, key)) left.push(String(key));
    }
    const above: object | null = getPrototypeOf(object);
    object = above;
  }
  if (left.length > 0) throw new Error(`This browser keeps ${left.join(', ')} in the global object of a worker.`);
  // A learner's global object inherits from `Object.prototype` alone, as in a bare context, where that can be had.
  const above = getPrototypeOf(globalThis);
  if (above !== null) setPrototypeOf(above, Object.prototype);
}

function isConstant(object: object, key: string | symbol): boolean {
  return typeof getOwnPropertyDescriptor(object, key)?.value === 'number';
}
