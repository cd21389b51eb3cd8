/**
 * Compiles submissions for the processes that will judge them, in a thread of their parent. A compiler that has run a
 * hundred times is ten times as quick as one that has just been loaded. It reads what a learner wrote and runs none of it.
 */
import { parentPort } from 'node:worker_threads';
import { serialize } from 'node:v8';
import { compileModule } from '../compile/compile';
import { keyOf } from '../compile/remembering';
import { compileAuthor, prepareLearner } from '../judge/prepare';
import type { Compile } from '../judge/prepare';
import type { Submission } from '../submission';

/** One text and what became of it, in the form in which it crosses. */
export interface CompiledText {
  readonly key: string;
  /** A `CompileResult`, serialized as V8 does. */
  readonly result: Uint8Array;
}

export interface ToCompileThread {
  readonly id: number;
  readonly submission: Submission;
}

export interface FromCompileThread {
  readonly id: number;
  readonly texts: readonly CompiledText[];
}

/** More than a course has; a class's own files come and go. */
const mostKept = 1_000;
const kept = new Map<string, { readonly result: ReturnType<Compile>; readonly text: CompiledText }>();

function compileAll(submission: Submission): readonly CompiledText[] {
  const texts = new Map<string, CompiledText>();
  const compile: Compile = (input) => {
    const key = keyOf(input);
    let known = kept.get(key);
    if (known === undefined) {
      const result = compileModule(input);
      known = { result, text: { key, result: serialize(result) } };
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, known);
    }
    texts.set(key, known.text);
    return known.result;
  };
  // What is wrong with a file the judge will find again, and say.
  for (const prepare of [prepareLearner, compileAuthor]) {
    try {
      prepare(submission, compile);
    } catch {
      continue;
    }
  }
  return [...texts.values()];
}

parentPort?.on('message', ({ id, submission }: ToCompileThread) => {
  parentPort?.postMessage({ id, texts: compileAll(submission) } satisfies FromCompileThread);
});
