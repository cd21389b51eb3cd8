/** Where results go: laid out by one reporter to the terminal, or to a file with a pretty one on the screen beside it. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { faultWords } from './nodeLearnerFiles';
import { painter } from './paint';
import type { Reporter, ReporterName } from './reporters/reporter';
import { pretty, reporters } from './reporters/reporter';
import type { Results } from './results';
import type { Screen } from './terminal';

export interface OutputOptions {
  readonly screen: Screen;
  readonly reporter: ReporterName;
  readonly file: string | undefined;
  /** The version of this software, which the reports name. */
  readonly version: string;
}

export class Output {
  constructor(private readonly options: OutputOptions) {}

  /** Resolves with whether everything could be written; where not, one sentence has said why. */
  async write(results: Results): Promise<boolean> {
    const { screen, reporter, file, version } = this.options;
    const lay = (chosen: Reporter, colours: boolean): string => chosen(results, { version, paint: painter(colours) });
    if (file === undefined) {
      screen.print(lay(reporters[reporter], screen.colours));
      return true;
    }
    screen.print(lay(pretty, screen.colours));
    try {
      await mkdir(path.dirname(path.resolve(file)), { recursive: true });
      await writeFile(file, `${lay(reporters[reporter], false)}\n`);
      return true;
    } catch (error) {
      screen.note(`The report could not be written to ${file}: ${faultWords(error)}. Name another file with --output.`);
      return false;
    }
  }
}
