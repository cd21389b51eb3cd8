/** What axe-core finds at fault in a page. */
import axe from 'axe-core';
import type { PageUnderTest } from './pageUnderTest';
import type { ThemeName } from './themes';

/** The one theme in which everything is asked; in the others only what colours decide, since all else is the same there. */
const fullyAsked: ThemeName = 'dark';
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Sentences with the rule and the elements that break it; none where the page is accessible. */
export async function axeFaults(page: PageUnderTest['page'], theme: ThemeName): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const asked: axe.RunOptions = {
    resultTypes: ['violations'],
    ...(theme === fullyAsked ? {} : { runOnly: { type: 'rule', values: colourRules } }),
  };
  return await page.evaluate(async (options) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations } = await inPage.run(document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }, asked);
}
