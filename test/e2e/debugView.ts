/** What a window shows of a program that is being debugged. */
import type { Locator, Page } from 'playwright-core';

export class DebugView {
  constructor(private readonly page: Page) {}

  toolbar(): Locator {
    return this.page.locator('.debug-toolbar');
  }

  /** The mark of the line at which the debugged program has stopped, in the editor of a file. */
  pausedLine(file: string): Locator {
    return this.page.locator(
      `.editor-instance:has([data-uri$="${file}"]) .debug-top-stack-frame-line, [data-uri$="${file}"] .debug-top-stack-frame-line`,
    );
  }

  /** A row of the variables that the debugger shows. */
  variable(text: RegExp): Locator {
    return this.page.locator('.debug-variables .monaco-list-row').filter({ hasText: text }).first();
  }

  /** What the debug console says. */
  console(text: RegExp): Locator {
    return this.page.locator('.repl .monaco-list-row').filter({ hasText: text }).first();
  }

  /** The breakpoints in the gutter of the editors. */
  breakpoints(): Locator {
    return this.page.locator('.codicon-debug-breakpoint');
  }
}
