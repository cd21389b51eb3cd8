/** What only `npm run test:full` does, because it repeats for completeness what `npm test` does once. */
import type { Theme } from './workbench';

export const isFull = process.env['GROUNDUP_FULL'] === '1';

/** The themes in which a whole way through VS Code is gone. The colours of our pages have tests of their own, in all four. */
export const walkedThemes: readonly Theme[] = isFull ? ['dark', 'light'] : ['dark'];

/** A test that waits for what takes long by its nature, or repeats most of another one. */
export const itInFull = isFull ? it : (): void => undefined;
