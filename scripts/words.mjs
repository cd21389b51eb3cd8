// Collects every sentence that the extension and its pages say, for whoever translates them, and finds those that would
// escape translation. `node scripts/words.mjs` prints the bundle, `node scripts/words.mjs --pseudo` one in a made-up
// language in which every sentence can be told at sight; the build writes the first into dist/l10n, beside the
// translations that lie in l10n/.
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The folders in which whatever a person reads is to be translated. */
export const localisedFolders = ['src/extension', 'src/webview'];

/** The sentences of all sources, each once, in the order of the alphabet: the bundle that a translation starts from. */
export async function collectWords() {
  const files = await localisedSources();
  const sentences = files.flatMap(({ name, text }) => wordsIn(name, text).sentences);
  return Object.fromEntries([...new Set(sentences)].sort().map((sentence) => [sentence, sentence]));
}

/** What stands in the sources and would be shown in English whatever the language, as `file:line  the words`. */
export async function escapingWords() {
  const files = await localisedSources();
  return files.flatMap(({ name, text }) => wordsIn(name, text).escaping);
}

/** Writes the bundle and the translations to where the manifest says they are. */
export async function writeWords() {
  const to = path.join(root, 'dist/l10n');
  await mkdir(to, { recursive: true });
  await writeFile(path.join(to, 'bundle.l10n.json'), `${JSON.stringify(await collectWords(), null, 2)}\n`);
  const translations = (await readdir(path.join(root, 'l10n')).catch(() => [])).filter((name) =>
    name.endsWith('.json'),
  );
  await Promise.all(translations.map((name) => cp(path.join(root, 'l10n', name), path.join(to, name))));
}

/** `Check` → `⟦Çħéçķ⟧`: still to be read, longer, and its holes as they were. */
export function pseudo(sentence) {
  const accented = {
    a: 'á',
    c: 'ç',
    e: 'é',
    i: 'í',
    k: 'ķ',
    n: 'ñ',
    o: 'ö',
    s: 'š',
    u: 'ü',
    y: 'ý',
    h: 'ħ',
    C: 'Ç',
    S: 'Š',
  };
  const letters = sentence
    .split(/(\{\d+\}|`[^`]*`|\[[^\]]*\]\([^)]*\)|https?:\S+)/)
    .map((piece, at) => (at % 2 === 1 ? piece : piece.replace(/[a-zA-Z]/g, (letter) => accented[letter] ?? letter)));
  return `⟦${letters.join('')}⟧`;
}

export function pseudoBundle(bundle) {
  return Object.fromEntries(Object.entries(bundle).map(([sentence]) => [sentence, pseudo(sentence)]));
}

async function localisedSources() {
  const folders = await Promise.all(
    localisedFolders.map(async (folder) => {
      const names = await readdir(path.join(root, folder), { recursive: true });
      return names
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
    }),
  );
  return await Promise.all(
    folders
      .flat()
      .sort()
      .map(async (name) => ({ name, text: await readFile(path.join(root, name), 'utf8') })),
  );
}

/** Attributes of an element that a person reads or hears. */
const spokenAttributes = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'name',
  'placeholder',
  'title',
]);

/** Members of VS Code's own interfaces, and of ours, whose text a person reads. */
const spokenMembers = new Set([
  'description',
  'detail',
  'label',
  'message',
  'placeHolder',
  'prompt',
  'title',
  'tooltip',
  'word',
]);

/** Functions of VS Code whose first argument a person reads. */
const sayingFunctions = /^(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|appendMarkdown|appendText)$/;

/** The product's own name is the same in every language, and a text without two letters together is no word. */
function isWords(text) {
  return /\p{L}{2}/u.test(text.replaceAll('Ground Up', '').replace(/\$\([\w~-]+\)/g, ''));
}

/** The sentences that one source gives to a translation, and those that it keeps from it. */
export function wordsIn(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const sentences = [];
  const escaping = [];
  const escapes = (node, words) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    escaping.push(`${name}:${line}  ${words.trim().replace(/\s+/g, ' ')}`);
  };
  /** The texts that an expression may turn out as, where they stand in the source: through `?:`, `??`, `+` and templates. */
  const literalsOf = (node) => {
    if (node === undefined) return [];
    if (ts.isStringLiteralLike(node)) return [{ node, words: node.text }];
    if (ts.isTemplateExpression(node))
      return [{ node, words: [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…') }];
    if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
    if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node)) return literalsOf(node.expression);
    if (ts.isBinaryExpression(node)) {
      const joins = [
        ts.SyntaxKind.PlusToken,
        ts.SyntaxKind.QuestionQuestionToken,
        ts.SyntaxKind.BarBarToken,
        ts.SyntaxKind.AmpersandAmpersandToken,
      ].includes(node.operatorToken.kind);
      return joins ? [...literalsOf(node.left), ...literalsOf(node.right)] : [];
    }
    return [];
  };
  const noneEscapes = (node) => {
    for (const literal of literalsOf(node)) if (isWords(literal.words)) escapes(literal.node, literal.words);
  };
  const visit = (node) => {
    if (ts.isCallExpression(node) && isTranslation(node.expression, source)) {
      const [message] = node.arguments;
      if (message !== undefined && ts.isStringLiteralLike(message)) sentences.push(message.text);
      else escapes(node, `A sentence to be translated is not written out: ${node.getText()}`);
    } else if (ts.isCallExpression(node) && sayingFunctions.test(nameOf(node.expression))) {
      noneEscapes(node.arguments[0]);
    } else if (ts.isNewExpression(node) && nameOf(node.expression) === 'Error') {
      noneEscapes(node.arguments?.[0]);
    } else if (
      ts.isNewExpression(node) &&
      ['TreeItem', 'MarkdownString', 'CodeLens', 'Diagnostic', 'CodeAction', 'TestMessage'].includes(
        nameOf(node.expression),
      )
    ) {
      for (const argument of node.arguments ?? []) noneEscapes(argument);
    } else if (ts.isJsxText(node)) {
      if (isWords(node.text)) escapes(node, node.text);
    } else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
      noneEscapes(node.expression);
    } else if (ts.isJsxAttribute(node) && spokenAttributes.has(node.name.getText()) && !isIconName(node)) {
      noneEscapes(node.initializer);
    } else if (ts.isPropertyAssignment(node) && spokenMembers.has(nameOf(node.name))) {
      noneEscapes(node.initializer);
    } else if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      [...spokenMembers, 'name', 'text', 'textContent'].includes(node.left.name.text)
    ) {
      noneEscapes(node.right);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { sentences, escaping };
}

/** `vscode.l10n.t` in the extension; `t` and `rich` in a page. */
function isTranslation(expression, source) {
  if (ts.isPropertyAccessExpression(expression)) return /(?:^|\.)l10n\.t$/.test(expression.getText());
  return (
    ts.isIdentifier(expression) && ['t', 'rich'].includes(expression.text) && /\bfrom '[./]*\/l10n'/.test(source.text)
  );
}

/** `<Icon name="pass">` names a drawing, and a form's `name` is never shown. */
function isIconName(attribute) {
  return (
    attribute.name.getText() === 'name' &&
    ['Icon', 'input', 'select'].includes(attribute.parent.parent.tagName.getText())
  );
}

function nameOf(node) {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bundle = await collectWords();
  console.log(JSON.stringify(process.argv.includes('--pseudo') ? pseudoBundle(bundle) : bundle, null, 2));
}
