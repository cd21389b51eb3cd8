/** Submissions that answer: with nonsense, after they have spoilt their realm, oddly and yet rightly, or not at all. */
import { group, right, rightAfter, withBody } from './submission';
import type { HostileSubmission } from './submission';

const all = 'All 3 checks hold.';
const wrongType = (what: string, remedy = ''): string =>
  `\`twice\` returned ${what}; expected a Tensor of shape (2,)${remedy}.`;
const notAllowed = (specifier: string): string =>
  `'${specifier}' cannot be imported here: there is nothing but the course's own modules.`;

/** Node hands messages over in objects; setters on Object.prototype would see the port go by, were it not cut off. */
const forgingPorts = `const ports: any[] = [];
for (const name of ['target', 'data', 'type', 'ports', 'onmessage', 'currentTarget', 'handler', Symbol.for('nodejs.internal.kHybridDispatch'), Symbol.for('nodejs.internal.kCurrentlyReceivingPorts')])
  Object.defineProperty(Object.prototype, name, {
    configurable: true,
    get() { if (typeof this?.postMessage === 'function') ports.push(this); return undefined; },
    set(value) {
      for (const candidate of [this, value]) if (typeof candidate?.postMessage === 'function') ports.push(candidate);
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
    },
  });
forge = () => {
  for (const port of ports) for (const id of [1, 2, 3, 4, 5, 6, 7, 8]) for (const kind of ['answered', 'report', 'started'])
    try { port.postMessage({ kind, id, verdict: 'passed', value: { text: '["t","float32",[2],0]', bytes: new Float32Array([2, 4]).buffer }, changed: [], backends: [] }); } catch {}
};`;

