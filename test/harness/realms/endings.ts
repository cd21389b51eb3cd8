/** Submissions that do not come to an end by themselves: endless ones, those that take all memory, those that throw. */
import type { Limits } from '../../../src/harness/submission';
import { group, right, rightAfter, withBody } from './submission';
import type { HostileSubmission, InPage } from './submission';

const megabytes = 1024 * 1024;
const briefly: Partial<Limits> = { callMs: 250 };
const little: Partial<Limits> = { callMs: 20_000, memoryBytes: 320 * megabytes };

const timedOut = '`twice` did not return within 0.25 s, in “doubles a small example”.';
const atLoad = 'The 0.25 s were up while your file was loaded.';
const memory =
  '`twice` needed more than the 320 MB of memory it may use, in “doubles a small example”, and was stopped.';

/** An endless loop as a WebAssembly module that exports `f`. */
const endlessWasm =
  '[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11]';

export const endless = group(
  'timedOut',
  [
    ['a plain loop', withBody('for (;;);'), timedOut],
    ['a loop that catches everything', withBody('for (;;) try { twice(x); } catch {}'), timedOut],
    [
      'a chain of microtasks',
      withBody('const again = (): Promise<void> => Promise.resolve().then(again);\n  return again();'),
      `${timedOut} It returned a promise that never settled.`,
    ],
    [
      'a promise that never settles',
      withBody('return new Promise(() => {});'),
      `${timedOut} It returned a promise that never settled.`,
    ],
    ['a generator', withBody('function* count() { for (;;) yield 1; }\n  for (const _ of count());'), timedOut],
    [
      'an asynchronous generator',
      withBody(
        'async function* count() { for (;;) yield 1; }\n  return (async () => { for await (const _ of count()); })();',
      ),
      `${timedOut} It returned a promise that never settled.`,
    ],
    ['a regular expression', withBody("return /^(a+)+$/.test('a'.repeat(60) + 'b');"), timedOut],
    ['a power of big integers', withBody('return 3n ** (2n ** 27n) % 7n;'), timedOut],
    ['a sort that is never content', withBody('[3, 1, 2].sort(() => { for (;;); });'), timedOut],
    [
      'a wait',
      withBody(
        'const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });\n  Atomics.wait(new Int32Array(buffer), 0, 0);',
      ),
      timedOut,
    ],
    [
      'WebAssembly',
      withBody(
        `(new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(${endlessWasm}))).exports as any).f();`,
      ),
      timedOut,
    ],
    ['a getter of what it throws', withBody('throw { get message() { for (;;); } };'), timedOut],
    [
      'a `then` of what it returns',
      withBody('return { then() { for (;;); } };'),
      `${timedOut} It returned a promise that never settled.`,
    ],
    ['a trap of what it returns', withBody('return new Proxy({}, { ownKeys() { for (;;); } });'), timedOut],
    ['a primitive of what it prints', withBody('console.log({ get [Symbol.toStringTag]() { for (;;); } });'), timedOut],
    ['printing', withBody("for (;;) console.log('again');"), timedOut],
    [
      'a getter of its exports',
      `${withBody(right)}Object.defineProperty(arguments[0], 'twice', { get() { for (;;); } });`,
      timedOut,
    ],
    ['its loading', rightAfter('for (;;);'), atLoad],
    ['a static block', rightAfter('class A { static { for (;;); } }'), atLoad],
    [
      'what it does after its first answer',
      withBody(`void Promise.resolve().then(() => { for (;;); });\n  ${right}`),
      '`twice` did not return within 0.25 s, in “doubles numbers of many shapes”.',
    ],
  ],
  briefly,
);

/** A browser gives nobody a watch on memory: there the limits in time are what ends a bomb. */
const unwatched: InPage = {
  verdict: 'timedOut',
  says: '`twice` did not return within 0.1 s, in “doubles a small example”.',
  limits: { callMs: 100 },
  because: 'nothing in a page can see how much memory its workers use',
};
const unshared: InPage = {
  verdict: 'threw',
  says: 'ReferenceError: SharedArrayBuffer is not defined',
  because: 'a page has shared memory only where its server isolates it from all others',
};

const bombsInProcess = group(
  'outOfMemory',
  [
    ['objects', withBody('const all: object[] = [];\n  for (;;) all.push({ a: [1, 2, 3] });'), memory],
    [
      'typed arrays',
      withBody('const all: object[] = [];\n  for (;;) all.push(new Float64Array(1e6).fill(1));'),
      memory,
    ],
    [
      'shared memory',
      withBody('const all: object[] = [];\n  for (;;) all.push(new Uint8Array(new SharedArrayBuffer(1e7)).fill(1));'),
      memory,
    ],
    [
      'tensors',
      withBody('const all: Tensor[] = [];\n  for (;;) { const y = zeros([1000, 1000]); y.data.fill(1); all.push(y); }'),
      memory,
    ],
    [
      'WebAssembly',
      withBody(
        'const m = new WebAssembly.Memory({ initial: 1 });\n  for (;;) { m.grow(100); new Uint8Array(m.buffer).fill(1); }',
      ),
      memory,
    ],
    [
      'a map',
      withBody('const all = new Map<number, string>();\n  for (let i = 0; ; i += 1) all.set(i, `entry ${i} of many`);'),
      memory,
    ],
    [
      'one long text',
      withBody("let s = 'abcdefgh';\n  for (;;) s = (s + s.slice(0, 5e7)).split('').reverse().join('');"),
      memory,
    ],
    [
      'promises',
      withBody(
        'const all: unknown[] = [];\n  const more = async (): Promise<void> => { for (;;) { all.push(more()); await null; } };\n  return more();',
      ),
      memory,
    ],
  ],
  little,
);

