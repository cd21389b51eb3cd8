/** An asker of a question's own, told of each answer, for as long as the question is on the page. */
import { useEffect, useRef } from 'preact/hooks';
import type { FromLab } from '../../labProtocol';
import type { Answer } from '../labModel';
import { Asker } from './asker';

interface AskerUse {
  readonly question: string;
  readonly pauseMs: number;
  readonly answer: Answer | undefined;
  readonly post: (message: FromLab) => void;
}

export function useAsker({ question, pauseMs, answer, post }: AskerUse): Asker {
  const asker = useRef<Asker>(undefined);
  asker.current ??= new Asker({ post, question, pauseMs });
  const made = asker.current;
  useEffect(() => () => made.dispose(), [made]);
  useEffect(() => {
    if (answer !== undefined) {
      made.answered(answer.request);
    }
  }, [answer]);
  return made;
}
