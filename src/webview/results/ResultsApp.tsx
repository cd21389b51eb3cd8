/**
 * The results page as a whole: the verdict on top, the checks below it, and what each of them found. In a wide panel
 * the checks stand at the left and the one that is selected at the right; in a narrow one each check unfolds in place.
 */
import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../l10n';
import type { FromResults, ResultsState } from '../protocol';
import { announcementOf } from '../words';
import { Accordion, CheckDetail, CheckList } from './Checks';
import { firstToLookAt, type ResultsMemory } from './memory';
import { Problem } from './Problem';
import { RunFacts } from './RunFacts';
import { RunningBar, VerdictBar } from './VerdictBar';

export interface PageProps {
  readonly state: ResultsState;
  readonly memory: ResultsMemory;
  readonly remember: (memory: ResultsMemory) => void;
  readonly post: (message: FromResults) => void;
}

export type ReportState = Extract<ResultsState, { kind: 'report' }>;

export function ResultsApp(props: PageProps): JSX.Element {
  const { state, post } = props;
  return (
    <>
      <div class="unseen" role="status" aria-live="polite">
        {announcementOf(state)}
      </div>
      <main class={`results ${state.kind}${state.kind === 'report' && state.stale ? ' stale' : ''}`}>
        {state.kind === 'empty' ? <Empty post={post} /> : null}
        {state.kind === 'running' ? <RunningBar title={state.title} post={post} /> : null}
        {state.kind === 'report' ? (
          <>
            <VerdictBar state={state} post={post} />
            <Findings key={runKey(state)} {...props} state={state} />
          </>
        ) : null}
      </main>
    </>
  );
}

/** A new run starts with everything folded as it is at first; the same run gone stale keeps what was unfolded. */
function runKey({ report }: ReportState): string {
  return `${report.sourceHash}:${report.durationMs}`;
}

function Empty({ post }: Pick<PageProps, 'post'>): JSX.Element {
  return (
    <div class="blank">
      <p>
        {t(
          'Nothing has been checked yet. Open an exercise, write your answer and check it: what holds and what does not appears here.',
        )}
      </p>
      <div class="actions">
        <button type="button" class="primary" onClick={() => post({ type: 'check' })}>
          {t('Check')}
        </button>
      </div>
    </div>
  );
}

function Findings({ state, memory, remember, post }: PageProps & { readonly state: ReportState }): JSX.Element {
  const wide = useWide();
  const [unfolded, setUnfolded] = useState(memory.unfolded);
  const [selected, setSelected] = useState(memory.selected);
  const { report } = state;
  const first = firstToLookAt(report);
  const shown = report.checks.find((check) => check.sentence === (selected ?? first));

  const fold = (sentence: string, open: boolean): void => {
    const next = { ...unfolded, [sentence]: open };
    setUnfolded(next);
    remember({ ...memory, unfolded: next, selected });
  };
  const select = (sentence: string): void => {
    setSelected(sentence);
    remember({ ...memory, unfolded, selected: sentence });
  };

  return (
    <div class={`panes ${wide ? 'wide' : 'narrow'}`}>
      {wide ? <CheckList checks={report.checks} selected={shown?.sentence} select={select} /> : null}
      <div class="beside">
        <Problem state={state} post={post} />
        {wide && shown !== undefined ? (
          <CheckDetail key={shown.sentence} check={shown} state={state} post={post} />
        ) : null}
        {wide ? null : (
          <Accordion
            checks={report.checks}
            isOpen={(sentence) => unfolded[sentence] ?? sentence === first}
            fold={fold}
            state={state}
            post={post}
          />
        )}
        <RunFacts report={report} />
      </div>
    </div>
  );
}

const wideQuery = '(min-width: 720px)';

/** Whether there is room for two columns, followed as the panel is resized. */
function useWide(): boolean {
  const [wide, setWide] = useState(() => window.matchMedia(wideQuery).matches);
  useLayoutEffect(() => {
    const query = window.matchMedia(wideQuery);
    const follow = (): void => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return wide;
}
