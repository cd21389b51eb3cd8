import assert from 'node:assert/strict';
import { kernelProblems } from '../../../src/harness/compile/kernelRules';

/** The problems of the kernel `k` in `text`, as `line:column message | hint`. */
function problemsIn(text: string): readonly string[] {
  return kernelProblems({ exercise: 'tensors/kernel-matmul', text, kernel: 'k' }).map(
    ({ place, message, hint }) => `${place.line}:${place.column} ${message} | ${hint}`,
  );
}

/** The problems of a kernel with these lines, of which the first is line 2. */
function problemsOfBody(body: string): readonly string[] {
  return problemsIn(
    `const scale = 2; function dot() { return 1; }\nexport function k(this: KernelContext, A: number[][], B: number[], inner: number): number {\n${body}\n}`,
  );
}

describe('what a kernel may contain', () => {
  for (const body of [
    'let sum = 0;\nfor (let k = 0; k < inner; k++) { sum += A[this.thread.y]![k]! * B[k]!; }\nreturn sum;',
    'if (this.thread.x >= inner) { return 0; } else if (B[0]! > 1 && !(B[1]! < 2)) { return Math.max(B[0]!, 2); }\nreturn 1;',
    'let i = 0;\nwhile (i < inner) { i++; if (i === 3) break; else continue; }\nreturn i % 2 ** 2;',
    'let most = -Infinity;\nfor (let i = 0; i < this.output.x; i += 1) { most = Math.max(most, B[i] as number); }\nreturn most > 0 ? Math.exp(most) : Math.PI;',
    'const inside = this.thread.x < inner;\nif (inside) { return inner * B[this.thread.x]; }\nreturn 0;',
    'for (let k = 0; k < inner; k++) { let q = k; q += 1; }\nfor (let k = 0; k < inner; k++) { let q = 2; q += k; }\nreturn 1;',
    'if (inner > 1) { var q = 2; }\nreturn 1;',
    'const row = A[this.thread.y]![0]!;\nlet p = 1, q = 2;\np = row;\ndo { p -= 1; } while (p > 0);\nreturn p + q;',
    'if (inner > 1) { return 1; } else { return 2; }',
  ]) {
    it(body.split('\n').join(' '), () => {
      assert.deepEqual(problemsOfBody(body), []);
    });
  }

  it('a stub that still throws its TODO', () => {
    assert.deepEqual(problemsOfBody("// TODO\nthrow new Error('TODO: write k');"), []);
  });
});

