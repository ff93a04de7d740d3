import { useState } from 'react';

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * A key of the page for each row that is drawn. A row that stays keeps its own, with the focus that may be in it; one that comes takes over the
 * key of one that went, so that its elements are changed instead of thrown away and made anew: that is most of what a change of views costs.
 * `keys` itself when nothing changes.
 * @param focused the row that has the focus: when it goes, nobody inherits it
 */
export function recycledKeys(
  keys: ReadonlyMap<string, string>,
  ids: readonly string[],
  focused: string | null,
): ReadonlyMap<string, string> {
  if (ids.length === keys.size && ids.every((id) => keys.has(id))) return keys;
  const wanted = new Set(ids);
  const free = [...keys].flatMap(([id, key]) => (wanted.has(id) || id === focused ? [] : [key]));
  const used = new Set(keys.values());
  let count = 0;
  const fresh = (): string => {
    while (used.has(`row ${count}`)) count += 1;
    const key = `row ${count}`;
    used.add(key);
    return key;
  };
  return new Map(ids.map((id) => [id, keys.get(id) ?? free.shift() ?? fresh()]));
}

export function useRecycledKeys(ids: readonly string[]): ReadonlyMap<string, string> {
  const [keys, setKeys] = useState(NONE);
  const next = recycledKeys(keys, ids, focusedRow());
  if (next !== keys) setKeys(next);
  return next;
}

function focusedRow(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-case-id]')?.dataset['caseId'] ?? null;
}
