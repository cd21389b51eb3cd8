/** What one can ask the run that is looked at. */
import type { JSX } from 'preact';
import type { FromLab, QuestionField } from '../../labProtocol';
import type { Answer, LabRun, RunsModel } from '../labModel';
import { DigitPad } from './DigitPad';
import { TextQuestion } from './TextQuestion';

export interface QuestionProps<F extends QuestionField> {
  readonly field: F;
  /** The run that is asked. */
  readonly run: string;
  readonly runs: readonly LabRun[];
  readonly answer: Answer | undefined;
  readonly post: (message: FromLab) => void;
}

interface QuestionsProps {
  readonly model: RunsModel;
  readonly run: string;
  readonly post: (message: FromLab) => void;
}

export function Questions({ model, run, post }: QuestionsProps): JSX.Element {
  return (
    <>
      {model.questions.map((field) => {
        const answer = Object.hasOwn(model.answers, field.name) ? model.answers[field.name] : undefined;
        const shared = { run, runs: model.runs, answer, post };
        return field.kind === 'digit-pad' ? (
          <DigitPad key={field.name} field={field} {...shared} />
        ) : (
          <TextQuestion key={field.name} field={field} {...shared} />
        );
      })}
    </>
  );
}
