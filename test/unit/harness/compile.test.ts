import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileModule } from '../../../src/harness/compile/compile';
import type { CompiledModule } from '../../../src/harness/compile/compile';
import type { CompileProblem } from '../../../src/harness/report';

function compiled(text: string): CompiledModule {
  const result = compileModule({ exercise: 'tensors/matmul', text });
  assert.ok(result.ok, result.ok ? '' : result.problem.message);
  return result.module;
}

function problemOf(text: string): CompileProblem {
  const result = compileModule({ exercise: 'tensors/matmul', text });
  assert.ok(!result.ok, 'it compiled');
  return result.problem;
}

/** `line:column message | hint`, as a reader meets them. */
function explained(text: string): string {
  const { place, message, hint } = problemOf(text);
  return `${place.line}:${place.column} ${message}${hint === undefined ? '' : ` | ${hint}`}`;
}

describe('compiling a module', () => {
  it('takes the types away and keeps every line', () => {
    const module = compiled('type A = {\n  a: number;\n};\nexport function f(a: A): number {\n  return a.a;\n}\n');
    assert.equal(module.code.split('\n')[4]?.trim(), 'return a.a;');
  });

  it('knows what is exported, where, and with which parameters', () => {
    const module = compiled(
      'export function matmul(A: Tensor, { x, y }: Pair, n = 1, ...rest: number[]): Tensor { return A; }\n' +
        'const dot = (a: number[]) => a;\nexport { dot as inner };\nexport default class {}\nexport enum E { A }\n',
    );
    assert.deepEqual(module.exports, ['matmul', 'inner', 'default', 'E']);
    assert.deepEqual(module.parameters, { matmul: ['A', '{ x, y }', 'n', '...rest'], inner: ['a'] });
    assert.deepEqual(module.exportPlaces['matmul'], { line: 1, column: 17 });
    assert.deepEqual(module.exportPlaces['inner'], { line: 2, column: 7 });
  });

  it('takes exported functions that use or declare `this` for kernels', () => {
    const module = compiled(
      'export function used(A: number[]) { return this.thread.x; }\n' +
        "export function declared(this: KernelContext, A: number[]): number { throw new Error('TODO'); }\n" +
        'export const assigned = function (this: KernelContext): number { return 1; };\n' +
        'export function inner() { return function () { return this; }; }\n' +
        'export function plain(a: number) { return a; }\n',
    );
    assert.deepEqual(module.kernels, ['used', 'declared', 'assigned']);
  });

  it('leaves out imports of types, and names those of values with their places', () => {
    const module = compiled(
      "import { zeros, type Shape, Tensor, KernelContext } from 'tensor';\nimport type { X } from 'fs';\n" +
        "import * as t from 'tensor';\nexport const f = (s: Shape, k: KernelContext, x: Tensor) => zeros(s, t.ones(s));\n",
    );
    assert.deepEqual(
      module.imports.map(({ specifier, names }) => [
        specifier,
        names.map(({ name, place }) => `${name} ${place.line}:${place.column}`),
      ]),
      [
        ['tensor', ['zeros 1:10']],
        ['tensor', ['ones 4:72']],
      ],
    );
  });

  it('does not guess at the members of a namespace whose name is declared again inside', () => {
    const module = compiled("import * as t from 'tensor';\nexport const f = (t: any) => t.anything;\nt.zeros;\n");
    assert.deepEqual(module.imports[0]?.names, []);
  });

  for (const [what, text] of [
    ['an empty file', ''],
    ['a file of comments', '// nothing yet\n'],
    ['a byte order mark and Windows line ends', '\uFEFFexport const a = 1;\r\nexport const b = 2;\r\n'],
    [
      'an enum, a const enum and parameter properties',
      'enum A { X }\nconst enum B { Y }\nclass C { constructor(private x: number) {} }',
    ],
    [
      'overloads, `satisfies` and `declare`',
      'declare const q: number;\nfunction f(a: number): void;\nfunction f(a: unknown) {}\nconst x = 3 satisfies number;',
    ],
    ['a default export', 'export default function (a: number) { return a; }'],
  ] as const) {
    it(`accepts ${what}`, () => {
      compiled(text);
    });
  }

  it('reports the learner’s line as it stands, whatever ends it', () => {
    const problem = problemOf('\uFEFFlet x = 1;\r\n  let x = 2;\r\n');
    assert.equal(problem.sourceLine, '  let x = 2;');
    assert.deepEqual(problem.place, { exercise: 'tensors/matmul', line: 2, column: 7 });
  });

  it('maps columns back through types that were taken away', () => {
    const text = 'const a: Array<Record<string, number>> = []; let x: number = 1; let x = 2;';
    assert.equal(problemOf(text).place.column, text.lastIndexOf('x') + 1);
  });
});

