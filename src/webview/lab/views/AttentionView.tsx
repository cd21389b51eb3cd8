/**
 * Which token looks at which. One head at a time or the mean of all; one query at a time isolated, by pointing at a row or
 * with the arrow keys, over the tokens as they stand in the sentence; numbers on demand; what a mask shuts out is hatched.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RunViewData } from '../../labProtocol';
import { t } from '../../l10n';
import { figure, percent } from '../ticks';
import { AttentionHeads } from './AttentionHeads';
import { headsOf, headWeights, type HeadChoice, type HeadWeights } from './attentionWeights';

type Attention = Extract<RunViewData, { kind: 'attention' }>;

/** A larger matrix is no table that anyone reads; there the isolated query is what is shown. */
const mostTokens = 64;

export function AttentionView({ view }: { readonly view: Attention }): JSX.Element {
  const { tokens, weights, title } = view;
  const heads = headsOf(weights);
  const [head, setHead] = useState<HeadChoice>(heads === 1 ? 0 : 'mean');
  const [asked, setAsked] = useState(0);
  const [numbers, setNumbers] = useState(false);
  const shown = headWeights(weights, typeof head === 'number' && head >= heads ? 'mean' : head);
  const query = Math.min(asked, Math.max(0, tokens.length - 1));
  return (
    <div class="attention">
      <div class="attention-controls">
        <AttentionHeads heads={heads} head={head} choose={setHead} />
        <label class="check-label">
          <input type="checkbox" checked={numbers} onChange={(event) => setNumbers(event.currentTarget.checked)} />
          {t('Numbers')}
        </label>
      </div>
      <TokenLine tokens={tokens} weights={shown} query={query} numbers={numbers} ask={setAsked} />
      {tokens.length > mostTokens ? (
        <p class="note">
          {t('{0} tokens are too many for a table; choose one above to see where it looks.', tokens.length)}
        </p>
      ) : (
        <WeightTable title={title} tokens={tokens} weights={shown} query={query} numbers={numbers} ask={setAsked} />
      )}
      <p class="note">{t('Rows ask, columns are looked at. Hatched: exactly 0, as a mask leaves it.')}</p>
    </div>
  );
}

interface WeightsProps {
  readonly tokens: readonly string[];
  readonly weights: HeadWeights;
  readonly query: number;
  readonly numbers: boolean;
  readonly ask: (query: number) => void;
}

/** The sentence, each token with how much the isolated query takes from it. The arrow keys isolate the next one. */
function TokenLine({ tokens, weights, query, numbers, ask }: WeightsProps): JSX.Element {
  const pressed = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(tokens.length - 1, Math.max(0, query + step));
      ask(next);
      const line = event.currentTarget as HTMLElement;
      line.querySelectorAll<HTMLElement>('button')[next]?.focus();
    }
  };
  return (
    <>
      <div
        class="token-line"
        role="group"
        aria-label={t('Tokens: choose one to see where it looks')}
        onKeyDown={pressed}
      >
        {tokens.map((token, key) => {
          const weight = weights.weight(query, key);
          return (
            <button
              type="button"
              key={key}
              class={`token${key === query ? ' asks' : ''}${weights.isMasked(query, key) ? ' masked' : ''}`}
              tabIndex={key === query ? 0 : -1}
              aria-pressed={key === query}
              style={{ '--share': shadeOf(weight) }}
              onClick={() => ask(key)}
            >
              <span>{visible(token)}</span>
              <span class="token-bar" aria-hidden="true">
                <span style={{ width: `${Math.min(1, Math.max(0, weight)) * 100}%` }} />
              </span>
              {numbers ? <span class="token-number">{percent(weight)}</span> : null}
            </button>
          );
        })}
      </div>
      <p class="note" aria-live="polite">
        {inWords({ tokens, weights, query })}
      </p>
    </>
  );
}

/** `“cat” looks most at “the” (62 %), “cat” (30.1 %), “sat” (7.9 %).` */
function inWords({ tokens, weights, query }: Pick<WeightsProps, 'tokens' | 'weights' | 'query'>): string {
  const most = tokens
    .map((token, key) => ({ token, weight: weights.weight(query, key) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map(({ token, weight }) => t('“{0}” ({1})', visible(token), percent(weight)));
  const name = t('“{0}”', visible(tokens[query] ?? ''));
  return most.length === 0 ? t('{0} may look at nothing.', name) : t('{0} looks most at {1}.', name, most.join(', '));
}

function WeightTable({
  title,
  tokens,
  weights,
  query,
  numbers,
  ask,
}: WeightsProps & { readonly title: string }): JSX.Element {
  return (
    <div class="matrix-scroll" tabIndex={0} role="group" aria-label={t('{0}, table', title)}>
      <table class={`weight-table${numbers ? ' with-numbers' : ''}`}>
        <caption class="unseen">{t('{0}: a query in each row', title)}</caption>
        <thead>
          <tr>
            <td class="corner" />
            {tokens.map((token, key) => (
              <th scope="col" key={key}>
                <span>{visible(token)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token, row) => (
            <tr key={row} class={row === query ? 'asks' : ''} onPointerEnter={() => ask(row)} onClick={() => ask(row)}>
              <th scope="row">{visible(token)}</th>
              {tokens.map((_, key) => {
                const weight = weights.weight(row, key);
                return (
                  <td
                    key={key}
                    class={weights.isMasked(row, key) ? 'masked' : ''}
                    style={{ '--share': shadeOf(weight) }}
                    title={percent(weight)}
                  >
                    <span class={numbers ? '' : 'unseen'}>{figure(Number(weight.toFixed(2)))}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const shadeOf = (weight: number): string => `${Math.round(Math.sqrt(Math.min(1, Math.max(0, weight))) * 100)}%`;

/** A token that would not be seen is written as what it is. */
const visible = (token: string): string => token.replaceAll(' ', '␣').replaceAll('\n', '⏎') || '∅';
