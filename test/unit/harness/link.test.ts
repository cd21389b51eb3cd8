import assert from 'node:assert/strict';
import vm from 'node:vm';
import fc from 'fast-check';
import { compileModule } from '../../../src/harness/compile/compile';
import type { CompiledModule } from '../../../src/harness/compile/compile';
import { linkProgram } from '../../../src/harness/compile/link';
import type { LinkInput, LinkResult } from '../../../src/harness/compile/link';
import { loadProgram } from '../../../src/harness/compile/loader';
import type { ModuleBody, ModuleExports, Program } from '../../../src/harness/compile/loader';
import type { ExerciseId } from '../../../src/course/course';

const tensor = { zeros: () => 'zeros', matmul: () => 'matmul', sum: () => 'sum' };
const builtins = { tensor: Object.keys(tensor) };

function moduleOf(id: string, text: string): CompiledModule {
  const result = compileModule({ exercise: id as ExerciseId, text });
  assert.ok(result.ok, result.ok ? '' : result.problem.message);
  return result.module;
}

function link(text: string, options: Partial<LinkInput> = {}): LinkResult {
  return linkProgram({ entry: moduleOf('tensors/matmul', text), modules: [], builtins, ...options });
}

/** `line:column message | hint`. */
function refusal(text: string, options: Partial<LinkInput> = {}): string {
  const result = link(text, options);
  assert.ok(!result.ok, 'it linked');
  const { place, message, hint } = result.problem;
  return `${place.line}:${place.column} ${message}${hint === undefined ? '' : ` | ${hint}`}`;
}

function programOf(result: LinkResult): Program {
  assert.ok(result.ok, result.ok ? '' : result.problem.message);
  return result.program;
}

/** Runs `program` in a context of its own that has nothing of Node in it. */
function run(program: Program): ModuleExports {
  const context = vm.createContext({});
  return loadProgram(program, {
    builtins: { tensor },
    evaluate: (code, filename) =>
      vm.compileFunction(code, ['exports', 'require'], { parsingContext: context, filename }) as ModuleBody,
  }).entry;
}

