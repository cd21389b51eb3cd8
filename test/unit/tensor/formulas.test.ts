import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as library from '../../../src/tensor';
import { formulas } from '../../../src/tensor/formulas';

/** Functions that manage, load or seed, and have nothing to write down. */
const withoutFormula = new Set(
  (
    'astype backward detach dispose grad keep loadParameters loadTensors namedParameters noGrad parameter parametersOf ' +
    'random requiresGrad saveTensors scope setByteBudget traceNonFinite zeroGrad'
  ).split(' '),
);

describe('the formulas of the library', () => {
  it('are there for every function that computes', () => {
    const functions = Object.entries(library)
      .filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name))
      .map(([name]) => name);
    assert.deepEqual(
      functions.filter((name) => !withoutFormula.has(name) && !Object.hasOwn(formulas, name)),
      [],
    );
    assert.deepEqual(
      Object.keys(formulas).filter((name) => !functions.includes(name)),
      [],
    );
  });

  it('lead to exercises that there are', () => {
    const exercises = Object.values(formulas).flatMap(({ exercise }) => (exercise === undefined ? [] : [exercise]));
    assert.deepEqual(
      exercises.filter((id) => !existsSync(`exercises/${id}/lesson.md`)),
      [],
    );
  });
});
