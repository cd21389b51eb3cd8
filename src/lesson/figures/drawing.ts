/** What a kind of figure is: a schema for its data, and a pure function from that data to a picture and its words. */
import type { z } from 'zod';

export interface Drawing {
  /** The picture's own units; one is one pixel until the page is narrower than the picture. */
  readonly width: number;
  readonly height: number;
  /** SVG elements. */
  readonly body: string;
  /** Everything the picture shows, numbers included, as sentences. */
  readonly words: string;
}

/** Data that fits the schema but makes no sense, in the author's terms. */
export class FigureError extends Error {}

/** A file that a figure names and that is of no use: a sentence with what to do about it. */
export class FigureFileError extends Error {
  constructor(
    readonly file: string,
    message: string,
  ) {
    super(message);
  }
}

/** The texts of files beside the lesson, by name: whoever renders a lesson has read them. */
export type FigureFiles = ReadonlyMap<string, string>;

export interface FigureKind<Data> {
  readonly schema: z.ZodType<Data>;
  /** Puts what stands in a file in the place of its name, before the schema is asked. Throws a `FigureFileError`. */
  fill?(value: unknown, files: FigureFiles): unknown;
  /** Throws a `FigureError` where the data contradicts itself. */
  draw(data: Data): Drawing;
}
