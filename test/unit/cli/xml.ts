/** A small strict reader of XML, enough to say whether a report is well formed and what its elements say. */
import assert from 'node:assert/strict';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Every element in the order of its start tag. Fails where the text is not well formed. */
export function elementsOf(xml: string): readonly Element[] {
  for (const character of xml) {
    const code = character.codePointAt(0) ?? 0;
    // What XML 1.0 admits at all, unpaired surrogates not among it.
    const isAdmitted =
      code >= 32
        ? !(code >= 0xd800 && code < 0xe000) && code !== 0xfffe && code !== 0xffff
        : [9, 10, 13].includes(code);
    assert.ok(isAdmitted, `U+${code.toString(16)} is no character of XML`);
  }
  const elements: Element[] = [];
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  assert.notEqual(body, xml, 'there is no declaration');
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const [whole, closing, name = '', attributes = '', empty, text] of body.matchAll(token)) {
    end += whole.length;
    if (text !== undefined) {
      assert.ok(open.length > 0 || text.trim() === '', `text outside the root: ${text}`);
      decoded(text);
    } else if (closing === '/') {
      assert.equal(open.pop(), name);
    } else {
      assert.ok(open.length > 0 || elements.length === 0, 'there is a second root');
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)];
      elements.push({
        name,
        attributes: Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, decoded(value)])),
      });
      if (empty !== '/') open.push(name);
    }
  }
  assert.equal(end, body.length, `this is no XML: ${body.slice(end, end + 80)}`);
  assert.deepEqual(open, []);
  return elements;
}

function decoded(text: string): string {
  assert.doesNotMatch(text, /&(?!(?:amp|lt|gt|quot|apos|#\d+);)|\]\]>/);
  return text.replace(/&(?:#(\d+)|([a-z]+));/g, (_, code: string | undefined, name: string | undefined) =>
    code === undefined ? (entities[name ?? ''] ?? '') : String.fromCodePoint(Number(code)),
  );
}
