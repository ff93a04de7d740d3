import { useSyncExternalStore } from 'react';
import type { Answer, CallName, Input, Output, QueryName } from '../../shared/contract/contract.ts';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';
import { makeId, ulid } from '../../shared/domain/ids.ts';
import type { OperationId } from '../../shared/domain/ids.ts';
import { LiveQueries } from './live-queries.ts';
import { listenForPorts, Transport } from './transport.ts';
import type { ConnectionState } from './transport.ts';

/** The page's one connection to the engine. Component tests attach a port of their own to it. */
export const transport = new Transport();

/** The page's live queries; see `useLive`. */
export const liveQueries = new LiveQueries(
  (name, input, onData, isShown) => transport.subscribe(name, input, onData, isShown),
  (work) => setTimeout(work, 0),
);

/** Starts listening for the engine's port; called once when the page starts. */
export function connect(): () => void {
  return listenForPorts(transport, window);
}

/** Asks the engine once. Never rejects: every failure is an answer with a code, `engine-stopped` among them. */
export async function call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the engine answers to a name is typed by the contract; the port carries plain data
  return (await transport.call(name, input)) as Answer<Name>;
}

/** A new id for one thing that the person does; the same id twice does it once. */
export function newOperationId(): OperationId {
  return makeId('op', ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
}

/** Hears facts that the engine tells without being asked. Returns how to stop. */
export function onEngineEvent(handler: (event: EngineEvent) => void): () => void {
  return transport.onEvent(handler);
}

/** Whether the engine is there; re-renders when it comes or goes. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    (onChange) => transport.onStateChange(onChange),
    () => transport.state,
  );
}

/**
 * Shows in every answer to a query what a command is about to change, before the engine has said so; its next answer replaces it.
 * @returns takes it back, when the command was refused
 */
export function anticipate<Name extends QueryName>(name: Name, change: (value: Output<Name>) => Output<Name>): () => void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract types what comes back for a name
  return liveQueries.anticipate(name, (value) => change(value as Output<Name>));
}

/** What a query that is shown somewhere says at the moment, or null. */
export function shownNow<Name extends QueryName>(name: Name, input: Input<Name>): Output<Name> | null {
  const live = liveQueries.peek(name, input);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return live.state === 'ready' ? (live.value as Output<Name>) : null;
}

/** Loads a query before anything shows it, so that the next screen appears at once. */
export function prefetch<Name extends QueryName>(name: Name, input: Input<Name>): void {
  keepAtHand(name, input)();
}

/** Keeps the answer to a query at hand until the returned function is called: what is shown next is then there with the first frame. */
export function keepAtHand<Name extends QueryName>(name: Name, input: Input<Name>): () => void {
  return liveQueries.open(name, input).subscribe(() => undefined);
}

/**
 * Keeps the answer to a query in reserve until the returned function is called. Its engine asks again when it has nothing else to do, so that what is
 * shown first may be a second old; what has changed comes some milliseconds later.
 */
export function keepInReserve<Name extends QueryName>(name: Name, input: Input<Name>): () => void {
  return liveQueries.open(name, input).hold();
}
