import assert from 'node:assert/strict';
import { figureExamples } from '../../fixtures/figures';
import { renderFigure } from '../../../src/lesson/figures/figure';
import { drawn, words, texts, placeOf, rects, refuses } from './drawnFigure';
import type { Changes } from './drawnFigure';

describe('A figure of bars', () => {
  it('makes lengths that are to each other as the numbers, from one zero', () => {
    const before = rects(drawn('bars')).filter(({ role, height }) => role === 'a' && height === 14);
    const [first, second, third] = before;
    assert.ok(first && second && third);
    assert.ok(Math.abs(third.width / first.width - 2) < 0.01);
    assert.ok(Math.abs(second.x + second.width - first.x) < 0.02, 'a negative bar ends where the others begin');
  });

  it('writes every number with its unit', () => {
    assert.match(words('bars'), /before: W 1\.5 ms, b −0\.25 ms, scale 3 ms\. after: W 0\.75 ms,/);
    assert.ok(texts(drawn('bars')).includes('−0.25 ms'));
  });

  it('draws nothing for nothing', () => {
    assert.match(words('bars', { labels: ['a'], series: [{ name: 's', values: [0] }] }), /s: a 0 ms/);
  });

  it('is refused where numbers are missing', () => {
    refuses('bars', { labels: ['W'] }, /series before has 3 values, but there are 1 labels/);
  });
});

describe('A plot', () => {
  const points = (html: string, role: string): (readonly [number, number])[] => {
    const d = new RegExp(`<path class="fig-${role}" d="(M[^"]+)" fill="none"`).exec(html)?.[1] ?? '';
    return [...d.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  };

  it('is straight for a power law on two logarithmic axes, twice as steep for the square', () => {
    const html = drawn('plot').replace(/^.*?<svg/s, '<svg');
    const slope = (role: string): number => {
      const [a, , c] = points(html.slice(html.indexOf('stroke-width="2"') - 400), role);
      assert.ok(a && c);
      return (c[1] - a[1]) / (c[0] - a[0]);
    };
    assert.ok(Math.abs(slope('a') / slope('b') - 2) < 0.01, `${slope('a')} and ${slope('b')}`);
  });

  it('keeps the last label of its horizontal axis within the picture', () => {
    const series = [
      {
        name: 's',
        points: [
          [1, 1],
          [10_000, 2],
        ],
      },
    ];
    const html = drawn('plot', { logX: true, logY: false, series });
    const width = Number(/viewBox="0 0 (\d+)/.exec(html)?.[1]);
    assert.ok(placeOf(html, '10000').x + (5 * 11 * 0.62) / 2 <= width);
  });

  it('has units of one length where its axes are to be equal, which logarithmic ones cannot be', () => {
    const diagonal = [
      [-1, -1],
      [1, 1],
    ];
    const given = { logX: false, logY: false, series: [{ name: 's', points: diagonal }] };
    const extent = (changes: Changes): readonly [number, number] => {
      const [from, to] = points(drawn('plot', { ...given, ...changes }), 'a');
      assert.ok(from && to);
      return [to[0] - from[0], from[1] - to[1]];
    };
    const [width, height] = extent({ equal: true });
    assert.ok(Math.abs(width - height) < 0.1, `${width} and ${height}`);
    const [wide, high] = extent({});
    assert.ok(wide > high + 50);
    refuses('plot', { ...given, logX: true, equal: true }, /cannot be equal/);
  });

  it('has round ticks that hold all points', () => {
    const labels = texts(
      drawn('plot', {
        logX: false,
        logY: false,
        series: [
          {
            name: 's',
            points: [
              [0, -3],
              [5, 17],
            ],
          },
        ],
      }),
    );
    for (const tick of ['0', '5', '−5', '20']) {
      assert.ok(labels.includes(tick), `${tick} is missing of ${labels.join(' ')}`);
    }
  });

  it('tells series apart without colour', () => {
    const html = drawn('plot');
    assert.match(html, /class="fig-b"[^>]*stroke-dasharray="7 4"/);
    assert.doesNotMatch(html, /class="fig-a"[^>]*stroke-dasharray/);
  });

  it('takes one point, equal points, and hundreds', () => {
    assert.match(words('plot', { series: [{ name: 's', points: [[1, 1]] }] }), /s: \(1, 1\)\./);
    const many = Array.from({ length: 200 }, (_, index) => [index + 1, 1 / (index + 1)]);
    assert.match(
      words('plot', { series: [{ name: 's', points: many }] }),
      /s: 200 points from \(1, 1\) to \(200, 0\.005\), lowest \(200, 0\.005\), highest \(1, 1\)/,
    );
  });

  it('is refused where a logarithm has nothing to take', () => {
    refuses(
      'plot',
      { series: [{ name: 's', points: [[0, 1]] }] },
      /logX needs every x above zero, but series s has x = 0/,
    );
  });
});

describe('A graph', () => {
  const middleOf = (label: string, html = drawn('graph')): { readonly x: number; readonly y: number } =>
    placeOf(html, label);

  it('runs from left to right, whatever the order of its nodes', () => {
    assert.ok(middleOf('x').x < middleOf('matmul').x && middleOf('matmul').x < middleOf('y').x);
    const nodes = [...(figureExamples['graph']?.['nodes'] as readonly unknown[])].reverse();
    const html = drawn('graph', { nodes });
    assert.ok(middleOf('x', html).x < middleOf('matmul', html).x && middleOf('matmul', html).x < middleOf('y', html).x);
  });

  it('keeps its boxes apart, also where an edge passes a whole branch', () => {
    const ids = ['x', 'norm', 'attend', '+', 'y'];
    const html = drawn('graph', {
      nodes: ids.map((id) => ({ id, label: id, ...(id === 'x' || id === 'y' ? {} : { kind: 'op' }) })),
      edges: [
        { from: 'x', to: 'norm' },
        { from: 'norm', to: 'attend' },
        { from: 'attend', to: '+' },
        { from: 'x', to: '+' },
        { from: '+', to: 'y' },
      ],
    });
    const boxes = rects(html).filter(({ role }) => role === 'a' || role === 'c');
    assert.equal(boxes.length, 5);
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        assert.ok(apart, 'two boxes overlap');
      }
    }
  });

  it('draws a gradient as a dashed arrow back, and says so', () => {
    assert.equal([...drawn('graph').matchAll(/class="fig-b"[^>]*stroke-dasharray/g)].length, 3);
    assert.match(
      words('graph'),
      /W of shape \(in, out\), operation matmul, y of shape \(N, out\)\. x goes into matmul, and the gradient dx comes back\./,
    );
  });

  it('is refused where edges lead nowhere or round in a circle, or ids are taken', () => {
    refuses('graph', { edges: [{ from: 'x', to: 'z' }] }, /an edge names the node z, which is not there/);
    refuses(
      'graph',
      {
        edges: [
          { from: 'x', to: 'mm' },
          { from: 'mm', to: 'x' },
        ],
      },
      /run in a circle/,
    );
    refuses(
      'graph',
      {
        nodes: [
          { id: 'x', label: 'x' },
          { id: 'x', label: 'y' },
        ],
      },
      /two nodes have the id x/,
    );
  });
});

