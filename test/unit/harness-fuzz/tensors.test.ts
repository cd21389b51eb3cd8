import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ForeignValue } from '../../../src/harness/present/foreignValue';
import { wireTensors } from '../../../src/harness/protocol/tensors';
import { decode, encode, sameWire, wireLimits } from '../../../src/harness/protocol/wire';
import type { Wire } from '../../../src/harness/protocol/wire';
import { broadcastTo, expandDims, fromData, permute, reshape, slice, Tensor, zeros } from '../../../src/tensor';
import { seeded, settings } from './fuzzing';

/** Any bits at all, NaNs with every payload and both zeros among them. */
const words = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.constantFrom(0x7fc00000, 0x7fc12345, 0x7f800001, 0xff800001, 0xffc00000, 0x80000000, 0x7f800000, 0xff800000, 1),
);

/** Up to six axes, of which any may be empty. */
const shapes = fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, 1)), { maxLength: 6 });

const contiguous: fc.Arbitrary<Tensor> = fc
  .tuple(shapes, fc.constantFrom('float32', 'float64'))
  .chain(([shape, dtype]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const length = dtype === 'float32' ? size : 2 * size;
    return fc.array(words, { minLength: length, maxLength: length }).map((bits) => {
      const { buffer } = Uint32Array.from(bits);
      return fromData(dtype === 'float32' ? new Float32Array(buffer) : new Float64Array(buffer), shape);
    });
  });

/** One way of reading the same numbers otherwise. */
type View = (x: Tensor, random: (below: number) => number) => Tensor;

const views: Readonly<Record<string, View>> = {
  permuted: (x, random) => {
    const order = x.shape.map((_, axis) => axis);
    for (let axis = order.length - 1; axis > 0; axis -= 1) {
      const other = random(axis + 1);
      [order[axis], order[other]] = [order[other] ?? 0, order[axis] ?? 0];
    }
    return permute(x, order);
  },
  sliced: (x, random) =>
    slice(
      x,
      x.shape.map((length) => {
        const start = random(length + 1);
        return [start, start + random(length - start + 1)] as const;
      }),
    ),
  stretched: (x, random) => broadcastTo(x, [random(3), ...x.shape]),
  flattened: (x) => reshape(x, [x.size]),
  'with an axis more': (x, random) => expandDims(x, random(x.rank + 1)),
};

const tensors: fc.Arbitrary<Tensor> = fc
  .tuple(
    contiguous,
    fc.array(fc.tuple(fc.constantFrom(...Object.keys(views)), fc.array(fc.nat(), { minLength: 8, maxLength: 8 })), {
      maxLength: 3,
    }),
  )
  .map(([x, steps]) =>
    steps.reduce((present, [name, numbers]) => {
      let next = 0;
      const random = (below: number): number => (numbers[next++ % numbers.length] ?? 0) % below;
      return present.rank > 8 ? present : (views[name]?.(present, random) ?? present);
    }, x),
  );

function across(value: unknown): unknown {
  return decode(encode(value, wireTensors), wireTensors);
}

function bytesOf(x: Tensor): readonly number[] {
  return [...new Uint8Array(x.data.buffer, x.data.byteOffset, x.data.byteLength)];
}

function arrives(sent: Tensor, there: unknown): Tensor {
  assert.ok(there instanceof Tensor, String(there));
  assert.deepEqual([there.shape, there.dtype, there.size], [sent.shape, sent.dtype, sent.size]);
  return there;
}

