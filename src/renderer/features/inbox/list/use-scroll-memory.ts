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
 * is shown and this one again later, it is where it was. Returns the ref of what scrolls.
 * @param places where the rows stand among headings of the same height; null where there are none
 */
export function useScrollMemory(
  rows: readonly CaseRow[],
  listKey: string,
  height: number,
  places: readonly number[] | null = null,
): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | null>(null);
  const shownKey = useRef<string | null>(null);

  useLayoutEffect(() => {
    const node = scroller.current;
    if (node === null || rows.length === 0) return;
    if (shownKey.current !== listKey) {
      shownKey.current = listKey;
      node.scrollTop = positions.get(listKey) ?? 0;
      anchor.current = null;
    } else if (anchor.current !== null && anchor.current.listKey === listKey && node.scrollTop > 0) {
      const { caseId, offset } = anchor.current;
      const at = rows.findIndex((row) => row.caseId === caseId);
      if (at !== -1) node.scrollTop = (places?.[at] ?? at) * height + offset;
    }
  }, [rows, listKey, height, places]);

  useEffect(() => {
    const node = scroller.current;
    if (node === null) return;
    const remember = (): void => {
      if (shownKey.current !== listKey) return;
      positions.set(listKey, node.scrollTop);
      const at = Math.floor(node.scrollTop / height);
      const index = places === null ? at : places.findLastIndex((place) => place <= at);
      const row = rows[index];
      const place = places?.[index] ?? index;
      anchor.current = row === undefined ? null : { listKey, caseId: row.caseId, offset: node.scrollTop - place * height };
    };
    remember();
    node.addEventListener('scroll', remember, { passive: true });
    return () => node.removeEventListener('scroll', remember);
  }, [rows, listKey, height, places]);
  return scroller;
}
