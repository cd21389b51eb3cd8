import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readArguments, whyNot } from '../../../src/harness/trial/arguments';
import { readLiteral } from '../../../src/harness/trial/literal';
import { signaturesIn } from '../../../src/harness/trial/signature';
import type { Signature } from '../../../src/harness/trial/signature';
import type { TrialValue } from '../../../src/harness/submission';

const stub = `import type { Tensor, KernelContext, Shape } from 'tensor';
/** export function inAComment(x: Tensor): Tensor */
export type Layer = (x: Tensor) => Tensor;
export function matmul(A: Tensor, B: Tensor): Tensor { throw new Error('TODO'); }
export function reshape(x: Tensor, shape: Shape, copy = false): Tensor { throw new Error('TODO'); }
export function einsum(spec: string, ...tensors: readonly Tensor[]): Tensor { throw new Error('TODO'); }
export function map(f: (value: number) => number, x: Tensor): Tensor { throw new Error('TODO'); }
export function residual(f: Layer, x: Tensor): Tensor { throw new Error('TODO'); }
export function backward(dy: Tensor, { x, W }: { readonly x: Tensor; readonly W: Tensor }): Tensor { throw new Error(); }
export function search<Candidate extends { size: number }>(
  count: number,
  random?: number,
): number { throw new Error('TODO'); }
export function add(this: KernelContext, a: number[], b: number[]): number { throw new Error('TODO'); }
`;
const signatures = new Map(signaturesIn(stub).map((signature) => [signature.name, signature]));

function signatureOf(name: string): Signature {
  const signature = signatures.get(name);
  assert.ok(signature, name);
  return signature;
}

function valuesOf(name: string, ...texts: readonly string[]): readonly TrialValue[] {
  const read = readArguments(signatureOf(name), { texts, output: '[2]' });
  assert.ok(read.ok, JSON.stringify(read));
  return read.arguments;
}

function problemOf(name: string, ...texts: readonly string[]): string {
  const read = readArguments(signatureOf(name), { texts });
  assert.ok(!read.ok);
  return `${read.problem.argument}:${read.problem.column} ${read.problem.message}`;
}

const tensor = (shape: readonly number[], values: readonly number[]): TrialValue => ({ kind: 'tensor', shape, values });

