/**
 * The port through which a learner's folder is read and written, so that the editor (through VS Code's file system) and
 * a terminal (through Node) keep the same files in the same way. Paths are relative to that folder, with `/`.
 */
export interface LearnerFiles {
  /** The text of a file, or `undefined` where there is none. Rejects where it cannot be read. */
  readText(path: string): Promise<string | undefined>;
  /** Writes a file and the folders above it. */
  writeText(path: string, text: string): Promise<void>;
  /** Gives a file another name in one step; what had that name is replaced. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}
