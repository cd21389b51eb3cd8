/** Something wrong in an author's text, as a person reads it: where, what, and what to do. Never thrown, always collected. */
export interface Problem {
  /** Counted from one, in the file as the author sees it. */
  readonly line: number;
  readonly message: string;
}