describe('linking a program', () => {
  it('gives a module the names of ‘tensor’ that its exercise offers, and no others', () => {
    const text =
      "import { zeros } from 'tensor';\nimport * as t from 'tensor';\nexport const r = [zeros(), Object.keys(t), Object.isFrozen(t)];\n";
    const exports = run(programOf(link(text, { offers: ['zeros', 'sum'] })));
    assert.deepEqual(JSON.parse(JSON.stringify(exports['r'])), ['zeros', ['zeros', 'sum'], true]);
  });

  it('offers everything when nothing is said', () => {
    assert.equal(run(programOf(link("import { matmul } from 'tensor';\nexport const r = matmul();\n")))['r'], 'matmul');
  });

  it('says that what is not offered is what they are to write', () => {
    const text = "import { zeros, matmul as m } from 'tensor';\nexport function matmul() { return m(zeros()); }\n";
    assert.equal(
      refusal(text, { offers: ['Tensor', 'zeros'] }),
      "1:17 `matmul` from 'tensor' is not offered in this exercise: it is what you are to write. Offered: Tensor, zeros.",
    );
  });

  it('finds a name that is not offered behind a namespace too', () => {
    assert.equal(
      refusal("import * as t from 'tensor';\nexport const f = () => t.sum();\n", { offers: ['zeros'] }),
      "2:26 `sum` from 'tensor' is not offered in this exercise. Offered: zeros.",
    );
  });

  it('lets a type be imported that is not offered, for it is not there when the program runs', () => {
    programOf(
      link("import { matmul, zeros } from 'tensor';\nexport const f = (x: typeof matmul) => zeros();\n", {
        offers: ['zeros'],
      }),
    );
  });

  const earlier = moduleOf('tensors/dot', "import { sum } from 'tensor';\nexport const dot = () => sum();\n");

  for (const [text, words] of [
    ["import { matmull } from 'tensor';\nmatmull();", "1:10 'tensor' has no `matmull`. | Did you mean `matmul`?"],
    ["import { banana } from 'tensor';\nbanana();", "1:10 'tensor' has no `banana`. | It has zeros, matmul, sum."],
    [
      "import t from 'tensor';\nt();",
      "1:8 'tensor' has no default export. | Name what you import: `import { … } from …`.",
    ],
    [
      "import { dott } from 'tensors/dot';\ndott();",
      "1:10 'tensors/dot' does not export `dott`. | Did you mean `dot`?",
    ],
    [
      "import fs from 'fs';\nfs();",
      "1:1 'fs' cannot be imported here: there is nothing but the course's own modules. | What can be imported here: 'tensor', 'tensors/dot'.",
    ],
    [
      "import 'node:fs';",
      "1:1 'node:fs' cannot be imported here: there is nothing but the course's own modules. | What can be imported here: 'tensor', 'tensors/dot'.",
    ],
    [
      "import { a } from './dot';\na();",
      "1:1 './dot' cannot be imported here: an earlier exercise is imported by its id, not by a path. | What can be imported here: 'tensor', 'tensors/dot'.",
    ],
    [
      "import { a } from 'learning/sgd';\na();",
      "1:1 'learning/sgd' cannot be imported here: it is not an exercise that this one builds on. | What can be imported here: 'tensor', 'tensors/dot'.",
    ],
    [
      "import { a } from 'tensors/matmul';\nexport const b = a;",
      "1:1 'tensors/matmul' is this very file: it cannot import itself.",
    ],
    [
      "import { a } from 'toString';\na();",
      "1:1 'toString' cannot be imported here: there is nothing but the course's own modules. | What can be imported here: 'tensor', 'tensors/dot'.",
    ],
  ] as const) {
    it(`refuses ${text.split('\n')[0]}`, () => {
      assert.equal(refusal(text, { modules: [earlier] }), words);
    });
  }

  it('runs earlier exercises first, with all of ‘tensor’, and leaves out those that nobody imports', () => {
    const program = programOf(
      link("import { dot } from 'tensors/dot';\nexport const r = dot();\n", {
        modules: [moduleOf('tensors/other', 'export const x = 1;'), earlier],
        offers: ['zeros'],
      }),
    );
    assert.deepEqual(
      program.modules.map(({ id }) => id),
      ['tensors/dot', 'tensors/matmul'],
    );
    assert.equal(run(program)['r'], 'sum');
  });

  it('names a circle', () => {
    const other = moduleOf('tensors/b', "import { c } from 'tensors/c';\nexport const b = c;\n");
    const circle = moduleOf('tensors/c', "import { b } from 'tensors/b';\nexport const c = b;\n");
    assert.equal(
      refusal("import { b } from 'tensors/b';\nexport const a = b;\n", { modules: [other, circle] }),
      "1:1 These files import each other in a circle: 'tensors/b' imports 'tensors/c' imports 'tensors/b'.",
    );
  });

  it('hands out nothing through `require` that was not linked', () => {
    const program = programOf(link('export const f = 1;'));
    const [entry] = program.modules;
    assert.ok(entry);
    const forged: Program = { ...program, modules: [{ ...entry, code: "require('tensor');" }] };
    assert.throws(() => run(forged), /'tensor' cannot be imported here/);
  });

  it('survives a module that overwrites what the loader is made of', () => {
    const hostile = moduleOf(
      'tensors/dot',
      'Object.freeze = Object.keys = Object.create = () => { throw 1; };\nArray.prototype[Symbol.iterator] = () => { throw 2; };\nexport const dot = 7;\n',
    );
    const program = programOf(
      link("import { dot } from 'tensors/dot';\nexport const r = dot;\n", { modules: [hostile] }),
    );
    assert.equal(run(program)['r'], 7);
  });

  it('links checks to the solution and to ‘authoring’', () => {
    const compiledSolution = compileModule({
      exercise: 'tensors/matmul',
      id: './solution',
      text: 'export const matmul = 3;',
    });
    assert.ok(compiledSolution.ok);
    const checks = moduleOf(
      'tensors/matmul',
      "import { defineChecks } from 'authoring';\nimport { matmul } from './solution';\nexport default defineChecks(matmul);\n",
    );
    const result = linkProgram({
      entry: checks,
      modules: [compiledSolution.module],
      builtins: { ...builtins, authoring: ['defineChecks'] },
    });
    const { entry } = loadProgram(programOf(result), {
      builtins: { tensor, authoring: { defineChecks: (value: number) => value + 1 } },
      evaluate: (code, filename) => vm.compileFunction(code, ['exports', 'require'], { filename }) as ModuleBody,
    });
    assert.equal(entry['default'], 4);
  });

  it('runs any graph of modules in an order in which each finds what it imports', () => {
    const graphs = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(graphs, (graph) => {
        const textOf = (index: number): string => {
          const wanted = [...new Set((graph[index] ?? []).filter((other) => other < index))];
          const imports = wanted.map((other) => `import { v as v${other} } from 'part/m${other}';`).join(' ');
          return `${imports}\nexport const v = 1${wanted.map((other) => ` + v${other}`).join('')};`;
        };
        const value = (index: number): number =>
          [...new Set((graph[index] ?? []).filter((other) => other < index))].reduce(
            (total, other) => total + value(other),
            1,
          );
        const modules = graph.map((_, index) => moduleOf(`part/m${index}`, textOf(index)));
        const entry = modules[modules.length - 1];
        assert.ok(entry);
        const program = programOf(linkProgram({ entry, modules: modules.slice(0, -1), builtins }));
        assert.equal(run(program)['v'], value(graph.length - 1));
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
