/** Where a command writes: lines that stay, and one line of progress that the next replaces. */
export interface Terminal {
  print(...lines: readonly string[]): void;
  /** Shown only to a person; an empty text clears it. */
  progress(words: string): void;
}

export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  return {
    print: (...lines) => void stdout.write(lines.map((line) => `${line}\n`).join('')),
    progress: (words) => {
      if (stderr.isTTY) {
        stderr.write(`\r\u001b[K${words.slice(0, (stderr.columns || 80) - 1)}`);
      }
    },
  };
}
