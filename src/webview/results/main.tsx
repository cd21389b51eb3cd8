/**
 * The results page: what the extension sends it, drawn. It keeps no judgement of its own; it remembers only what was
 * unfolded, so that a hidden or reloaded panel comes back as it was.
 */
import { render } from 'preact';
import { connectHost } from '../host';
import type { FromResults, ResultsState, ToResults } from '../protocol';
import { ResultsApp } from './ResultsApp';
import { forgetfulMemory, sameRun, type ResultsMemory } from './memory';

const host = connectHost<ToResults, FromResults, ResultsMemory>();
const root = document.getElementById('root') ?? document.body;

let memory = host.recalled ?? forgetfulMemory;
let painted = 0;

function show(state: ResultsState): void {
  if (state.kind === 'report' && !sameRun(memory, state.report)) {
    remember({ ...forgetfulMemory, run: { sourceHash: state.report.sourceHash, durationMs: state.report.durationMs } });
  }
  draw(state);
  if (state.kind === 'report' && !state.stale) {
    // Says that this verdict is on the screen, for whoever measures the time from command to verdict.
    painted += 1;
    const mark = `${state.report.exercise}:${state.report.verdict}:${painted}`;
    requestAnimationFrame(() => {
      // A timer that is set while a frame is made runs once that frame is done.
      setTimeout(() => {
        document.body.dataset['painted'] = mark;
        document.body.dataset['paintedAt'] = String(performance.timeOrigin + performance.now());
      });
    });
  }
}

function draw(state: ResultsState): void {
  const atButtons = document.querySelector('.actions')?.contains(document.activeElement) ?? false;
  render(<ResultsApp state={state} memory={memory} remember={remember} post={host.post} />, root);
  if (atButtons && document.querySelector('.actions')?.contains(document.activeElement) === false) {
    // The button that was pressed has given way to another one; the keyboard stays where the next one is.
    document.querySelector<HTMLElement>('.actions .primary, .actions button')?.focus();
  }
}

function remember(next: ResultsMemory): void {
  memory = next;
  host.remember(next);
}

host.listen((message) => {
  show(message.state);
});
draw({ kind: 'empty' });
host.post({ type: 'ready' });
