/** One small picture of numbers, in the theme's colours, and the palette that follows the theme. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { paintPixels, rgbOf, type Palette } from './pixels';
import { followTheme, readTheme } from './theme';

interface PixelImageProps {
  readonly width: number;
  readonly height: number;
  /** Row by row, from 0 to 1; with a colour for what lies below zero, from −1 to 1. */
  readonly values: Float32Array;
  readonly palette: Palette;
  /** Said by a screen reader; without it the picture is decoration beside its words. */
  readonly label?: string;
}

export function PixelImage({ width, height, values, palette, label }: PixelImageProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) {
      paintPixels(canvas.current, { width, height, values }, palette);
    }
  }, [values, palette]);
  return label === undefined ? (
    <canvas class="pixels" ref={canvas} aria-hidden="true" />
  ) : (
    <canvas class="pixels" ref={canvas} role="img" aria-label={label} />
  );
}

/** The theme's colours for pictures in grey or, where `signed`, around zero; new ones when the theme changes. */
export function usePalette(signed: boolean): Palette {
  const [palette, setPalette] = useState(() => paletteOf(signed));
  useLayoutEffect(() => {
    setPalette(paletteOf(signed));
    return followTheme(() => setPalette(paletteOf(signed)));
  }, [signed]);
  return palette;
}

function paletteOf(signed: boolean): Palette {
  const theme = readTheme();
  return {
    paper: rgbOf(theme.background),
    ink: rgbOf(signed ? (theme.hues[0] ?? theme.foreground) : theme.foreground),
    below: rgbOf(theme.hues[1] ?? theme.foreground),
  };
}
