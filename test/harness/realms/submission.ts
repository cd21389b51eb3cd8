/**
 * What the table of hostile and clumsy submissions is made of: an exercise of one function, and rows that each tell what a
 * learner might send and exactly what they are told. They know nothing of the place where they run.
 */
import type { Verdict } from '../../../src/harness/report';
import type { Limits } from '../../../src/harness/submission';

export interface HostileSubmission {
  readonly name: string;
  /** The whole file; it should export `twice(x)`, the tensor of twice the numbers. */
  readonly text: string;
  readonly verdict: Verdict;
  /** What the learner reads about it, as `sayingOf` has it; a pattern where JavaScript itself chooses the words. */
  readonly says: string | RegExp;
  readonly limits?: Partial<Limits>;
  /** What differs where workers of a page run it; `because` says what a page cannot do, or does otherwise. */
  readonly inPage?: InPage;
}

export type InPage = Partial<Pick<HostileSubmission, 'verdict' | 'says' | 'limits'>> & { readonly because: string };

export const right = 'return fromData(x.data.map((value) => 2 * value), x.shape);';

/** A file whose `twice` has this body, and `top` before it. */
export function withBody(body: string, top = ''): string {
  return `import { fromData, Tensor, zeros } from 'tensor';\n${top}\nexport function twice(x: Tensor): any {\n  ${body}\n}\n`;
}

/** A file that does `top` once and is right otherwise. */
export const rightAfter = (top: string): string => withBody(right, top);

export type Row = readonly [name: string, text: string, says: string | RegExp];

export function group(verdict: Verdict, rows: readonly Row[], limits?: Partial<Limits>): readonly HostileSubmission[] {
  return rows.map(([name, text, says]) => ({ name, text, verdict, says, ...(limits === undefined ? {} : { limits }) }));
}

export const rightSubmission = withBody(right);

export const solution = rightSubmission;

export const checks = `import { defineChecks } from 'authoring';
import { tensor } from 'tensor';
export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'doubles a small example': {
    async run({ learner, expect }) {
      expect.close(await learner.twice(tensor([1, 2])), tensor([2, 4]));
    },
  },
  'doubles numbers of many shapes': {
    async run({ learner, reference, random, expect }) {
      for (const shape of [[3], [2, 3], [4, 1, 2]]) {
        const x = random.normal(shape);
        expect.close(await learner.twice(x), reference.twice(x));
      }
    },
  },
  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.twice(random.normal([5]));
      expect.inputsUnchanged();
    },
  },
});
`;
