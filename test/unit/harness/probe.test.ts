import assert from 'node:assert/strict';
import vm from 'node:vm';
import { parse } from 'acorn';
import type { Beside, CheckContext, OnlyBeside, Remote } from '../../../src/authoring';
import { freeNames } from '../../../src/harness/compile/freeNames';
import { readProbe } from '../../../src/harness/compile/probe';
import type { Tensor } from '../../../src/tensor';

function free(code: string): string {
  return freeNames(parse(code, { ecmaVersion: 2024 }))
    .map(({ name }) => name)
    .join(' ');
}

describe('the names that a text does not declare', () => {
  const cases: readonly (readonly [code: string, names: string])[] = [
    ['(a) => a + b', 'b'],
    ['(a, c = a + b) => c', 'b'],
    ['({ a, d: [e, ...f] }) => a + e + f + d', 'd'],
    ['() => { x; var x = 1; { let y = x; } return y; }', 'y'],
    ['() => { if (1) { var z = 1; } return z; }', ''],
    ['() => { for (const i of list) i; for (let k = 0; k < i; k++); }', 'list i'],
    ['() => { try { t(); } catch ({ message }) { message; } return message; }', 't message'],
    ['() => { function inner() { return inner; } return inner; }', ''],
    ['(function own() { return own; })', ''],
    ['class A { static b = A; c = this.d; [e]() { return f; } }; A', 'e f'],
    ['(class B extends C {})', 'C'],
    ['o.a.b[c]', 'o c'],
    ['({ a: 1, [b]: 2, c, d() { return arguments; } })', 'b c'],
    ['() => arguments', 'arguments'],
    ['() => this.x', 'this'],
    ['(function () { return () => this.x; })', ''],
    ['loop: for (;;) { break loop; }', ''],
    ['switch (a) { case 1: let b = 2; default: b; }', 'a'],
    ['x = 1', 'x'],
    ['`${t}`', 't'],
    ['(function () { return new.target; })', ''],
    ['async () => { for await (const v of s) yieldIt(v); }', 's yieldIt'],
  ];
  for (const [code, names] of cases) {
    it(code, () => assert.equal(free(code), names));
  }
});

describe('the text of a probe', () => {
  const read = (probe: unknown): ReturnType<typeof readProbe> =>
    readProbe(Function.prototype.toString.call(probe as () => void));

  it('gives its expression, what it uses, and the names of its arguments', () => {
    const found = readProbe('({ map, tensor }, x,   { rate }) =>\n  map((v) => tensor.multiply(v, v), x )');
    assert.ok(found.ok);
    assert.equal(found.label, 'map((v) => tensor.multiply(v, v), x)');
    assert.equal(found.text, '({ map, tensor }, x, { rate }) => map((v) => tensor.multiply(v, v), x)');
    assert.deepEqual(found.uses, ['map']);
    assert.deepEqual(found.parameters, ['x', '{ rate }']);
  });

  it('is named after the exports that it uses when it has statements, or is long', () => {
    const found = readProbe('({ Model, train }) => { const model = new Model(2); return train(model).at(0); }');
    assert.ok(found.ok);
    assert.equal(found.label, 'Model, train');
    const long = readProbe(`({ map }) => map((v) => ${'v + '.repeat(30)} v)`);
    assert.ok(long.ok && long.label === 'map');
  });

  it('need not use the learner’s exports', () => {
    const found = readProbe('(_, x) => x');
    assert.ok(found.ok && found.uses.length === 0 && found.parameters.join() === 'x');
  });

  it('may be an arrow, a function, a method, and asynchronous', () => {
    const methods: Readonly<Record<string, unknown>> = {
      plain({ f }: { f: () => number }) {
        return f();
      },
      async later({ f }: { f: () => number }) {
        return await Promise.resolve(f());
      },
    };
    for (const probe of [
      ({ f }: { f: () => number }) => f(),
      async ({ f }: { f: () => number }) => await Promise.resolve(f()),
      function ({ f }: { f: () => number }) {
        return f();
      },
      methods['plain'],
      methods['later'],
    ]) {
      const found = read(probe);
      assert.ok(found.ok, found.ok ? '' : found.sentence);
      const made: unknown = (vm.compileFunction(found.code) as () => unknown)();
      assert.equal(typeof made, 'function');
      assert.deepEqual(found.uses, ['f']);
    }
  });

  const refused: readonly (readonly [source: string, sentence: RegExp])[] = [
    [
      '(_, x) => x * scale',
      /uses `scale`, which is declared outside it, but only its own text goes to the learner’s realm: declare it inside, or pass it as an argument\./,
    ],
    [
      '(_, x) => _tensor.zeros.call(void 0, x)',
      /uses `zeros`, which checks\.ts imports, .*take it from the first parameter, as in `\(\{ map, tensor \}, x\) => tensor\.zeros\(…\)`\./,
    ],
    ['() => this.rate', /uses `this`/],
    [
      '(learner, x) => learner.map(x)',
      /must take what it needs out of its first parameter by name, as in `\(\{ map, tensor \}, x\) => …`\./,
    ],
    ['({ map, ...all }, x) => map(x)', /out of its first parameter by name/],
    ['({ [1]: map }, x) => map(x)', /out of its first parameter by name/],
    ['() => arguments.length', /uses `arguments`/],
    ['({ f }) => f(process.env)', /uses `process`/],
    ['function* () { yield 1; }', /is a generator: let it answer with values/],
    ['function () { [native code] }', /A probe must be a function written out in the checks/],
    ['class A {}', /A probe must be a function written out in the checks/],
  ];
  for (const [source, sentence] of refused) {
    it(`is refused: ${source}`, () => {
      const found = readProbe(source);
      assert.ok(!found.ok);
      assert.match(found.sentence, sentence);
    });
  }
});

