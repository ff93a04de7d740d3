import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import { itemKey } from './timeline-groups.ts';

/** Who comes as near to the end as this is at the end. */
const NEAR_END_PX = 60;

/** Where a conversation is looked at, and how that is kept. */
export interface KeptAtEnd {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Somebody else wrote below of what is in view. */
  readonly hasNews: boolean;
  readonly toEnd: () => void;
  /** Keeps the place when older messages are added above. */
  readonly keepPlace: () => void;
  /** Said right before somebody is led elsewhere: what is drawn meanwhile must not take them back. */
  readonly leaveEnd: () => void;
}

/** The newest message is seen on opening, when one comes while the end is in view, and when the reader wrote it: wherever they were. */
export function useKeptAtEnd(items: readonly TimelineItem[], me: AgentId | null): KeptAtEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const fromEnd = useRef<number | null>(null);
  const lastTop = useRef(0);
  const [hasNews, setNews] = useState(false);
  const newest = items.findLast(({ kind }) => kind !== 'event');
  const newestKey = newest === undefined ? '' : itemKey(newest);
  const isOwn = newest !== undefined && me !== null && newest.agentId === me;
  const newestAt = newest?.at ?? 0;
  const seen = useRef({ key: newestKey, at: newestAt });
  useEffect(() => {
    const node = scroller.current;
    if (node === null) return undefined;
    lastTop.current = node.scrollTop;
    const onScroll = (): void => {
      const left = node.scrollHeight - node.scrollTop - node.clientHeight;
      // What grows below moves the end away, too; only a reader, or who is led to a place, goes up, and be it by a little.
      if (node.scrollTop < lastTop.current) isAtEnd.current = left < 2;
      else if (left < NEAR_END_PX) isAtEnd.current = true;
      lastTop.current = node.scrollTop;
      if (isAtEnd.current) setNews(false);
    };
    // Frames and pictures grow after they were drawn; the end stays the end until the reader leaves it.
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) node.scrollTop = node.scrollHeight;
    });
    node.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(node);
    for (const child of node.children) observer.observe(child);
    return () => {
      node.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [items.length]);
  useLayoutEffect(() => {
    const before = seen.current;
    if (before.key === newestKey) return;
    seen.current = { key: newestKey, at: newestAt };
    // what was taken back leaves something older as the newest
    if (newestAt < before.at) return;
    if (isOwn) isAtEnd.current = true;
    setNews(!isAtEnd.current);
  }, [newestKey, newestAt, isOwn]);
  useLayoutEffect(() => {
    const node = scroller.current;
    if (node === null) return;
    if (fromEnd.current !== null) {
      node.scrollTop = node.scrollHeight - fromEnd.current;
      fromEnd.current = null;
    } else if (isAtEnd.current) node.scrollTop = node.scrollHeight;
  });
  const toEnd = useCallback(() => {
    isAtEnd.current = true;
    setNews(false);
    const node = scroller.current;
    if (node === null) return;
    node.scrollTop = node.scrollHeight;
    // the button that led here goes, and must not take the keyboard with it
    node.focus({ preventScroll: true });
  }, []);
  const keepPlace = (): void => {
    const node = scroller.current;
    if (node !== null) fromEnd.current = node.scrollHeight - node.scrollTop;
  };
  const leaveEnd = useCallback(() => {
    isAtEnd.current = false;
    // wherever the next step leads, it comes from the end
    lastTop.current = Number.POSITIVE_INFINITY;
  }, []);
  return { scroller, hasNews, toEnd, keepPlace, leaveEnd };
}
