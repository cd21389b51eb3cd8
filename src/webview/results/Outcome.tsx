/** What one check found, as a person needs it: a sentence, the difference, their own line, and what they were given. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CallView, CheckResult, SourcePlace, ValueView } from '../../harness/report';
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
      return <p class="sentence">This holds. It took {durationInWords(check.durationMs)}.</p>;
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
            {outcome.call === undefined ? 'Your code' : <code>{outcome.call.function}</code>} threw an error.
          </p>
          <Thrown error={outcome.error} post={post} />
          <Call call={outcome.call} />
        </>
      );
    case 'notStarted':
      return (
        <>
          <p class="sentence">
            <code>{outcome.function}</code> is still to be written: it throws the error that came with the exercise.
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
              : outcome.of === 'check'
                ? 'This check took too long: '
                : 'All checks together took too long: '}
            {outcome.call === undefined ? 'Your code' : <code>{outcome.call.function}</code>} had not returned after{' '}
            {durationInWords(outcome.limitMs)} and was stopped. Does one of its loops never end?
          </p>
          <YourLine place={outcome.place} post={post} />
          <Call call={outcome.call} />
        </>
      );
    case 'outOfMemory':
      return (
        <>
          <p class="sentence">
            {outcome.call === undefined ? 'Your code' : <code>{outcome.call.function}</code>} asked for more than{' '}
            {bytesInWords(outcome.limitBytes)} of memory and was stopped.
          </p>
          <Call call={outcome.call} />
        </>
      );
    case 'notRun':
      return (
        <p class="sentence">
          Not run: <Sentence text={outcome.because} />
        </p>
      );
    case 'harnessFailed':
      return (
        <>
          <p class="sentence">
            Ground Up could not carry out this check. The fault is not yours, and it says nothing about {state.file}.
          </p>
          <pre>{outcome.message}</pre>
        </>
      );
    default:
      return outcome satisfies never;
  }
}

function YourLine({ place, post }: Posts & { readonly place: SourcePlace | undefined }): JSX.Element | null {
  return place === undefined ? null : (
    <p class="your-line">
      Your line: <PlaceLink place={place} post={post} />
    </p>
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
        {call.probe === undefined ? (
          <>
            Called as{' '}
            <code>
              {call.function}({list})
            </code>
          </>
        ) : (
          <>
            Called by <code>{call.probe}</code> with <code>{list}</code>
          </>
        )}
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
