/**
 * How the pages name things: one word (and one icon) for each state of an exercise, each verdict and each outcome of a
 * check, and the sentence a screen reader hears when the results change. Numbers are not formatted here; the report
 * brings them as they should be read.
 */
import type { ExerciseState } from '../course/progress';
import type { CheckOutcome, Verdict } from '../harness/report';
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
  notStarted: { icon: 'todo', word: 'Not started', tone: 'quiet' },
  inProgress: { icon: 'half', word: 'In progress', tone: 'quiet' },
  passed: { icon: 'pass', word: 'Passed', tone: 'good' },
  passedThenChanged: { icon: 'changed', word: 'Passed, changed since', tone: 'warn' },
  skipped: { icon: 'skipped', word: 'Skipped', tone: 'quiet' },
};

export const verdictLabels: Readonly<Record<Verdict, Label>> = {
  passed: { icon: 'pass', word: 'Passed', tone: 'good' },
  failed: { icon: 'fail', word: 'Failed', tone: 'bad' },
  notStarted: { icon: 'todo', word: 'Not started', tone: 'quiet' },
  didNotCompile: { icon: 'error', word: 'Did not compile', tone: 'bad' },
  threw: { icon: 'error', word: 'Threw an error', tone: 'bad' },
  timedOut: { icon: 'clock', word: 'Ran out of time', tone: 'bad' },
  outOfMemory: { icon: 'memory', word: 'Ran out of memory', tone: 'bad' },
  cancelled: { icon: 'cancelled', word: 'Cancelled', tone: 'quiet' },
  harnessFailed: { icon: 'broken', word: 'Could not check', tone: 'warn' },
};

export const outcomeLabels: Readonly<Record<CheckOutcome['status'], Label>> = {
  passed: { icon: 'pass', word: 'holds', tone: 'good' },
  failed: { icon: 'fail', word: 'fails', tone: 'bad' },
  threw: { icon: 'error', word: 'threw', tone: 'bad' },
  notStarted: { icon: 'todo', word: 'not started', tone: 'quiet' },
  timedOut: { icon: 'clock', word: 'out of time', tone: 'bad' },
  outOfMemory: { icon: 'memory', word: 'out of memory', tone: 'bad' },
  notRun: { icon: 'skipped', word: 'not run', tone: 'quiet' },
  harnessFailed: { icon: 'broken', word: 'could not check', tone: 'warn' },
};

/** What a screen reader is told when the results page changes: the verdict, of what, and why. */
export function announcementOf(state: ResultsState): string {
  switch (state.kind) {
    case 'empty':
      return '';
    case 'running':
      return `Checking ${state.title}.`;
    case 'report': {
      if (state.stale) {
        return `The file has changed since ${state.title} was checked.`;
      }
      return `${state.title}: ${verdictLabels[state.report.verdict].word}. ${state.report.sentence.replaceAll('`', '')}`;
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

/** `1 number`, `3 numbers`, `1,024 numbers`. */
export function counted(count: number, singular: string): string {
  return `${count.toLocaleString('en')} ${singular}${count === 1 ? '' : 's'}`;
}

/** `once`, `12 times`. */
export function timesInWords(count: number): string {
  return count === 1 ? 'once' : `${count.toLocaleString('en')} times`;
}

/** `12 ms`, `1.4 s`. */
export function durationInWords(milliseconds: number): string {
  return milliseconds < 1_000
    ? `${Math.max(1, Math.round(milliseconds))} ms`
    : `${Number((milliseconds / 1_000).toFixed(1))} s`;
}

/** A kernel's clock counts whole milliseconds, and small launches add up to none. */
export function kernelTimeInWords(milliseconds: number): string {
  return milliseconds < 1 ? 'under 1 ms' : durationInWords(milliseconds);
}

export function bytesInWords(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`;
}
