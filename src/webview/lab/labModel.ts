/**
 * What the page knows, as a pure function of the messages that came: the state, its runs with their points, and the
 * newest answer to each question. Points are gathered in place, everything else is replaced.
 */
import type { LabState, RunFacts, RunProgress, RunSnapshot, PageView, ToLab } from '../labProtocol';
import { RunCurves } from './curves/runCurves';

export interface LabRun {
  readonly facts: RunFacts;
  readonly progress: RunProgress;
  readonly curves: RunCurves;
  readonly views: readonly PageView[];
  readonly viewsStep: number | undefined;
}

export type Answer = Extract<ToLab, { type: 'answer' }>;

type RunState = Extract<LabState, { kind: 'run' }>;

export interface RunsModel extends Omit<RunState, 'runs'> {
  readonly runs: readonly LabRun[];
  /** The newest answer to each question, by the question's name. */
  readonly answers: Readonly<Record<string, Answer>>;
}

export type LabModel = Exclude<LabState, { kind: 'run' }> | RunsModel;

export const emptyModel: LabModel = { kind: 'empty', sentence: '' };

/** The model after a message. A message about a run that is not here changes nothing. */
export function received(model: LabModel, message: ToLab): LabModel {
  if (message.type === 'state') {
    return modelOf(message.state, model);
  }
  if (model.kind !== 'run') {
    return model;
  }
  switch (message.type) {
    case 'runAdded': {
      const others = model.runs.filter(({ facts }) => facts.id !== message.run.facts.id);
      return { ...model, runs: [...others, runOf(message.run)] };
    }
    case 'runRemoved':
      return { ...model, runs: model.runs.filter(({ facts }) => facts.id !== message.run) };
    case 'steps':
      return changed(model, message.run, (run) => {
        run.curves.append(message.points);
        return { ...run, progress: message.progress };
      });
    case 'views':
      return changed(model, message.run, (run) => ({ ...run, views: message.views, viewsStep: message.step }));
    case 'answer': {
      const known = Object.hasOwn(model.answers, message.question) ? model.answers[message.question] : undefined;
      return known !== undefined && known.request > message.request
        ? model
        : { ...model, answers: { ...model.answers, [message.question]: message } };
    }
    default:
      return message satisfies never;
  }
}

function modelOf(state: LabState, before: LabModel): LabModel {
  if (state.kind !== 'run') {
    return state;
  }
  const isSame = before.kind === 'run' && before.exercise === state.exercise;
  return { ...state, runs: state.runs.map(runOf), answers: isSame ? before.answers : {} };
}

function runOf({ facts, progress, points, views, viewsStep }: RunSnapshot): LabRun {
  return { facts, progress, curves: new RunCurves(points), views, viewsStep };
}

function changed(model: RunsModel, id: string, change: (run: LabRun) => LabRun): RunsModel {
  return { ...model, runs: model.runs.map((run) => (run.facts.id === id ? change(run) : run)) };
}
