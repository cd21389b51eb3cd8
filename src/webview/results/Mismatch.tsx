/** Expected beside actual, in the order in which a person looks: what it is, its shape, and only then its numbers. */
import type { JSX } from 'preact';
import type { Mismatch as MismatchModel, ValueView } from '../../harness/report';
import { rich, t } from '../l10n';
import { Sentence } from '../Sentence';
import { TensorGrid, Value, type Marks } from '../TensorGrid';
import { axesThatAgree, indexInWords } from '../tensorLayout';
import { grouped, numbersInWords } from '../words';

type Of<Kind extends MismatchModel['kind']> = Extract<MismatchModel, { kind: Kind }>;

export function Mismatch({ mismatch }: { readonly mismatch: MismatchModel }): JSX.Element | null {
  switch (mismatch.kind) {
    case 'type':
      return (
        <>
          <Pair expected={<Sentence text={mismatch.expected} />} actual={<Sentence text={mismatch.actual} />} />
          {mismatch.actualValue.kind === 'text' && mismatch.actualValue.text === mismatch.actual ? null : (
            <div class="values">
              <Value name={t('yours')} value={mismatch.actualValue} />
            </div>
          )}
        </>
      );
    case 'shape':
      return <ShapeMismatch mismatch={mismatch} />;
    case 'values':
      return <ValuesMismatch mismatch={mismatch} />;
    case 'value':
      return (
        <div class="values">
          <Value name={t('expected')} value={mismatch.expected} />
          <Value name={t('yours')} value={mismatch.actual} />
        </div>
      );
    case 'didNotThrow':
      return (
        <>
          <p class="expectation">{rich('Expected an error: {0}', <Sentence text={mismatch.expected} />)}</p>
          <div class="values">
            <Value name={t('yours returned')} value={mismatch.actual} />
          </div>
        </>
      );
    case 'wrongError':
      return <Pair expected={<Sentence text={mismatch.expected} />} actual={<span>{mismatch.actual}</span>} />;
    case 'inputChanged':
      return <InputChanged mismatch={mismatch} />;
    case 'condition':
      return mismatch.actual === undefined ? null : (
        <div class="values">
          <Value name={t('yours')} value={mismatch.actual} />
        </div>
      );
    default:
      return mismatch satisfies never;
  }
}

function Pair({ expected, actual }: { readonly expected: JSX.Element; readonly actual: JSX.Element }): JSX.Element {
  return (
    <dl class="pair">
      <div>
        <dt>{t('expected')}</dt>
        <dd>{expected}</dd>
      </div>
      <div>
        <dt>{t('yours')}</dt>
        <dd class="off">{actual}</dd>
      </div>
    </dl>
  );
}

function ShapeMismatch({ mismatch }: { readonly mismatch: Of<'shape'> }): JSX.Element {
  const { expectedShape, actualShape, expected, actual } = mismatch;
  return (
    <>
      <Pair
        expected={<ShapeCompared shape={expectedShape} other={actualShape} />}
        actual={<ShapeCompared shape={actualShape} other={expectedShape} />}
      />
      <div class="values">
        <Bare name={t('expected')} value={expected} />
        <Bare name={t('yours')} value={actual} />
      </div>
    </>
  );
}

/** The caption of a value whose shape stands right above it does not say the shape again. */
function Bare({ name, value }: { readonly name: string; readonly value: ValueView }): JSX.Element {
  return value.kind === 'tensor' ? <TensorGrid view={value} name={name} bare /> : <Value name={name} value={value} />;
}

/** A shape whose axes stand out where they disagree with `other`. */
function ShapeCompared({
  shape,
  other,
}: {
  readonly shape: readonly number[];
  readonly other: readonly number[];
}): JSX.Element {
  const agrees = axesThatAgree(shape, other);
  return (
    <code class="shape">
      (
      {shape.map((length, axis) => (
        <span key={axis}>
          {axis === 0 ? '' : ', '}
          <span class={agrees[axis] === true ? 'axis' : 'axis differs'}>{length}</span>
        </span>
      ))}
      {shape.length === 1 ? ',)' : ')'}
    </code>
  );
}

function ValuesMismatch({ mismatch }: { readonly mismatch: Of<'values'> }): JSX.Element {
  const { expected, actual, worst, wrong, wrongCount, count, tolerance, pattern } = mismatch;
  const marks: Marks = { wrong: new Set(wrong), worst: worst.position, word: t('wrong') };
  const hidden = worst.position >= actual.cells.length;
  const sizes = [worst.expected, worst.actual, worst.difference, worst.relative].map((size) => <code>{size}</code>);
  return (
    <>
      {pattern === undefined ? null : (
        <p class="pattern">
          <Sentence text={pattern} />
        </p>
      )}
      <div class="values">
        <TensorGrid view={expected} name={t('expected')} marks={{ ...marks, wrong: new Set() }} />
        <TensorGrid view={actual} name={t('yours')} marks={marks} />
      </div>
      <p class="worst-line">
        {offInWords({ wrongCount, count })}{' '}
        {count === 1
          ? rich('Expected {0}, yours {1}; off by {2}, relative error {3}.', ...sizes)
          : rich(
              'Farthest off at {4}: expected {0}, yours {1}; off by {2}, relative error {3}.',
              ...sizes,
              <code>{indexInWords(worst.index)}</code>,
            )}
        {hidden ? ` ${t('It lies beyond the numbers shown.')}` : ''}
      </p>
      <p class="note">{toleranceInWords(tolerance)}</p>
    </>
  );
}

function offInWords({ wrongCount, count }: Pick<Of<'values'>, 'wrongCount' | 'count'>): string {
  if (wrongCount === count) {
    return count === 1 ? t('The number is off.') : t('All {0} numbers are off.', grouped(count));
  }
  return wrongCount === 1
    ? t('1 of {0} is off.', numbersInWords(count))
    : t('{0} of {1} are off.', grouped(wrongCount), numbersInWords(count));
}

function toleranceInWords({ absolute, relative }: Of<'values'>['tolerance']): string {
  if (absolute === 0 && relative === 0) {
    return t('Every number must agree exactly.');
  }
  const parts = [
    ...(absolute === 0 ? [] : [String(absolute)]),
    ...(relative === 0 ? [] : [t('{0} × |expected|', relative)]),
  ];
  return t('A number may be off by {0}.', parts.join(' + '));
}

function InputChanged({ mismatch }: { readonly mismatch: Of<'inputChanged'> }): JSX.Element {
  const { argument, before, after } = mismatch;
  if (before.kind !== 'tensor' || after.kind !== 'tensor') {
    return (
      <div class="values">
        <Value name={t('{0} before', argument)} value={before} />
        <Value name={t('{0} after', argument)} value={after} />
      </div>
    );
  }
  const changed = new Set(after.cells.flatMap((text, position) => (text === before.cells[position] ? [] : [position])));
  return (
    <div class="values">
      <TensorGrid view={before} name={t('{0} before', argument)} />
      <TensorGrid
        view={after}
        name={t('{0} after', argument)}
        marks={{ wrong: changed, worst: undefined, word: t('changed') }}
      />
    </div>
  );
}
