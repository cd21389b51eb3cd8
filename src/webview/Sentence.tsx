/** A sentence of a report: plain text, in which `backticks` set code. */
import type { JSX } from 'preact';
import { codeSpans } from './words';

export function Sentence({ text }: { readonly text: string }): JSX.Element {
  return <>{codeSpans(text).map((span, index) => (span.code ? <code key={index}>{span.text}</code> : span.text))}</>;
}
