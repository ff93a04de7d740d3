import { useMemo, useState } from 'react';
import type { Input, Output } from '../../../shared/contract/contract.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { Live } from '../../bridge/live-queries.ts';

type Fetchable = 'messages.html' | 'messages.source' | 'attachments.bytes';

/** What is shown of a file: nothing yet, that it is on its way from the team, or the file; null when nobody has it. */
export type Fetched<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'being-fetched' }
  | { readonly state: 'ready'; readonly value: Exclude<Value, { readonly isBeingFetched: true }> };

interface Final<Value> {
  readonly id: string;
  readonly value: Exclude<Value, { readonly isBeingFetched: true }>;
}

/** A file of a message, asked for again until it has come from the team, and not any more when it is here. */
export function useFetched<Name extends Fetchable>(name: Name, id: string, input: Input<Name>): Fetched<Output<Name> | null> {
  const [final, setFinal] = useState<Final<Output<Name> | null> | null>(null);
  const isFinal = final !== null && final.id === id;
  const live: Live<Output<Name>> = useLive(name, isFinal ? null : input);
  // while it is drawn, so that nothing is drawn twice
  if (!isFinal && live.state === 'error') setFinal({ id, value: null });
  else if (!isFinal && live.state === 'ready' && isHere(live.value)) setFinal({ id, value: live.value });
  const here = isFinal ? final : null;
  const isOnItsWay = live.state === 'ready' && !isHere(live.value);
  return useMemo(
    () => (here === null ? { state: isOnItsWay ? 'being-fetched' : 'loading' } : { state: 'ready', value: here.value }),
    [here, isOnItsWay],
  );
}

function isHere<Value>(value: Value): value is Exclude<Value, { readonly isBeingFetched: true }> {
  return typeof value !== 'object' || value === null || !('isBeingFetched' in value);
}
