/**
 * What an author still has to write. In a stub a TODO is the learner's, and a hint may speak of it; so an author's own is
 * written `TODO(author)` there. In Markdown `TODO:` is one too, and in the files that learners never see, any TODO.
 */
export interface Todo {
  /** Counts from one. */
  readonly line: number;
  /** What follows the word, to the end of the line. */
  readonly words: string;
}

export function todosIn(file: string, text: string): readonly Todo[] {
  const pattern = patternFor(file);
  return text.split(/\r\n?|\n/).flatMap((line, index) => {
    const match = pattern.exec(line);
    return match === null ? [] : [{ line: index + 1, words: (match[1] ?? '').replace(/\s*(?:\*\/|",?)$/, '').trim() }];
  });
}

function patternFor(file: string): RegExp {
  if (file === 'stub.ts') return /\bTODO\(author\):?\s*(.*)$/;
  return file.endsWith('.md') ? /\bTODO(?:\(author\):?|:)\s*(.*)$/ : /\bTODO\b(?:\(author\))?:?\s*(.*)$/;
}
