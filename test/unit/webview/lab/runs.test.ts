import assert from 'node:assert/strict';
import type { ToLab } from '../../../../src/webview/labProtocol';
import { emptyModel, received, type LabModel, type RunsModel } from '../../../../src/webview/lab/labModel';
import { seedField } from '../../../../src/webview/lab/memory';
import { Asker } from '../../../../src/webview/lab/questions/asker';
import { readForm } from '../../../../src/webview/lab/runs/formFields';
import { progressInWords, settingsInWords, timeInWords } from '../../../../src/webview/lab/runs/runWords';
import { points, quiet, run, running, runState, settings } from '../../../fixtures/labStates';

function after(...messages: readonly ToLab[]): RunsModel {
  const model = messages.reduce<LabModel>(received, emptyModel);
  assert.equal(model.kind, 'run');
  return model;
}

const state = (...numbers: readonly number[]): ToLab => ({
  type: 'state',
  state: runState(numbers.map((number) => run({ number, progress: running }))),
});

describe('what the lab page knows', () => {
  it('grows with the steps of a run', () => {
    const model = after(state(1), {
      type: 'steps',
      run: 'run-1',
      points: points({ from: 1_200, to: 1_210 }),
      progress: { ...running, step: 1_210 },
    });
    assert.equal(model.runs[0]?.curves.lastStep, 1_210);
    assert.equal(model.runs[0].progress.step, 1_210);
  });

  it('gains and loses runs, and lets messages of unknown ones be', () => {
    const model = after(
      state(1),
      { type: 'runAdded', run: run({ number: 2 }) },
      { type: 'runRemoved', run: 'run-1' },
      { type: 'views', run: 'run-1', step: 3, views: [] },
    );
    assert.deepEqual(
      model.runs.map(({ facts }) => facts.id),
      ['run-2'],
    );
  });

  it('keeps the newest answer to a question, in whatever order answers come', () => {
    const answer = (request: number): ToLab => ({
      type: 'answer',
      request,
      run: 'run-1',
      question: 'pad',
      answer: { sentence: `answer ${String(request)}` },
    });
    assert.equal(after(state(1), answer(2), answer(1)).answers['pad']?.request, 2);
  });
});

describe('the form of a run', () => {
  it('is read as numbers and choices', () => {
    assert.deepEqual(readForm(settings, { rate: '1e-2', start: 'He', [seedField]: '42' }), {
      ok: true,
      settings: { hidden: 128, rate: 0.01, epochs: 20, start: 'He' },
      seed: 42,
    });
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['hidden', '', 'Hidden units takes a whole number from 1 to 1,024.'],
    ['hidden', '1.5', 'Hidden units takes a whole number from 1 to 1,024.'],
    ['rate', '0', 'Learning rate takes a number from 10⁻⁴ to 10.'],
    ['epochs', '2000', 'Epochs takes a whole number from 1 to 200.'],
    [seedField, '-1', 'Seed takes a whole number from 0 to 2,147,483,647.'],
  ];
  for (const [name, typed, sentence] of wrong) {
    it(`says what a field takes: ${name.trim()} "${typed}"`, () => {
      const reading = readForm(settings, { [name]: typed });
      assert.deepEqual(reading, { ok: false, problems: { [name]: sentence } });
    });
  }
});

describe('a run in words', () => {
  it('says how far it is, how fast, and how long it takes still', () => {
    assert.equal(progressInWords(running), 'step 1,200 of 3,000 · 198 steps a second · about 9 s left');
    assert.equal(progressInWords({ ...quiet, stepsPerSecond: 100, secondsLeft: 3 }), 'step 3,000 of 3,000');
    assert.equal(timeInWords(4_900), 'about 82 min');
    assert.equal(timeInWords(7_500), 'about 2 h 5 min');
  });

  it('names its settings as the form does', () => {
    assert.equal(
      settingsInWords(settings, { settings: { hidden: 64, rate: 0.5 }, seed: 3 }),
      'hidden units 64, learning rate 0.5, seed 3',
    );
  });
});

describe('a question that changes while it is asked', () => {
  it('is asked in its newest form, one at a time', async () => {
    const sent: { request: number; input: unknown }[] = [];
    const asker = new Asker({
      question: 'pad',
      pauseMs: 0,
      post: ({ request, input }) => sent.push({ request, input }),
    });
    const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    asker.ask({ run: 'run-1', input: 'a' });
    asker.ask({ run: 'run-1', input: 'ab' });
    await rest();
    asker.ask({ run: 'run-1', input: 'abc' });
    asker.ask({ run: 'run-1', input: 'abcd' });
    await rest();
    assert.deepEqual(
      sent.map(({ input }) => input),
      ['ab'],
    );
    asker.answered(sent[0]?.request ?? 0);
    await rest();
    assert.deepEqual(
      sent.map(({ input }) => input),
      ['ab', 'abcd'],
    );
    asker.dispose();
  });
});
