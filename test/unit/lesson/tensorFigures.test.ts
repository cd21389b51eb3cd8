import assert from 'node:assert/strict';
import { drawn, words, texts, rects, refuses } from './drawnFigure';

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