describe('What is typed for a function', () => {
  it('is a tensor where the function takes one, and a list where it takes that', () => {
    assert.deepEqual(valuesOf('matmul', '[[1, -2.5]]', ' [[3],[1e2],] '), [
      tensor([1, 2], [1, -2.5]),
      tensor([2, 1], [3, 100]),
    ]);
    assert.deepEqual(valuesOf('reshape', '[1, 2]', '[2, 1]'), [tensor([2], [1, 2]), { kind: 'list', items: [2, 1] }]);
    assert.deepEqual(valuesOf('add', '[1]', '[2]'), [tensor([1], [1]), tensor([1], [2])]);
  });

  it('is what it says where it says so', () => {
    assert.deepEqual(valuesOf('reshape', 'tensor(3)', 'tensor([2])'), [tensor([], [3]), tensor([1], [2])]);
    assert.deepEqual(valuesOf('matmul', 'list([1])', '1'), [{ kind: 'list', items: [1] }, 1]);
  });

  it('may be left out where the function can do without, and may be more where it takes the rest', () => {
    assert.equal(valuesOf('reshape', '[1]', '[1]', '').length, 2);
    assert.equal(valuesOf('reshape', '[1]', '[1]', 'true').length, 3);
    assert.equal(valuesOf('search', '3').length, 1);
    assert.equal(valuesOf('einsum', '"i,i->"', '[1, 2]', '[3, 4]', '[5, 6]').length, 4);
    assert.equal(problemOf('matmul', '[1]'), '1:1 B is missing.');
    assert.equal(problemOf('matmul', '1', '2', '3'), '2:1 matmul takes 2 arguments, and 3 are given.');
  });

  it('may be an object of tensors, numbers and text', () => {
    assert.deepEqual(valuesOf('backward', '[1]', "{ x: [1], 'W': [[2]], name: \"it's\", on: null }")[1], {
      kind: 'object',
      members: [
        ['x', tensor([1], [1])],
        ['W', tensor([1, 1], [2])],
        ['name', "it's"],
        ['on', null],
      ],
    });
  });

  it('is refused with the column of what is wrong', () => {
    const said = (text: string): string => problemOf('matmul', text, '1').replace(/^0:/, '');
    assert.equal(
      said('[[1, 2], [3]]'),
      '10 This list holds 1, and the first beside it 2: the rows of a tensor are equally long.',
    );
    assert.match(said('[1, [2]]'), /^5 In a tensor only numbers/);
    assert.match(said('[[1], 2]'), /^7 Here a list of 1 should stand/);
    assert.match(said('[1, "a"]'), /^5 In a tensor only numbers/);
    assert.match(said('[1 2]'), /^4 A comma or \] should stand before “2”/);
    assert.match(said('[1, , 2]'), /^5 A value is missing before this comma/);
    assert.match(said('[1, 2'), /^1 This \[ is not closed/);
    assert.match(said('1, 2'), /^2 The value ends before “,”/);
    assert.match(said('12px'), /^1 12px is not a number/);
    assert.match(said('1.2.3'), /^1 1\.2\.3 is not a number/);
    assert.match(said('"abc'), /^1 This text has no closing "/);
    assert.match(said('{ a 1 }'), /^5 After a a colon/);
    assert.match(said('{ a: 1, a: 2 }'), /^9 a is there twice/);
    assert.match(said('{ __proto__: 1 }'), /__proto__/);
    assert.match(said(''), /^1 A value is missing here/);
    assert.match(said(`${'['.repeat(99)}`), /deep/);
  });

  it('is never run', () => {
    for (const text of [
      'process.exit(1)',
      '(() => 1)()',
      'x => x',
      'function () {}',
      '`${1}`',
      'new Date()',
      '[...[1]]',
      'a.b',
    ]) {
      assert.equal(readLiteral(text).ok, false, text);
    }
    assert.match(problemOf('matmul', 'x => x', '1'), /A function cannot be written here/);
    assert.match(problemOf('matmul', 'zeros(2, 3)', '1'), /would have to be run/);
  });

  it('says honestly of a function that it cannot be typed', () => {
    assert.match(
      whyNot(signatureOf('map')) ?? '',
      /^map takes f: \(value: number\) => number, which computes something/,
    );
    assert.match(whyNot(signatureOf('residual')) ?? '', /^residual takes f: Layer/);
    assert.equal(whyNot(signatureOf('matmul')), undefined);
  });

  it('asks for the output of a kernel, and reads it', () => {
    assert.equal(signatureOf('add').isKernel, true);
    const read = (output: string): ReturnType<typeof readArguments> =>
      readArguments(signatureOf('add'), { texts: ['[1]', '[2]'], output });
    for (const [text, output] of [
      ['[3, 2]', [3, 2]],
      ['3,2', [3, 2]],
      ['4', [4]],
    ] as const) {
      const { output: found } = read(text) as { readonly output?: readonly number[] };
      assert.deepEqual(found, output);
    }
    for (const text of ['', '[0]', '[1.5]', '[1, 2, 3, 4]', 'x', '[[1]]']) {
      const result = read(text);
      assert.ok(!result.ok && result.problem.argument === 'output', text);
    }
  });

  it('comes back as it was, whatever list of numbers it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double(), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        (row, rows) => {
          const text = `[${Array.from({ length: rows }, () => `[${row.map(String).join(', ')}]`).join(',\n')}]`;
          const [value] = valuesOf('matmul', text, '1');
          assert.deepEqual(
            value,
            tensor(
              [rows, row.length],
              Array.from({ length: rows }, () => row)
                .flat()
                .map((x) => (x === 0 ? Number(String(x)) : x)),
            ),
          );
        },
      ),
      { seed: 4 },
    );
  });

  it('never makes the reader throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'[]{}(),:"\\\' 1.e-+_aNtensorlist\n') }), (text) => {
        readLiteral(text);
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });
});

describe('The functions of the course', () => {
  const folders = ['tensors', 'learning', 'attention'].flatMap((part) =>
    readdirSync(path.join('exercises', part)).map((name) => path.join('exercises', part, name, 'stub.ts')),
  );

  it('are all read from their stubs, with every parameter named', () => {
    for (const file of folders) {
      const text = readFileSync(file, 'utf8');
      const found = signaturesIn(text).map(({ name }) => name);
      const written = [...text.matchAll(/^export function\*? (\w+)/gm)].map(([, name]) => name);
      assert.deepEqual(found, written, file);
      for (const { parameters } of signaturesIn(text)) {
        for (const { name, type, isOptional } of parameters) {
          assert.ok(name !== '' && (type !== '' || isOptional), `${file}: ${name}: ${type}`);
        }
      }
    }
  });
});