describe('A figure of images', () => {
  const source = { images: undefined, columns: undefined, source: 'means.json' };
  const withFile = (text: string | undefined, changes: Changes = {}): ReturnType<typeof renderFigure> =>
    renderFigure(
      'images',
      JSON.stringify({ caption: 'What it shows.', ...figureExamples['images'], ...source, ...changes }),
      new Map(text === undefined ? [] : [['means.json', text]]),
    );

  it('draws a run of one shade as one stroke of ink, and nothing where there is none', () => {
    const html = drawn('images', { images: [{ label: '', width: 3, height: 1, values: [1, 1, 0] }] });
    assert.equal([...html.matchAll(/class="fig-ink"/g)].length, 1);
    assert.match(html, /class="fig-ink" d="M2 2h32v16h-32z" fill="currentColor" fill-opacity="1"/);
  });

  it('says what each is, with its mean', () => {
    assert.match(
      words('images'),
      /Image T: 3 by 3 pixels, on average 0\.5\. Image L: 3 by 3 pixels, on average 0\.472\./,
    );
  });

  it('takes its numbers from a file that the caller has read', () => {
    const { html, problems } = withFile(JSON.stringify({ images: figureExamples['images']?.['images'], columns: 1 }));
    assert.deepEqual(problems, []);
    assert.match(html, /Image T: 3 by 3 pixels/);
  });

  it('takes the caption from the file where the lesson gives none, and needs one of them', () => {
    const file = (caption?: string): string =>
      JSON.stringify({ images: figureExamples['images']?.['images'], caption });
    const none = { caption: undefined };
    assert.match(withFile(file('From the file.'), none).html, /<figcaption>From the file\.</);
    assert.match(withFile(file('From the file.')).html, /<figcaption>What it shows\.</);
    assert.match(withFile(file(), none).problems[0]?.message ?? '', /does not fit: caption/);
  });

  it('says which file is missing or malformed, to the author and to the reader', () => {
    for (const [text, expected] of [
      [undefined, /^means\.json does not lie beside lesson\.md, or cannot be read\. Put it there/],
      ['{ no', /^means\.json is not JSON: /],
      ['{"images": [{"label": "1"}]}', /^means\.json should be \{"images": .*images\.0\.width/],
    ] as const) {
      const { html, problems } = withFile(text);
      assert.match(problems[0]?.message ?? 'no problem', expected);
      assert.match(html, /A figure belongs here, but its data, means\.json, is missing or cannot be read\./);
    }
  });

  it('names no file elsewhere', () => {
    for (const name of ['../means.json', 'a/b.json', '/etc/passwd', 'means.txt', '']) {
      assert.match(withFile('{}', { source: name }).problems[0]?.message ?? '', /should be the name of a \.json file/);
    }
  });

  it('is refused where pixels are missing or are no shades', () => {
    refuses(
      'images',
      { images: [{ label: '1', width: 2, height: 2, values: [1] }] },
      /image 0 \(1\) is 2 by 2, so it needs 4 values, but has 1/,
    );
    refuses(
      'images',
      { images: [{ label: '', width: 1, height: 1, values: [1.5] }] },
      /image 0 has the value 1\.5; values lie from 0 to 1/,
    );
  });
});
