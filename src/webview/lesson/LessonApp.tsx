/** The lesson page around the lesson: where it stands in the course, how far one is, hints, and the ways on from here. */
import type { JSX } from 'preact';
import { Badge, Icon } from '../icons';
import type { FromLesson, LessonPage, LessonState } from '../protocol';
import { counted, stateLabels } from '../words';
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
            Open my file
          </button>
          {lesson.hasLab === true && state.state === 'passed' ? (
            <button type="button" class="secondary" onClick={() => post({ type: 'openLab' })}>
              Open lab
            </button>
          ) : null}
          <button type="button" class="primary" disabled={state.running} onClick={() => post({ type: 'check' })}>
            {state.running ? (
              <>
                <Icon name="running" /> Checking…
              </>
            ) : (
              'Check'
            )}
          </button>
        </div>
      </header>
      <main class="lesson">
        <header class="lesson-head">
          <p class="where">
            {lesson.part} · {lesson.position} · about {counted(lesson.minutes, 'minute')}
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
        <nav class="onwards" aria-label="Lessons before and after">
          <Onwards direction="Previous" to={lesson.previous} post={post} />
          <Onwards direction="Next" to={lesson.next} post={post} />
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
    <section class="hints" aria-label="Hints">
      <h2>Hints</h2>
      <ol aria-live="polite">
        {hints.map((html, number) => (
          <li key={number} class="prose" dangerouslySetInnerHTML={{ __html: html }} />
        ))}
      </ol>
      {hints.length < hintCount ? (
        <button type="button" class="secondary" onClick={() => post({ type: 'hint' })}>
          {hints.length === 0 ? 'Show a hint' : 'Show the next hint'} ({hints.length + 1} of {hintCount})
        </button>
      ) : (
        <p class="where">These are all the hints there are.</p>
      )}
    </section>
  );
}

interface OnwardsProps {
  readonly direction: 'Previous' | 'Next';
  readonly to: LessonPage['next'];
  readonly post: (message: FromLesson) => void;
}

function Onwards({ direction, to, post }: OnwardsProps): JSX.Element | null {
  return to === undefined ? (
    <span />
  ) : (
    <button
      type="button"
      class={`onward ${direction.toLowerCase()}`}
      onClick={() => post({ type: 'openExercise', exercise: to.exercise })}
    >
      <span class="where">{direction}</span>
      <span class="onward-title">{to.title}</span>
    </button>
  );
}
