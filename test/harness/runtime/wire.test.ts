import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ForeignValue } from '../../../src/harness/present/foreignValue';
import { readFromRealm } from '../../../src/harness/protocol/readFromRealm';
import { wireTensors } from '../../../src/harness/protocol/tensors';
import { decode, encode, sameWire } from '../../../src/harness/protocol/wire';
import { tensor, transpose } from '../../../src/tensor';
import type { Tensor } from '../../../src/tensor';

function across(value: unknown): unknown {
  return decode(encode(value, wireTensors), wireTensors);
}

function described(value: unknown): string {
  const there = across(value);
  assert.ok(there instanceof ForeignValue, String(there));
  return there.text;
}

describe('what crosses between the realms', () => {
  it('arrives as it was: numbers, texts, lists and plain objects', function () {
    const key = fc.string().filter((name) => name !== '__proto__');
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.double(),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        fc.constantFrom(null, undefined, NaN, Infinity, -Infinity, -0),
        fc.array(tie('any')),
        fc.dictionary(key, tie('any'), { noNullPrototype: true }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (sent) => assert.deepEqual(across(sent), sent)),
      { seed: 7, numRuns: 100 },
    );
  });

  it('arrives in the precision and shape it had when it is a tensor, a view of one included', () => {
    const x = tensor(
      [
        [1.1, 2, NaN],
        [-0, 1e-300, Infinity],
      ],
      { dtype: 'float64' },
    );
    const there = across({ list: [x, transpose(x)] }) as { list: [Tensor, Tensor] };
    assert.deepEqual(there.list[0].shape, [2, 3]);
    assert.equal(there.list[0].dtype, 'float64');
    assert.deepEqual([...there.list[0].data], [1.1, 2, NaN, -0, 1e-300, Infinity]);
    assert.deepEqual([...there.list[1].data], [1.1, -0, 2, 1e-300, NaN, Infinity]);
  });

  it('is a copy', () => {
    const x = tensor([1, 2]);
    const there = across(x) as Tensor;
    there.data[0] = 9;
    assert.equal(x.data[0], 1);
  });

  it('is named in words when it cannot cross', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    class Matrix {}
    assert.equal(
      described(() => 1),
      'a function',
    );
    assert.equal(described(Symbol('s')), 'a symbol');
    assert.equal(described(new Matrix()), 'an instance of Matrix');
    assert.equal(described(new Float32Array(3)), 'a Float32Array of 3 numbers');
    assert.equal(described('x'.repeat(100_001)), 'a text of 100001 characters');
    assert.match(String((across(cycle) as unknown[])[0]), /ForeignValue|object/);
    const getter = across({
      get a(): number {
        throw new Error('it was run');
      },
    }) as { a: ForeignValue };
    assert.equal(getter.a.text, 'a getter');
  });

  it('is never believed when it was forged', () => {
    const forged = [
      '',
      '{',
      '{"a":1}',
      '["?"]',
      '["n","1"]',
      '["o",1,2]',
      '["o","a"]',
      '["t","float32",[2],0]',
      '["t","float32",[-1],0]',
      '["t","float32",[1e300,1e300],0]',
      '["t","float16",[1],0]',
      '["t","float32",[1],4]',
      '["t","float32",["1"],0]',
      `${'["a",'.repeat(100)}1${']'.repeat(100)}`,
    ];
    for (const text of forged) {
      const there = decode({ text, bytes: new ArrayBuffer(4) }, wireTensors);
      assert.ok(there instanceof ForeignValue, text);
      assert.equal(there.text, 'an answer that the harness cannot read');
    }
  });

  it('is the same only when every byte is', () => {
    const wire = (values: number[]) => encode(tensor(values), wireTensors);
    assert.ok(sameWire(wire([1, NaN]), wire([1, NaN])));
    assert.ok(!sameWire(wire([0]), wire([-0])));
    assert.ok(!sameWire(wire([1]), wire([1, 1])));
  });
});

describe('a message from the learner’s realm', () => {
  it('is read when it is one', () => {
    assert.deepEqual(readFromRealm({ kind: 'dropped', count: 3, extra: 1 }), { kind: 'dropped', count: 3 });
  });

  it('is nothing when it is not one', () => {
    const bytes = new ArrayBuffer(0);
    for (const raw of [
      undefined,
      null,
      'passed',
      [],
      { kind: 'report', verdict: 'passed' },
      { kind: 'toString' },
      { kind: 'answered', id: 1 },
      { kind: 'answered', id: 0.5, value: { text: '1', bytes }, changed: [], backends: [] },
      { kind: 'answered', id: 1, value: { text: 1, bytes }, changed: [], backends: [] },
      { kind: 'answered', id: 1, value: { text: '1', bytes: [] }, changed: [], backends: [] },
      { kind: 'console', level: 'debug', text: '' },
      { kind: 'console', level: 'log', text: 'x'.repeat(10_001) },
      { kind: 'dropped', count: NaN },
    ]) {
      assert.equal(readFromRealm(raw), undefined, JSON.stringify(raw));
    }
  });
});
