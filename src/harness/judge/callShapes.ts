/**
 * Which shapes the learner's functions were called with, for an editor that shows them beside the parameters: one call of
 * each function, of the first check that failed by it where one did, since that is the one being thought about.
 */
import { shapesIn } from '../present/present';
import type { CallShapes, CheckOutcome } from '../report';
import type { LoggedCall } from './remote';

export class ShapesSeen {
  readonly #seen = new Map<string, { readonly shapes: CallShapes; readonly failed: boolean }>();

  constructor(private readonly exercise: string) {}

  /** In the order in which the functions were first called. */
  get all(): readonly CallShapes[] {
    return [...this.#seen.values()].map(({ shapes }) => shapes);
  }

  /** Takes note of what a check called. Probes are not calls of a function by its parameters, and are passed over. */
  note(check: {
    readonly sentence: string;
    readonly outcome: CheckOutcome;
    readonly calls: readonly LoggedCall[];
  }): void {
    const { sentence, outcome } = check;
    const calls = check.calls.filter(({ module, probe }) => module.exercise === this.exercise && probe === undefined);
    for (const name of new Set(calls.map((call) => call.function))) {
      const own = calls.filter((call) => call.function === name);
      const failed = 'call' in outcome && outcome.call?.function === name;
      const call = failed ? own.at(-1) : own[0];
      const known = this.#seen.get(name);
      if (call !== undefined && (known === undefined || (failed && !known.failed))) {
        this.#seen.set(name, { shapes: shapesOf(call, sentence), failed });
      }
    }
  }
}

function shapesOf(call: LoggedCall, check: string): CallShapes {
  const result = shapesIn(call.result);
  return {
    function: call.function,
    check,
    arguments: call.arguments.map((value) => shapesIn(value) ?? null),
    ...(result === undefined ? {} : { result }),
  };
}
