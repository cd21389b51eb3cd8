/**
 * The named steps of a derivation: `:::step <id> <Title in words>` … `:::`. In one, a line `shapes: …` gives the shapes;
 * the rest is a formula and its reason. The block rules here only find them; `renderLesson` numbers and judges them.
 */
import type { MarkdownIt, StateBlock } from 'markdown-it';

/** What the parser hands on besides tokens. */
export interface StepMeta extends Record<string, unknown> {
  readonly id: string;
  readonly title: string;
  readonly closed: boolean;
}

/** Adds the tokens `step_open` (with `StepMeta`) and `step_close`, `shapes_open` … `shapes_close`, and `stray_container`. */
export function stepRules(markdown: MarkdownIt): void {
  const alt = ['paragraph', 'reference', 'blockquote', 'list'];
  markdown.block.ruler.before('fence', 'step', stepRule, { alt });
  markdown.block.ruler.before('paragraph', 'shapes', shapesRule, { alt });
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}

function stepRule(state: StateBlock, startLine: number, ...[endLine, silent]: [number, boolean]): boolean {
  const text = lineText(state, startLine);
  if (!text.startsWith(':::') || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) {
    return false;
  }
  if (silent) {
    return true;
  }
  const match = /^:::\s*step(?:\s+(\S+))?(?:\s+(.*))?$/.exec(text);
  if (match === null || state.level > 0) {
    const stray = state.push('stray_container', '', 0);
    stray.content = text;
    stray.map = [startLine, startLine + 1];
    state.line = startLine + 1;
    return true;
  }
  const end = endOfStep(state, startLine + 1, endLine);
  const closed = end < endLine && lineText(state, end) === ':::';
  const meta: StepMeta = { id: match[1] ?? '', title: (match[2] ?? '').trim(), closed };
  const open = state.push('step_open', 'details', 1);
  open.meta = meta;
  open.map = [startLine, end];
  open.block = true;
  const { lineMax } = state;
  state.lineMax = end;
  state.md.block.tokenize(state, startLine + 1, end);
  state.lineMax = lineMax;
  state.push('step_close', 'details', -1).block = true;
  state.line = closed ? end + 1 : end;
  return true;
}

/** The line of the step's `:::`, of the next step where that is missing, or `endLine`; fences hide what they hold. */
function endOfStep(state: StateBlock, startLine: number, endLine: number): number {
  let fence: string | undefined;
  for (let line = startLine; line < endLine; line += 1) {
    const text = lineText(state, line);
    const marker = /^(`{3,}|~{3,})/.exec(text)?.[1];
    if (fence === undefined && (text === ':::' || /^:::\s*step\b/.test(text))) {
      return line;
    }
    if (marker !== undefined) {
      fence = fence === undefined ? marker : text.startsWith(fence) ? undefined : fence;
    }
  }
  return endLine;
}

function shapesRule(state: StateBlock, startLine: number, ...[, silent]: [number, boolean]): boolean {
  const match = /^shapes:\s*(.*)$/i.exec(lineText(state, startLine));
  if (match === null || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) {
    return false;
  }
  if (silent) {
    return true;
  }
  state.push('shapes_open', 'p', 1).map = [startLine, startLine + 1];
  const inline = state.push('inline', '', 0);
  inline.content = match[1] ?? '';
  inline.map = [startLine, startLine + 1];
  inline.children = [];
  state.push('shapes_close', 'p', -1);
  state.line = startLine + 1;
  return true;
}
