/**
 * Which files beside a lesson its figures take their data from, so that whoever renders the lesson can read them first:
 * the renderer itself reads nothing.
 */
import { sourceOf } from './figures/images';

const imagesBlock = /^[ \t]*(`{3,}|~{3,})[ \t]*figure[ \t]+images[ \t]*\n([\s\S]*?)\n[ \t]*\1/gm;

/** Their names, each once. What is no JSON names none; the renderer says what is wrong with it. */
export function figureSources(markdown: string): readonly string[] {
  const names = [...markdown.replace(/\r\n?/g, '\n').matchAll(imagesBlock)].flatMap(([, , json = '']) => {
    try {
      return sourceOf(JSON.parse(json)) ?? [];
    } catch {
      return [];
    }
  });
  return [...new Set(names)];
}
