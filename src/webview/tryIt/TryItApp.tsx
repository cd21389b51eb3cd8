/** A function, a field for each of its parameters, and below them what it answers, as a picture of its tensors. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../l10n';
import type { ArgumentProblem } from '../../harness/trial/arguments';
import type { TrialReport } from '../../harness/trial/trialReport';
import type { FromTry, TriedFunction, TryForm } from '../protocol';
import { TryResult } from './TryResult';

export interface TryItState {
  readonly form?: TryForm;
  /** Counts the forms that came, since one may come anew with other texts. */
  readonly forms: number;
  readonly running: boolean;
  readonly problem?: ArgumentProblem | undefined;
  readonly notice?: string | undefined;
  readonly report?: TrialReport | undefined;
  /** How often the learner would rather not see the reference. */
  readonly refusals?: number;
}

interface TryItProps {
  readonly state: TryItState;
  readonly post: (message: FromTry) => void;
}

export function TryItApp({ state, post }: TryItProps): JSX.Element {
  const { form, forms, report, running, notice, problem } = state;
  return (
    <main class="try-it">
      <div class="unseen" role="status" aria-live="polite">
        {running ? t('Running.') : (problem?.message ?? notice ?? report?.sentence ?? '')}
      </div>
      {form === undefined ? (
        <p class="blank">{t('Choose Try It for an exercise to call a function of yours on an input of your own.')}</p>
      ) : (
        <>
          <Form key={forms} form={form} state={state} post={post} />
          {notice === undefined ? null : <p class="note">{notice}</p>}
          {report === undefined ? null : <TryResult report={report} post={post} />}
        </>
      )}
    </main>
  );
}

function Form({ form, state, post }: TryItProps & { readonly form: TryForm }): JSX.Element {
  const { functions, filled, title } = form;
  const first = functions.find(({ whyNot }) => whyNot === undefined) ?? functions[0];
  const [name, setName] = useState(filled?.function ?? first?.name ?? '');
  const [texts, setTexts] = useState<readonly string[]>(filled?.texts ?? []);
  const [output, setOutput] = useState('');
  const [withReference, setWithReference] = useState(false);
  useEffect(() => setWithReference(false), [state.refusals]);
  const chosen = functions.find((candidate) => candidate.name === name);
  const { problem, running } = state;
  const run = (event: Event): void => {
    event.preventDefault();
    const own = fieldsOf(chosen, texts).map((_, index) => texts[index] ?? '');
    post({ type: 'run', function: name, texts: own, output, withReference });
  };
  return (
    <form class="try-form" onSubmit={run} aria-label={t('Try {0}', title)}>
      <label class="field">
        <span class="field-name">{t('Function')}</span>
        <select
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setTexts([]);
          }}
        >
          {functions.map((candidate) => (
            <option key={candidate.name} value={candidate.name}>
              {candidate.name}
            </option>
          ))}
        </select>
      </label>
      {chosen?.whyNot === undefined ? (
        <>
          {fieldsOf(chosen, texts).map((field, index) => (
            <Field
              key={`${name} ${index}`}
              id={`argument-${index}`}
              name={field.name}
              type={field.type}
              isOptional={field.isOptional}
              value={texts[index] ?? ''}
              problem={problem?.argument === index ? problem : undefined}
              change={(text) =>
                setTexts(
                  Array.from({ length: Math.max(texts.length, index + 1) }, (_, at) =>
                    at === index ? text : (texts[at] ?? ''),
                  ),
                )
              }
            />
          ))}
          {chosen?.isKernel === true ? (
            <Field
              id="output"
              name={t('output')}
              type={t('threads along x, then y')}
              isOptional={false}
              value={output}
              problem={problem?.argument === 'output' ? problem : undefined}
              change={setOutput}
            />
          ) : null}
          <div class="actions">
            <button type="submit" class="primary" disabled={running}>
              {t('Run')}
            </button>
            {running ? (
              <button type="button" onClick={() => post({ type: 'cancel' })}>
                {t('Cancel')}
              </button>
            ) : null}
            <label class="toggle">
              <input
                type="checkbox"
                checked={withReference}
                onChange={(event) => setWithReference(event.currentTarget.checked)}
              />
              {t('beside the reference')}
            </label>
          </div>
        </>
      ) : (
        <p class="note">{chosen.whyNot}</p>
      )}
    </form>
  );
}

type Parameter = TriedFunction['parameters'][number];

/** One for each parameter; a rest parameter gets another whenever its last one is filled. */
function fieldsOf(chosen: TriedFunction | undefined, texts: readonly string[]): readonly Parameter[] {
  const own = chosen?.parameters ?? [];
  const last = own.at(-1);
  if (last?.isRest !== true) return own;
  const more = Math.max(0, texts.findLastIndex((text) => text !== '') + 2 - own.length);
  return [...own, ...Array<Parameter>(more).fill(last)];
}

interface FieldProps extends Omit<Parameter, 'isRest'> {
  readonly id: string;
  readonly value: string;
  readonly problem: ArgumentProblem | undefined;
  readonly change: (text: string) => void;
}

function Field({ id, name, type, isOptional, value, problem, change }: FieldProps): JSX.Element {
  return (
    <label class="field">
      <span class="field-name">
        {name}
        <span class="field-type">{isOptional ? t('{0}, may be left out', type) : type}</span>
      </span>
      <input
        id={id}
        type="text"
        spellcheck={false}
        autocomplete="off"
        placeholder={type.includes('Tensor') ? '[[1, 2], [3, 4]]' : ''}
        value={value}
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      {problem === undefined ? null : (
        <span class="field-problem" id={`${id}-problem`}>
          {t('Column {0}: {1}', problem.column, problem.message)}
        </span>
      )}
    </label>
  );
}
