import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { figureExamples } from '../../fixtures/figures';
import { figureKinds, renderFigure } from '../../../src/lesson/figures/figure';

function draw(kind: string, changes: Readonly<Record<string, unknown>> = {}): ReturnType<typeof renderFigure> {
  return renderFigure(kind, JSON.stringify({ caption: 'What it shows.', ...figureExamples[kind], ...changes }));
}

describe('Every kind of figure', () => {
  it('has an example here', () => assert.deepEqual(Object.keys(figureExamples).sort(), [...figureKinds].sort()));

  for (const kind of figureKinds) {
    it(`${kind} is drawn with caption and words, without colours of its own, and scales`, () => {
      const { html, problems } = draw(kind);
      assert.deepEqual(problems, []);
      assert.match(html, /<svg role="img" aria-label="What it shows\. [^"]{20,}" viewBox="0 0 \d+ \d+"/);
      assert.match(html, /<figcaption>What it shows\.<\/figcaption>/);
      assert.ok(
        !/#[0-9a-f]{3,8}\b|rgb|hsl|NaN|undefined|Infinity| style=/.test(html),
        'a colour, a style or a number that is none',
      );
      const width = Number(/viewBox="0 0 (\d+)/.exec(html)?.[1]);
      assert.ok(width <= 420, `${width} is too wide for a narrow panel`);
    });

    it(`${kind} escapes what its author wrote`, () => {
      const { html } = draw(kind, { caption: '<img src=x onerror=alert(1)>"' });
      assert.doesNotMatch(html, /<img/);
      assert.match(html, /&lt;img/);
    });

    it(`${kind} refuses data that does not fit, with the reason`, () => {
      for (const changes of [{ caption: undefined }, { caption: '' }, { colour: 'red' }]) {
        const { html, problems } = draw(kind, changes);
        assert.match(html, /could not be drawn/);
        assert.match(problems[0]?.message ?? '', /does not fit: .*(caption|colour)/);
      }
    });
  }
});

describe('CONTRIBUTING', () => {
  const rows = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| .* \| `(\{.*\})` \|$/gm)];

  it('has a row for each kind of figure, in their order', () => {
    assert.deepEqual(
      rows.map(([, kind]) => kind),
      figureKinds,
    );
  });

  for (const [, kind = '', json = ''] of rows) {
    it(`has an example of ${kind} that can be drawn`, () => {
      const { problems } = renderFigure(kind, json.replace(/\}$/, ', "caption": "c" }'));
      assert.deepEqual(problems, []);
    });
  }
});

describe('A figure says in words what it shows', () => {
  const words = (kind: string, changes = {}): string =>
    /aria-label="([^"]*)"/.exec(draw(kind, changes).html)?.[1] ?? '';
  it('for broadcasting', () => {
    assert.match(
      words('broadcast'),
      /a has shape \(6, 1\): axis 0 is missing and repeated 4 times, axis 2 is stretched from 1 to 3\./,
    );
    assert.match(words('broadcast'), /b has shape \(4, 6, 3\) already\./);
  });
  it('for a product', () => {
    assert.match(words('matmul-walk'), /C\[1, 0\] = 4·1 \+ 5·\(−2\) \+ 6·0 = −6\./);
    assert.match(words('matmul-walk'), /C of shape \(2, 2\); row 0: −3, 12; row 1: −6, 25\.5\./);
  });
  it('for threads', () => assert.match(words('thread-grid'), /row 1, column 2 of the result/));
  it('for shapes', () => assert.match(words('shape-fit'), /Summed over: N\. Kept: out, in\. N is not in dW\./));
  it('for weights', () => assert.match(words('weights'), /the: the 0\.75, animal 0\.25\./));
  it('for a grid', () =>
    assert.match(words('grid'), /A of shape \(2, 2\); row 0: 1, −2\.5; row 1: 3, 4\. Marked: \(0, 1\)\./));
});

describe('A figure that contradicts itself is refused', () => {
  const check = (kind: string, changes: Readonly<Record<string, unknown>>, expected: RegExp): void => {
    assert.match(draw(kind, changes).problems[0]?.message ?? 'no problem', expected);
  };
  it('when shapes do not broadcast, or not to that result', () => {
    check('broadcast', { shapes: [[6], [4, 6, 3]] }, /axis 2 has sizes 3 and 6|axis 2 has sizes 6 and 3/);
    check('broadcast', { result: [4, 6, 1] }, /broadcast to \(4, 6, 3\), but result says \(4, 6, 1\)/);
    check('broadcast', { shapes: [[4, 6, 3]], result: [6, 3] }, /but result says/);
  });
  it('when a product does not fit, or the cell lies outside', () => {
    check('matmul-walk', { b: [[1, 2]] }, /a has 3 columns but b has 1 rows/);
    check('matmul-walk', { cell: [2, 0] }, /lies outside the product/);
    check('matmul-walk', { a: [[1, 2, 3], [4]] }, /row 1 of a has 1 numbers/);
  });
  it('when a thread is none of them', () => {
    check('thread-grid', { thread: [4, 0] }, /not among the threads/);
    check('thread-grid', { thread: [1] }, /as many/);
  });
  it('when an axis of the result comes from nowhere', () => {
    check('shape-fit', { result: { name: 'z', shape: ['q'] } }, /axis q is an axis of no factor/);
  });
  it('when weights are none', () => {
    check(
      'weights',
      {
        values: [
          [0.5, 0.6],
          [0.5, 0.5],
        ],
      },
      /sum to 1\.10/,
    );
    check('weights', { rows: ['the'] }, /2 rows, but there are 1 words/);
  });
  it('when a mark lies outside its grid', () => check('grid', { mark: [[5, 0]] }, /lies outside/));
  it('when it is not JSON, with the line', () => {
    const { problems } = renderFigure('grid', '{\n "values": [[1]],\n oops\n}');
    assert.equal(problems[0]?.line, 3);
    assert.match(problems[0]?.message ?? '', /not JSON/);
  });
  it('when there is no such kind', () => {
    assert.match(
      renderFigure('pie', '{}').problems[0]?.message ?? '',
      /no figure called pie; there are axis-sweep, bars, broadcast/,
    );
    assert.match(renderFigure('__proto__', '{}').problems[0]?.message ?? '', /no figure/);
  });
});
