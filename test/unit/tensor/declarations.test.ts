import assert from 'node:assert/strict';
import path from 'node:path';
import ts from 'typescript';

/** The declarations of the library as an editor reads them, by path, and what a learner's file says against them. */
describe('the declarations that learners see', () => {
  const index = path.resolve('src/tensor/index.ts');
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    types: [],
  };
  const declarations = new Map<string, string>();

  before(function () {
    this.timeout(60_000);
    ts.createProgram([index], {
      ...options,
      lib: ['lib.es2023.d.ts'],
      declaration: true,
      emitDeclarationOnly: true,
    }).emit(undefined, (name, text) => declarations.set(path.resolve(name), text));
  });

  it('lead from the index to nothing of GPU.js, of Node or of the backends', () => {
    const seen = new Set<string>();
    const follow = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = declarations.get(file);
      assert.ok(text !== undefined, `${file} is not part of the library`);
      for (const { fileName } of ts.preProcessFile(text).importedFiles) {
        assert.match(fileName, /^\.{1,2}\//, `${file} imports ${fileName}`);
        follow(path.resolve(path.dirname(file), `${fileName}.d.ts`));
      }
      assert.doesNotMatch(text, /\bBuffer\b|NodeJS|reference types/);
    };
    follow(index.replace(/\.ts$/, '.d.ts'));
    assert.deepEqual(
      [...seen].filter((file) => file.includes('backends')),
      [],
    );
  });

  it('describe every public function', () => {
    const text = [...declarations].filter(([file]) => !file.includes('backends')).map(([, content]) => content);
    for (const content of text) assert.doesNotMatch(content, /(?<!\*\/\n)export declare function (?!sameShape)/);
  });

  it('hold in a strict file without any other types, in which a kernel and its views have theirs', function () {
    this.timeout(60_000);
    const learner = path.resolve('src/tensor/learner.ts');
    const texts = new Map(declarations).set(
      learner,
      `import { add, matmul, random, slice, softmax, sum, tensor, transpose, zeros, type KernelContext, type Tensor } from './index';
       export function attend(Q: Tensor, K: Tensor, V: Tensor): Tensor {
         return matmul(softmax(matmul(Q, transpose(K)), -1), V);
       }
       export function kernel(this: KernelContext, A: number[][]): number {
         return A[this.thread.y][this.thread.x] + this.output.x;
       }
       export const total: number = sum(add(tensor([[1, 2]]), random(1).normal([2])), { axis: 0, keepdim: true }).at(0, 0);
       const out = zeros([2, 3]);
       out.data[1] = total;
       const doubled: number = out.data.map((x) => 2 * x).filter((x) => x > 0).reduce((a, b) => a + b);
       const longest: string = out.data.reduce((text, x, i) => text + String(x) + i, '');
       for (const value of out.data.subarray(1)) Math.max(...out.data, value, doubled, longest.length);
       const copy = new Float32Array(out.data);
       out.data.set([1, 2], 1);
       copy.set(out.data);
       slice(out, [null, [1, 3], 0]);
       // @ts-expect-error a shape is not to be written to
       out.shape[0] = 4;
       // @ts-expect-error a tensor is not a number
       out + 1;`,
    );
    const host = ts.createCompilerHost(options);
    const disk = ts.createCompilerHost(options);
    host.fileExists = (name) =>
      texts.has(path.resolve(name)) ||
      (!name.endsWith('.ts') || !name.includes('src/tensor') ? disk.fileExists(name) : false);
    host.readFile = (name) => texts.get(path.resolve(name)) ?? disk.readFile(name);
    host.getSourceFile = (name, version, ...rest) => {
      const text = texts.get(path.resolve(name));
      return text === undefined ? disk.getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
    };
    const program = ts.createProgram([learner], { ...options, lib: ['lib.es2022.d.ts'], noEmit: true }, host);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map((d) => `${d.file?.fileName}: ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
    assert.deepEqual(problems, []);
  });
});
