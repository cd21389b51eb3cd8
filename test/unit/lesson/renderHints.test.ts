import assert from 'node:assert/strict';
import { renderHints } from '../../../src/lesson/renderHints';

describe('Hints', () => {
  it('are the sections of a file, in order, with mathematics and code', () => {
    const { hints, problems } = renderHints(
      '## Look at the *shapes*\n$x$ is wide.\n\n### More\n\n`code`\n\n## Nearly\nDo it.\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      hints.map(({ title }) => title),
      ['Look at the shapes', 'Nearly'],
    );
    assert.match(hints[0]?.html ?? '', /katex[\s\S]*<h3>More<\/h3>[\s\S]*<code>code<\/code>/);
    assert.equal(hints[1]?.html, '<p>Do it.</p>\n');
  });

  it('report what would never be shown, what is empty and what is wrong, with its line', () => {
    const { problems } = renderHints('\nintro\n\n## One\n\n## Two\n$\\frac$\n');
    assert.deepEqual(
      problems.map(({ line }) => line),
      [2, 4, 7],
    );
    assert.match(
      renderHints('## One\n[there](#step-dW)\n').problems[0]?.message ?? '',
      /Hints do not link to steps; this one leads to dW\./,
    );
    assert.match(renderHints('no hints').problems[0]?.message ?? '', /no hint here/);
  });
});
