/**
 * Where one reads in a lesson: the last heading or step above the upper edge and how far it is off. It outlives a change
 * of the text, as a number of pixels from the top does not.
 */
export interface Place {
  readonly scroll: number;
  readonly anchor: { readonly id: string; readonly top: number } | undefined;
}

/** What stands at most this far below the upper edge, behind the bar, counts as above it. */
const edge = 80;

export function placeNow(root: ParentNode): Place {
  const above = [...root.querySelectorAll<HTMLElement>('.lesson-body [id]')]
    .map((element) => ({ id: element.id, top: element.getBoundingClientRect().top }))
    .filter(({ top }) => top <= edge);
  return { scroll: window.scrollY, anchor: above.at(-1) };
}

export function returnTo({ scroll, anchor }: Place): void {
  const element = anchor === undefined ? null : document.getElementById(anchor.id);
  if (element === null || anchor === undefined) {
    window.scrollTo(0, scroll);
  } else {
    window.scrollBy(0, element.getBoundingClientRect().top - anchor.top);
  }
}
