/** What kept the checks from running at all: the text does not parse, loading it threw, or the checker itself broke. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CompileProblem } from '../../harness/report';
import { t } from '../l10n';
import { Sentence } from '../Sentence';
import { PlaceLink, Thrown, type Posts } from './Places';
import type { ReportState } from './ResultsApp';

export function Problem({ state, post }: Posts & { readonly state: ReportState }): JSX.Element | null {
  const { report } = state;
  return (
    <>
      {report.compileProblem === undefined ? null : <Compile problem={report.compileProblem} post={post} />}
      {report.loadError === undefined ? null : (
        <section class="problem">
          <h2>{t('Thrown while your file was loaded, before any check')}</h2>
          <Thrown error={report.loadError} post={post} />
        </section>
      )}
      {report.verdict === 'harnessFailed' ? (
        <section class="problem ours">
          <h2>{t('The fault is Ground Up’s, not yours')}</h2>
          <p>
            {t(
              'The checker broke down before it could judge your code, so this says nothing about your answer. Check again; if it happens again, report it with the text below.',
            )}
          </p>
          {report.harnessProblem === undefined ? null : <pre>{report.harnessProblem}</pre>}
        </section>
      ) : null}
    </>
  );
}

function Compile({ problem, post }: Posts & { readonly problem: CompileProblem }): JSX.Element {
  const caret = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const source = caret.current?.closest('pre');
    // In a line that is longer than the box, the place comes into sight; the page itself stays where it is.
    if (source && caret.current)
      source.scrollLeft = caret.current.offsetLeft - source.offsetLeft - source.clientWidth / 2;
  }, [problem]);
  return (
    <section class="problem">
      <h2>
        <Sentence text={problem.message} />
      </h2>
      <p>
        <PlaceLink place={problem.place} post={post} />
      </p>
      <pre class="source">
        <span class="line-number">{problem.place.line}</span>
        {lineOf(problem).text}
        {'\n'}
        <span class="line-number" aria-hidden="true">
          {' '.repeat(String(problem.place.line).length)}
        </span>
        <span class="caret" aria-hidden="true">
          {lineOf(problem).before}
          <span ref={caret}>^</span>
        </span>
      </pre>
      {problem.hint === undefined ? null : (
        <p class="advice">
          <Sentence text={problem.hint} />
        </p>
      )}
    </section>
  );
}

/**
 * The line without its indentation, which in deep code is all that a narrow box would show, and what stands before the
 * caret below it: the line's own tabs, so that it stands where the editor would put it.
 */
function lineOf({ sourceLine, place }: CompileProblem): { readonly text: string; readonly before: string } {
  const indentation = /^\s*/.exec(sourceLine)?.[0].length ?? 0;
  const from = Math.min(indentation, place.column - 1);
  return {
    text: sourceLine.slice(from),
    before: sourceLine.slice(from, place.column - 1).replace(/[^\t]/g, ' '),
  };
}
