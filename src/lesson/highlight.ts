/** Colours for the few lines of TypeScript in a lesson: comments, strings, numbers, keywords and names that are called. */
import { escapeHtml } from './escape';

const keywords = new Set(
  (
    'as async await break case catch class const continue default do else export extends false finally for from function ' +
    'if implements import in instanceof interface let new null number of readonly return static string switch this throw true ' +
    'try type typeof undefined void while yield boolean'
  ).split(' '),
);

const token =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|`(?:[^`\\]|\\[\s\S])*`?)|(?<number>\b\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?\b)|(?<word>[A-Za-z_$][\w$]*)/gi;

/** HTML of `source`, its tokens in `<span class="tok-…">`; text in no token is only escaped. */
export function highlightTypeScript(source: string): string {
  let html = '';
  let end = 0;
  for (const match of source.matchAll(token)) {
    html += escapeHtml(source.slice(end, match.index));
    end = match.index + match[0].length;
    const kind = kindOf(match.groups ?? {}, source.slice(end));
    html += kind === undefined ? escapeHtml(match[0]) : `<span class="tok-${kind}">${escapeHtml(match[0])}</span>`;
  }
  return html + escapeHtml(source.slice(end));
}

function kindOf(groups: Readonly<Record<string, string | undefined>>, rest: string): string | undefined {
  if (groups['word'] !== undefined) {
    return keywords.has(groups['word']) ? 'keyword' : /^\s*\(/.test(rest) ? 'call' : undefined;
  }
  return ['comment', 'string', 'number'].find((kind) => groups[kind] !== undefined);
}
