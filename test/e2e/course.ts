/**
 * Ground Up inside the workbench, in a learner's words: the tree, the lesson, the results, the status bar. Selectors of
 * our own pages stand here alone.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { eventually } from './eventually';
import { Workbench, type WorkbenchOptions } from './workbench';

export type StateWord = 'not started' | 'in progress' | 'passed' | 'passed, but changed since' | 'skipped';

/** The package that the build made. */
export function builtExtension(): string {
  const folder = path.resolve('out');
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
  const file = `${name}-${version}.vsix`;
  assert.ok(readdirSync(folder).includes(file), `out/${file} is missing: "npm test" makes it before these tests.`);
  return path.join(folder, file);
}

export async function startCourse(options: Omit<WorkbenchOptions, 'extensions'> = {}): Promise<Course> {
  return new Course(await Workbench.start({ ...options, extensions: [builtExtension()] }));
}

export class Course {
  constructor(readonly workbench: Workbench) {}

  async showTree(): Promise<void> {
    await this.workbench.openContainer('Ground Up');
    await this.workbench.treeRow(/^Tensors, /).waitFor();
  }

  /** The tree's row of an exercise in a state, as a screen reader hears it. */
  row(title: string, state?: StateWord): Locator {
    return this.workbench.treeRow(new RegExp(`^${title}, ${state === undefined ? '' : `${state}(,| ·)`}`));
  }

  /** Opens an exercise with a click in the tree and waits for its file and its lesson; a fresh one holds the stub. */
  async open(
    { title, file }: { readonly title: string; readonly file: string },
    { fresh = true }: { readonly fresh?: boolean } = {},
  ): Promise<void> {
    await this.workbench.scrollTreeTo(this.row(title));
    await this.row(title).click();
    await this.workbench.editorTab(new RegExp(`^${path.basename(file)}`)).waitFor();
    await this.lesson(title);
    if (!fresh) return;
    await eventually(`${file} holds the stub`, async () => (await this.workbench.readFile(file)).includes('TODO'));
  }

  /** The lesson page, once it shows `title`. */
  async lesson(title: string): Promise<Frame> {
    const frame = await this.workbench.webview('main.lesson');
    await frame.locator('main.lesson h1').filter({ hasText: title }).waitFor();
    return frame;
  }

  /** The results page, once it shows `verdict`. */
  async results(verdict: string): Promise<Frame> {
    const frame = await this.workbench.webview('main.results');
    try {
      await frame.locator(`.report:not(.stale) [data-verdict="${verdict}"]`).waitFor();
    } catch {
      const shown = await frame.locator('main').innerText();
      throw new Error(`The results should say ${verdict}, but they say:\n${shown}`);
    }
    return frame;
  }

  /** Whether there is a results page to be seen that has anything to say. */
  async showsResults(): Promise<boolean> {
    for (const frame of this.workbench.page.frames()) {
      if ((await frame.locator('main.results:not(.empty)').count()) > 0) return true;
    }
    return false;
  }

  /** Checks the exercise in the active editor by its command. */
  async check(): Promise<void> {
    await this.workbench.runCommand('Ground Up: Check Solution');
  }
}

/** The reference solution of an exercise, changed where `edit` says so: what a learner could type. */
export function solutionOf(id: string, edit?: { readonly find: string; readonly replace: string }): string {
  const text = readFileSync(path.resolve('exercises', id, 'solution.ts'), 'utf8');
  if (edit === undefined) return text;
  assert.ok(text.includes(edit.find), `The solution of ${id} no longer contains: ${edit.find}`);
  return text.replace(edit.find, edit.replace);
}
