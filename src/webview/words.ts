/**
 * How the pages name things: one word (and one icon) for each state of an exercise, each verdict and each outcome of a
 * check, and the sentence a screen reader hears when the results change. Numbers are not formatted here; the report
 * brings them as they should be read.
 */
import type { ExerciseState } from '../course/progress';
import type { CheckOutcome, Verdict } from '../harness/report';
import { t } from './l10n';
import type { ResultsState } from './protocol';

export type IconName =
  | 'pass'
  | 'fail'
  | 'error'
  | 'todo'
  | 'half'
  | 'changed'
  | 'clock'
  | 'memory'
  | 'cancelled'
  | 'skipped'
  | 'broken'
  | 'paused'
  | 'stopped'
  | 'running';

/** Which of the theme's colours goes with it; the word and the icon say the same without any. */
export type Tone = 'good' | 'bad' | 'warn' | 'quiet';

export interface Label {
  readonly icon: IconName;
  readonly word: string;
  readonly tone: Tone;
}

export const stateLabels: Readonly<Record<ExerciseState, Label>> = {
  notStarted: { icon: 'todo', word: t('Not started'), tone: 'quiet' },
  inProgress: { icon: 'half', word: t('In progress'), tone: 'quiet' },
  passed: { icon: 'pass', word: t('Passed'), tone: 'good' },
  passedThenChanged: { icon: 'changed', word: t('Passed, changed since'), tone: 'warn' },
  skipped: { icon: 'skipped', word: t('Skipped'), tone: 'quiet' },
};

export const verdictLabels: Readonly<Record<Verdict, Label>> = {
  passed: { icon: 'pass', word: t('Passed'), tone: 'good' },
  failed: { icon: 'fail', word: t('Failed'), tone: 'bad' },
  notStarted: { icon: 'todo', word: t('Not started'), tone: 'quiet' },
  didNotCompile: { icon: 'error', word: t('Did not compile'), tone: 'bad' },
  threw: { icon: 'error', word: t('Threw an error'), tone: 'bad' },
  timedOut: { icon: 'clock', word: t('Ran out of time'), tone: 'bad' },
  outOfMemory: { icon: 'memory', word: t('Ran out of memory'), tone: 'bad' },
  cancelled: { icon: 'cancelled', word: t('Cancelled'), tone: 'quiet' },
  harnessFailed: { icon: 'broken', word: t('Could not check'), tone: 'warn' },
};

export const outcomeLabels: Readonly<Record<CheckOutcome['status'], Label>> = {
  passed: { icon: 'pass', word: t('holds'), tone: 'good' },
  failed: { icon: 'fail', word: t('fails'), tone: 'bad' },
  threw: { icon: 'error', word: t('threw'), tone: 'bad' },
  notStarted: { icon: 'todo', word: t('not started'), tone: 'quiet' },
  timedOut: { icon: 'clock', word: t('out of time'), tone: 'bad' },
  outOfMemory: { icon: 'memory', word: t('out of memory'), tone: 'bad' },
  notRun: { icon: 'skipped', word: t('not run'), tone: 'quiet' },
  harnessFailed: { icon: 'broken', word: t('could not check'), tone: 'warn' },
};

/** What a screen reader is told when the results page changes: the verdict, of what, and why. */
export function announcementOf(state: ResultsState): string {
  switch (state.kind) {
    case 'empty':
      return '';
    case 'running':
      return t('Checking {0}.', state.title);
    case 'report': {
      if (state.stale) {
        return t('The file has changed since {0} was checked.', state.title);
      }
      const { verdict, sentence } = state.report;
      return t('{0}: {1}. {2}', state.title, verdictLabels[verdict].word, sentence.replaceAll('`', ''));
    }
    default:
      return state satisfies never;
  }
}

/** Cuts a sentence at its backticks; one that is never closed stays as it is. */
export function codeSpans(sentence: string): readonly { readonly text: string; readonly code: boolean }[] {
  return sentence
    .split(/(`[^`]+`)/)
    .filter((text) => text !== '')
    .map((text) => {
      const code = /^`[^`]+`$/.test(text);
      return { text: code ? text.slice(1, -1) : text, code };
    });
}

/**
 * A count as the numbers beside it are written. They come from the report with a point before their fractions in every
 * language, and a point between thousands would make `1.024` of both 1024 and a little more than one.
 */
export function grouped(count: number): string {
  return count.toLocaleString('en');
}

/** `1 number`, `1,024 numbers`. */
export function numbersInWords(count: number): string {
  return count === 1 ? t('1 number') : t('{0} numbers', grouped(count));
}

/** `1 line`, `3 lines`. */
export function linesInWords(count: number): string {
  return count === 1 ? t('1 line') : t('{0} lines', grouped(count));
}

/** `1 minute`, `25 minutes`. */
export function minutesInWords(count: number): string {
  return count === 1 ? t('1 minute') : t('{0} minutes', grouped(count));
}

/** `once`, `12 times`. */
export function timesInWords(count: number): string {
  return count === 1 ? t('once') : t('{0} times', grouped(count));
}

/** `12 ms`, `1.4 s`. */
export function durationInWords(milliseconds: number): string {
  return milliseconds < 1_000
    ? t('{0} ms', Math.max(1, Math.round(milliseconds)))
    : t('{0} s', Number((milliseconds / 1_000).toFixed(1)));
}

/** A kernel's clock counts whole milliseconds, and small launches add up to none. */
export function kernelTimeInWords(milliseconds: number): string {
  return milliseconds < 1 ? t('under 1 ms') : durationInWords(milliseconds);
}

export function bytesInWords(bytes: number): string {
  return t('{0} MB', Math.round(bytes / (1024 * 1024)));
}