export const nonsense = group('failed', [
  ['returns nothing', withBody(right.replace('return ', '')), '`twice` returned nothing: is a `return` missing?'],
  ['returns null', withBody('return null;'), wrongType('null')],
  ['returns a function', withBody('return () => x;'), wrongType('a function')],
  ['returns a symbol', withBody("return Symbol('x');"), wrongType('a symbol')],
  ['returns a bigint', withBody('return 4n;'), wrongType('a bigint')],
  ['returns a map', withBody('return new Map();'), wrongType('an instance of Map')],
  ['returns nested arrays', withBody('return [2, 4];'), wrongType('an array', ': make one with `tensor(…)`')],
  [
    'returns a typed array',
    withBody('return x.data.map((value) => 2 * value);'),
    wrongType('a Float32Array of 2 numbers', ': make one with `fromData(data, shape)`'),
  ],
  ['returns a cycle', withBody('const a: any = {};\n  a.a = a;\n  return a;'), wrongType('an object with a')],
  [
    'returns getters',
    withBody('return { get shape() { throw 1; }, get data() { throw 2; } };'),
    wrongType('an object with shape, data'),
  ],
  [
    'returns a proxy that throws',
    withBody('return new Proxy({}, { ownKeys() { throw 1; }, getOwnPropertyDescriptor() { throw 2; } });'),
    wrongType('an object that throws when it is read'),
  ],
  [
    'returns a proxy of a tensor with endless entries',
    withBody('return new Proxy(zeros([1]), { get: (t, k) => (k === "shape" ? [2 ** 52] : (t as any)[k]) });'),
    wrongType('a tensor of 4503599627370496 numbers'),
  ],
  [
    'returns an array of four billion holes',
    withBody('return new Array(2 ** 32 - 1);'),
    wrongType('an array of 4294967295 items'),
  ],
  ['returns three million numbers', withBody('return new Array(3e6).fill(1);'), wrongType('an array of 3000000 items')],
  [
    'returns a text of a hundred million characters',
    withBody("return 'x'.repeat(1e8);"),
    wrongType('a text of 100000000 characters'),
  ],
  [
    'returns something nested a hundred thousand deep',
    withBody('let a: any = [];\n  for (let i = 0; i < 1e5; i += 1) a = [a];\n  return a;'),
    wrongType('an array', ': make one with `tensor(…)`'),
  ],
  [
    'returns a tensor whose shape was tampered with',
    withBody("const t = zeros([2]);\n  Object.defineProperty(t, 'shape', { value: [2, 1e9] });\n  return t;"),
    wrongType('a tensor of 2000000000 numbers'),
  ],
  [
    'returns a tensor whose memory has gone',
    withBody(
      'const m = new WebAssembly.Memory({ initial: 1 });\n  const t = zeros([2]);\n  const gone = new Float32Array(m.buffer, 0, 2);\n  m.grow(1);\n  return new Proxy(t, { get: (of, key) => (key === "data" ? gone : (of as any)[key]) });',
    ),
    wrongType('a tensor whose data does not fit its shape'),
  ],
  [
    'returns what only looks like a tensor',
    withBody('return { shape: [2], dtype: "float32", data: new Float32Array([2, 4]) };'),
    wrongType('an object with shape, dtype, data'),
  ],
  [
    'returns what only claims to be a tensor',
    withBody(
      'return Object.create(Tensor.prototype, { shape: { value: [2] }, dtype: { value: "float32" }, data: { value: "24" } });',
    ),
    wrongType('a tensor whose data does not fit its dtype'),
  ],
  [
    'returns a message of the protocol',
    withBody('return ["t", "float32", [2], 0];'),
    wrongType('an array', ': make one with `tensor(…)`'),
  ],
  [
    'returns a verdict',
    withBody("return { verdict: 'passed', status: 'passed', kind: 'report' };"),
    wrongType('an object with verdict, status, kind'),
  ],
  [
    'returns a key `__proto__`',
    withBody('return JSON.parse(\'{"__proto__": {"shape": [2]}}\');'),
    wrongType('an object with __proto__'),
  ],
  [
    'returns zeros',
    withBody('return zeros(x.shape);'),
    '`twice`: 2 of 2 numbers differ; worst at [1]: got 0, expected 4 (every number is 0).',
  ],
  [
    'returns NaN',
    withBody('return fromData(x.data.map(() => NaN), x.shape);'),
    /^`twice`: 2 of 2 numbers differ; worst at \[0\]: got NaN, expected 2 \(/,
  ],
  [
    'forgets to await',
    withBody(`return [(async () => { ${right} })()];`),
    '`twice` returned an array; expected a Tensor of shape (2,); it holds a promise: is an `await` missing?',
  ],
  [
    'changes its argument',
    withBody('x.data.forEach((value, index) => (x.data[index] = 2 * value));\n  return x;'),
    '`twice` changed its argument `x`.',
  ],
  [
    'behaves on the first call only',
    withBody(`if (calls++ > 0) return zeros(x.shape);\n  ${right}`, 'let calls = 0;'),
    /^`twice`: \d+ of \d+ numbers differ; .*\(every number is 0\)\.$/,
  ],
  [
    'gives the same answer again',
    withBody(`return (answer ??= (() => { ${right} })());`, 'let answer: Tensor | undefined;'),
    /^`twice` returned shape \(2,\); expected \(/,
  ],
  [
    'knows the example by heart',
    withBody('return x.size === 2 && x.data[0] === 1 ? fromData([2, 4], [2]) : x;'),
    /^`twice`: \d+ of \d+ numbers differ; .*\(every number is 1\/2 of what was expected/,
  ],
  [
    'exports nothing of that name',
    'export function double() {}\n',
    '`twice` is not exported from realms/twice: write `export function twice(…)`.',
  ],
  [
    'exports a number',
    'export const twice = 2;\n',
    '`twice` is exported from realms/twice, but it is a value of type number, not a function.',
  ],
  [
    'takes its export away',
    `${withBody(right)}delete (arguments[0] as any).twice;`,
    '`twice` is not exported from realms/twice: write `export function twice(…)`.',
  ],
  ['is empty', '', '`twice` is not exported from realms/twice: write `export function twice(…)`.'],
]);

const wrongZeros = '`twice`: 2 of 2 numbers differ; worst at [1]: got 0, expected 4 (every number is 0).';

/** Each gives a wrong answer after it has spoilt what its realm computes with: whatever comes of it, it does not pass. */
export const spoilt = (
  [
    [
      'the array iterator',
      '(Array.prototype as any)[Symbol.iterator] = function* () {};',
      '`twice` returned shape (); expected (2,). The call also changed its argument `x`.',
    ],
    ['JSON', 'JSON.parse = JSON.stringify = (() => \'["t","float32",[2],0]\') as any;', wrongZeros],
    [
      'Object',
      `for (const name of Object.getOwnPropertyNames(Object)) if (typeof (Object as any)[name] === 'function') (Object as any)[name] = () => ({});`,
      wrongZeros,
    ],
    [
      'Promise',
      `Promise.prototype.then = function () { return this; } as any;\nPromise.resolve = Promise.reject = Promise.all = (() => 17) as any;`,
      wrongZeros,
    ],
    [
      'Math',
      "for (const name of Object.getOwnPropertyNames(Math)) if (typeof (Math as any)[name] === 'function') (Math as any)[name] = () => 0;",
      wrongZeros,
    ],
    [
      'Number',
      'Number.isFinite = Number.isInteger = Number.isSafeInteger = () => true;\nNumber.prototype.toString = () => "2";',
      wrongZeros,
    ],
    [
      'Float32Array',
      '(globalThis as any).Float32Array = class {};\n(globalThis as any).Uint8Array = class {};',
      wrongType('an object that throws when it is read'),
    ],
    [
      'Symbol.species',
      'Object.defineProperty(Object.getPrototypeOf(Int8Array), Symbol.species, { get() { throw 1; } });\nObject.getPrototypeOf(Int8Array.prototype).set = () => {};',
      wrongZeros,
    ],
    [
      'Function.prototype',
      'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = (() => 17) as any;',
      `${wrongType('a number')} The call also changed its argument \`x\`.`,
    ],
    [
      'Reflect',
      'for (const name of Object.getOwnPropertyNames(Reflect)) (Reflect as any)[name] = () => 17;',
      wrongZeros,
    ],
    [
      'String.prototype',
      "for (const name of Object.getOwnPropertyNames(String.prototype)) if (name !== 'constructor' && name !== 'length') (String.prototype as any)[name] = () => 'passed';",
      wrongZeros,
    ],
    [
      'the tensor’s own getters',
      "for (const name of ['data', 'shape', 'dtype', 'size']) Object.defineProperty(Tensor.prototype, name, { get: () => 17 });",
      `${wrongType('a tensor whose data does not fit its dtype')} The call also changed its argument \`x\`.`,
    ],
    [
      'what counts as a tensor',
      'Object.defineProperty(Tensor, Symbol.hasInstance, { value: () => true });',
      wrongZeros,
    ],
    ['what a message is made of', forgingPorts, wrongZeros],
  ] as const
).map(([what, top, says]): HostileSubmission => ({
  name: `is wrong and overwrites ${what}`,
  text: withBody('forge();\n  return zeros([2]);', `let forge = () => {};\n${top}`),
  verdict: 'failed',
  says,
}));

/** The library itself stumbles over these. */
export const stumbling = group('threw', [
  [
    'is wrong and overwrites Array.prototype',
    withBody(
      'return zeros([2]);',
      `for (const name of Object.getOwnPropertyNames(Array.prototype))
  if (name !== 'length' && name !== 'constructor') (Array.prototype as any)[name] = () => { throw 1; };`,
    ),
    'A thrown value: 1',
  ],
  [
    'is wrong and overwrites Object.prototype',
    withBody(
      'return zeros([2]);',
      `for (const name of ['0', '1', 'text', 'kind', 'id', 'value', 'get', 'set', 'bytes', 'changed'])
  Object.defineProperty(Object.prototype, name, { configurable: true, get: () => 17, set() {} });`,
    ),
    /^TypeError: Invalid property descriptor/,
  ],
]);

export const refused = group('didNotCompile', [
  ['imports a file system', `import fs from 'node:fs';\nfs.rmSync('/');\n${withBody(right)}`, notAllowed('node:fs')],
  ['imports the network', `import 'net';\n${withBody(right)}`, notAllowed('net')],
  [
    'imports the checks',
    `import checks from './checks';\nchecks;\n${withBody(right)}`,
    "'./checks' cannot be imported here: an earlier exercise is imported by its id, not by a path.",
  ],
  [
    'imports the solution by its id',
    `import { twice as t } from 'realms/twice';\nt;\n${withBody(right)}`,
    "'realms/twice' is this very file: it cannot import itself.",
  ],
  [
    'imports a file that is no exercise',
    `import { secret } from 'realms/secret';\nsecret;\n${withBody(right)}`,
    "'realms/secret' cannot be imported here: it is not an exercise that this one builds on.",
  ],
  ['imports while it runs', `import('node:fs');\n${withBody(right)}`, '`import()` is not available here.'],
  ['requires', `const fs = require('fs');\n${withBody(right)}`, '`require()` is not available here.'],
  [
    'asks where it is',
    `import.meta.url;\n${withBody(right)}`,
    '`import.meta` is not available here: an exercise has no address.',
  ],
  ['waits at the top', `await null;\n${withBody(right)}`, '`await` stands outside a function.'],
  ['declares a name twice', `let a = 1;\nlet a = 2;\n${withBody(right)}`, '`a` is declared twice.'],
  ['is no program', 'export function twice(x) { return x +; }', 'Did not expect `;` here.'],
  [
    'is two megabytes long',
    `// ${'x'.repeat(2e6)}\n${withBody(right)}`,
    'This file has 2.0 million characters; at most one million can be checked.',
  ],
  [
    'nests a hundred thousand brackets',
    `export const twice = ${'('.repeat(1e5)}1${')'.repeat(1e5)};\n`,
    'This file nests brackets or operators deeper than can be read.',
  ],
]);

/** What is odd and yet right passes: nobody is refused for their style. */
export const fine = group('passed', [
  ['answers with a promise', withBody(`return Promise.resolve((() => { ${right} })());`), all],
  [
    'answers with a view',
    withBody(
      'const y = zeros([2, x.size]);\n  y.data.set(x.data.map((value) => 2 * value), x.size);\n  return fromData(y.data.slice(x.size), x.shape);',
    ),
    all,
  ],
  ['rejects where nobody listens', rightAfter("void Promise.reject(new Error('nobody'));"), all],
  [
    'leaves an endless generator behind',
    rightAfter('function* count() { for (;;) yield 1; }\nconst left = count();\nleft.next();'),
    all,
  ],
  ['floods the console', withBody(`for (let i = 0; i < 100_000; i += 1) console.log('line', i);\n  ${right}`), all],
  [
    'prints what cannot be printed',
    withBody(
      `const p = new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; } });\n  const c: any = { p };\n  c.c = c;\n  console.log(p, c, Symbol(), () => 1, 1n, new Array(1e6), 'x'.repeat(1e7));\n  ${right}`,
    ),
    all,
  ],
  [
    'freezes what it can',
    rightAfter('Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(globalThis);'),
    all,
  ],
  [
    'spoils its realm after it has worked',
    withBody(
      `const answer = (() => { ${right} })();\n  JSON.stringify = JSON.parse = (() => '17') as any;\n  Reflect.apply = (() => 17) as any;\n  Promise.prototype.then = (() => 17) as any;\n  return answer;`,
    ),
    all,
  ],
  ['is written with carriage returns and a byte order mark', `\uFEFF${withBody(right).replaceAll('\n', '\r\n')}`, all],
  [
    'is a constant',
    "import { fromData, Tensor } from 'tensor';\nexport const twice = (x: Tensor) => fromData(x.data.map((v) => 2 * v), x.shape);\n",
    all,
  ],
  ['is asynchronous', withBody(right).replace('export function', 'export async function'), all],
]);

export const stub: HostileSubmission = {
  name: 'is still the stub',
  text: withBody("throw new Error('TODO: write twice');"),
  verdict: 'notStarted',
  says: '`twice` is still to be written: its TODO is there.',
};
