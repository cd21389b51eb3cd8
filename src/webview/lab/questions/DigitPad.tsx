/**
 * A pad to draw a digit on, with mouse, pen, finger or keys; beside it the image that the network sees, and its answer,
 * asked again while one draws.
 */
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { QuestionField } from '../../labProtocol';
import { t } from '../../l10n';
import { PixelImage, usePalette } from '../PixelImage';
import { PixelNumbers } from '../views/ImagesView';
import { AnswerBeside } from './AnswerBeside';
import { digitImage, imageSide, penRadius, type PadPoint, type Stroke } from './digitImage';
import type { QuestionProps } from './Questions';
import { useAsker } from './useAsker';

type PadField = Extract<QuestionField, { kind: 'digit-pad' }>;

/** The keyboard's pen moves from one point of this grid to the next. */
const gridSteps = imageSide;

interface KeyPen {
  readonly x: number;
  readonly y: number;
  readonly isDown: boolean;
}

const atRest: KeyPen = { x: gridSteps / 2, y: gridSteps / 2, isDown: false };

export function DigitPad({ field, run, runs, answer, post }: QuestionProps<PadField>): JSX.Element {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [pen, setPen] = useState<KeyPen>(atRest);
  const [focused, setFocused] = useState(false);
  const drawing = useRef<number>(undefined);
  const asker = useAsker({ question: field.name, pauseMs: 60, answer, post });
  const palette = usePalette(false);
  const image = useMemo(() => digitImage(strokes), [strokes]);
  useEffect(() => {
    if (strokes.length > 0) {
      asker.ask({ run, input: image });
    } else {
      asker.forget();
    }
  }, [image, run]);

  const extend = (point: PadPoint): void =>
    setStrokes((before) => [...before.slice(0, -1), [...(before.at(-1) ?? []), point]]);
  const begin = (point: PadPoint): void => setStrokes((before) => [...before, [point]]);
  const lift = (): void => setPen((before) => ({ ...before, isDown: false }));
  const undo = (): void => {
    lift();
    setStrokes((before) => before.slice(0, -1));
  };
  const clear = (): void => {
    setPen(atRest);
    setStrokes([]);
  };

  const pressed = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step !== undefined) {
      const next = { ...pen, x: onGrid(pen.x + (step[0] ?? 0)), y: onGrid(pen.y + (step[1] ?? 0)) };
      setPen(next);
      if (pen.isDown) {
        extend(pointOf(next));
      }
    } else if (event.key === ' ') {
      setPen({ ...pen, isDown: !pen.isDown });
      if (!pen.isDown) {
        begin(pointOf(pen));
      }
    } else if (event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey))) {
      undo();
    } else if (event.key === 'Delete') {
      clear();
    } else {
      return;
    }
    event.preventDefault();
  };

  const id = `question-${field.name}`;
  return (
    <section class="question" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{field.title}</h2>
      <div class="pad-and-answer">
        <div class="pad-side">
          <svg
            class="pad"
            viewBox="0 0 1 1"
            role="application"
            aria-roledescription={t('drawing pad')}
            aria-label={field.title}
            aria-describedby={`${id}-keys`}
            tabIndex={0}
            onKeyDown={pressed}
            onFocus={() => setFocused(true)}
            onBlur={() => {
              setFocused(false);
              lift();
            }}
            onPointerDown={(event) => {
              if (event.button === 0 && drawing.current === undefined) {
                drawing.current = event.pointerId;
                event.currentTarget.setPointerCapture(event.pointerId);
                lift();
                begin(pointAt(event));
              }
            }}
            onPointerMove={(event) => {
              if (event.pointerId === drawing.current) {
                extend(pointAt(event));
              }
            }}
            onPointerUp={() => (drawing.current = undefined)}
            onPointerCancel={() => (drawing.current = undefined)}
          >
            {strokes.map((stroke, index) => (
              <path key={index} class="ink" d={pathOf(stroke)} stroke-width={2 * penRadius} />
            ))}
            {focused ? (
              <circle
                class={`key-pen${pen.isDown ? ' down' : ''}`}
                cx={pen.x / gridSteps}
                cy={pen.y / gridSteps}
                r={penRadius}
              />
            ) : null}
          </svg>
          <div class="actions">
            <button type="button" class="secondary" disabled={strokes.length === 0} onClick={undo}>
              {t('Undo')}
            </button>
            <button type="button" class="secondary" disabled={strokes.length === 0} onClick={clear}>
              {t('Clear')}
            </button>
          </div>
          <p class="note" id={`${id}-keys`}>
            {t(
              'Draw with mouse, pen or finger. Or with keys: arrows move the pen, Space puts it down and lifts it, Backspace undoes a stroke, Delete clears.',
            )}
          </p>
          <p class="unseen" aria-live="polite">
            {focused ? penInWords(pen) : ''}
          </p>
        </div>
        <div class="seen">
          <p>{t('What the network sees')}</p>
          <PixelImage
            width={imageSide}
            height={imageSide}
            values={image}
            palette={palette}
            label={t('{0} by {0} numbers, {1} of them above 0', imageSide, image.filter((ink) => ink > 0).length)}
          />
          <p class="note">
            {t('28 × 28, the drawing fitted into 20 × 20, its mass in the middle, as MNIST’s digits are.')}
          </p>
          <details class="numbers">
            <summary>{t('Numbers')}</summary>
            <PixelNumbers width={imageSide} height={imageSide} values={image} label={t('What the network sees')} />
          </details>
        </div>
        <AnswerBeside
          answer={answer}
          runs={runs}
          invitation={t('Draw a digit: the answer appears here while you draw.')}
        />
      </div>
    </section>
  );
}

function penInWords({ x, y, isDown }: KeyPen): string {
  return isDown
    ? t('Pen down, column {0}, row {1} of {2}.', x, y, gridSteps)
    : t('Pen up, column {0}, row {1} of {2}.', x, y, gridSteps);
}

const onGrid = (step: number): number => Math.min(gridSteps - 1, Math.max(1, step));

const pointOf = ({ x, y }: Pick<KeyPen, 'x' | 'y'>): PadPoint => ({ x: x / gridSteps, y: y / gridSteps });

interface OnPad {
  readonly currentTarget: Element;
  readonly clientX: number;
  readonly clientY: number;
}

function pointAt({ currentTarget, clientX, clientY }: OnPad): PadPoint {
  const box = currentTarget.getBoundingClientRect();
  const within = (value: number): number => Math.min(1, Math.max(0, value));
  return { x: within((clientX - box.left) / box.width), y: within((clientY - box.top) / box.height) };
}

/** A stroke of a single point is a dot: a line that goes nowhere, with round ends. */
function pathOf(stroke: Stroke): string {
  const [first] = stroke;
  const points = stroke.length === 1 && first !== undefined ? [first, first] : stroke;
  return `M${points.map(({ x, y }) => `${x.toFixed(4)} ${y.toFixed(4)}`).join('L')}`;
}
