/** The form that starts a run: one field for each setting, the seed, and what is wrong with a field in words below it. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { FromLab, SettingField } from '../../labProtocol';
import { t } from '../../l10n';
import { seedField } from '../memory';
import { boundsInWords, largestSeed, readForm, seedText, textOf } from './formFields';

interface SettingsFormProps {
  readonly fields: readonly SettingField[];
  readonly typed: Readonly<Record<string, string>>;
  readonly type: (typed: Readonly<Record<string, string>>) => void;
  readonly post: (message: FromLab) => void;
}

export function SettingsForm({ fields, typed, type, post }: SettingsFormProps): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const reading = readForm(fields, typed);
  const problems = tried && !reading.ok ? reading.problems : {};

  const start = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (reading.ok) {
      post({ type: 'start', settings: reading.settings, seed: reading.seed });
      setTried(false);
    } else {
      const first = [...fields.map(({ name }) => name), seedField].find((name) =>
        Object.hasOwn(reading.problems, name),
      );
      form.current?.querySelector<HTMLElement>(`[data-field="${first ?? ''}"]`)?.focus();
    }
  };
  const set = (name: string, text: string): void => type({ ...typed, [name]: text });

  return (
    <section class="settings" aria-labelledby="settings-title">
      <h2 id="settings-title">{t('New run')}</h2>
      <form ref={form} noValidate onSubmit={start}>
        <div class="fields">
          {fields.map((field) =>
            field.kind === 'choice' ? (
              <ChoiceField key={field.name} field={field} value={textOf(field, typed)} set={set} />
            ) : (
              <NumberField
                key={field.name}
                field={field}
                value={textOf(field, typed)}
                problem={problems[field.name]}
                set={set}
              />
            ),
          )}
          <NumberField
            field={{ kind: 'integer', name: seedField, label: t('Seed'), value: 1, minimum: 0, maximum: largestSeed }}
            value={seedText(typed)}
            problem={problems[seedField]}
            set={set}
          />
        </div>
        <div class="actions">
          <button type="submit" class="primary">
            {t('Start')}
          </button>
          <button
            type="button"
            class="secondary"
            onClick={() => set(seedField, String(Math.floor(Math.random() * 1_000_000)))}
          >
            {t('Another seed')}
          </button>
          <button type="button" class="secondary" onClick={() => type({})}>
            {t('As suggested')}
          </button>
        </div>
      </form>
    </section>
  );
}

interface FieldProps<F extends SettingField> {
  readonly field: F;
  readonly value: string;
  readonly problem?: string | undefined;
  readonly set: (name: string, text: string) => void;
}

type Numeric = Exclude<SettingField, { kind: 'choice' }>;

function NumberField({ field, value, problem, set }: FieldProps<Numeric>): JSX.Element {
  const id = `field-${field.name.trim()}`;
  return (
    <div class={`field${problem === undefined ? '' : ' wrong'}`}>
      <label for={id}>{field.label}</label>
      <input
        id={id}
        data-field={field.name}
        type="text"
        inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
        autocomplete="off"
        spellcheck={false}
        value={value}
        title={boundsInWords(field)}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onInput={(event) => set(field.name, event.currentTarget.value)}
      />
      {problem === undefined ? null : (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

function ChoiceField({ field, value, set }: FieldProps<Extract<SettingField, { kind: 'choice' }>>): JSX.Element {
  const id = `field-${field.name}`;
  return (
    <div class="field">
      <label for={id}>{field.label}</label>
      <select
        id={id}
        data-field={field.name}
        value={value}
        onChange={(event) => set(field.name, event.currentTarget.value)}
      >
        {field.choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </div>
  );
}
