/**
 * The lesson's own HTML. It is put into the page once and then furnished: each step gets a way to the next one and,
 * once a check has tested it, a mark that says how that went. Preact draws the furniture; the text stays untouched.
 */
import { render, type JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ExerciseId } from '../../course/course';
import { Badge } from '../icons';
import { t } from '../l10n';
import type { FromLesson, LessonState } from '../protocol';
import { openSteps, stepAfter, stepMarks, stepOf, stepsIn, titleOf } from './steps';

interface LessonBodyProps {
  readonly html: string;
  /** Steps that are open at first. */
  readonly open: readonly string[];
  readonly marks: LessonState['steps'];
  readonly stale: boolean;
  /** Called with the ids of the open steps whenever they change. */
  readonly follow: (open: readonly string[]) => void;
  readonly post: (message: FromLesson) => void;
}

export function LessonBody({ html, open, marks, stale, follow, post }: LessonBodyProps): JSX.Element {
  const body = useRef<HTMLDivElement>(null);
  const latest = useRef({ follow, post, open });
  latest.current = { follow, post, open };

  useLayoutEffect(() => {
    const root = body.current;
    if (root === null) {
      return;
    }
    root.innerHTML = html;
    furnish(root, latest.current.open);
    const toggled = (): void => {
      drawUnfold(root);
      latest.current.follow(openSteps(root));
    };
    const clicked = (event: MouseEvent): void =>
      followLink(event, root, (exercise) => latest.current.post({ type: 'openExercise', exercise }));
    // `toggle` does not bubble, but it can be caught on its way down.
    root.addEventListener('toggle', toggled, true);
    root.addEventListener('click', clicked);
    return () => {
      root.removeEventListener('toggle', toggled, true);
      root.removeEventListener('click', clicked);
    };
  }, [html]);

  useLayoutEffect(() => {
    if (body.current !== null) {
      mark(body.current, { marks, stale });
    }
  }, [html, marks, stale]);

  return <div class="prose lesson-body" ref={body} />;
}

function furnish(root: HTMLElement, open: readonly string[]): void {
  const [first, ...others] = stepsIn(root);
  if (others.length > 0) {
    first?.before(slot('div', 'unfold'));
  }
  for (const details of stepsIn(root)) {
    details.open = open.includes(details.dataset['step'] ?? '');
    details.querySelector('summary')?.append(slot('span', 'step-mark'));
    const next = stepAfter(root, details);
    if (next !== undefined) {
      const foot = slot('div', 'step-foot');
      details.append(foot);
      render(
        <button type="button" class="link" onClick={() => goTo(next)}>
          {t('Next: {0}', titleOf(next))}
        </button>,
        foot,
      );
    }
  }
  drawUnfold(root);
}

/** Above the first step: how many there are, and a way to see them all at once. */
function drawUnfold(root: HTMLElement): void {
  const place = root.querySelector('.unfold');
  const steps = stepsIn(root);
  const folded = steps.filter((details) => !details.open).length;
  if (place !== null) {
    render(
      <>
        <span>{t('{0} steps. Try each before you unfold it.', steps.length)}</span>
        <button type="button" class="link" onClick={() => unfoldAll(root, folded > 0)}>
          {folded > 0 ? t('Unfold all') : t('Fold all')}
        </button>
      </>,
      place,
    );
  }
}

function slot(tag: 'span' | 'div', name: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

function goTo(details: HTMLDetailsElement): void {
  details.open = true;
  const summary = details.querySelector('summary');
  summary?.focus({ preventScroll: true });
  details.scrollIntoView({ block: 'nearest' });
}

function mark(root: HTMLElement, { marks, stale }: Pick<LessonBodyProps, 'marks' | 'stale'>): void {
  for (const details of stepsIn(root)) {
    const found = marks[details.dataset['step'] ?? ''];
    const place = details.querySelector('summary .step-mark');
    if (found === undefined) {
      delete details.dataset['mark'];
    } else {
      details.dataset['mark'] = found;
    }
    if (place !== null) {
      const label = found === undefined ? undefined : stepMarks[found];
      render(
        label === undefined ? null : (
          <Badge label={{ ...label, word: stale ? t('{0} (before your last edit)', label.word) : label.word }} />
        ),
        place,
      );
    }
  }
}

/** `exercise:part/name` opens that exercise; `#step-…` unfolds the step it leads to. Other links are VS Code's. */
function followLink(event: MouseEvent, root: HTMLElement, openExercise: (exercise: ExerciseId) => void): void {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const href = link?.getAttribute('href') ?? '';
  if (href.startsWith('exercise:')) {
    event.preventDefault();
    event.stopPropagation();
    openExercise(href.slice('exercise:'.length) as ExerciseId);
  } else if (href.startsWith('#step-')) {
    const details = stepOf(root, href.slice('#step-'.length));
    if (details !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      goTo(details);
    }
  }
}

/** Unfolds every step below `root`, or folds them all. */
function unfoldAll(root: HTMLElement, open: boolean): void {
  for (const details of stepsIn(root)) {
    details.open = open;
  }
}
