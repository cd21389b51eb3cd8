import assert from 'node:assert/strict';
import { figureExamples } from '../../fixtures/figures';
import { renderFigure } from '../../../src/lesson/figures/figure';

type Changes = Readonly<Record<string, unknown>>;

/** A figure's example with changes, as HTML; fails where it cannot be drawn. */
function drawn(kind: string, changes: Changes = {}): string {
  const data = { caption: 'What it shows.', ...figureExamples[kind], ...changes };
  const { html, problems } = renderFigure(kind, JSON.stringify(data));
  assert.deepEqual(problems, []);
  return html;
}

function words(kind: string, changes: Changes = {}): string {
  return /aria-label="([^"]*)"/.exec(drawn(kind, changes))?.[1] ?? '';
}

/** Its visible texts, in the order in which they are drawn. */
function texts(html: string): string[] {
  return [...html.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, content = '']) => content);
}

function placeOf(html: string, content: string): { readonly x: number; readonly y: number } {
  const [, x, y] = new RegExp(`<text[^>]* x="([^"]+)" y="([^"]+)"[^>]*>${content}</text>`).exec(html) ?? [];
  assert.ok(x !== undefined && y !== undefined, `${content} is not written`);
  return { x: Number(x), y: Number(y) };
}

interface Rect {
  readonly role: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function rects(html: string): Rect[] {
  const pattern = /<rect class="fig-(\w+)" x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/g;
  return [...html.matchAll(pattern)].map(([, role = '', ...numbers]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.slice(0, 4).map(Number);
    return { role, x, y, width, height };
  });
}

function refuses(kind: string, changes: Changes, expected: RegExp): void {
  const data = { caption: 'What it shows.', ...figureExamples[kind], ...changes };
  assert.match(renderFigure(kind, JSON.stringify(data)).problems[0]?.message ?? 'no problem', expected);
}

describe('A figure of a shape', () => {
  const cells = (shape: readonly number[]): number =>
    rects(drawn('shape', { shape })).filter(({ role }) => role === 'a').length;

  it('draws every cell of a small tensor, of every rank', () => {
    assert.deepEqual([cells([]), cells([5]), cells([3, 4]), cells([2, 3, 4]), cells([2, 2, 3, 4])], [1, 5, 12, 24, 48]);
  });

  it('measures each axis, and counts in words', () => {
    assert.deepEqual(texts(drawn('shape')).sort(), [
      'axis 0: 2',
      'axis 1: 3',
      'axis 2: 4',
      'rank 3: 2 · 3 · 4 = 24 numbers',
      'x   (2, 3, 4)',
    ]);
    assert.match(
      words('shape'),
      /x of shape \(2, 3, 4\): rank 3, axis 0 has size 2, axis 1 has size 3, axis 2 has size 4;/,
    );
    assert.match(words('shape', { shape: [] }), /of shape \(\): rank 0; one number\./);
  });

  it('cuts long axes short, and says their true size', () => {
    assert.ok(cells([32, 784]) < 150);
    assert.match(words('shape', { shape: [32, 784] }), /32 · 784 = 25088 numbers/);
    assert.ok(texts(drawn('shape', { shape: [32, 784] })).includes('…'));
  });

  it('shows that an axis of size 0 leaves nothing', () => {
    assert.equal(cells([0, 3]), 0);
    assert.match(words('shape', { shape: [0, 3] }), /0 · 3 = 0 numbers/);
  });
});

describe('A figure of strides', () => {
  it('reads each cell from memory where its strides say', () => {
    assert.match(
      words('strides'),
      /As it is seen: \(0, 0\) is 1, \(0, 1\) is 4, \(1, 0\) is 2, \(1, 1\) is 5, \(2, 0\) is 3, \(2, 1\) is 6\./,
    );
    assert.match(words('strides'), /In memory: 1, 2, 3, 4, 5, 6\./);
  });

  it('leads to the marked cell, step by step', () => {
    const html = drawn('strides');
    assert.ok(texts(html).includes('xᵀ[2, 1] lies at 2·1 + 1·3 = 5; it is 6.'));
    assert.ok(texts(html).includes('+1') && texts(html).includes('+3'));
    assert.equal(
      [...html.matchAll(/<path class="fig-a"[^>]*stroke-width="1.8"/g)].length,
      4,
      'two arcs and their heads',
    );
    assert.equal([...html.matchAll(/<path class="fig-b"[^>]*stroke-width="1.8"/g)].length, 2);
  });

  it('knows views that repeat, run backwards or begin elsewhere', () => {
    assert.match(
      words('strides', { shape: [3, 2], strides: [0, 1], values: [7, 8], cell: [2, 1] }),
      /2·0 \+ 1·1 = 1; it is 8/,
    );
    assert.match(
      words('strides', { shape: [3], strides: [-1], offset: 2, values: [7, 8, 9], cell: [2] }),
      /lies at 2 \+ 2·\(−1\) = 0; it is 7/,
    );
    assert.match(words('strides', { shape: [], strides: [], values: [7], cell: [] }), /\[\] lies at 0; it is 7/);
  });

  it('breaks long memory into lines that fit', () => {
    const values = Array.from({ length: 24 }, (_, index) => index);
    const html = drawn('strides', { shape: [2, 3, 4], strides: [12, 4, 1], values, cell: [1, 2, 3] });
    const right = Math.max(...rects(html).map(({ x, width }) => x + width));
    assert.ok(right <= 412, `${right} is too wide`);
  });

  it('is refused where its parts do not fit each other', () => {
    refuses('strides', { strides: [1] }, /shape has 2 sizes and strides has 1/);
    refuses('strides', { cell: [3, 0] }, /cell \(3, 0\) lies outside the shape \(3, 2\)/);
    refuses('strides', { cell: [1] }, /cell \(1,\) has 1 indices/);
    refuses(
      'strides',
      { strides: [2, 3] },
      /cell \(2, 1\) would lie at address 7, but values has the addresses 0 to 5/,
    );
  });
});

describe('A figure of cells', () => {
  it('lights what is selected and shows what comes of it', () => {
    const html = drawn('cells');
    assert.equal(rects(html).filter(({ role }) => role === 'a').length, 2);
    assert.equal(rects(html).filter(({ role }) => role === 'c').length, 2);
    assert.match(words('cells'), /Lit: \(0, 1\), \(1, 2\)\. y of shape \(2,\); row 0: 2, 6\./);
  });

  it('takes vectors, a matrix as result, and no result at all', () => {
    assert.match(words('cells', { values: [1, 2, 3], selected: [[0], [2]], result: [1, 3] }), /Lit: \(0,\), \(2,\)/);
    assert.match(words('cells', { result: [[2, 3]] }), /y of shape \(1, 2\)/);
    assert.doesNotMatch(words('cells', { result: undefined }), / y /);
  });

  it('has its arrow lead to the middle of a result that is less high', () => {
    const html = drawn('cells', {
      values: [[1], [2], [3], [4]],
      selected: [[0], [2]].map(([i]) => [i, 0]),
      result: [1, 3],
    });
    const arrow = Number(/d="M[\d.]+ ([\d.]+)H/.exec(html)?.[1]);
    const result = rects(html).filter(({ x, role }) => role === 'c' && x > 60);
    assert.ok(
      result.length > 0 && result.every(({ y, height }) => y < arrow && arrow < y + height),
      JSON.stringify(rects(html)),
    );
  });

  it('puts a wide result below, so that a narrow panel holds it', () => {
    const row = Array.from({ length: 8 }, (_, index) => index);
    const html = drawn('cells', { values: row, selected: [[1]], result: row });
    assert.ok(Math.max(...rects(html).map(({ x, width }) => x + width)) <= 412);
  });

  it('is refused where a cell is none, or rows differ', () => {
    refuses('cells', { selected: [[2, 0]] }, /selected \(2, 0\) lies outside values, whose shape is \(2, 3\)/);
    refuses('cells', { selected: [[2]] }, /has one index, but values has two axes/);
    refuses('cells', { result: [[1], [2, 3]] }, /row 1 of result has 2 numbers/);
  });
});

describe('A figure of a sweep along an axis', () => {
  it('computes its results', () => {
    assert.match(
      words('axis-sweep'),
      /The sum over axis 0, which stays with size 1, has the shape \(1, 3\): 5, −3, 9\./,
    );
    assert.match(
      words('axis-sweep', { axis: -1, operation: 'mean', keepdim: false }),
      /The mean over axis 1, which goes, has the shape \(2,\): 2, 1\.667\./,
    );
    assert.match(words('axis-sweep', { axis: 1, operation: 'max', keepdim: true }), /the shape \(2, 1\): 3, 6\./);
  });

  it('puts the results below for axis 0 and beside for axis 1, each in line with its numbers', () => {
    for (const [axis, along, across] of [
      [0, 'x', 'y'],
      [1, 'y', 'x'],
    ] as const) {
      const boxes = rects(drawn('axis-sweep', { axis }));
      const [swept, results] = [boxes.filter(({ role }) => role === 'a'), boxes.filter(({ role }) => role === 'c')];
      assert.deepEqual(
        results.map((box) => box[along]),
        [...new Set(swept.map((box) => box[along]))],
      );
      assert.ok(results.every((box) => box[across] > Math.max(...swept.map((other) => other[across]))));
    }
  });

  it('knows no other axis or operation', () => {
    refuses('axis-sweep', { axis: 2 }, /axis: Too big/);
    refuses('axis-sweep', { operation: 'median' }, /operation: Invalid option/);
  });
});

describe('A figure of a reshape', () => {
  it('cuts one ribbon into the rows of each shape', () => {
    assert.match(
      words('reshape'),
      /As \(2, 3\): row 0: 1, 2, 3; row 1: 4, 5, 6\. As \(3, 2\): row 0: 1, 2; row 1: 3, 4;/,
    );
    const bars = rects(drawn('reshape')).filter(({ height }) => height === 9);
    assert.deepEqual(
      bars.map(({ role }) => role),
      ['a', 'a', 'b', 'b', 'b'],
    );
    assert.equal(new Set(bars.filter(({ role }) => role === 'b').map(({ width }) => width)).size, 1);
  });

  it('is refused where a shape has other cells than there are numbers', () => {
    refuses('reshape', { shapes: [[2, 2]] }, /the shape \(2, 2\) has 4 cells, but values has 6 numbers/);
  });
});

describe('A figure of einsum', () => {
  it('gives a letter one look wherever it stands, and says what is summed', () => {
    const html = drawn('einsum');
    assert.equal(texts(html).filter((content) => content === 'c 4').length, 2);
    assert.equal(texts(html).filter((content) => content === 'b 2').length, 3);
    const roles = new Set(rects(html).map(({ role }) => role));
    assert.deepEqual([...roles].sort(), ['a', 'b', 'c', 'd']);
    assert.ok(texts(html).includes('Σ over c'));
    assert.match(
      words('einsum'),
      /Summed over: c\. S has shape \(2, 3, 5\)\. S\[b, q, k\] = Σ over c of Q\[b, q, c\] · K\[b, k, c\]\./,
    );
  });

  it('knows traces and plain transposes', () => {
    assert.match(words('einsum', { spec: 'ii->', shapes: [[3, 3]], names: ['A', 't'] }), /t = Σ over i of A\[i, i\]\./);
    assert.match(
      words('einsum', { spec: 'ij->ji', shapes: [[2, 3]], names: [] }),
      /Nothing is summed over\. B has shape \(3, 2\)/,
    );
  });

  it('is refused where letters and shapes disagree', () => {
    refuses('einsum', { shapes: [[2, 3, 4]] }, /names 2 tensors, but shapes has 1/);
    refuses(
      'einsum',
      {
        shapes: [
          [2, 3, 4],
          [2, 5],
        ],
      },
      /bkc has 3 letters, but its shape is \(2, 5\)/,
    );
    refuses(
      'einsum',
      {
        shapes: [
          [2, 3, 4],
          [2, 5, 6],
        ],
      },
      /the letter c is 4 at one place and 6 at another/,
    );
    refuses('einsum', { spec: 'bqc,bkc->bqz' }, /the result has the letter z, but no tensor has/);
    refuses('einsum', { spec: 'bqc,bkc->bqq' }, /the letter q twice/);
    refuses('einsum', { spec: 'bqc,bkc' }, /should be like ij,jk->ik/);
  });
});

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
