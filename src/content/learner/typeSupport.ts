/**
 * What the editor's own TypeScript service needs in a learner's folder: a tsconfig whose `paths` lead to the types of
 * `'tensor'` and, where the learner has no file of an exercise yet, to that exercise's stub. Pure text, no I/O.
 */

/** The learner's tsconfig for a course with these parts. */
export function learnerTsconfig(parts: readonly string[]): string {
  const config = {
    compilerOptions: {
      target: 'ES2022',
      // No DOM: what a browser offers is not there when a check runs.
      lib: ['ES2022'],
      types: [],
      module: 'esnext',
      moduleResolution: 'bundler',
      moduleDetection: 'force',
      strict: true,
      noUncheckedIndexedAccess: false,
      skipLibCheck: true,
      noEmit: true,
      paths: {
        tensor: ['./.groundup/types/tensor/index.d.ts'],
        '*': ['./*', './.groundup/types/*'],
      },
    },
    files: ['./.groundup/types/console.d.ts'],
    include: [...parts],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** The only global that a check offers beyond the language's own. */
export const consoleTypes = `/** Shown with the results of a check. */
declare const console: {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
};
`;

/**
 * Whether a tsconfig that was edited still finds the types of `'tensor'`. It may have comments and trailing commas, as
 * TypeScript allows; one that cannot be read at all does not resolve.
 */
export function resolvesTensor(tsconfig: string): boolean {
  try {
    const config: unknown = JSON.parse(withoutComments(tsconfig));
    const paths = member(member(config, 'compilerOptions'), 'paths');
    return [member(paths, 'tensor'), member(paths, '*')].some(
      (targets) =>
        Array.isArray(targets) &&
        targets.some(
          (target) =>
            typeof target === 'string' && /^(\.\/)?\.groundup\/types\/(tensor(\/index(\.d\.ts)?)?|\*)$/.test(target),
        ),
    );
  } catch {
    return false;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Strips comments outside strings, then commas before a closing bracket. */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_match, string: string | undefined) => string ?? '')
    .replace(
      /("(?:[^"\\]|\\.)*")|,(\s*[}\]])/g,
      (_match, string: string | undefined, close: string | undefined) => string ?? close ?? '',
    );
}

/** The declaration files that the one at `path` imports, as paths from the same root: `./tensor` → `tensor.d.ts`. */
export function importedDeclarations(path: string, text: string): readonly string[] {
  const folder = path.split('/').slice(0, -1);
  const specifiers = [...text.matchAll(/(?:from\s*|import\s*\(?\s*)['"](\.[^'"]*)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  const paths = specifiers.map((specifier) => {
    const segments = [...folder];
    for (const segment of specifier.split('/')) {
      if (segment === '..') {
        segments.pop();
      } else if (segment !== '.') {
        segments.push(segment);
      }
    }
    return `${segments.join('/').replace(/\.(js|d\.ts|ts)$/, '')}.d.ts`;
  });
  return [...new Set(paths)];
}
