/**
 * The table of layers in CONTRIBUTING, as a test: every import of src and exercises is read from the source and held
 * against it. An arrow only ever points to a layer that the table names.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';

interface Import {
  /** The importing file, from the project's root. */
  readonly file: string;
  readonly line: number;
  readonly target: string;
  /** True where nothing of the import is left at run time. */
  readonly typeOnly: boolean;
}

interface Layer {
  /** The layers that may be imported, types and values. */
  readonly layers: readonly string[];
  /** The layers of which types alone may be imported. */
  readonly types?: readonly string[];
  /** The packages that may be imported. */
  readonly packages: readonly string[];
}

const layers: Readonly<Record<string, Layer>> = {
  course: { layers: [], packages: [] },
  tensor: { layers: [], packages: ['gpu.js'] },
  authoring: { layers: ['course', 'tensor'], packages: [] },
  lesson: { layers: ['course'], packages: ['katex', 'markdown-it', 'markdown-it-container', 'yaml', 'zod'] },
  harness: { layers: ['course', 'tensor', 'authoring'], packages: ['acorn', 'sucrase', 'zod'] },
  content: { layers: ['course', 'lesson', 'harness'], packages: ['yaml', 'zod'] },
  extension: {
    layers: ['course', 'tensor', 'authoring', 'lesson', 'harness', 'content'],
    types: ['webview'],
    packages: ['vscode', 'zod'],
  },
  webview: { layers: [], types: ['course', 'harness', 'lesson'], packages: ['preact', 'uplot', 'zod'] },
  cli: { layers: ['course', 'tensor', 'authoring', 'lesson', 'harness', 'content'], packages: ['zod'] },
};

/** Where Node itself may be used. */
const nodeFolders = ['src/extension/node/', 'src/harness/child/', 'src/cli/'];

/** Where one package alone may be used. */
const confinedPackages: Readonly<Record<string, string>> = {
  'gpu.js': 'src/tensor/backends/',
  vscode: 'src/extension/',
};

/** What is wrong with an import, in one sentence, or undefined. */
function problemOf(found: Import): string | undefined {
  const where = `${found.file}:${String(found.line)} imports ${found.target}`;
  if (found.target.startsWith('node:') || builtinModules.includes(found.target)) {
    return nodeFolders.some((folder) => found.file.startsWith(folder))
      ? undefined
      : `${where}, but Node is there only for ${nodeFolders.join(', ')}`;
  }
  if (found.file.startsWith('exercises/')) return exerciseProblem(found, where);
  const name = layerOf(found.file);
  const layer = layers[name];
  if (layer === undefined) return `${found.file} lies in no layer of the table`;
  if (!found.target.startsWith('.')) return packageProblem({ found, layer, where });
  const target = path.posix.join(path.posix.dirname(found.file), found.target);
  if (!target.startsWith('src/')) return `${where}, which lies outside src`;
  const other = layerOf(target);
  if (other === name || layer.layers.includes(other)) return undefined;
  if (layer.types?.includes(other)) {
    if (found.typeOnly) return undefined;
    // A page's worker is where the harness runs, so its entries import it as values.
    if (other === 'harness' && /^src\/webview\/(?:.*\/)?worker[^/]*\.ts$/i.test(found.file)) return undefined;
    return `${where}, but ${name} may import only types of ${other}`;
  }
  return `${where}, but ${name} may not import ${other}`;
}

function packageProblem({ found, layer, where }: { found: Import; layer: Layer; where: string }): string | undefined {
  const name = found.target.split('/')[0] ?? '';
  const home = confinedPackages[name];
  if (home !== undefined && !found.file.startsWith(home)) return `${where}, but ${name} is there only for ${home}`;
  return layer.packages.includes(name) ? undefined : `${where}, a package that its layer does not use`;
}

