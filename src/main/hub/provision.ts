import { isDeepStrictEqual } from 'node:util';
import { JetStreamApiError, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { PEOPLE_BUCKET, SETTINGS_BUCKET } from '../engine/team/hub-names.ts';
import { directoryEntry, HubError, type HubState } from './hub-state.ts';
import { hubStreams, mirrorStreams, type HubSize, type WantedStream } from './hub-streams.ts';

/** What became of one stream: `same` means that nothing was written. */
export interface Provisioned {
  readonly stream: string;
  readonly outcome: 'made' | 'changed' | 'same';
}

const STREAM_NOT_FOUND = 10_059;

function isNotFound(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND;
}

/** Whether everything that is wanted is so. What the server adds by itself does not count. */
function holds(have: unknown, want: unknown): boolean {
  if (typeof want !== 'object' || want === null || Array.isArray(want)) return isDeepStrictEqual(have, want);
  if (typeof have !== 'object' || have === null) return false;
  const values = new Map<string, unknown>(Object.entries(have));
  return Object.entries(want).every(([key, value]) => holds(values.get(key), value));
}

async function ensureStream(manager: JetStreamManager, wanted: WantedStream): Promise<Provisioned['outcome']> {
  const there = await manager.streams.info(wanted.name).catch((error: unknown) => {
    if (isNotFound(error)) return null;
    throw error;
  });
  if (there === null) {
    await manager.streams.add(wanted);
    return 'made';
  }
  if (holds(there.config, wanted)) return 'same';
  try {
    const { config } = await manager.streams.update(wanted.name, wanted);
    if (holds(config, wanted)) return 'changed';
  } catch (error) {
    if (!(error instanceof JetStreamApiError)) throw error;
    throw new HubError(`the stream ${wanted.name} is not as it must be, and the server does not change it: ${error.message}`, {
      cause: error,
    });
  }
  throw new HubError(`the server kept the stream ${wanted.name} as it was, without saying why: is it old?`);
}

/**
 * Makes what is missing of the hub's streams and buckets, and changes what is not as it must be. Nothing is ever deleted, and a
 * second run finds nothing to do. Only the administrator's connection may do this.
 */
export async function provision(connection: NatsConnection, size: HubSize): Promise<readonly Provisioned[]> {
  return ensureAll(connection, hubStreams(size));
}

/** The same for the copies of another region, on the connection of its own server. */
export async function provisionMirrors(connection: NatsConnection, size: HubSize): Promise<readonly Provisioned[]> {
  return ensureAll(connection, mirrorStreams(size));
}

async function ensureAll(connection: NatsConnection, streams: readonly WantedStream[]): Promise<readonly Provisioned[]> {
  const manager = await jetstreamManager(connection, { timeout: 10_000 });
  const done: Provisioned[] = [];
  for (const wanted of streams) done.push({ stream: wanted.name, outcome: await ensureStream(manager, wanted) });
  return done;
}

/**
 * Writes who is who, where it differs. People who were revoked stay in it with their ended keys: what they signed before is still
 * theirs. Returns the names that were written.
 */
export async function publishDirectory(connection: NatsConnection, state: HubState): Promise<readonly string[]> {
  const buckets = new Kvm(connection);
  const people = await buckets.open(PEOPLE_BUCKET);
  const written: string[] = [];
  for (const user of state.users) {
    const wanted = directoryEntry(user);
    const there = await people.get(user.name);
    if (there?.operation === 'PUT' && isDeepStrictEqual(there.json(), wanted)) continue;
    await people.put(user.name, JSON.stringify(wanted));
    written.push(user.name);
  }
  const settings = await buckets.open(SETTINGS_BUCKET);
  for (const [key, wanted] of [
    ['hub', { id: state.id, name: state.name }],
    ['policy', state.policy],
  ] as const) {
    const known = await settings.get(key);
    if (known?.operation !== 'PUT' || !isDeepStrictEqual(known.json(), wanted)) await settings.put(key, JSON.stringify(wanted));
  }
  return written;
}
