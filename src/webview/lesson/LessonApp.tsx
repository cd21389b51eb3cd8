/** The lesson page around the lesson: where it stands in the course, how far one is, hints, and the ways on from here. */
import type { JSX } from 'preact';
import { Badge, Icon } from '../icons';
import { t } from '../l10n';
import type { FromLesson, LessonPage, LessonState } from '../protocol';
import { minutesInWords, stateLabels } from '../words';
import { LessonBody } from './LessonBody';
import type { ReadingMemory } from './memory';

interface LessonAppProps {
  readonly lesson: LessonPage;
  readonly state: LessonState;
  /** Steps that were open when this lesson was left. */
  readonly open: readonly string[];
  readonly remember: (change: Partial<ReadingMemory>) => void;
  readonly post: (message: FromLesson) => void;
}

export function LessonApp({ lesson, state, open, remember, post }: LessonAppProps): JSX.Element {
  return (
    <>
      <header class="lesson-bar">
        <Badge label={stateLabels[state.state]} />
        <div class="actions">
          <button type="button" class="secondary" onClick={() => post({ type: 'openFile' })}>
            {t('Open my file')}
          </button>
          {lesson.hasLab === true && state.state === 'passed' ? (
            <button type="button" class="secondary" onClick={() => post({ type: 'openLab' })}>
              {t('Open lab')}
            </button>
          ) : null}
          <button type="button" class="primary" disabled={state.running} onClick={() => post({ type: 'check' })}>
            {state.running ? (
              <>
                <Icon name="running" /> {t('Checking…')}
              </>
            ) : (
              t('Check')
            )}
          </button>
        </div>
      </header>
      <main class="lesson">
        <header class="lesson-head">
          <p class="where">
            {t('{0} · {1} · about {2}', lesson.part, lesson.position, minutesInWords(lesson.minutes))}
          </p>
          <h1>{lesson.title}</h1>
        </header>
        <LessonBody
          key={lesson.exercise}
          html={lesson.html}
          open={open}
          marks={state.steps}
          stale={state.stale}
          follow={(steps) => remember({ open: steps })}
          post={post}
        />
        <Hints lesson={lesson} post={post} />
        <nav class="onwards" aria-label={t('Lessons before and after')}>
          <Onwards direction="previous" to={lesson.previous} post={post} />
          <Onwards direction="next" to={lesson.next} post={post} />
        </nav>
      </main>
    </>
  );
}

function Hints({
  lesson,
  post,
}: {
  readonly lesson: LessonPage;
  readonly post: (message: FromLesson) => void;
}): JSX.Element | null {
  const { hints, hintCount } = lesson;
  if (hintCount === 0) {
    return null;
  }
  return (
    <section class="hints" aria-label={t('Hints')}>
      <h2>{t('Hints')}</h2>
      <ol aria-live="polite">
        {hints.map((html, number) => (
          <li key={number} class="prose" dangerouslySetInnerHTML={{ __html: html }} />
        ))}
      </ol>
      {hints.length < hintCount ? (
        <button type="button" class="secondary" onClick={() => post({ type: 'hint' })}>
          {hints.length === 0
            ? t('Show a hint (1 of {0})', hintCount)
            : t('Show the next hint ({0} of {1})', hints.length + 1, hintCount)}
        </button>
      ) : (
        <p class="where">{t('These are all the hints there are.')}</p>
      )}
    </section>
  );
}

interface OnwardsProps {
  readonly direction: 'previous' | 'next';
  readonly to: LessonPage['next'];
  readonly post: (message: FromLesson) => void;
}

function Onwards({ direction, to, post }: OnwardsProps): JSX.Element | null {
  return to === undefined ? (
    <span />
  ) : (
    <button
      type="button"
      class={`onward ${direction}`}
      onClick={() => post({ type: 'openExercise', exercise: to.exercise })}
    >
      <span class="where">{direction === 'next' ? t('Next') : t('Previous')}</span>
      <span class="onward-title">{to.title}</span>
    </button>
  );
}
