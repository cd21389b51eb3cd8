/** A text for the model: asked a moment after the last key, and the answer beside it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { QuestionField } from '../../labProtocol';
import { t } from '../../l10n';
import { AnswerBeside } from './AnswerBeside';
import type { QuestionProps } from './Questions';
import { useAsker } from './useAsker';

type TextField = Extract<QuestionField, { kind: 'text' }>;

export function TextQuestion({ field, run, runs, answer, post }: QuestionProps<TextField>): JSX.Element {
  const [text, setText] = useState(field.value);
  const asker = useAsker({ question: field.name, pauseMs: 300, answer, post });
  const id = `question-${field.name}`;
  return (
    <section class="question" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{field.title}</h2>
      <form
        class="text-question"
        onSubmit={(event) => {
          event.preventDefault();
          asker.ask({ run, input: text });
        }}
      >
        <input
          type="text"
          id={id}
          aria-labelledby={`${id}-title`}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            asker.ask({ run, input: event.currentTarget.value });
          }}
        />
        <button type="submit" class="secondary">
          {t('Ask')}
        </button>
      </form>
      <AnswerBeside answer={answer} runs={runs} invitation={t('The answer appears here while you type.')} />
    </section>
  );
}
