/**
 * What a check expects. Every failure is one sentence that names what is wrong, and the data to show it: the author of a
 * check writes neither.
 */
import type { Comparable, Expect, Tolerance } from '../../authoring';
import { Tensor } from '../../tensor';
import type { Mismatch } from '../report';
import { describeIndex, describeShape, formatNumber } from '../present/formatNumber';
import { describeType, viewOf } from '../present/viewOf';
import { answerOf, cellDifference, firstDifference, named } from './compare';
import type { Difference, Subject } from './compare';
import { gradientTolerance, gradientsAgree, numericGradient } from './numericGradient';
import type { ScalarFunction } from './numericGradient';
import type { RecordedCall } from './recordedCall';

/** Thrown by `expect` when a check does not hold. */
export class CheckFailed extends Error {
  readonly sentence: string;
  readonly mismatch: Mismatch;
  /** Which of the recorded calls gave the wrong answer. */
  readonly callIndex: number | undefined;

  constructor(failure: {
    readonly sentence: string;
    readonly mismatch: Mismatch;
    readonly callIndex?: number | undefined;
  }) {
    super(failure.sentence);
    this.name = 'CheckFailed';
    this.sentence = failure.sentence;
    this.mismatch = failure.mismatch;
    this.callIndex = failure.callIndex;
  }
}

export interface ExpectOptions {
  /** The calls made so far in this check, in order; unless an answer is found among their results, it is the last one's. */
  readonly calls: () => readonly RecordedCall[];
  /**
   * What the learner's code threw, if that is what `error` stands for. A time limit, exhausted memory or a fault of the
   * harness is not, and `throws` lets it pass through. Without this, every `Error` counts.
   */
  readonly thrownByLearner?: (error: unknown) => { readonly name: string; readonly message: string } | undefined;
}

/** What `close` allows unless a check says otherwise. */
export const defaultTolerance: Tolerance = { absolute: 1e-5, relative: 1e-4 };
const exactly: Tolerance = { absolute: 0, relative: 0 };

