/** A report as plain text: the same facts in the same order as the results panel shows them. */
import type { CallView, CheckResult, Mismatch, Report, SourcePlace, ThrownError, ValueView } from '../harness/report';
import type { TrialReport } from '../harness/trial/trialReport';

export function reportText(report: Report): string {
  const { verdict, sentence, exercise, compileProblem, loadError, harnessProblem } = report;
  const lines = [`${verdict === 'passed' ? '✓' : '✗'} ${exercise}: ${sentence}`];
  if (compileProblem !== undefined) {
    lines.push(
      `  ${placeText(compileProblem.place)}  ${compileProblem.message}`,
      `    ${compileProblem.sourceLine.trim()}`,
    );
    lines.push(...(compileProblem.hint === undefined ? [] : [`  ${compileProblem.hint}`]));
  }
  if (loadError !== undefined) {
    lines.push(...thrownLines(loadError));
  }
  if (harnessProblem !== undefined) {
    lines.push(`  ${harnessProblem}`);
  }
  lines.push(...report.checks.flatMap(checkLines));
  if (report.console.lines.length > 0) {
    lines.push('  printed:', ...report.console.lines.map(({ text }) => `    ${text}`));
    lines.push(...(report.console.dropped > 0 ? [`    … and ${report.console.dropped} lines more`] : []));
  }
  lines.push(...report.backends.map(({ backend, ran, reason }) => `  ${ran} ran on ${backend}: ${reason}`));
  for (const { kernel, launches, cellByCellMs, gpuJsMs } of report.kernels ?? []) {
    const times = `cell by cell ${Math.round(cellByCellMs)} ms, through GPU.js ${Math.round(gpuJsMs)} ms`;
    lines.push(`  ${kernel}, launched ${launches} times: ${times}`);
  }
  const reference = report.earlier.filter(({ author }) => author === 'reference').map(({ exercise: id }) => id);
  if (reference.length > 0) {
    lines.push(`  the reference stood in for ${reference.join(', ')}`);
  }
  lines.push(`  ${Math.round(report.durationMs)} ms, seed ${report.seed}`);
  return lines.join('\n');
}

/** A trial: what was called, and what it answered. */
export function trialText(report: TrialReport): string {
  const { verdict, sentence, call, answer, place, console: printed, backends, durationMs } = report;
  const lines = [`${verdict === 'answered' ? '✓' : '✗'} ${sentence}`, ...callLines(call)];
  if (answer?.value !== undefined) lines.push(`      answered  ${valueText(answer.value)}`);
  for (const { name, before, after } of answer?.changed ?? []) {
    lines.push(`      ${name} was  ${valueText(before)}`, `      ${name} is now ${valueText(after)}`);
  }
  if (answer?.reference?.kind === 'returned') lines.push(`      reference ${valueText(answer.reference.value)}`);
  if (answer?.reference?.kind === 'threw') lines.push(`      the reference threw: ${answer.reference.message}`);
  if (place !== undefined) lines.push(`      at ${placeText(place)}`);
  if (printed.lines.length > 0) lines.push('  printed:', ...printed.lines.map(({ text }) => `    ${text}`));
  if (printed.dropped > 0) lines.push(`    … and ${printed.dropped} lines more`);
  lines.push(...backends.map(({ backend, ran, reason }) => `  ${ran} ran on ${backend}: ${reason}`));
  return [...lines, `  ${Math.round(answer?.tookMs ?? durationMs)} ms`].join('\n');
}