describe('the types of what crosses', () => {
  type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
  type Nested = number | readonly Nested[];
  interface Exports {
    add: (a: Tensor, b: Tensor) => Tensor;
    shapes: (x: Nested, options?: { axis: number; names: readonly string[] }) => Promise<{ dx: Tensor }>;
    map: (f: (v: number) => number, x: Tensor) => Tensor;
    compose: (options: { readonly layers: readonly ((x: Tensor) => Tensor)[] }) => Tensor;
    makeStep: (rate: number) => () => void;
    batches: (x: Tensor) => Generator<Tensor>;
    Model: new (size: number) => { forward(x: Tensor): Tensor };
    heads: number;
    loose: (text: string) => ReturnType<typeof JSON.parse>;
  }

  it('leave to a plain call what can be called plainly, and the rest to a probe', () => {
    const add: Same<Remote<Exports>['add'], (a: Tensor, b: Tensor) => Promise<Tensor>> = true;
    const loose: Same<Remote<Exports>['loose'], OnlyBeside> = false;
    const shapes: Same<Awaited<ReturnType<Remote<Exports>['shapes']>>, { dx: Tensor }> = true;
    const onlyBeside: Same<
      Remote<Exports>['map' | 'compose' | 'makeStep' | 'batches' | 'Model' | 'heads'],
      OnlyBeside
    > = true;
    const each: [
      Same<Remote<Exports>['map'], OnlyBeside>,
      Same<Remote<Exports>['compose'], OnlyBeside>,
      Same<Remote<Exports>['makeStep'], OnlyBeside>,
      Same<Remote<Exports>['batches'], OnlyBeside>,
      Same<Remote<Exports>['Model'], OnlyBeside>,
      Same<Remote<Exports>['heads'], OnlyBeside>,
    ] = [true, true, true, true, true, true];
    const model: Same<Beside<Exports>['Model'], Exports['Model']> = true;
    // The probe's parameters are known from the exports and from what is passed.
    const use = ({ beside }: CheckContext<Exports>, x: Tensor): Promise<Tensor> =>
      beside(({ map, tensor }, y) => map((v) => v * v, tensor.square(y)), x);
    assert.ok(add && !loose && shapes && onlyBeside && model && each.every(Boolean) && typeof use === 'function');
  });
});
