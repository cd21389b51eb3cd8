/** What one check found, as a person needs it: a sentence, the difference, their own line, and what they were given. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CallView, CheckResult, SourcePlace, ValueView } from '../../harness/report';
import { rich, t } from '../l10n';
import { Sentence } from '../Sentence';
import { Value } from '../TensorGrid';
import { shapeInWords } from '../tensorLayout';
import { bytesInWords, durationInWords } from '../words';
import { Mismatch } from './Mismatch';
import { PlaceLink, Thrown, type Posts } from './Places';
import type { ReportState } from './ResultsApp';

interface OutcomeProps extends Posts {
  readonly check: CheckResult;
  readonly state: ReportState;
}

export function Outcome({ check, state, post }: OutcomeProps): JSX.Element {
  const { outcome } = check;
  switch (outcome.status) {
    case 'passed':
      return <p class="sentence">{t('This holds. It took {0}.', durationInWords(check.durationMs))}</p>;
    case 'failed':
      return (
        <>
          <p class="sentence">
            <Sentence text={outcome.sentence} />
          </p>
          <Mismatch mismatch={outcome.mismatch} />
          <YourLine place={outcome.place} post={post} />
          <Call call={outcome.call} />
        </>
      );
    case 'threw':
      return (
        <>
          <p class="sentence">
            {outcome.call === undefined
              ? t('Your code threw an error.')
              : rich('{0} threw an error.', <code>{outcome.call.function}</code>)}
          </p>
          <Thrown error={outcome.error} post={post} />
          <Call call={outcome.call} />
        </>
      );
    case 'notStarted':
      return (
        <>
          <p class="sentence">
            {rich(
              '{0} is still to be written: it throws the error that came with the exercise.',
              <code>{outcome.function}</code>,
            )}
          </p>
          <YourLine place={outcome.place} post={post} />
        </>
      );
    case 'timedOut':
      return (
        <>
          <p class="sentence">
            {outcome.of === undefined
              ? null
              : `${outcome.of === 'check' ? t('This check took too long:') : t('All checks together took too long:')} `}
            {rich(
              '{0} had not returned after {1} and was stopped. Does one of its loops never end?',
              calledOrAll(outcome.call),
              durationInWords(outcome.limitMs),
            )}
          </p>
          <YourLine place={outcome.place} post={post} />
          <Call call={outcome.call} />
        </>
      );
    case 'outOfMemory':
      return (
        <>
          <p class="sentence">
            {rich(
              '{0} asked for more than {1} of memory and was stopped.',
              calledOrAll(outcome.call),
              bytesInWords(outcome.limitBytes),
            )}
          </p>
          <Call call={outcome.call} />
        </>
      );
    case 'notRun':
      return <p class="sentence">{rich('Not run: {0}', <Sentence text={outcome.because} />)}</p>;
    case 'harnessFailed':
      return (
        <>
          <p class="sentence">
            {t(
              'Ground Up could not carry out this check. The fault is not yours, and it says nothing about {0}.',
              state.file,
            )}
          </p>
          <pre>{outcome.message}</pre>
        </>
      );
    default:
      return outcome satisfies never;
  }
}

/** The function that was called, or all of the learner's code where none was. */
function calledOrAll(call: CallView | undefined): JSX.Element {
  return call === undefined ? <>{t('Your code')}</> : <code>{call.function}</code>;
}

function YourLine({ place, post }: Posts & { readonly place: SourcePlace | undefined }): JSX.Element | null {
  return place === undefined ? null : (
    <p class="your-line">{rich('Your line: {0}', <PlaceLink place={place} post={post} />)}</p>
  );
}

/** Inputs of more numbers than this start folded, so that they do not push everything else out of sight. */
const fewNumbers = 64;

function Call({ call }: { readonly call: CallView | undefined }): JSX.Element | null {
  return call === undefined ? null : <CallShown call={call} />;
}

function CallShown({ call }: { readonly call: CallView }): JSX.Element {
  const numbers = call.arguments.reduce(
    (sum, { value }) => sum + (value.kind === 'tensor' ? value.cells.length : 1),
    0,
  );
  const [open, setOpen] = useState(numbers <= fewNumbers);
  const list = call.arguments.map(({ name, value }) => `${name}${shapeOf(value)}`).join(', ');
  return (
    <details class="call" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {call.probe === undefined
          ? rich('Called as {0}', <code>{`${call.function}(${list})`}</code>)
          : rich('Called by {0} with {1}', <code>{call.probe}</code>, <code>{list}</code>)}
      </summary>
      <div class="values">
        {!open ? null : call.arguments.map(({ name, value }) => <Value key={name} name={name} value={value} />)}
      </div>
    </details>
  );
}

function shapeOf(value: ValueView): string {
  return value.kind === 'tensor' ? ` ${shapeInWords(value.shape)}` : '';
}
