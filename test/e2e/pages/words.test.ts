/**
 * Every page in a made-up language: whatever still stands there in plain English either came with the message that the
 * page was sent, or has escaped translation.
 */
import assert from 'node:assert/strict';
import { collectWords, pseudoBundle, type Bundle } from '../../../scripts/words.mjs';
import { allHints, lesson, lessonState, mismatchStates, running, verdictStates } from '../../fixtures/reports';
import { overviewStates } from '../../fixtures/overview';
import type { ToLesson, ToOverview, ToResults } from '../../../src/webview/protocol';
import { Pages, type PageOptions, type PageUnderTest } from './pageUnderTest';

describe('every page in a made-up language', function () {
  this.timeout(60_000);
  let pages: Pages;
  let words: Bundle;
  before(async function () {
    this.timeout(60_000);
    [pages, words] = await Promise.all([Pages.start(), collectWords().then(pseudoBundle)]);
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  /** For each named run of messages: what the page shows in English of its own after them. One page serves all runs. */
  async function englishAfter(
    options: Pick<PageOptions, 'name' | 'width'>,
    runs: Readonly<Record<string, readonly (ToLesson | ToOverview | ToResults)[]>>,
  ): Promise<Record<string, readonly string[]>> {
    const opened = await pages.open({ height: 900, ...options, words });
    const found: Record<string, readonly string[]> = {};
    for (const [name, messages] of Object.entries(runs)) {
      for (const message of messages) await opened.send(message);
      // What was sent is drawn before the page gets to this, and what is folded is read like the rest.
      await opened.page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            setTimeout(() => {
              for (const details of document.querySelectorAll('details')) details.open = true;
              requestAnimationFrame(() => resolve());
            });
          }),
      );
      const english = await englishOn(opened.page, messages);
      if (english.length > 0) found[name] = english;
    }
    return found;
  }

  const results: Readonly<Record<string, ToResults['state']>> = {
    'before a first check': { kind: 'empty' },
    running,
    ...verdictStates,
    ...Object.fromEntries(Object.entries(mismatchStates).map(([name, state]) => [`mismatch: ${name}`, state])),
  };
  for (const width of [1000, 320]) {
    it(`says nothing in English of its own: results, ${width} pixels wide`, async () => {
      const runs = Object.entries(results).map(([name, state]) => [name, [{ type: 'state', state }]] as const);
      assert.deepEqual(await englishAfter({ name: 'results', width }, Object.fromEntries(runs)), {});
    });
  }

  const lessons: Readonly<Record<string, readonly ToLesson[]>> = {
    'before a check': [{ type: 'lesson', lesson, state: lessonState }],
    'while it is checked': [{ type: 'lesson', lesson, state: { ...lessonState, running: true } }],
    'after an edit': [{ type: 'lesson', lesson, state: { ...lessonState, stale: true, state: 'passedThenChanged' } }],
    'with every hint': [
      { type: 'lesson', lesson, state: lessonState },
      { type: 'hints', shown: allHints, total: allHints.length },
    ],
  };
  it('says nothing in English of its own: overview', async () => {
    const runs = Object.entries(overviewStates).map(([name, state]) => [name, [{ type: 'overview', state }]] as const);
    assert.deepEqual(await englishAfter({ name: 'overview' }, Object.fromEntries(runs)), {});
  });

  it('says nothing in English of its own: lesson', async () => {
    assert.deepEqual(await englishAfter({ name: 'lesson' }, lessons), {});
  });
});

/** Stands between the texts of a page, where no text has it. */
const seam = '\u0001';

/** What a page shows or reads out that is neither in the made-up language nor part of what it was sent. */
async function englishOn(page: PageUnderTest['page'], messages: readonly unknown[]): Promise<readonly string[]> {
  const shown = await page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['title', 'aria-label', 'alt', 'placeholder']) texts.push(node.getAttribute(name) ?? '');
      } else if (node.parentElement?.closest('script, style, .katex, svg') === null) {
        texts.push(node.textContent ?? '');
      }
    }
    return texts;
  });
  const sent = textsIn(messages);
  // A sentence may hold code or a link, so it is one only across the texts that it is made of.
  let rest = shown.join(seam);
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/gu, seam);
  }
  const own = rest
    .split(seam)
    // A place in a learner's file reads the same in every language.
    .filter(
      (text) =>
        /\p{L}{2}/u.test(text) && !/^[\w-]+\.ts:\d+$/.test(text) && !sent.some((each) => each.includes(text.trim())),
    );
  return [...new Set(own)];
}

/** States and verdicts are names in the protocol; a page that shows one as it is has forgotten to say it in words. */
const protocolNames =
  /^(?:passed|failed|threw|holds|fails|notStarted|notRun|timedOut|outOfMemory|cancelled|skipped|empty|running|report|lesson|state|hints|values|value|shape|type|tensor|text)$/;

/** All texts in what was sent, HTML as it reads. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return protocolNames.test(value) ? [] : [value, readable(value)];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function readable(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&amp;', '&');
}