function exerciseProblem(found: Import, where: string): string | undefined {
  const folder = path.posix.dirname(found.file);
  const file = path.posix.basename(found.file);
  if (found.target === 'tensor') return undefined;
  if (found.target === 'authoring') {
    return file === 'stub.ts' || file === 'solution.ts' ? `${where}, but a learner has no 'authoring'` : undefined;
  }
  if (found.target.startsWith('.')) {
    return path.posix.dirname(path.posix.join(folder, found.target)) === folder
      ? undefined
      : `${where}, of another exercise`;
  }
  const isExercise = ts.sys.fileExists(`exercises/${found.target}/stub.ts`);
  return isExercise ? undefined : `${where}, which is neither 'tensor', 'authoring' nor an exercise`;
}

function layerOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** Every import, export-from, `import()` and `import('…')` type of a source text. */
function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(specifier.getStart()).line + 1;
    found.push({ file, line, target: specifier.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isCallExpression(node)) {
      const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
      if (isImport || isRequire) add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function problemsIn(file: string, text: string): string[] {
  return importsOf(file, text)
    .map(problemOf)
    .filter((problem) => problem !== undefined);
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

describe('the layers', () => {
  const sources = [...sourcesBelow('src'), ...sourcesBelow('exercises')];

  for (const name of [...Object.keys(layers).map((layer) => `src/${layer}`), 'exercises']) {
    it(`hold in ${name}`, () => {
      const files = sources.filter((file) => file.startsWith(`${name}/`));
      const problems = files.flatMap((file) => problemsIn(file, readFileSync(file, 'utf8')));
      assert.equal(problems.join('\n'), '');
    });
  }

  it('have a place for every file of src', () => {
    const homeless = sources.filter((file) => file.startsWith('src/') && layers[layerOf(file)] === undefined);
    assert.deepEqual(homeless, []);
  });
});

describe('the reader of imports', () => {
  const cases: readonly {
    readonly title: string;
    readonly file: string;
    readonly text: string;
    readonly problem?: RegExp;
  }[] = [
    { title: 'lets a layer import itself', file: 'src/course/a.ts', text: "import { b } from './b';" },
    {
      title: 'finds an arrow that points down',
      file: 'src/course/a.ts',
      text: "import { x } from '../harness/report';",
      problem: /course may not import harness/,
    },
    {
      title: 'finds one in a type',
      file: 'src/course/a.ts',
      text: "type X = import('../harness/report').Report;",
      problem: /course may not import harness/,
    },
    {
      title: 'finds one in an export',
      file: 'src/lesson/a.ts',
      text: "export * from '../tensor';",
      problem: /lesson may not import tensor/,
    },
    {
      title: 'lets a page import types',
      file: 'src/webview/a.tsx',
      text: "import type { X } from '../harness/report';",
    },
    {
      title: 'does not let a page import values',
      file: 'src/webview/a.tsx',
      text: "import { type X, y } from '../harness/report';",
      problem: /only types of harness/,
    },
    {
      title: "lets a page's worker import the harness",
      file: 'src/webview/lab/workerJudge.ts',
      text: "import { judge } from '../../harness/judge';",
    },
    {
      title: 'finds vscode outside the extension',
      file: 'src/harness/a.ts',
      text: "const vscode = await import('vscode');",
      problem: /vscode is there only for src\/extension/,
    },
    {
      title: 'finds GPU.js outside the backends',
      file: 'src/tensor/a.ts',
      text: "import { GPU } from 'gpu.js';",
      problem: /only for src\/tensor\/backends/,
    },
    {
      title: 'finds Node, with and without its prefix',
      file: 'src/extension/a.ts',
      text: "import fs from 'fs';\nimport 'node:path';",
      problem: /a\.ts:1 imports fs.*\n.*a\.ts:2 imports node:path/,
    },
    {
      title: "keeps a learner's file from the author's vocabulary",
      file: 'exercises/tensors/matmul/stub.ts',
      text: "import { defineChecks } from 'authoring';",
      problem: /a learner has no 'authoring'/,
    },
    {
      title: 'keeps exercises from the house',
      file: 'exercises/tensors/matmul/checks.ts',
      text: "import { x } from '../../../src/tensor/shape';",
      problem: /of another exercise/,
    },
  ];
  for (const { title, file, text, problem } of cases) {
    it(title, () => {
      const problems = problemsIn(file, text).join('\n');
      if (problem === undefined) assert.equal(problems, '');
      else assert.match(problems, problem);
    });
  }
});
