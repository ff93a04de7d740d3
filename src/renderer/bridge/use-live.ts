import { useMemo, useSyncExternalStore } from 'react';
import type { Input, Output, QueryName } from '../../shared/contract/contract.ts';
import { liveQueries } from './client.ts';
import { stableJson } from './live-queries.ts';
import type { Live, LiveQuery } from './live-queries.ts';

const LOADING: Live<never> = { state: 'loading' };
const IDLE: LiveQuery = { subscribe: () => () => undefined, hold: () => () => undefined, snapshot: () => LOADING };

/**
 * The answer to a query, now and whenever it changes. Equal inputs share one subscription; unchanged rows keep their
 * identity; a query left for a few seconds is still there when one comes back. `null` asks nothing and stays `loading`.
 */
export function useLive<Name extends QueryName>(name: Name, input: Input<Name> | null): Live<Output<Name>> {
  const key = input === null ? null : stableJson(input);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for the input: an equal input is the same query
  const query = useMemo(() => (input === null ? IDLE : liveQueries.open(name, input)), [name, key]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract types what comes back for a name; the store in between keeps plain data
  return useSyncExternalStore(query.subscribe, query.snapshot) as Live<Output<Name>>;
}

/** The value of a live query, or `fallback` while there is none. For counts and badges that need no state of their own. */
export function useLiveValue<Name extends QueryName, Fallback>(
  name: Name,
  input: Input<Name> | null,
  fallback: Fallback,
): Output<Name> | Fallback {
  const live = useLive(name, input);
  return live.state === 'ready' ? live.value : fallback;
}
