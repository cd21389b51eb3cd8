import assert from 'node:assert/strict';
import { MissingDeclaration, ensureTypeFiles } from '../../../../src/content/learner/typeFiles';
import type { TsconfigState } from '../../../../src/content/learner/typeFiles';
import { memorySource } from '../memoryCourse';
import { MemoryFolder } from './memoryFolder';

const declarations: Readonly<Record<string, string>> = {
  'index.d.ts': "export * from './tensor';\nexport * from './nn';",
  'tensor.d.ts': 'export declare class Tensor {}',
  'nn/index.d.ts': "import type { Tensor } from '../tensor';",
};

async function ensure(
  files: MemoryFolder,
  { version = '1', shipped = declarations }: { version?: string; shipped?: typeof declarations } = {},
): Promise<TsconfigState> {
  const source = await memorySource();
  return await ensureTypeFiles({
    files,
    course: source.course,
    version,
    stub: (id) => source.stub(id),
    declaration: (path) => Promise.resolve(shipped[path]),
  });
}

describe('the types in a learner’s folder', () => {
  it('are the declarations of ’tensor’ with all that they import, the stubs, the console and a tsconfig', async () => {
    const files = new MemoryFolder();
    assert.deepEqual(await ensure(files), { kind: 'resolves' });
    assert.deepEqual([...files.texts.keys()].sort(), [
      '.groundup/types/basics/double.ts',
      '.groundup/types/basics/quadruple.ts',
      '.groundup/types/console.d.ts',
      '.groundup/types/tensor/index.d.ts',
      '.groundup/types/tensor/nn/index.d.ts',
      '.groundup/types/tensor/tensor.d.ts',
      '.groundup/types/written.json',
      'tsconfig.json',
    ]);
    assert.match(files.texts.get('tsconfig.json') ?? '', /"include": \[\s*"basics"/);
  });

  it('are written again by another build, and by no other', async () => {
    const files = new MemoryFolder();
    await ensure(files);
    files.texts.set('.groundup/types/console.d.ts', 'touched');
    await ensure(files);
    assert.equal(files.texts.get('.groundup/types/console.d.ts'), 'touched');
    await ensure(files, { version: '2' });
    assert.notEqual(files.texts.get('.groundup/types/console.d.ts'), 'touched');
  });

  it('leave a tsconfig of the learner’s own alone, and say where it has lost them', async () => {
    const edited = '{ "compilerOptions": { "strict": false } }';
    const files = new MemoryFolder({ 'tsconfig.json': edited });
    const state = await ensure(files);
    assert.equal(state.kind, 'lost');
    assert.equal(state.present, edited);
    assert.equal(files.texts.get('tsconfig.json'), edited);
  });

  it('are missed in words where the installation has none', async () => {
    const { 'tensor.d.ts': _, ...without } = declarations;
    await assert.rejects(ensure(new MemoryFolder(), { shipped: without }), (error) => {
      assert.ok(error instanceof MissingDeclaration);
      assert.match(error.message, /missing from this installation \(tensor\/index\.d\.ts\)\. Install/);
      return true;
    });
  });
});