export function createExpect({ calls, thrownByLearner = anyError }: ExpectOptions): Expect {
  /** The call that answered with `value`. */
  const callOf = (value: unknown): number | undefined => {
    const made = calls();
    const found =
      typeof value === 'object' && value !== null ? made.findLastIndex(({ result }) => result === value) : -1;
    return found >= 0 ? found : made.length > 0 ? made.length - 1 : undefined;
  };
  const subjectOf = (value: unknown, subject: string | undefined): Subject => {
    const index = callOf(value);
    const call = index === undefined ? undefined : calls()[index];
    return subject === undefined ? (call ? answerOf(call.function) : named('the result')) : named(subject);
  };
  const fail = ({ sentence, mismatch }: Difference, callIndex: number | undefined): never => {
    throw new CheckFailed({ sentence, mismatch, callIndex });
  };
  const compare = (
    actual: Comparable,
    expected: Comparable,
    options: { readonly tolerance: Tolerance; readonly subject?: string | undefined },
  ): void => {
    const { tolerance } = options;
    const difference = firstDifference({ actual, expected, tolerance, subject: subjectOf(actual, options.subject) });
    if (difference) {
      fail(difference, callOf(actual));
    }
  };

  return {
    close(actual, expected, { tolerance = defaultTolerance, subject } = {}) {
      compare(actual, expected, { tolerance, subject });
    },

    equal(actual, expected, { subject } = {}) {
      compare(actual, expected, { tolerance: exactly, subject });
    },

    async throws(call, { because, mentioning = [] }) {
      let answer: unknown;
      let thrown: { readonly name: string; readonly message: string } | undefined;
      try {
        answer = await call;
      } catch (error) {
        thrown = thrownByLearner(error);
        if (!thrown || thrown.message.startsWith('TODO')) {
          throw error;
        }
      }
      const index = callOf(answer);
      const name = index === undefined ? 'The call' : `\`${calls()[index]?.function}\``;
      if (!thrown) {
        const sentence = `${name} should throw an error here, because ${because}; it returned ${describeType(answer)}.`;
        return fail({ sentence, mismatch: { kind: 'didNotThrow', expected: because, actual: viewOf(answer) } }, index);
      }
      const { message } = thrown;
      const missing = mentioning.find((wanted) =>
        typeof wanted === 'string' ? !message.toLowerCase().includes(wanted.toLowerCase()) : message.search(wanted) < 0,
      );
      if (missing !== undefined) {
        const wanted = typeof missing === 'string' ? `“${missing}”` : String(missing);
        const said = `${thrown.name}: ${message.length > 200 ? `${message.slice(0, 199)}…` : message}`;
        const sentence = `${name} threw, as it should, but its message does not mention ${wanted}: “${said}”.`;
        fail(
          { sentence, mismatch: { kind: 'wrongError', expected: `a message that mentions ${wanted}`, actual: said } },
          index,
        );
      }
    },

    inputsUnchanged() {
      for (const [callIndex, call] of calls().entries()) {
        const changed = call.changedArguments[0];
        if (changed) {
          const argument = call.argumentNames[changed.index] ?? `argument ${changed.index + 1}`;
          const mismatch: Mismatch = {
            kind: 'inputChanged',
            argument,
            before: viewOf(changed.before),
            after: viewOf(changed.after),
          };
          fail({ sentence: `\`${call.function}\` changed its argument \`${argument}\`.`, mismatch }, callIndex);
        }
      }
    },

    async gradient(actual, { of, at, subject }) {
      const callIndex = callOf(actual);
      const difference = await gradientDifference({ actual, of, at, subject });
      if (difference) {
        fail(difference, callIndex);
      }
    },

    that(condition, sentence, ...actual) {
      if (!condition) {
        const mismatch: Mismatch =
          actual.length === 0 ? { kind: 'condition' } : { kind: 'condition', actual: viewOf(actual[0]) };
        fail({ sentence, mismatch }, callOf(actual[0]));
      }
    },
  };
}

interface GradientComparison {
  readonly actual: unknown;
  readonly of: ScalarFunction;
  readonly at: Tensor;
  readonly subject: string;
}

async function gradientDifference({ actual, of, at, subject }: GradientComparison): Promise<Difference | undefined> {
  const about = named(subject);
  if (!(actual instanceof Tensor) || actual.shape.join() !== at.shape.join()) {
    const difference = firstDifference({ actual, expected: at, subject: about, tolerance: exactly });
    const reason = ` A gradient has the shape of what it is taken by: ${describeShape(at.shape)}.`;
    return difference && { ...difference, sentence: difference.sentence + reason };
  }
  const expected = await numericGradient(of, at);
  const mismatch = cellDifference({
    actual,
    expected,
    subject: about,
    tolerance: gradientTolerance,
    agree: gradientsAgree,
  });
  if (!mismatch) {
    return undefined;
  }
  const { worst, wrongCount, count, pattern } = mismatch;
  const [got, wanted] = [actual.data[worst.position] ?? NaN, expected.data[worst.position] ?? NaN];
  const relative = formatNumber(Math.abs(got - wanted) / Math.max(Math.abs(got), Math.abs(wanted)), 3);
  const place = at.rank === 0 ? subject : `${subject}${describeIndex(worst.index)}`;
  const others =
    count === 1 ? '' : `; ${wrongCount} of ${count} numbers differ${pattern === undefined ? '' : ` (${pattern})`}`;
  return {
    sentence: `${place} is ${worst.actual}, but central differences give ${worst.expected} (relative error ${relative})${others}.`,
    mismatch: { ...mismatch, worst: { ...worst, relative } },
  };
}

function anyError(error: unknown): { readonly name: string; readonly message: string } | undefined {
  return error instanceof Error ? { name: error.name, message: error.message } : undefined;
}
