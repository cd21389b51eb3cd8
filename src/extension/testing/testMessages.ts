/** What the Testing view says of a check that does not hold: its sentence, both sides of the difference, and the line. */
import * as vscode from 'vscode';
import { linesOf, sidesOf } from '../../harness/present/sidesOf';
import type { CallView, CheckOutcome, CompileProblem, SourcePlace, ThrownError } from '../../harness/report';

/** The learner's file of a place, as the editor counts lines and columns. */
export type Locate = (place: SourcePlace) => vscode.Location;

/** `undefined` for an outcome that is no failure. */
export function messageOfOutcome(outcome: CheckOutcome, locate: Locate): vscode.TestMessage | undefined {
  switch (outcome.status) {
    case 'passed':
    case 'notStarted':
    case 'notRun':
      return undefined;
    case 'failed': {
      const { mismatch, sentence, call, place } = outcome;
      const sides = sidesOf(mismatch);
      const shown = mismatch.kind === 'condition' && mismatch.actual !== undefined ? linesOf(mismatch.actual) : '';
      const words = [sentence, shown, callLine(call)].filter((line) => line !== '').join('\n');
      const message =
        sides === undefined
          ? new vscode.TestMessage(words)
          : vscode.TestMessage.diff(words, sides.expected, sides.actual);
      return placed(message, place, locate);
    }
    case 'threw':
      return messageOfError(outcome.error, locate, callLine(outcome.call));
    case 'timedOut':
      return placed(
        new vscode.TestMessage(
          [vscode.l10n.t('No answer after {0} s.', outcome.limitMs / 1_000), callLine(outcome.call)].join('\n').trim(),
        ),
        outcome.place,
        locate,
      );
    case 'outOfMemory':
      return new vscode.TestMessage(
        [
          vscode.l10n.t('More than {0} MB of memory were needed.', Math.round(outcome.limitBytes / 2 ** 20)),
          callLine(outcome.call),
        ]
          .join('\n')
          .trim(),
      );
    case 'harnessFailed':
      return new vscode.TestMessage(
        vscode.l10n.t('This is a fault of the harness and says nothing about your code: {0}', outcome.message),
      );
    default:
      return outcome satisfies never;
  }
}

/** An error of the learner's code, with the lines of theirs that it passed through. */
export function messageOfError(error: ThrownError, locate: Locate, below = ''): vscode.TestMessage {
  const message = new vscode.TestMessage([`${error.name}: ${error.message}`, below].join('\n').trim());
  message.stackTrace = error.stack.map(({ function: name, place }) => {
    const { uri, range } = locate(place);
    return new vscode.TestMessageStackFrame(name, uri, range.start);
  });
  return placed(message, error.place, locate);
}

export function messageOfProblem({ message, hint, place }: CompileProblem, locate: Locate): vscode.TestMessage {
  return placed(new vscode.TestMessage(hint === undefined ? message : `${message} ${hint}`), place, locate);
}

function placed(message: vscode.TestMessage, place: SourcePlace | undefined, locate: Locate): vscode.TestMessage {
  if (place !== undefined) {
    message.location = locate(place);
  }
  return message;
}

/** `matmul(A = Tensor (2, 3), B = …)`: enough to tell the call; the results page shows its numbers. */
function callLine(call: CallView | undefined): string {
  if (call === undefined) {
    return '';
  }
  const given = call.arguments.map(({ name, value }) => `${name} = ${linesOf(value).replaceAll('\n', ' ')}`).join(', ');
  return vscode.l10n.t('Called: {0}', `${call.function}(${given.length > 300 ? `${given.slice(0, 299)}…` : given})`);
}
