/** The circumstances of a run: what was printed, what computed, whose earlier work took part, how long, which seed. */
import type { ComponentChildren, JSX } from 'preact';
import type { ConsoleOutput, Report } from '../../harness/report';
import { Sentence } from '../Sentence';
import { counted, durationInWords, kernelTimeInWords, timesInWords } from '../words';

export function RunFacts({ report }: { readonly report: Report }): JSX.Element {
  const stoodIn = report.earlier.filter(({ author }) => author === 'reference');
  const own = report.earlier.filter(({ author }) => author === 'learner');
  return (
    <footer class="run-facts">
      <Console output={report.console} />
      <dl>
        {stoodIn.length === 0 ? null : (
          <Fact name="Stood in">
            The reference solution took the place of {stoodIn.map(({ exercise }) => exercise).join(', ')}, which you
            have not passed as it now stands.
          </Fact>
        )}
        {own.length === 0 ? null : <Fact name="Used">your own {own.map(({ exercise }) => exercise).join(', ')}</Fact>}
        {report.backends.map((use) => (
          <Fact name="Ran on" key={`${use.backend} ${use.ran}`}>
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
          <Fact name="Kernel" key={kernel}>
            <code>{kernel}</code>, launched {timesInWords(launches)}: cell by cell {kernelTimeInWords(cellByCellMs)},
            through GPU.js {kernelTimeInWords(gpuJsMs)}
          </Fact>
        ))}
        {report.ranIn === undefined ? null : (
          <Fact name="Judged in">
            a worker of this browser, beside which nothing watches memory: code that fills it may take this window
            along. In VS Code on a computer or a server, a check has a process of its own, which is ended instead.
          </Fact>
        )}
        <Fact name="Time">{durationInWords(report.durationMs)}</Fact>
        <Fact name="Seed">
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
        Your console output <span class="count">{counted(output.lines.length + output.dropped, 'line')}</span>
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
          {counted(output.dropped, 'more line')} dropped: only the first {output.lines.length} are kept.
        </p>
      ) : null}
    </details>
  );
}
