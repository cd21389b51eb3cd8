import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

// Bundled tests run from the project's root, and the styles are data to them.
const styles = Object.fromEntries(
  ['shared', 'lesson', 'results', 'overview', 'figures', 'lab'].map((name) => [
    name,
    readFileSync(`media/${name}.css`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''),
  ]),
);

describe('the styles of the pages', () => {
  for (const [name, css] of Object.entries(styles)) {
    it(`use no colour but the theme's: ${name}.css`, () => {
      const literal =
        /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab)\(|:\s*(?:black|white|red|green|blue|gr[ae]y|orange|yellow)\b/i;
      assert.doesNotMatch(css, literal);
    });

    it(`load nothing from elsewhere: ${name}.css`, () => {
      assert.doesNotMatch(css, /url\(|@import/);
    });
  }

  it('stand still for whoever asked for reduced motion', () => {
    assert.match(styles['shared'] ?? '', /prefers-reduced-motion: reduce/);
    assert.match(styles['shared'] ?? '', /vscode-reduce-motion/);
  });
});
