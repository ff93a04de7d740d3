import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';

/** Where each list was scrolled to, for as long as the window lives. */
const positions = new Map<string, number>();

interface Anchor {
  readonly listKey: string;
  readonly caseId: CaseId;
  readonly offset: number;
}

/**
 * Keeps what a person reads in place. When rows come or go above, the list is scrolled by as much; when another list
 * is shown and this one again later, it is where it was. Returns the ref of what scrolls, and how far it is scrolled: to ask the page
 * for that while rows are changing would have it work out its layout once more.
 * @param places where the rows stand among headings of the same height; null where there are none
 */
export function useScrollMemory(
  rows: readonly CaseRow[],
  listKey: string,
  height: number,
  places: readonly number[] | null = null,
): { readonly scroller: RefObject<HTMLDivElement | null>; readonly top: RefObject<number> } {
  const scroller = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  const anchor = useRef<Anchor | null>(null);
  const shownKey = useRef<string | null>(null);

  useLayoutEffect(() => {
    const node = scroller.current;
    if (node === null || rows.length === 0) return undefined;
    const scrollTo = (wanted: number): void => {
      if (wanted === top.current) return;
      node.scrollTop = wanted;
      top.current = wanted;
    };
    if (shownKey.current !== listKey) {
      shownKey.current = listKey;
      const wanted = positions.get(listKey) ?? 0;
      scrollTo(wanted);
      anchor.current = null;
      // what scrolled the list before this is told only now, as when a row took the focus a moment ago
      const frame = requestAnimationFrame(() => scrollTo(wanted));
      return () => cancelAnimationFrame(frame);
    }
    if (anchor.current !== null && anchor.current.listKey === listKey && top.current > 0) {
      const { caseId, offset } = anchor.current;
      const at = rows.findIndex((row) => row.caseId === caseId);
      if (at !== -1) scrollTo((places?.[at] ?? at) * height + offset);
    }
    return undefined;
  }, [rows, listKey, height, places]);

  useEffect(() => {
    const node = scroller.current;
    if (node === null) return;
    const remember = (): void => {
      if (shownKey.current !== listKey) return;
      positions.set(listKey, top.current);
      const at = Math.floor(top.current / height);
      const index = places === null ? at : places.findLastIndex((place) => place <= at);
      const row = rows[index];
      const place = places?.[index] ?? index;
      anchor.current = row === undefined ? null : { listKey, caseId: row.caseId, offset: top.current - place * height };
    };
    const onScroll = (): void => {
      top.current = node.scrollTop;
      remember();
    };
    remember();
    node.addEventListener('scroll', onScroll, { passive: true });
    return () => node.removeEventListener('scroll', onScroll);
  }, [rows, listKey, height, places]);
  return { scroller, top };
}
