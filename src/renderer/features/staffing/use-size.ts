import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';

/** The width of an element in CSS pixels, measured again when it changes; 0 until it is laid out. */
export function useWidth<Element extends HTMLElement>(): { readonly ref: RefObject<Element | null>; readonly width: number } {
  const ref = useRef<Element>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
