/** The Try It page: the form as the extension sends it, and what came of the last call. */
import { render } from 'preact';
import { connectHost } from '../host';
import type { FromTry, ToTry } from '../protocol';
import { TryItApp, type TryItState } from './TryItApp';

const host = connectHost<ToTry, FromTry, undefined>();
const root = document.getElementById('root') ?? document.body;
let state: TryItState = { forms: 0, running: false };

function show(next: Partial<TryItState>): void {
  state = { ...state, ...next };
  render(<TryItApp state={state} post={host.post} />, root);
}

host.listen((message) => {
  switch (message.type) {
    case 'form': {
      const { form } = message;
      const isOther = state.form?.exercise !== form.exercise;
      const kept = isOther ? { report: undefined } : {};
      return show({ form, forms: state.forms + 1, problem: undefined, notice: form.notice, ...kept });
    }
    case 'running':
      return show({ running: true, problem: undefined, notice: undefined });
    case 'problem':
      return show({ running: false, problem: message.problem, notice: undefined });
    case 'notice':
      return show({ running: false, notice: message.sentence });
    case 'noReference':
      return show({ refusals: (state.refusals ?? 0) + 1 });
    case 'result':
      return show({ running: false, report: message.report, problem: undefined });
    default:
      message satisfies never;
  }
});
show({});
host.post({ type: 'ready' });