/** The check's sentence with its mark, and below it what led to that. */
export function checkLines({ sentence, step, outcome }: CheckResult): string[] {
  const mark =
    outcome.status === 'passed' ? '✓' : outcome.status === 'notRun' || outcome.status === 'notStarted' ? '–' : '✗';
  const head = `  ${mark} ${sentence}`;
  const ofStep = step === undefined || outcome.status === 'passed' ? [] : [`      step ${step} of the derivation`];
  const at = (place: SourcePlace | undefined): string[] =>
    place === undefined ? [] : [`      at ${placeText(place)}`];
  switch (outcome.status) {
    case 'passed':
      return [head];
    case 'failed':
      return [
        head,
        `      ${outcome.sentence}`,
        ...callLines(outcome.call),
        ...mismatchLines(outcome.mismatch),
        ...ofStep,
        ...at(outcome.place),
      ];
    case 'threw':
      return [head, ...callLines(outcome.call), ...thrownLines(outcome.error).map((line) => `    ${line}`), ...ofStep];
    case 'notStarted':
      return [head, `      ${outcome.function} is still to be written`, ...at(outcome.place)];
    case 'timedOut':
      return [
        head,
        `      took longer than ${outcome.limitMs / 1000} s`,
        ...callLines(outcome.call),
        ...at(outcome.place),
      ];
    case 'outOfMemory':
      return [
        head,
        `      took more than ${Math.round(outcome.limitBytes / 1024 / 1024)} MiB`,
        ...callLines(outcome.call),
      ];
    case 'notRun':
      return [`${head} (not run: ${outcome.because})`];
    case 'harnessFailed':
      return [head, `      the harness failed: ${outcome.message}`];
    default:
      return outcome satisfies never;
  }
}

function callLines(call: CallView | undefined): string[] {
  if (call === undefined) {
    return [];
  }
  return [
    `      called ${call.function} with`,
    ...call.arguments.map(({ name, value }) => `        ${name} = ${valueText(value)}`),
  ];
}

function mismatchLines(mismatch: Mismatch): string[] {
  const pair = (expected: string, actual: string): string[] => [
    `      expected ${expected}`,
    `      actual   ${actual}`,
  ];
  switch (mismatch.kind) {
    case 'type':
      return pair(mismatch.expected, `${mismatch.actual}: ${valueText(mismatch.actualValue)}`);
    case 'shape':
    case 'value':
      return pair(valueText(mismatch.expected), valueText(mismatch.actual));
    case 'values': {
      const { worst, tolerance, wrongCount, count, pattern } = mismatch;
      return [
        ...pair(valueText(mismatch.expected), valueText(mismatch.actual)),
        `      worst at [${worst.index.join(', ')}]: expected ${worst.expected}, got ${worst.actual}, off by ${worst.difference}`,
        `      ${wrongCount} of ${count} outside ${tolerance.absolute} + ${tolerance.relative}·|expected|`,
        ...(pattern === undefined ? [] : [`      ${pattern}`]),
      ];
    }
    case 'didNotThrow':
      return pair(`an error: ${mismatch.expected}`, valueText(mismatch.actual));
    case 'wrongError':
      return pair(`an error: ${mismatch.expected}`, mismatch.actual);
    case 'inputChanged':
      return [
        `      ${mismatch.argument} was  ${valueText(mismatch.before)}`,
        `      ${mismatch.argument} is now ${valueText(mismatch.after)}`,
      ];
    case 'condition':
      return mismatch.actual === undefined ? [] : [`      actual   ${valueText(mismatch.actual)}`];
    default:
      return mismatch satisfies never;
  }
}

function thrownLines({ name, message, place }: ThrownError): string[] {
  return [`  threw ${name}: ${message}`, ...(place === undefined ? [] : [`  at ${placeText(place)}`])];
}

function placeText({ exercise, line, column }: SourcePlace): string {
  return `${exercise}.ts:${line}:${column}`;
}

function valueText(value: ValueView): string {
  if (value.kind === 'text') {
    return value.text;
  }
  const shape = `(${value.shape.join(', ')}${value.shape.length === 1 ? ',' : ''})`;
  return `${shape} ${nested(value.cells, value.shape)}${value.omitted > 0 ? ` … ${value.omitted} more` : ''}`;
}

/** The cells in brackets, row by row; as far as they go. */
function nested(cells: readonly string[], shape: readonly number[]): string {
  const [, ...inner] = shape;
  if (inner.length === 0) {
    return shape.length === 0 ? (cells[0] ?? '') : `[${cells.join(', ')}]`;
  }
  const size = inner.reduce((product, length) => product * length, 1);
  const rows: string[] = [];
  for (let start = 0; size > 0 && start < cells.length; start += size) {
    rows.push(nested(cells.slice(start, start + size), inner));
  }
  return `[${rows.join(', ')}]`;
}
