/** Texts of learners may hold anything; formats for programs may not. */

/** `text` with what neither XML 1.0 nor a terminal should get, such as escape sequences, as a visible mark. */
export function printable(text: string): string {
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isLayout = code === 9 || code === 10;
    const isControl = (code < 32 && !isLayout) || (code >= 127 && code < 160);
    const isNoCharacter = (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
    result += isControl || isNoCharacter ? '\ufffd' : character;
  }
  return result;
}
