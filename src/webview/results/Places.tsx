/** Links into the learner's own lines, and what was thrown there. */
import type { JSX } from 'preact';
import type { SourcePlace, ThrownError } from '../../harness/report';
import { rich, t } from '../l10n';
import type { FromResults } from '../protocol';

export interface Posts {
  readonly post: (message: FromResults) => void;
}

interface PlaceLinkProps extends Posts {
  readonly place: SourcePlace;
  readonly text?: string;
}

/** A line of the learner's: `matmul.ts:12`. */
export function PlaceLink({ place, text, post }: PlaceLinkProps): JSX.Element {
  const file = `${place.exercise.split('/').at(-1) ?? place.exercise}.ts`;
  const { exercise, line, column } = place;
  return (
    <button
      type="button"
      class="link place"
      title={t('Go to line {0} of {1}', line, `${exercise}.ts`)}
      onClick={() => post({ type: 'openPlace', exercise, line, column })}
    >
      {text ?? `${file}:${line}`}
    </button>
  );
}

/** Name and message of an error, and the way it took through the learner's own lines. */
export function Thrown({ error, post }: Posts & { readonly error: ThrownError }): JSX.Element {
  return (
    <div class="thrown">
      <p class="error-line">
        <span class="error-name">{error.name}</span>: {error.message}
      </p>
      {error.place === undefined ? null : <p>{rich('at {0}', <PlaceLink place={error.place} post={post} />)}</p>}
      {error.stack.length < 2 ? null : (
        <details class="stack">
          <summary>{t('How your code got there')}</summary>
          <ol>
            {error.stack.map((line, depth) => (
              <li key={depth}>
                <code>{line.function}</code> <PlaceLink place={line.place} post={post} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}