export const bombs: readonly HostileSubmission[] = bombsInProcess.map((bomb) => ({
  ...bomb,
  inPage:
    bomb.name === 'shared memory'
      ? unshared
      : bomb.name === 'promises'
        ? { ...unwatched, says: `${String(unwatched.says)} It returned a promise that never settled.` }
        : unwatched,
}));

const thrown = group('threw', [
  ['calls itself', withBody('return twice(x);'), 'RangeError: Maximum call stack size exceeded'],
  [
    'calls itself through a getter',
    withBody('const o = { get a(): number { return o.a; } };\n  return o.a;'),
    'RangeError: Maximum call stack size exceeded',
  ],
  ['throws null', withBody('throw null;'), 'A thrown value: null'],
  ['throws nothing', withBody('throw undefined;'), 'A thrown value: undefined'],
  ['throws a text', withBody("throw 'no';"), 'A thrown value: "no"'],
  ['throws a symbol', withBody('throw Symbol();'), 'A thrown value: a symbol'],
  [
    'throws an object whose getters throw',
    withBody('throw { get name() { throw 1; }, get message() { throw 2; }, get stack() { throw 3; } };'),
    'An object without a name: An object was thrown that has no message; throw new Error(…) instead.',
  ],
  [
    'throws a proxy',
    withBody('throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, ownKeys() { throw 3; } });'),
    'An object without a name: An object was thrown that has no message; throw new Error(…) instead.',
  ],
  ['throws a hundred million characters', withBody("throw new Error('x'.repeat(1e8));"), /^Error: x{4000}$/],
  [
    'throws an error that causes itself',
    withBody("const e = new Error('circle');\n  e.cause = e;\n  throw e;"),
    'Error: circle',
  ],
  [
    'says that it is a fault of the harness',
    withBody("const e = new Error('the judge failed');\n  e.name = 'HarnessProblem';\n  throw e;"),
    'HarnessProblem: the judge failed',
  ],
  ['rejects', withBody("return Promise.reject(new Error('late'));"), 'Error: late'],
  ['resolves and then throws', withBody("return { then(done: any) { throw new Error('then'); } };"), 'Error: then'],
  ['hides where it threw', withBody("Error.stackTraceLimit = 0;\n  throw new Error('nowhere');"), 'Error: nowhere'],
  [
    'asks for a tensor that nobody has room for',
    withBody('return zeros([1e6, 1e6]);'),
    /^BudgetError: zeros: a result of shape \(1000000, 1000000\) in float32 takes 3\.64 TiB, more than the /,
  ],
  [
    'ends the process',
    withBody('(globalThis as any).process.exit(0);'),
    /^TypeError: Cannot read properties of undefined/,
  ],
  [
    'sends a signal',
    withBody("(globalThis as any).process.kill((globalThis as any).process.pid, 'SIGKILL');"),
    /^TypeError: Cannot read properties of undefined/,
  ],
  [
    'starts a worker',
    withBody('new (globalThis as any).Worker("x");'),
    /^TypeError: globalThis\.Worker is not a constructor/,
  ],
  [
    'sets a timer',
    withBody('(globalThis as any).setTimeout(() => {}, 0);'),
    /^TypeError: globalThis\.setTimeout is not a function/,
  ],
  [
    'asks the network',
    withBody("(globalThis as any).fetch('http://127.0.0.1/');"),
    /^TypeError: globalThis\.fetch is not a function/,
  ],
  [
    'makes code of a text',
    withBody("return new Function('return 1')();"),
    /^EvalError: Code generation from strings disallowed/,
  ],
  [
    'escapes through a constructor',
    withBody("return (x as any).constructor.constructor('return process')().exit(0);"),
    /^EvalError: Code generation from strings disallowed/,
  ],
  [
    'requires a file system',
    rightAfter("(arguments[1] as any)('node:fs');"),
    "Error: 'node:fs' cannot be imported here: write `import { … } from …` at the top of the file.",
  ],
  ['throws while it loads', rightAfter("throw new RangeError('not now');"), 'RangeError: not now'],
]);

/** Room for what a browser does more slowly than Node, so that the row is about what happens and not about how fast. */
const slowly: InPage = {
  limits: { callMs: 20_000, checkMs: 30_000, totalMs: 60_000 },
  because: 'an error of so many characters takes a browser some seconds to throw',
};

export const stacks: readonly HostileSubmission[] = thrown.map((row) =>
  row.name === 'throws a hundred million characters' ? { ...row, inPage: slowly } : row,
);
