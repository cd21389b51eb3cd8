/** The circumstances of a run: what was printed, what computed, whose earlier work took part, how long, which seed. */
import type { ComponentChildren, JSX } from 'preact';
import type { ConsoleOutput, Report } from '../../harness/report';
import { rich, t } from '../l10n';
import { Sentence } from '../Sentence';
import { durationInWords, grouped, kernelTimeInWords, linesInWords, timesInWords } from '../words';

export function RunFacts({ report }: { readonly report: Report }): JSX.Element {
  const stoodIn = report.earlier.filter(({ author }) => author === 'reference');
  const own = report.earlier.filter(({ author }) => author === 'learner');
  return (
    <footer class="run-facts">
      <Console output={report.console} />
      <dl>
        {stoodIn.length === 0 ? null : (
          <Fact name={t('Stood in')}>
            {t(
              'The reference solution took the place of {0}, which you have not passed as it now stands.',
              stoodIn.map(({ exercise }) => exercise).join(', '),
            )}
          </Fact>
        )}
        {own.length === 0 ? null : (
          <Fact name={t('Used')}>{t('your own {0}', own.map(({ exercise }) => exercise).join(', '))}</Fact>
        )}
        {report.backends.map((use) => (
          <Fact name={t('Ran on')} key={`${use.backend} ${use.ran}`}>
            <code>{use.backend}</code> ({use.ran}
            {use.kernelClass === undefined ? null : (
              <>
                , <code>{use.kernelClass}</code>
              </>
            )}
            ): <Sentence text={use.reason} />
          </Fact>
        ))}
        {(report.kernels ?? []).map(({ kernel, launches, cellByCellMs, gpuJsMs }) => (
          <Fact name={t('Kernel')} key={kernel}>
            {rich(
              '{0}, launched {1}: cell by cell {2}, through GPU.js {3}',
              <code>{kernel}</code>,
              timesInWords(launches),
              kernelTimeInWords(cellByCellMs),
              kernelTimeInWords(gpuJsMs),
            )}
          </Fact>
        ))}
        <Fact name={t('Time')}>{durationInWords(report.durationMs)}</Fact>
        <Fact name={t('Seed')}>
          <code>{report.seed}</code>
        </Fact>
      </dl>
    </footer>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Console({ output }: { readonly output: ConsoleOutput }): JSX.Element | null {
  if (output.lines.length === 0 && output.dropped === 0) {
    return null;
  }
  return (
    <details class="console">
      <summary>
        {t('Your console output')} <span class="count">{linesInWords(output.lines.length + output.dropped)}</span>
      </summary>
      <ol>
        {output.lines.map((line, number) => (
          <li key={number} class={`level-${line.level}`}>
            {line.level === 'log' || line.level === 'info' ? null : <span class="level">{line.level} </span>}
            {line.text}
          </li>
        ))}
      </ol>
      {output.dropped > 0 ? (
        <p class="note">
          {output.dropped === 1
            ? t('1 more line dropped: only the first {0} are kept.', grouped(output.lines.length))
            : t(
                '{0} more lines dropped: only the first {1} are kept.',
                grouped(output.dropped),
                grouped(output.lines.length),
              )}
        </p>
      ) : null}
    </details>
  );
}
