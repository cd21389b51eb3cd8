/** Whatever a person reads can be translated: the sentences are collected from the sources, and none escapes. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { wordsOfPage } from '../../src/extension/pages/pageWords';

/** A script is a module of its own kind, so it is imported when it is needed. */
const scripts = () => import('../../scripts/words.mjs');

type Manifest = Readonly<Record<string, unknown>>;

const read = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8')) as Manifest;

describe('the words of the extension and its pages', function () {
  // Every source is parsed for it.
  this.timeout(30_000);
  it('all go through a translation', async () => {
    const { escapingWords } = await scripts();
    assert.deepEqual(await escapingWords(), []);
  });

  it('are collected into one bundle, from the extension and from the pages', async () => {
    const bundle = await (await scripts()).collectWords();
    for (const sentence of ['Reset “{0}”?', 'Check again', 'exercise {0} of {1}', '{0} threw an error.']) {
      assert.equal(bundle[sentence], sentence);
    }
  });

  it('keep their holes in the made-up language, and can be told at sight', async () => {
    const { collectWords, pseudo, pseudoBundle } = await scripts();
    const bundle = pseudoBundle(await collectWords());
    for (const [sentence, made] of Object.entries(bundle)) {
      assert.match(made, /^⟦.*⟧$/su);
      assert.deepEqual(holesOf(made), holesOf(sentence));
    }
    assert.equal(pseudo('See `dot` in {0}'), '⟦Šéé `dot` íñ {0}⟧');
  });

  for (const name of existsSync('l10n') ? readdirSync('l10n') : []) {
    it(`have a translation that names only sentences that there are, with their holes: ${name}`, async () => {
      const bundle = await (await scripts()).collectWords();
      for (const [sentence, translation] of Object.entries(read(`l10n/${name}`))) {
        assert.ok(Object.hasOwn(bundle, sentence), `Nothing says "${sentence}" any more.`);
        assert.deepEqual(holesOf(String(translation)), holesOf(sentence), sentence);
      }
    });
  }

  it('reach a page as data that nothing in them can leave', () => {
    const hostile = { Check: '</script><script>alert(1)</script>' };
    const text = wordsOfPage(hostile);
    assert.doesNotMatch(text, /</);
    assert.deepEqual(JSON.parse(text), hostile);
    assert.equal(wordsOfPage(undefined), '{}');
  });
});

describe('the words of the manifest', () => {
  const manifest = read('package.json');
  const words = read('package.nls.json');
  const spoken =
    /^(?:title|name|label|description|contents|contextualTitle|altText|(?:markdown)?[dD]e(?:scription|precationMessage)|(?:markdownE|e)numDescriptions|shortTitle)$/;

  /** The texts below `contributes` and `capabilities` that VS Code shows. */
  function shown(value: unknown, key = ''): string[] {
    if (typeof value === 'string') return spoken.test(key) ? [value] : [];
    if (Array.isArray(value)) return value.flatMap((item) => shown(item, key));
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) => shown(inner, name));
  }
  const texts = [...shown(manifest['contributes']), ...shown(manifest['capabilities'])];

  it('all stand in package.nls.json, except the name of the product', () => {
    assert.deepEqual(
      texts.filter((text) => !/^%.+%$/.test(text) && text !== 'Ground Up'),
      [],
    );
    const missing = texts.filter((text) => text.startsWith('%') && !Object.hasOwn(words, text.slice(1, -1)));
    assert.deepEqual(missing, []);
  });

  it('are all used', () => {
    const everywhere = JSON.stringify(manifest);
    assert.deepEqual(
      Object.keys(words).filter((key) => !everywhere.includes(`%${key}%`)),
      [],
    );
  });

  it('lie, translated or not, where VS Code looks for them', () => {
    assert.equal(manifest['l10n'], './dist/l10n');
    assert.match(readFileSync('.vscodeignore', 'utf8'), /^!dist\/l10n\/\*\.json$/m);
  });
});

describe('the collector of words', function () {
  this.timeout(30_000);
  const cases: readonly {
    readonly title: string;
    readonly text: string;
    readonly sentences?: readonly string[];
    readonly escaping?: readonly RegExp[];
  }[] = [
    {
      title: 'takes what the extension translates',
      text: "vscode.window.showErrorMessage(vscode.l10n.t('{0} is gone.', name));",
      sentences: ['{0} is gone.'],
    },
    {
      title: 'takes what a page translates',
      text: "import { rich, t } from '../l10n';\nconst a = <p title={t('Go')}>{rich('at {0}', place)}</p>;",
      sentences: ['Go', 'at {0}'],
    },
    {
      title: 'finds a text of an element',
      text: 'const a = <p>Nothing yet</p>;',
      escaping: [/^a\.tsx:1 {2}Nothing yet$/],
    },
    { title: 'finds a text in braces', text: "const a = <p>{ok ? 'Check' : t}</p>;", escaping: [/Check/] },
    {
      title: 'finds an attribute that is read out',
      text: 'const a = <nav aria-label="Checks" />;',
      escaping: [/Checks/],
    },
    {
      title: 'finds an attribute made of pieces',
      text: 'const a = <nav title={`Line ${line}`} />;',
      escaping: [/Line …/],
    },
    { title: 'finds what is said', text: "vscode.window.showWarningMessage('Not now');", escaping: [/Not now/] },
    { title: 'finds an error', text: 'throw new Error(`No ${name}`);', escaping: [/No …/] },
    { title: 'finds a label', text: "const item = { label: 'Reset' };", escaping: [/Reset/] },
    { title: 'finds a tooltip', text: "item.tooltip = 'Cancel' + rest;", escaping: [/Cancel/] },
    {
      title: 'finds a sentence that is put together',
      text: "vscode.l10n.t('a' + b);",
      escaping: [/is not written out/],
    },
    {
      title: 'leaves alone what is no word',
      text: 'const a = <p class="big red">{`${count} · `}<Icon name="pass" />Ground Up</p>; item.text = `$(sync~spin) ${text}`;',
    },
  ];
  for (const { title, text, sentences = [], escaping = [] } of cases) {
    it(title, async () => {
      const found = (await scripts()).wordsIn('a.tsx', text);
      assert.deepEqual(found.sentences, sentences);
      assert.equal(found.escaping.length, escaping.length, found.escaping.join('\n'));
      escaping.forEach((pattern, index) => assert.match(found.escaping[index] ?? '', pattern));
    });
  }
});

function holesOf(sentence: string): readonly string[] {
  return (sentence.match(/\{\d+\}/g) ?? []).sort();
}