describe('what a kernel may not contain is answered at its line', () => {
  const cases: readonly (readonly [body: string, words: string])[] = [
    [
      'return A.map((row) => row[0])[0];',
      '3:8 Only an array that the kernel was given can be indexed. | Write `A[i][k]`.',
    ],
    [
      'return B.reduce((a, b) => a + b, 0);',
      '3:8 A kernel cannot call `.reduce(…)`. | Write a loop: `for (let k = 0; k < n; k++)`.',
    ],
    [
      'let s = 0;\nfor (let i = 0; i < B.length; i++) s += B[i];\nreturn s;',
      '4:21 A kernel cannot ask for the `length` of an array. | Pass the size as a parameter, or use `this.output`.',
    ],
    [
      'const f = (x: number) => x;\nreturn 1;',
      '3:11 A function inside a kernel cannot be used in a kernel. | Write its lines where it is called, or a loop.',
    ],
    [
      'try { return 1; } catch { return 2; }',
      '3:1 `try` cannot be used in a kernel. | Nothing can be thrown in a kernel: leave it out.',
    ],
    [
      'for (const b of B) { return b; }\nreturn 1;',
      '3:1 `for … of` cannot be used in a kernel. | Count with an index: `for (let k = 0; k < n; k++)`.',
    ],
    ['const o = { a: 1 };\nreturn 1;', '3:11 An object cannot be used in a kernel. | Use a variable for each number.'],
    [
      'const a = [...B];\nreturn 1;',
      '3:11 An array literal cannot be used in a kernel. | Use a variable for each number, or pass the array as a parameter.',
    ],
    [
      'return B?.[0];',
      '3:8 `?.` cannot be used in a kernel. | What a kernel is given is always there: write `.` or `[…]`.',
    ],
    ['const s = `${inner}`;\nreturn 1;', '3:11 Text cannot be used in a kernel. | A kernel works with numbers only.'],
    ["const s = 'a';\nreturn 1;", '3:11 Text cannot be used in a kernel. | A kernel works with numbers only.'],
    [
      'return scale * 2;',
      '3:8 `scale` is declared outside this kernel, which sees nothing but its own parameters. | Declare `scale` inside it, or pass it as a parameter.',
    ],
    ['return banana;', '3:8 `banana` is declared nowhere. | Declare it, or look for a typing mistake.'],
    ['return dot();', '3:8 A kernel cannot call `dot`: it may call only functions of `Math`. | Write its lines here.'],
    ['let p = 1, q;\nreturn p;', '3:12 `q` has no value yet. | Give it one: `let q = 0;`.'],
    [
      'let p = 1;',
      '2:8 Not every path through this kernel ends in a `return`. | Each thread computes one cell of the result: return that number at the end.',
    ],
    [
      'if (inner > 1) { return 1; }',
      '2:8 Not every path through this kernel ends in a `return`. | Each thread computes one cell of the result: return that number at the end.',
    ],
    ['return;', '3:1 This `return` returns nothing. | Return the number for this cell.'],
    [
      'return inner > 1;',
      '3:8 This returns true or false, and a kernel returns a number. | Write `condition ? 1 : 0`.',
    ],
    [
      'const c = inner > 1;\nreturn c;',
      '4:8 This returns true or false, and a kernel returns a number. | Write `condition ? 1 : 0`.',
    ],
    [
      'return 2 * (inner > 1);',
      '3:13 This is true or false, and a kernel cannot calculate with it. | Write `(condition ? 1 : 0)`.',
    ],
    [
      'console.log(inner);\nreturn 1;',
      '3:1 There is no console inside a kernel. | Return the number that you want to look at.',
    ],
    [
      'return Math.max(1, 2, 3);',
      '3:8 `Math.max` takes two arguments in a kernel. | Nest them: `Math.max(a, Math.max(b, c))`.',
    ],
    [
      'return Math.hypot(1, 2);',
      '3:8 `Math.hypot` cannot be used in a kernel. | Write it with the other functions of `Math`.',
    ],
    [
      'return isNaN(inner) ? 1 : 0;',
      '3:8 A kernel cannot call `isNaN`: it may call only functions of `Math`. | Write its lines here.',
    ],
    [
      'inner = 3;\nreturn inner;',
      '3:1 `inner` is a parameter, and a kernel cannot change it. | Copy it first: `let value = inner;`.',
    ],
    [
      'B[0] = 1;\nreturn 1;',
      '3:1 A kernel cannot write into an array: each thread returns its own cell and nothing else. | Use a variable, and return it.',
    ],
    [
      'const row = B;\nconst x = row[0];\nreturn B[0];',
      '3:7 `row` holds an array, and a kernel has no variables for arrays. | Use the parameter itself: `A[i][k]`.',
    ],
    [
      'return this.thread.w;',
      '3:8 `this.thread.w` does not exist. | A kernel has `this.thread.x`, `.y` and `.z`, and `this.output.x`, `.y` and `.z`.',
    ],
    [
      'while (inner) { return 1; }\nreturn 2;',
      '3:8 This condition is a number, and a kernel needs true or false here. | Compare it: `value !== 0`.',
    ],
    [
      'inner + 1;\nreturn 1;',
      '3:1 This computes a value and does nothing with it. | Assign it, add it to a sum, or return it.',
    ],
    [
      'let c = 0;\nc = inner > 1;\nreturn c;',
      '4:5 This is true or false, and the variable holds a number. | Write `condition ? 1 : 0`.',
    ],
    ['for (;;) { return 1; }', '3:1 This `for` has no condition. | Say when it ends: `for (let k = 0; k < n; k++)`.'],
    ['return undefined;', '3:8 `undefined` cannot be used in a kernel. | Start from a number, such as 0 or -Infinity.'],
    [
      'let a = 0;\nlet b = 0;\na = b = 2;\nreturn a;',
      '5:5 An assignment inside an expression cannot be used in a kernel. | Write it as a statement of its own; to compare, write `===`.',
    ],
    ['return 1_000;', '3:8 GPU.js cannot read a number with `_` in it. | Write 1000.'],
    [
      'let s = 1;\nif (inner > 1) { let s = 2; s += 1; }\nreturn s;',
      '4:22 `s` is declared around this block already, and GPU.js knows one variable of a name. | Give this one another name.',
    ],
    [
      'for (let inner = 0; inner < 3; inner++) { }\nreturn 1;',
      '3:10 `inner` is declared around this block already, and GPU.js knows one variable of a name. | Give this one another name.',
    ],
    [
      'for (let q = 0; q < inner; q++) { }\nreturn q;',
      '4:8 `q` is known only inside the block in which it is declared. | Declare it before that block: `let q = 0;`.',
    ],
    ['this.thread.x = 3;\nreturn 1;', '3:1 A kernel cannot change `this.thread.x`. | Use a variable of its own.'],
    [
      'const t = this.thread;\nreturn 1;',
      '3:11 `this.thread` itself is not a number. | Read a part of it: `this.thread.x`.',
    ],
    ['return this.constants.scale;', '3:8 There are no constants here. | Pass the number as a parameter.'],
    ['return await inner;', '3:8 `await` stands in a function that is not asynchronous. | Write `async function …`.'],
  ];
  for (const [body, words] of cases) {
    it(body.split('\n').join(' '), () => {
      assert.equal(problemsOfBody(body)[0], words);
    });
  }

  for (const [text, words] of [
    [
      'export const k = (A: number[]) => A[0];',
      '1:14 The kernel `k` is an arrow function, which has no `this.thread` of its own. | Write `export function k(this: KernelContext, …): number { … }`.',
    ],
    [
      'export const k = 3;',
      '1:14 `k` is not a function. | Write `export function k(this: KernelContext, …): number { … }`.',
    ],
    [
      'export async function k() { return 1; }',
      '1:23 The kernel `k` is asynchronous. | A kernel is a plain function that returns one number.',
    ],
    [
      'export function k({ a }) { return 1; }',
      '1:19 A parameter of a kernel must be a plain name. | Pass each number and each array as a parameter of its own.',
    ],
    [
      'export function other() {}',
      '1:1 This file does not export a function `k`. | Write `export function k(this: KernelContext, …): number { … }`.',
    ],
  ] as const) {
    it(text, () => {
      assert.equal(problemsIn(text)[0], words);
    });
  }

  it('all of them at once, in the order of the text', () => {
    assert.deepEqual(
      problemsOfBody('console.log(1);\nreturn B.length;').map((problem) => problem.split(' ')[0]),
      ['3:1', '4:8'],
    );
  });
});
