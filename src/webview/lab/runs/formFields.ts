/** What stands in the form of a run, read: settings as the extension wants them, or for each field what is wrong with it. */
import type { SettingField, SettingsGiven } from '../../labProtocol';
import { t } from '../../l10n';
import { seedField } from '../memory';
import { figure } from '../ticks';

export type FormReading =
  | { readonly ok: true; readonly settings: SettingsGiven; readonly seed: number }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

export const largestSeed = 2 ** 31 - 1;

const seedBounds = { kind: 'integer', label: t('Seed'), minimum: 0, maximum: largestSeed } as const;

/** The text of a field: what was typed, else what the exercise suggests. */
export function textOf(field: SettingField, typed: Readonly<Record<string, string>>): string {
  return Object.hasOwn(typed, field.name) ? (typed[field.name] ?? '') : String(field.value);
}

export function seedText(typed: Readonly<Record<string, string>>): string {
  return typed[seedField] ?? '1';
}

/** Reads the form; a problem is one sentence that says what the field takes. */
export function readForm(fields: readonly SettingField[], typed: Readonly<Record<string, string>>): FormReading {
  const problems: Record<string, string> = {};
  const settings: Record<string, number | string> = {};
  for (const field of fields) {
    const text = textOf(field, typed);
    if (field.kind === 'choice') {
      settings[field.name] = field.choices.includes(text) ? text : field.value;
      continue;
    }
    const problem = problemOf(field, text);
    if (problem === undefined) {
      settings[field.name] = Number(text);
    } else {
      problems[field.name] = problem;
    }
  }
  const seedProblem = problemOf(seedBounds, seedText(typed));
  if (seedProblem !== undefined) {
    problems[seedField] = seedProblem;
  }
  return Object.keys(problems).length > 0
    ? { ok: false, problems }
    : { ok: true, settings, seed: Number(seedText(typed)) };
}

interface Bounds {
  readonly kind: 'integer' | 'number';
  readonly label: string;
  readonly minimum: number;
  readonly maximum: number;
}

function problemOf({ kind, label, minimum, maximum }: Bounds, text: string): string | undefined {
  const value = Number(text);
  const isNumber = text.trim() !== '' && Number.isFinite(value) && (kind === 'number' || Number.isInteger(value));
  return isNumber && value >= minimum && value <= maximum
    ? undefined
    : t('{0} takes {1}.', label, boundsInWords({ kind, minimum, maximum }));
}

/** `a whole number from 1 to 1,024`. */
export function boundsInWords({ kind, minimum, maximum }: Omit<Bounds, 'label'>): string {
  // In full where it is whole: a bound is there to be typed.
  const written = (bound: number): string => (Number.isInteger(bound) ? bound.toLocaleString('en') : figure(bound));
  return kind === 'integer'
    ? t('a whole number from {0} to {1}', written(minimum), written(maximum))
    : t('a number from {0} to {1}', written(minimum), written(maximum));
}
