import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { hashOf, seedOf } from '../../../src/harness/sourceHash';

describe('the hash of a text', () => {
  it('is SHA-256, whatever its length', () => {
    for (let length = 0; length < 200; length += 1) {
      const text = Array.from({ length }, (_, index) => ['a', 'ß', '√', '𝄞', '\n'][index % 5]).join('');
      assert.equal(hashOf(text), createHash('sha256').update(text).digest('hex'), `${length}`);
    }
  });

  it('does not depend on line endings', () => {
    assert.equal(hashOf('a\r\nb\rc\n'), hashOf('a\nb\nc\n'));
    assert.notEqual(hashOf('a\nb'), hashOf('a b'));
  });

  it('makes seeds that differ with the text', () => {
    assert.notEqual(seedOf('1 each row sums to one'), seedOf('2 each row sums to one'));
    assert.ok(Number.isSafeInteger(seedOf('')));
  });
});
