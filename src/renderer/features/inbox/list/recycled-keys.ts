import { useState } from 'react';

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * A key of the page for each row that is drawn. A row that stays keeps its own, with the focus that may be in it; one that comes takes over the
 * key of one that went, so that its elements are changed instead of thrown away and made anew: that is most of what a change of views costs.
 * Above a row that stays, only the key of one that stood there too is taken: elements that had to pass one another would all be taken out of the
 * page and put in again, which is what scrolling up by a row then cost. `keys` itself when nothing changes.
 * @param focused the row that has the focus: when it goes, nobody inherits it but its heir
 * @param heir the row that has the focus next, when it comes as the focused one goes: the focus then stays in the list, where removing it would
 * have the page work out its layout in between
 */
export function recycledKeys(
  keys: ReadonlyMap<string, string>,
  ids: readonly string[],
  focused: string | null,
  heir: string | null = null,
): ReadonlyMap<string, string> {
  if (ids.length === keys.size && ids.every((id) => keys.has(id))) return keys;
  const wanted = new Set(ids);
  const places = new Map([...keys.keys()].map((id, place) => [id, place]));
  let free = [...keys].flatMap(([id, key], place) => (wanted.has(id) ? [] : [{ id, key, place }]));
  const used = new Set(keys.values());
  let count = 0;
  const fresh = (): string => {
    while (used.has(`row ${count}`)) count += 1;
    const key = `row ${count}`;
    used.add(key);
    return key;
  };
  const take = (taker: string, after: number, before: number): string => {
    const inReach = free.filter(({ place }) => place > after && place < before);
    const inherited = taker === heir ? inReach.find(({ id }) => id === focused) : undefined;
    const found = inherited ?? inReach.find(({ id }) => id !== focused);
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
      for (const each of come) given.set(each, take(each, after, place));
      come = [];
      given.set(id, key);
      after = place;
    }
  }
  // those after the last that stays may take any: each of them is moved alone
  for (const id of come) given.set(id, take(id, -1, keys.size));
  return new Map(ids.map((id) => [id, given.get(id) ?? fresh()]));
}

/** @param heir the row that keys act on, and that Tab leads to */
export function useRecycledKeys(ids: readonly string[], heir: string | null): ReadonlyMap<string, string> {
  const [keys, setKeys] = useState(NONE);
  const focused = document.activeElement;
  const row = focused?.closest<HTMLElement>('[data-case-id]');
  // a box or a link in a row is about its own case
  const next = recycledKeys(keys, ids, row?.dataset['caseId'] ?? null, row === focused ? heir : null);
  if (next !== keys) setKeys(next);
  return next;
}
