/** How far one is in each course: what comes next, the parts with their exercises, and progress as a file to carry. */
import type { JSX } from 'preact';
import { Badge } from '../icons';
import { rich, t } from '../l10n';
import type { FromOverview, OverviewCourse, OverviewExercise, OverviewPart, OverviewState } from '../protocol';
import { minutesInWords, stateLabels } from '../words';

interface Posts {
  readonly post: (message: FromOverview) => void;
}

export function OverviewApp({ state, post }: Posts & { readonly state: OverviewState }): JSX.Element {
  return (
    <main class="overview">
      <h1>{t('Your progress')}</h1>
      <Next state={state} post={post} />
      {state.courses.map((course) => (
        <CourseProgress key={course.id} course={course} post={post} />
      ))}
      {state.folder === undefined ? null : <Carry folder={state.folder} post={post} />}
    </main>
  );
}

function Next({ state, post }: Posts & { readonly state: OverviewState }): JSX.Element {
  const { folder, next } = state;
  if (folder === undefined) {
    return (
      <section class="next" aria-label={t('What comes next')}>
        <p>{t('Your solutions live in a folder of your own. Open an empty one to begin.')}</p>
        <button type="button" class="primary" onClick={() => post({ type: 'openFolder' })}>
          {t('Open a folder')}
        </button>
      </section>
    );
  }
  if (next === undefined) {
    return (
      <section class="next" aria-label={t('What comes next')}>
        <p>{t('Every exercise is passed or skipped. What you skipped is still there.')}</p>
      </section>
    );
  }
  return (
    <section class="next" aria-label={t('What comes next')}>
      <div>
        <p class="where">{next.state === 'inProgress' ? t('Where you left off') : t('Next')}</p>
        <p class="next-title">{next.title}</p>
        <p class="where">{t('{0} · about {1}', next.part, minutesInWords(next.minutes))}</p>
      </div>
      <button
        type="button"
        class="primary"
        onClick={() => post({ type: 'openExercise', exercise: next.exercise })}
        aria-label={next.state === 'inProgress' ? t('Continue with {0}', next.title) : t('Begin {0}', next.title)}
      >
        {next.state === 'inProgress' ? t('Continue') : t('Begin')}
      </button>
    </section>
  );
}

function CourseProgress({ course, post }: Posts & { readonly course: OverviewCourse }): JSX.Element {
  return (
    <section class="course" aria-label={course.title}>
      <h2>{course.title}</h2>
      {course.parts.map((part) => (
        <PartProgress key={part.id} part={part} post={post} />
      ))}
    </section>
  );
}

function PartProgress({ part, post }: Posts & { readonly part: OverviewPart }): JSX.Element {
  const { passed, total, title, summary, exercises } = part;
  const done = passed === total && total > 0;
  return (
    <details class="part" open={!done}>
      <summary>
        <h3 class="part-title">{title}</h3>
        <span class="part-done">
          <meter min={0} max={Math.max(1, total)} value={passed} aria-hidden="true" />
          {total === 0 ? t('no exercises yet') : t('{0} of {1} passed', passed, total)}
        </span>
      </summary>
      <p class="where">{summary}</p>
      <ol class="exercises">
        {exercises.map((exercise) => (
          <ExerciseRow key={exercise.exercise} exercise={exercise} post={post} />
        ))}
      </ol>
    </details>
  );
}

function ExerciseRow({ exercise, post }: Posts & { readonly exercise: OverviewExercise }): JSX.Element {
  const { title, minutes, optional, state } = exercise;
  return (
    <li data-state={state}>
      <button type="button" class="link" onClick={() => post({ type: 'openExercise', exercise: exercise.exercise })}>
        {title}
      </button>
      <span class="where">
        {optional ? t('optional · about {0}', minutesInWords(minutes)) : t('about {0}', minutesInWords(minutes))}
      </span>
      <Badge label={stateLabels[state]} />
    </li>
  );
}

function Carry({ folder, post }: Posts & { readonly folder: string }): JSX.Element {
  return (
    <section class="carry" aria-label={t('Progress as a file')}>
      <h2>{t('Progress as a file')}</h2>
      <p>
        {rich(
          'Your progress and all your solutions lie in {0}. One file holds them all, to keep or to carry elsewhere; an import merges and overwrites nothing.',
          <code>{folder}</code>,
        )}
      </p>
      <div class="actions">
        <button type="button" class="secondary" onClick={() => post({ type: 'export' })}>
          {t('Export progress and solutions…')}
        </button>
        <button type="button" class="secondary" onClick={() => post({ type: 'import' })}>
          {t('Import…')}
        </button>
      </div>
    </section>
  );
}
