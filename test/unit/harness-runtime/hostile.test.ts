import assert from 'node:assert/strict';
import type { CheckOutcome, Verdict } from '../../../src/harness/report';
import { Bench, loops, outcomeAt, rightMatmul, statuses, withMatmul } from './bench';

const megabytes = 1024 * 1024;

describe('a program that never ends, takes all memory or answers with nonsense', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());
  afterEach(() => bench.nextIsRight());

  const endless: Readonly<Record<string, string>> = {
    'a loop': '  for (;;);',
    'a chain of microtasks': '  const again = (): Promise<void> => Promise.resolve().then(again);\n  return again();',
    'a generator': '  function* count() { for (;;) yield 1; }\n  return [...count()].length;',
    'a regular expression': "  return /^(a+)+$/.test('a'.repeat(60) + 'b');",
    'a getter of what it throws': '  throw { get message() { for (;;); } };',
    'a `then` of what it returns': '  return { then() { for (;;); } };',
    'a wait': '  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
    'a loop over console.log': "  for (;;) console.log('again');",
  };
  for (const [what, body] of Object.entries(endless)) {
    it(`is ended when it is endless in ${what}`, async () => {
      const report = await bench.check(withMatmul(body), { limits: { callMs: 400 } });
      assert.equal(report.verdict, 'timedOut', report.sentence);
      assert.deepEqual(statuses(report), ['timedOut', 'notRun', 'notRun', 'notRun']);
      const outcome = outcomeAt(report, { index: 0, status: 'timedOut' });
      assert.equal(outcome.limitMs, 400);
      assert.equal(outcome.call?.function, 'matmul');
      assert.equal(outcome.place?.line, 3);
      assert.match(report.sentence, /^`matmul` did not return within 0\.4 s, in “multiplies a small example”\./);
    });
  }

  it('is ended when it loops while it loads', async () => {
    const report = await bench.check(`${rightMatmul}\nfor (;;);`, { limits: { callMs: 400 } });
    assert.equal(report.verdict, 'timedOut', report.sentence);
    assert.match(report.sentence, /while your file was loaded/);
  });

  it('is ended when all its calls together take too long', async () => {
    const slow = `  const until = Date.now() + 150;\n  while (Date.now() < until);\n${loops}`;
    const report = await bench.check(withMatmul(slow), { limits: { callMs: 1_000, totalMs: 250 } });
    assert.equal(report.verdict, 'timedOut', report.sentence);
  });

  it('is told that its promise never settled', async () => {
    const report = await bench.check(withMatmul('  return new Promise(() => {});'), { limits: { callMs: 300 } });
    assert.equal(report.verdict, 'timedOut');
    assert.match(report.sentence, /returned a promise that never settled/);
  });

  const bombs: Readonly<Record<string, string>> = {
    objects: '  const all: object[] = [];\n  for (;;) all.push({ a: [1, 2, 3] });',
    'typed arrays': '  const all: Float64Array[] = [];\n  for (;;) all.push(new Float64Array(1e6).fill(1));',
    tensors: '  const all: Tensor[] = [];\n  for (;;) { const x = zeros([1000, 1000]); x.data.fill(1); all.push(x); }',
    'one long text': "  let s = 'abcdefgh';\n  for (;;) s = (s + s.slice(0, 5e7)).split('').reverse().join('');",
  };
  for (const [what, body] of Object.entries(bombs)) {
    it(`is ended when it fills the memory with ${what}`, async () => {
      const report = await bench.check(withMatmul(body), {
        limits: { callMs: 15_000, memoryBytes: 400 * megabytes },
      });
      assert.equal(report.verdict, 'outOfMemory', report.sentence);
      assert.deepEqual(statuses(report), ['outOfMemory', 'notRun', 'notRun', 'notRun']);
      assert.equal(outcomeAt(report, { index: 0, status: 'outOfMemory' }).limitBytes, 400 * megabytes);
      assert.match(report.sentence, /more than the 400 MB/);
    });
  }

  it('counts what a flooded console drops', async () => {
    const flood = `  for (let i = 0; i < 1_000_000; i += 1) console.log('line', i);\n${loops}`;
    const report = await bench.check(withMatmul(flood), { limits: { callMs: 10_000 } });
    assert.equal(report.verdict, 'passed', report.sentence);
    assert.equal(report.console.lines.length, 500);
    assert.equal(report.console.lines[499]?.text, 'line 499');
    assert.ok(report.console.dropped >= 4_999_500, `${report.console.dropped}`);
  });

  it('keeps what an endless loop printed before it was ended', async () => {
    const report = await bench.check(withMatmul("  console.log('here');\n  for (;;);"), { limits: { callMs: 300 } });
    assert.deepEqual(report.console.lines, [{ level: 'log', text: 'here' }]);
  });

  interface Case {
    readonly body: string;
    readonly top?: string;
    readonly verdict: Verdict;
    readonly first: CheckOutcome['status'];
    readonly says?: RegExp;
  }
  const cases: Readonly<Record<string, Case>> = {
    'throws null': { body: '  throw null;', verdict: 'threw', first: 'threw', says: /null/ },
    'throws an object whose getters throw': {
      body: '  throw { get name() { throw 1; }, get message() { throw 2; }, get stack() { throw 3; } };',
      verdict: 'threw',
      first: 'threw',
    },
    'throws a proxy': {
      body: '  throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, ownKeys() { throw 3; } });',
      verdict: 'threw',
      first: 'threw',
    },
    'throws an error with a message of a hundred million characters': {
      body: "  throw new Error('x'.repeat(1e8));",
      verdict: 'threw',
      first: 'threw',
    },
    'overflows the stack': {
      body: '  return matmul(A, B);',
      verdict: 'threw',
      first: 'threw',
      says: /Maximum call stack/,
    },
    rejects: { body: "  return Promise.reject(new Error('late'));", verdict: 'threw', first: 'threw', says: /late/ },
    'rejects outside any call': {
      body: loops,
      top: "void Promise.reject(new Error('nobody awaits this'));",
      verdict: 'passed',
      first: 'passed',
    },
    'returns a cycle': { body: '  const a: any = {};\n  a.a = a;\n  return a;', verdict: 'failed', first: 'failed' },
    'returns an object with getters': {
      body: '  return { get shape() { throw 1; }, get data() { throw 2; } };',
      verdict: 'failed',
      first: 'failed',
    },
    'returns a proxy that throws': {
      body: '  return new Proxy({}, { ownKeys() { throw 1; }, getOwnPropertyDescriptor() { throw 2; } });',
      verdict: 'failed',
      first: 'failed',
    },
    'returns a proxy of a tensor with endless entries': {
      body: '  return new Proxy(zeros([1]), { get: (t, k) => (k === "shape" ? [2 ** 52] : (t as any)[k]) });',
      verdict: 'failed',
      first: 'failed',
    },
    'returns an array of four billion holes': {
      body: '  return new Array(2 ** 32 - 1);',
      verdict: 'failed',
      first: 'failed',
    },
    'returns something nested a hundred thousand deep': {
      body: '  let a: any = [];\n  for (let i = 0; i < 1e5; i += 1) a = [a];\n  return a;',
      verdict: 'failed',
      first: 'failed',
    },
    'returns a tensor whose shape was tampered with': {
      body: "  const t = zeros([2, 1]);\n  Object.defineProperty(t, 'shape', { value: [2, 1e9] });\n  return t;",
      verdict: 'failed',
      first: 'failed',
    },
    'returns a tensor over a buffer that has gone': {
      body: '  const t = zeros([2, 1]);\n  (t.data.buffer as any).transfer?.();\n  return t;',
      verdict: 'failed',
      first: 'failed',
    },
    'returns a symbol': { body: '  return Symbol("x");', verdict: 'failed', first: 'failed', says: /symbol/ },
    'returns a bigint': { body: '  return 17n;', verdict: 'failed', first: 'failed', says: /bigint/ },
    'returns an object with a key `__proto__`': {
      body: '  return JSON.parse(\'{"__proto__": {"shape": [2, 1]}}\');',
      verdict: 'failed',
      first: 'failed',
    },
  };
  for (const [what, { body, top, verdict, first, says }] of Object.entries(cases)) {
    it(`gets an answer when it ${what}`, async () => {
      const report = await bench.check(withMatmul(body, top));
      assert.equal(report.verdict, verdict, report.sentence);
      assert.equal(report.checks[0]?.outcome.status, first);
      if (says !== undefined) assert.match(JSON.stringify(report.checks[0]), says);
      assert.doesNotMatch(JSON.stringify(report), /harnessFailed/);
    });
  }
});
