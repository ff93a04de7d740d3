import { useState } from 'react';

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * A key of the page for each row that is drawn. A row that stays keeps its own, with the focus that may be in it; one that comes takes over the
 * key of one that went, so that its elements are changed instead of thrown away and made anew: that is most of what a change of views costs.
 * Above a row that stays, only the key of one that stood there too is taken: elements that had to pass one another would all be taken out of the
 * page and put in again, which is what scrolling up by a row then cost. `keys` itself when nothing changes.
 * @param focused the row that has the focus: when it goes, nobody inherits it
 */
export function recycledKeys(
  keys: ReadonlyMap<string, string>,
  ids: readonly string[],
  focused: string | null,
): ReadonlyMap<string, string> {
  if (ids.length === keys.size && ids.every((id) => keys.has(id))) return keys;
  const wanted = new Set(ids);
  const places = new Map([...keys.keys()].map((id, place) => [id, place]));
  let free = [...keys].flatMap(([id, key], place) => (wanted.has(id) || id === focused ? [] : [{ key, place }]));
  const used = new Set(keys.values());
  let count = 0;
  const fresh = (): string => {
    while (used.has(`row ${count}`)) count += 1;
    const key = `row ${count}`;
    used.add(key);
    return key;
  };
  const take = (after: number, before: number): string => {
    const found = free.find(({ place }) => place > after && place < before);
    free = free.filter((each) => each !== found);
    return found?.key ?? fresh();
  };
  const given = new Map<string, string>();
  let after = -1;
  let come: string[] = [];
  for (const id of ids) {
    const [key, place] = [keys.get(id), places.get(id)];
    if (key === undefined || place === undefined) come.push(id);
    else {
      for (const each of come) given.set(each, take(after, place));
      come = [];
      given.set(id, key);
      after = place;
    }
  }
  // those after the last that stays may take any: each of them is moved alone
  for (const id of come) given.set(id, take(-1, keys.size));
  return new Map(ids.map((id) => [id, given.get(id) ?? fresh()]));
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
