/** Where a command writes: lines that stay, and one line of progress that the next replaces. */
export interface Terminal {
  print(...lines: readonly string[]): void;
  /** Shown only to a person; an empty text clears it. */
  progress(words: string): void;
}

/** A terminal as the learner's commands see it: beside what was asked for, remarks that no program should read. */
export interface Screen extends Terminal {
  /** Whether colours may be used: a person looks on, and has not asked for none. */
  readonly colours: boolean;
  /** Writes to standard error, so that what is printed stays what was asked for. */
  note(...lines: readonly string[]): void;
}

export function processScreen(): Screen {
  const { stdout, stderr, env } = process;
  // Whoever reads us may stop early, as `head` does; that is no fault of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    colours: mayColour({ isTTY: stdout.isTTY, noColor: env['NO_COLOR'], term: env['TERM'] }),
    print: (...lines) => void stdout.write(lines.map((line) => `${line}\n`).join('')),
    note: (...lines) => void stderr.write(lines.map((line) => `${line}\n`).join('')),
    progress: (words) => {
      if (stderr.isTTY) {
        stderr.write(`\r\u001b[K${words.slice(0, (stderr.columns || 80) - 1)}`);
      }
    },
  };
}

/** NO_COLOR counts when it is set and not empty (no-color.org). */
export function mayColour({
  isTTY,
  noColor,
  term,
}: {
  readonly isTTY: boolean | undefined;
  readonly noColor: string | undefined;
  readonly term: string | undefined;
}): boolean {
  return isTTY === true && (noColor === undefined || noColor === '') && term !== 'dumb';
}