describe('a text that does not compile gets one sentence at its place', () => {
  const loop = 'export function f() {\n  for (let i = 0; i < 3; i++) {\n    foo();\n  return 1;\n}\n';
  const cases: readonly (readonly [text: string, words: string])[] = [
    [
      'let x = 1;\nlet x = 2;',
      '2:5 `x` is declared twice. | It is declared in line 1 already: give this one another name, or assign to it without declaring it again.',
    ],
    [
      "import { a } from 'tensor';\nconst a = 1;\na;",
      '2:7 `a` is declared twice. | It is declared in line 1 already: give this one another name, or assign to it without declaring it again.',
    ],
    [loop, '5:2 The file ends while a `}` is missing. | The `{` in line 2 is never closed.'],
    [
      'function f() {\n  return 1;\n',
      '2:12 The file ends while a `}` is missing. | The `{` in line 1 is never closed.',
    ],
    [
      'const x = (1 + 2;',
      '1:17 Expected `,` or `)` here, but found `;`. | The `(` in line 1 is still open: is a `)` missing?',
    ],
    ['if (a > 1 {\n}', '1:11 Expected `)` here, but found `{`. | The `(` in line 1 is still open: is a `)` missing?'],
    [
      'const a = [1, 2;',
      '1:16 Expected `,` or `]` here, but found `;`. | The `[` in line 1 is still open: is a `]` missing?',
    ],
    [
      'foo(1, 2\nreturn 3',
      '2:1 Expected `,` or `)` here, but found `return`. | The `(` in line 1 is still open: is a `)` missing?',
    ],
    ['const x = = 3;', '1:11 Did not expect `=` here.'],
    ['const x: = 3;', '1:10 Did not expect `=` here.'],
    ['const = 3;', '1:7 Expected a name after `const`, but found `=`.'],
    ['const class = 3;', '1:7 `class` is a word of the language and cannot be a name.'],
    ['const x: number;', '1:8 `const x` needs a value. | Write `const x = …`, or `let`.'],
    ['const x =', '1:10 The file ends in the middle of a statement.'],
    ['const a = b c;', '1:13 Expected `;` here, but found `c`. | Is an operator or a `;` missing before it?'],
    ['const f = (a) = > a;', '1:17 Did not expect `>` here. | An arrow is written `=>`, without a space.'],
    ["const s = 'abc\n;", '1:11 This text has no closing quote. | Strings end on the line on which they begin.'],
    ['const s = `abc', '1:12 A template string has no closing backtick.'],
    ['1;\n/* abc', '2:1 This comment is never closed with `*/`.'],
    ['const r = /[/;', '1:12 This regular expression has no closing `/`.'],
    [
      'function f() { }\n}\n',
      '2:1 This `}` closes nothing. | There is one too many, or a line above it closes the block too early.',
    ],
    ['return 3;', '1:1 `return` stands outside a function. | A `}` above may close the function too early.'],
    ['3 = x;', '1:1 What stands on the left of this `=` cannot be assigned to. | To compare, write `===`.'],
    ['const o = { a = 1 };', '1:15 An object literal writes `name: value`, with a colon.'],
    ['function f(a, a) {}', '1:15 Two parameters are named `a`.'],
    ['export { nothing };', '1:10 `nothing` is exported but declared nowhere in this file.'],
    [
      'const x = 017;',
      '1:11 This is not a number as JavaScript writes it. | A number does not begin with 0 unless it is 0 or 0.5.',
    ],
    ['@dec class A {}', '1:1 Decorators are not available here.'],
    [
      'export namespace N { export const x = 1; }',
      '1:8 Namespaces are not available here. | Export the functions themselves; a file already is a module.',
    ],
    ['const x = <div>a</div>;', '1:11 Markup (JSX) is not available here.'],
    [
      'const x = await f();',
      '1:11 `await` stands outside a function. | A module has to be loaded at once: move it into an async function.',
    ],
    [
      'function f() { await g(); }',
      '1:16 `await` stands in a function that is not asynchronous. | Write `async function …`.',
    ],
    ['function f() { yield 1; }', '1:16 `yield` stands in a function that is no generator. | Write `function* …`.'],
    [
      "const m = import('fs');",
      '1:11 `import()` is not available here. | Write `import { … } from …` at the top of the file.',
    ],
    [
      "import fs = require('fs');\nfs.x;",
      '1:13 `require()` is not available here. | Write `import { … } from …` at the top of the file.',
    ],
    ['import.meta.url;', '1:1 `import.meta` is not available here: an exercise has no address.'],
    ['export = 3;', '1:1 `export =` is not available here. | Write `export function …` instead.'],
    ["export * from 'tensor';", '1:1 `export *` is not available here. | Name what you export: `export { … } from …`.'],
    [
      'export const exports = 3;',
      '1:8 `exports` is a name that every module already has. | Choose another name at the top level.',
    ],
    ['('.repeat(20_000), '1:1 This file nests brackets or operators deeper than can be read.'],
    ['1+'.repeat(50_000) + '1', '1:1 This file nests brackets or operators deeper than can be read.'],
    ['x'.repeat(1_200_000), '1:1 This file has 1.2 million characters; at most one million can be checked.'],
  ];
  for (const [text, words] of cases) {
    it(JSON.stringify(text.length > 60 ? `${text.slice(0, 20)}…` : text), () => {
      assert.equal(explained(text), words);
    });
  }

  it('never crashes, whatever is cut out of a real module, and always points into the text', () => {
    const source =
      "import { zeros, type Shape } from 'tensor';\n/** Doc. */\nexport function f(a: number[], s: Shape): string {\n" +
      '  for (let i = 0; i < a.length; i++) {\n    if (a[i]! > 3) { throw new Error(`no ${a[i]} in ${s.join(", ")}`); }\n  }\n' +
      "  const text = 'it\\'s' + /[/]x/.source;\n  return text + zeros(s);\n}\n";
    const cut = fc.tuple(fc.nat(source.length), fc.nat(12), fc.constantFrom('', '}', '(', '`', "'", '/', 'let ', '\n'));
    fc.assert(
      fc.property(cut, ([start, length, inserted]) => {
        const text = source.slice(0, start) + inserted + source.slice(start + length);
        const result = compileModule({ exercise: 'tensors/matmul', text });
        if (!result.ok) {
          const { line, column } = result.problem.place;
          const lines = text.split('\n');
          assert.ok(line >= 1 && line <= lines.length, `line ${line}`);
          assert.ok(column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1, `column ${column} in line ${line}`);
          assert.match(result.problem.message, /[.!?]$/);
        }
      }),
      { seed: 20261, numRuns: 400 },
    );
  });
});
