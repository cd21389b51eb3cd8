/** The width of an element, followed as the page is resized. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

export function useWidth(element: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) {
      return;
    }
    const place = element.current;
    const follow = (): void => setWidth(Math.floor(place.clientWidth));
    const observer = new ResizeObserver(follow);
    observer.observe(place);
    follow();
    return () => observer.disconnect();
  }, []);
  return width;
}