describe(`a tensor that crosses between the realms ${seeded}`, function () {
  this.timeout(60_000);

  it('arrives with every bit, whatever its shape and whatever NaNs it holds', () => {
    fc.assert(
      fc.property(contiguous, (sent) => assert.deepEqual(bytesOf(arrives(sent, across(sent))), bytesOf(sent))),
      settings(300),
    );
  });

  it('arrives with every number when it is a view, and takes nothing else along', () => {
    fc.assert(
      fc.property(tensors, (sent) => {
        const wire = encode(sent, wireTensors);
        const there = arrives(sent, decode(wire, wireTensors));
        // Reading a view may make another NaN of a NaN, and of no other number another.
        assert.deepEqual([...there.data], [...sent.data]);
        const size = sent.size * (sent.dtype === 'float32' ? 4 : 8);
        assert.equal(wire.bytes.byteLength, Math.ceil(size / 8) * 8);
      }),
      settings(300),
    );
  });

  it('arrives beside others of the same storage, each on its own', () => {
    fc.assert(
      fc.property(contiguous, fc.array(fc.constantFrom(...Object.keys(views)), { maxLength: 4 }), (x, names) => {
        const sent = [x, ...names.map((name) => views[name]?.(x, () => 0) ?? x), x];
        const there = across({ list: sent }) as { readonly list: readonly Tensor[] };
        sent.forEach((each, index) => arrives(each, there.list[index]));
        for (const each of there.list) each.data.fill(7);
        assert.ok(there.list.every(({ data }) => data.every((value) => value === 7)));
        assert.equal(new Set(there.list.map(({ data }) => data.buffer)).size, sent.length);
      }),
      settings(150),
    );
  });

  it('is the same on the wire as what it came from, and another as soon as one bit differs', () => {
    fc.assert(
      fc.property(contiguous, fc.nat(), (sent, at) => {
        const wire = encode(sent, wireTensors);
        const again = decode(wire, wireTensors) as Tensor;
        assert.ok(sameWire(wire, encode(again, wireTensors)));
        if (sent.size === 0) return;
        const bytes = new Uint8Array(again.data.buffer);
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << (at % 8));
        assert.ok(!sameWire(wire, encode(again, wireTensors)));
      }),
      settings(300),
    );
  });

  it('that is cut short on the way is never taken for a tensor, and never throws', () => {
    fc.assert(
      fc.property(fc.tuple(tensors, tensors), fc.nat(), fc.boolean(), (sent, at, cutText) => {
        const whole = encode(sent, wireTensors);
        const wire: Wire = cutText
          ? { ...whole, text: whole.text.slice(0, at % whole.text.length) }
          : { ...whole, bytes: whole.bytes.slice(0, at % Math.max(1, whole.bytes.byteLength)) };
        const isCut = cutText || wire.bytes.byteLength < whole.bytes.byteLength;
        const there = decode(wire, wireTensors);
        if (isCut && !onlyPaddingIsMissing(sent, wire))
          assert.ok(there instanceof ForeignValue, JSON.stringify(wire.text));
      }),
      settings(300),
    );
  });

  /** Blocks are filled up to eight bytes; of the last one that may be missing. */
  function onlyPaddingIsMissing(sent: readonly Tensor[], wire: Wire): boolean {
    const end = sent.reduce((offset, x) => (x.size === 0 ? offset : Math.ceil(offset / 8) * 8 + x.data.byteLength), 0);
    return wire.bytes.byteLength >= end && wire.text === encode(sent, wireTensors).text;
  }

  it('is decoded from nothing but a sane description of it', () => {
    const number = fc.oneof(fc.nat(20), fc.constantFrom(-1, -0, 0.5, 1e300, 2 ** 31, 2 ** 53, 2 ** 53 - 1));
    const description = fc.tuple(
      fc.constantFrom('float32', 'float64', 'int8', ''),
      fc.array(number, { maxLength: 18 }),
      number,
    );
    fc.assert(
      fc.property(description, fc.nat(128), ([dtype, shape, offset], byteLength) => {
        const numbers = (list: readonly number[]): string =>
          `[${list.map((value) => (Object.is(value, -0) ? '-0' : String(value))).join()}]`;
        const text = `["t","${dtype}",${numbers(shape)},${numbers([offset]).slice(1, -1)}]`;
        const there = decode({ text, bytes: new ArrayBuffer(byteLength) }, wireTensors);
        if (there instanceof ForeignValue) return;
        assert.ok(there instanceof Tensor, String(there));
        assert.equal(there.data.length, there.size);
        assert.ok(there.data.byteLength <= byteLength);
        assert.ok(
          there.shape.every((length) => Number.isSafeInteger(length) && length >= 0 && !Object.is(length, -0)),
          text,
        );
      }),
      settings(2_000),
    );
  });

  it('that is larger than may cross is named, not carried', () => {
    const huge = broadcastTo(zeros([1]), [wireLimits.bytes / 4 + 1]);
    const wire = encode([huge, 1], wireTensors);
    assert.equal(wire.bytes.byteLength, 0);
    const [there, rest] = decode(wire, wireTensors) as readonly unknown[];
    assert.ok(there instanceof ForeignValue);
    assert.equal(there.text, `a tensor of ${wireLimits.bytes / 4 + 1} numbers`);
    assert.equal(rest, 1);
  });
});
