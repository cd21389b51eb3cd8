/** The choice of a head: tabs that the arrow keys move through, the mean of all heads first. */
import type { JSX } from 'preact';
import { t } from '../../l10n';
import type { HeadChoice } from './attentionWeights';

interface AttentionHeadsProps {
  readonly heads: number;
  readonly head: HeadChoice;
  readonly choose: (head: HeadChoice) => void;
}

export function AttentionHeads({ heads, head, choose }: AttentionHeadsProps): JSX.Element | null {
  if (heads < 2) {
    return null;
  }
  const choices: readonly HeadChoice[] = ['mean', ...Array.from({ length: heads }, (_, index) => index)];
  const pressed = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = (choices.indexOf(head) + step + choices.length) % choices.length;
      choose(choices[next] ?? 'mean');
      const group = event.currentTarget as HTMLElement;
      group.querySelectorAll<HTMLElement>('button')[next]?.focus();
    }
  };
  return (
    <div class="heads" role="radiogroup" aria-label={t('Heads')} onKeyDown={pressed}>
      {choices.map((choice) => (
        <button
          type="button"
          key={choice}
          role="radio"
          aria-checked={choice === head}
          tabIndex={choice === head ? 0 : -1}
          onClick={() => choose(choice)}
        >
          {choice === 'mean' ? t('All, mean') : t('Head {0}', choice + 1)}
        </button>
      ))}
    </div>
  );
}
