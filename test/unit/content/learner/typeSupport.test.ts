import assert from 'node:assert/strict';
import { importedDeclarations, learnerTsconfig, resolvesTensor } from '../../../../src/content/learner/typeSupport';

describe("the learner's tsconfig", () => {
  const config = learnerTsconfig(['tensors', 'learning', 'attention']);

  it("leads to the types of 'tensor', and offers no browser", () => {
    const { compilerOptions, include } = JSON.parse(config) as {
      readonly compilerOptions: {
        readonly lib: string[];
        readonly types: string[];
        readonly paths: Record<string, string[]>;
      };
      readonly include: string[];
    };
    assert.deepEqual(compilerOptions.lib, ['ES2022']);
    assert.deepEqual(compilerOptions.types, []);
    assert.deepEqual(compilerOptions.paths['*'], ['./*', './.groundup/types/*']);
    assert.deepEqual(include, ['tensors', 'learning', 'attention']);
    assert.ok(resolvesTensor(config));
  });

  it('still resolves after edits that leave the paths, comments and trailing commas included', () => {
    const edited = config
      .replace('"strict": true,', '// laxer for now\n"strict": false, /* see // below */')
      .replace(/\]\s*\}\s*$/, '],\n}');
    assert.notEqual(edited, config);
    assert.ok(resolvesTensor(edited));
  });

  for (const [what, text] of [
    ['has no paths', '{ "compilerOptions": { "strict": true } }'],
    ['leads elsewhere', '{ "compilerOptions": { "paths": { "tensor": ["./mine.d.ts"] } } }'],
    [
      'has its paths in a comment',
      '{ "compilerOptions": { /* "paths": { "tensor": ["./.groundup/types/tensor"] } */ } }',
    ],
    ['is not JSON', '{ "compilerOptions": '],
    ['is empty', ''],
    ['is a list', '[]'],
  ] as const) {
    it(`does not resolve where it ${what}`, () => {
      assert.equal(resolvesTensor(text), false);
    });
  }
});

describe('the declarations that a declaration file imports', () => {
  it('are found by every form of import, from the same root', () => {
    const text = [
      `import type { Shape } from './shape';`,
      `export * from "./ops/index";`,
      `export { x } from '../random.js';`,
      `declare const y: import('./tensor').Tensor;`,
      `import 'elsewhere';`,
    ].join('\n');
    assert.deepEqual(importedDeclarations('a/index.d.ts', text), [
      'a/shape.d.ts',
      'a/ops/index.d.ts',
      'random.d.ts',
      'a/tensor.d.ts',
    ]);
  });
});
