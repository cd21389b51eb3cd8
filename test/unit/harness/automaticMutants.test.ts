import assert from 'node:assert/strict';
import { automaticMutants } from '../../../src/harness/compile/automaticMutants';
import type { AutomaticMutant } from '../../../src/harness/compile/automaticMutants';
import { compileModule } from '../../../src/harness/compile/compile';

function mutantsOf(text: string): readonly AutomaticMutant[] {
  return automaticMutants({ exercise: 'tensors/matmul', text });
}

/** The changes that are made to a function's body. */
function changes(body: string): string[] {
  return mutantsOf(`export function f(a: number, b: number[]): unknown {\n${body}\n}\n`).map(
    ({ from, to }) => `${from} → ${to}`,
  );
}

describe('Automatic mutants', () => {
  it('swap operators and shift bounds', () => {
    assert.deepEqual(changes('return a * b[a]! - a;'), ['a * b[a] - a → a * b[a] + a', 'a * b[a] → a / b[a]']);
    assert.deepEqual(changes('return a < b.length;'), ['a < b.length → a <= b.length', 'a < b.length → a >= b.length']);
    assert.deepEqual(changes('return a === b[a] ?? a;').length, 2);
    assert.deepEqual(changes('return -a;'), ['-a → a']);
    assert.deepEqual(changes('return !a;'), ['!a → a']);
  });

  it('change constants, where an expression shows them', () => {
    assert.deepEqual(changes('return f(a, 1);'), ['f(a, 1) → f(1, a)', 'f(a, 1) → f(a, 2)', 'f(a, 1) → f(a, 0)']);
    assert.deepEqual(changes('return { axis: 0, keepdim: true };'), [
      'axis: 0 → axis: 1',
      'keepdim: true → keepdim: false',
    ]);
    assert.deepEqual(changes('return a ** 0.5;').slice(1), ['a ** 0.5 → a ** 5']);
  });

  it('exchange axes, arguments and branches, and forget a turn', () => {
    assert.deepEqual(changes('return g([a, b.length]);'), ['[a, b.length] → [b.length, a]']);
    assert.deepEqual(changes('return matmul(x, transpose(y));'), [
      'matmul(x, transpose(y)) → matmul(transpose(y), x)',
      'transpose(y) → y',
    ]);
    assert.deepEqual(changes('return c ? a : b;'), ['c ? a : b → c ? b : a']);
  });

  it('leave out statements, and keep the lines below where they are', () => {
    const text = 'export function f(x: number): number {\n  if (\n    x > 1\n  ) {\n    g(x);\n  }\n  return x;\n}\n';
    const without = mutantsOf(text).filter(({ to }) => to === '');
    assert.deepEqual(
      without.map(({ from, line }) => `${line}: ${from}`),
      ['2: if ( x > 1 ) { g(x); } → '.replace(' → ', ''), '5: g(x);'],
    );
    assert.equal(without[0]?.text.split('\n').indexOf('  return x;'), text.split('\n').indexOf('  return x;'));
  });

  it('do not make what cannot be told apart', () => {
    // Counting the other way never ends, words are for people, a default for the compiler, and these commute.
    assert.deepEqual(changes('for (const k of b) { }'), []);
    assert.ok(!changes('for (let k = 0; k < 1; k += 1) {}').some((change) => change.includes('k -= 1')));
    assert.deepEqual(changes('throw new Error("at " + a);'), []);
    assert.deepEqual(changes('const [m = 0] = b;'), []);
    assert.deepEqual(changes('return Math.max(a, b.length);'), []);
    assert.deepEqual(changes('return equal(a, b);'), []);
    assert.deepEqual(mutantsOf("import { a, b } from 'tensor';\nimport type { C } from 'tensor';\n"), []);
  });

  it('keep an operator’s rank from changing what it takes in', () => {
    const [, inner] = mutantsOf('export const f = (a: boolean, b: boolean, c: boolean) => (a && b) === c && c;');
    assert.match(inner?.text ?? '', /\(\(a && b\) !== c\) && c/);
  });

  it('name the line as the solution has it, types and all', () => {
    const [first] = mutantsOf(
      '// One\nexport function f(x: readonly number[]): number {\n  return x[0]! + x.length;\n}\n',
    );
    assert.deepEqual(
      { line: first?.line, at: first?.at, from: first?.from },
      { line: 3, at: 'return x[0]! + x.length;', from: 'x[0] + x.length' },
    );
  });

  it('nearly all compile, and none of a text that does not', () => {
    const text =
      'export function f(n: number): number {\n  let sum = 0;\n  for (let k = 1; k <= n; k += 1) sum += k % 3;\n  return sum > 2 && n !== 4 ? sum : -n;\n}\n';
    const made = mutantsOf(text);
    assert.ok(made.length > 12);
    for (const { text: mutated, from, to } of made) {
      assert.notEqual(mutated, text);
      assert.ok(compileModule({ exercise: 'tensors/matmul', text: mutated }).ok, `${from} → ${to}`);
    }
    assert.deepEqual(mutantsOf('export const x = ;'), []);
  });
});
