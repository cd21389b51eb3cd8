import assert from 'node:assert/strict';
import vm from 'node:vm';
import { compileModule } from '../../../src/harness/compile/compile';
import type { CompiledModule } from '../../../src/harness/compile/compile';
import { learnerFrames, originalPosition, readMappings, writeMappings } from '../../../src/harness/compile/positions';
import type { ModuleBody, ModuleExports } from '../../../src/harness/compile/loader';

function moduleOf(text: string): CompiledModule {
  const result = compileModule({ exercise: 'tensors/matmul', text });
  assert.ok(result.ok);
  return result.module;
}

/** Calls `name` of the module and returns the stack of what it throws. */
function stackOf(module: CompiledModule, name: string): string {
  const body = vm.compileFunction(module.code, ['exports', 'require'], { filename: module.filename }) as ModuleBody;
  const exports: ModuleExports = {};
  body(exports, () => ({}));
  try {
    (exports[name] as () => void)();
  } catch (error) {
    return String((error as Error).stack);
  }
  return '';
}

describe('positions in the learner’s text', () => {
  it('leads a stack trace back to lines and columns with types, and drops every other frame', () => {
    const text =
      "import { zeros } from 'tensor';\ninterface Pair<T> { a: T; b: T }\n" +
      'function inner(p: Pair<number>, q: Pair<string>): never { const x: number = p.a as number; throw new Error(`no ${x}`); }\n' +
      'export function matmul(this: void): void {\n  const p = <Pair<number>>{ a: 1, b: 2 }; inner(p, undefined as any);\n  zeros;\n}\n';
    const lines = text.split('\n');
    const frames = learnerFrames(stackOf(moduleOf(text), 'matmul'), [moduleOf(text)]);
    assert.deepEqual(frames, [
      {
        function: 'inner',
        place: { exercise: 'tensors/matmul', line: 3, column: (lines[2]?.indexOf('new Error') ?? 0) + 1 },
      },
      {
        function: 'matmul',
        place: { exercise: 'tensors/matmul', line: 5, column: (lines[4]?.indexOf('inner') ?? 0) + 1 },
      },
    ]);
  });

  it('finds the column on the first line too, where compiled code has a preamble', () => {
    const text = "import { zeros } from 'tensor'; export function f(a: number) { zeros; throw new Error('here'); }";
    const [frame] = learnerFrames(stackOf(moduleOf(text), 'f'), [moduleOf(text)]);
    assert.deepEqual(frame?.place, { exercise: 'tensors/matmul', line: 1, column: text.indexOf('new Error') + 1 });
  });

  it('believes nothing of a forged stack but known names and two numbers', () => {
    const module = moduleOf('export const a = 1;');
    const forged = [
      'Error: x',
      '    at f (groundup:tensors/matmul:999999:5)',
      '    at (evil:1:1)',
      '    at f (file:///etc/passwd:1:1)',
      'at '.repeat(1000),
    ];
    const frames = learnerFrames(forged.join('\n'), [module]);
    assert.deepEqual(frames, [{ function: 'f', place: { exercise: 'tensors/matmul', line: 999999, column: 1 } }]);
  });

  it('reads a hostile stack in no time', () => {
    const began = process.hrtime.bigint();
    assert.deepEqual(learnerFrames(`    at ${'( '.repeat(200_000)}`, [moduleOf('')]), []);
    assert.ok(process.hrtime.bigint() - began < 5_000_000_000n);
  });

  it('counts on from the token in which a position lies', () => {
    const map = [
      [],
      [
        [0, 1, 0],
        [4, 1, 10],
      ],
    ] as const;
    assert.deepEqual(originalPosition(map, { line: 2, column: 7 }), { line: 2, column: 13 });
  });

  it('answers with the line itself where the map has nothing to say', () => {
    assert.deepEqual(originalPosition([[], []], { line: 2, column: 9 }), { line: 2, column: 1 });
  });

  it('writes a map that reads as it was', () => {
    const { map } = moduleOf('export function f(x: number): number {\n  const y = x as number;\n  return y!;\n}\n');
    assert.ok(map.some((segments) => segments.length > 1));
    assert.deepEqual(readMappings(writeMappings(map)), map);
    const far = [[[0, 40, 1_000]], [], [[7, 3, 0]]] as const;
    assert.deepEqual(readMappings(writeMappings(far)), far);
  });
});
