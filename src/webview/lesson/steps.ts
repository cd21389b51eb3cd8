/**
 * The derivation's steps as they stand in a lesson's HTML: `<details class="step" data-step="…">`. This module finds
 * them, adds what belongs to the page and not to the text (how the checks went, a way to the next step), and says which
 * are open.
 */
import { t } from '../l10n';
import type { LessonState } from '../protocol';
import type { Label } from '../words';

export function stepsIn(root: ParentNode): readonly HTMLDetailsElement[] {
  return [...root.querySelectorAll<HTMLDetailsElement>('details.step')];
}

export function stepOf(root: ParentNode, step: string): HTMLDetailsElement | undefined {
  return stepsIn(root).find((details) => details.dataset['step'] === step);
}

export function openSteps(root: ParentNode): readonly string[] {
  return stepsIn(root).flatMap((details) =>
    details.open && details.dataset['step'] !== undefined ? [details.dataset['step']] : [],
  );
}

/** The step that comes after `details`, wherever in the lesson it stands. */
export function stepAfter(root: ParentNode, details: HTMLDetailsElement): HTMLDetailsElement | undefined {
  const steps = stepsIn(root);
  return steps[steps.indexOf(details) + 1];
}

/** The title of a step, without its number and without what this page has added to its summary. */
export function titleOf(details: HTMLDetailsElement): string {
  return details.querySelector('summary .step-title')?.textContent ?? '';
}

export type StepMark = LessonState['steps'][string];

export const stepMarks: Readonly<Record<StepMark, Label>> = {
  holds: { icon: 'pass', word: t('holds'), tone: 'good' },
  fails: { icon: 'fail', word: t('fails'), tone: 'bad' },
};
