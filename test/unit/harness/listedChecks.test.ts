import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { functionsToWrite, listChecks } from '../../../src/harness/compile/listedChecks';
import { signaturesIn } from '../../../src/harness/compile/signatures';

const stub = `
import type { Tensor } from 'tensor';
export interface Pair { readonly a: Tensor }
export const size = 4;
export function first(a: Tensor): Tensor {
  throw new Error('TODO: write first');
}
export class Second {
  forward(): Tensor {
    throw new Error('TODO: write forward');
  }
}
`;

describe('the checks of a text, listed without running it', () => {
  it('come with their steps and the functions they use, through helpers and probes too', () => {
    const checks = `

import { defineChecks } from 'authoring';
const tries = ({ Second }: Beside<typeof import('./stub')>) => new Second().forward();
async function agrees({ learner, reference }: Context) {
  return [await learner.first(1), reference.Second];
}
throw new Error('nothing of this is run');
export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "one's first": { step: 'sum', async run(context) { await agrees(context); } },
  // A word, and a brace: {
  'it\\'s second': { async run({ beside }) { await beside(tries); } },
  neither: { limits: { seconds: 3 }, run() {} },
});`;
    assert.deepEqual(listChecks({ checks, stub }), [
      { sentence: "one's first", step: 'sum', functions: ['first'] },
      { sentence: "it's second", functions: ['Second'] },
      { sentence: 'neither', functions: [] },
    ]);
  });

  it('are none where the list never ends', () => {
    assert.deepEqual(listChecks({ checks: 'export default defineChecks({', stub }), []);
  });

  it('are all that the course has', function () {
    this.timeout(60_000);
    const course = JSON.parse(readFileSync('exercises/course.json', 'utf8')) as {
      readonly parts: readonly { readonly id: string; readonly exercises: readonly string[] }[];
    };
    for (const id of course.parts.flatMap((part) => part.exercises.map((name) => `${part.id}/${name}` as const))) {
      const text = (file: string): string => readFileSync(`exercises/${id}/${file}`, 'utf8');
      const listed = listChecks({ checks: text('checks.ts'), stub: text('stub.ts') });
      assert.ok(listed.length > 0, id);
      assert.equal(listed.length, text('checks.ts').match(/\brun\(/g)?.length, id);
      assert.ok(functionsToWrite(text('stub.ts')).length > 0, id);
      for (const { sentence, functions } of listed) assert.ok(functions.length > 0, `${id}: ${sentence}`);
    }
  });

  it('are of functions to write, which are those with a TODO', () => {
    assert.deepEqual(functionsToWrite(stub), ['first', 'Second']);
  });
});

describe('the signatures in a text that is being written', () => {
  const ends = (text: string, names: readonly string[] = ['f']): unknown =>
    signaturesIn(text, names).map(({ name, parameterEnds, close }) => [
      name,
      parameterEnds.map((end) => text.slice(0, end).split(/[(,]/).at(-1)?.trim()),
      close === undefined ? undefined : text.slice(0, close).at(-1),
    ]);

  it('end each parameter behind its type', () => {
    assert.deepEqual(ends('export function f(a: Tensor, b: number): Tensor {'), [
      ['f', ['a: Tensor', 'b: number'], ')'],
    ]);
  });

  it('take patterns, generics and function types for one parameter each', () => {
    const text = 'export function f({ x, W }: Map<string, number>, map: (v: number) => number, last?: Tensor) {}';
    const [signature] = signaturesIn(text, ['f']);
    assert.deepEqual(
      signature?.parameterEnds.map((end) => text.slice(0, end).length - text.indexOf('(')),
      ['({ x, W }: Map<string, number>', '({ x, W }: Map<string, number>, map: (v: number) => number']
        .map((t) => t.length)
        .concat(text.lastIndexOf(')') - text.indexOf('(')),
    );
  });

  it('leave out `this`, and take arrows and classes as they are', () => {
    assert.deepEqual(ends('export function f(this: KernelContext, a: number[]): number {}'), [
      ['f', ['a: number[]'], ')'],
    ]);
    assert.deepEqual(ends('export const f = async (a: Tensor) => a;'), [['f', ['a: Tensor'], ')']]);
    assert.deepEqual(ends('export class f {\n  go(a) {}\n}'), [['f', [], undefined]]);
  });

  it('are not found in comments and strings, and found in what does not parse', () => {
    assert.deepEqual(ends('/*\nexport function f(a) {}\n*/\nconst s = `\nexport function f(a) {}`;'), []);
    assert.deepEqual(ends('export function f(a: Tensor) {\n  return a +;\n'), [['f', ['a: Tensor'], ')']]);
    assert.deepEqual(ends('export function f(a: Tensor'), [['f', [], undefined]]);
  });
});
