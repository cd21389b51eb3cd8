/**
 * The lesson page. The extension sends a lesson as HTML with the learner's state beside it; this page unfolds its
 * derivation, marks the steps that a check has tested, shows hints one at a time, and remembers where one was.
 */
import { render } from 'preact';
import { connectHost } from '../host';
import type { FromLesson, LessonPage, LessonState, ToLesson } from '../protocol';
import { LessonApp } from './LessonApp';
import { nothingRead, readingOf, withReading, type LessonMemory, type ReadingMemory } from './memory';
import { placeNow, returnTo } from './place';
import { stepOf } from './steps';

const host = connectHost<ToLesson, FromLesson, LessonMemory>();
const root = document.getElementById('root') ?? document.body;

let memory = host.recalled ?? nothingRead;
let shown: { lesson: LessonPage; state: LessonState } | undefined;
/** A step asked for before its lesson has arrived is shown once it has. */
let wanted: string | undefined;

host.listen((message) => {
  switch (message.type) {
    case 'lesson': {
      const another = shown?.lesson.exercise !== message.lesson.exercise;
      const place = placeNow(root);
      shown = { lesson: message.lesson, state: message.state };
      draw();
      if (another) {
        remember({});
        restoreScroll(readingOf(memory, message.lesson.exercise).scroll);
      } else {
        returnTo(place);
      }
      if (wanted !== undefined) {
        reveal(wanted);
      }
      break;
    }
    case 'state':
      if (shown?.lesson.exercise === message.state.exercise) {
        shown = { ...shown, state: message.state };
        draw();
      }
      break;
    case 'hints':
      if (shown !== undefined) {
        shown = { ...shown, lesson: { ...shown.lesson, hints: message.shown, hintCount: message.total } };
        draw();
        showNewestHint();
      }
      break;
    case 'revealStep':
      reveal(message.step);
      break;
    default:
      message satisfies never;
  }
});

function draw(): void {
  if (shown !== undefined) {
    const { exercise } = shown.lesson;
    render(<LessonApp {...shown} open={readingOf(memory, exercise).open} remember={remember} post={host.post} />, root);
  }
}

function remember(change: Partial<ReadingMemory>): void {
  if (shown !== undefined) {
    memory = withReading(memory, shown.lesson.exercise, change);
    host.remember(memory);
  }
}

function reveal(step: string): void {
  const details = stepOf(root, step);
  wanted = details === undefined ? step : undefined;
  if (details === undefined) {
    return;
  }
  details.open = true;
  details.scrollIntoView({ block: 'start' });
  details.querySelector('summary')?.focus({ preventScroll: true });
  root.querySelector('.arrived')?.classList.remove('arrived');
  details.classList.add('arrived');
}

function showNewestHint(): void {
  root.querySelector('.hints > ol > li:last-child')?.scrollIntoView({ block: 'nearest' });
}

/** Fonts that arrive late move the text, so the place is looked up again once they are there, unless one has moved on. */
function restoreScroll(scroll: number): void {
  window.scrollTo(0, scroll);
  const placed = window.scrollY;
  void document.fonts.ready.then(() => {
    if (window.scrollY === placed) {
      window.scrollTo(0, scroll);
    }
  });
}

let scrolled: ReturnType<typeof setTimeout> | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(() => remember({ scroll: window.scrollY }), 150);
});

host.post({ type: 'ready' });
