import { useEffect, useRef } from 'react';
import type { Input } from '../../../../shared/contract/contract.ts';
import { keepInReserve } from '../../../bridge/client.ts';
import { stableJson } from '../../../bridge/live-queries.ts';

/** As many as somebody goes to and fro between. Each is a page of rows, about half a megabyte. */
export const LISTS_IN_RESERVE = 8;

/**
 * Keeps the lists that were looked at last in reserve while the inbox is shown: going back to one draws it with the next frame, and what changes meanwhile
 * is asked for when the engine has nothing else to do.
 * @param listed what is asked for now; null where it is nothing to keep
 */
export function useListsInReserve(listed: Input<'cases.list'> | null): void {
  // the one looked at last stands last
  const kept = useRef(new Map<string, () => void>());
  const key = listed === null ? null : stableJson(listed);
  useEffect(() => {
    if (listed === null || key === null) return;
    const lists = kept.current;
    const stop = lists.get(key) ?? keepInReserve('cases.list', listed);
    lists.delete(key);
    lists.set(key, stop);
    for (const [oldest, letGo] of lists) {
      if (lists.size <= LISTS_IN_RESERVE) break;
      letGo();
      lists.delete(oldest);
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for the list
  }, [key]);
  useEffect(() => {
    const lists = kept.current;
    return () => {
      for (const letGo of lists.values()) letGo();
      lists.clear();
    };
  }, []);
}
