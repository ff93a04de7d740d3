import { z } from 'zod';
import type { DirectoryUser, TeamDirectory } from './hub-link.ts';
import { bucketStream, FEED_PREFIX, PEOPLE_BUCKET, SETTINGS_BUCKET, USER_NAME_PATTERN } from './hub-names.ts';
import type { HubWire } from './hub-wire.ts';
import { readUnder, storedOf, type Stored } from './stored-messages.ts';

/** Unknown fields are skipped, and an entry of another shape is nobody: a newer hub command may write more. */
const personSchema = z.object({
  name: z.string().regex(USER_NAME_PATTERN),
  role: z.string().min(1).max(32),
  holdsChannels: z.boolean(),
  agentId: z.string().min(1).max(80).nullable(),
  keys: z.array(z.object({ publicKey: z.string().regex(/^U[A-Z2-7]{55}$/u), addedAt: z.int(), revokedAt: z.int().nullable() })).max(200),
  was: z
    .array(z.object({ role: z.string().min(1).max(32), holdsChannels: z.boolean(), until: z.int() }))
    .max(200)
    .default([]),
});
const identitySchema = z.object({ id: z.string().max(64), name: z.string().max(200) });
const policySchema = z.object({
  onLeave: z.enum(['keep', 'erase']).catch('keep'),
  leastVersion: z.string().max(40).nullable().catch(null),
});

type Settings = ReturnType<TeamDirectory['settings']>;

/** The directory of a hub, kept up to date while the connection lives. */
export interface HubDirectory extends TeamDirectory, Disposable {
  /** Which hub this is; null until read. */
  hubId(): string | null;
  /** Reads everything anew. Throws LogUnavailable. */
  refresh(): Promise<void>;
}

const RETRY_MS = 1_000;
const MOST_TRIES = 5;
const PREFIXES = [`$KV.${PEOPLE_BUCKET}.`, `$KV.${SETTINGS_BUCKET}.`] as const;

function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}

/**
 * The directory of a hub. What is new comes by the feed; everything is read whenever a connection is there. Only the administrator can
 * write what this reads.
 */
export function createDirectory(wire: HubWire): HubDirectory {
  const entries = new Map<string, { readonly sequence: number; readonly value: unknown }>();
  const listeners = new Set<() => void>();
  let users: readonly DirectoryUser[] = [];
  let settings: Settings = { hubName: null, onLeave: 'keep', leastVersion: null };
  let hubId: string | null = null;
  const closing = new AbortController();

  function derive(): void {
    const people: DirectoryUser[] = [];
    for (const [subject, { value }] of entries) {
      if (!subject.startsWith(PREFIXES[0])) continue;
      const person = personSchema.safeParse(value);
      // a name other than its place would be somebody twice
      if (person.success && subject === `${PREFIXES[0]}${person.data.name}`) people.push(person.data);
    }
    users = people.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const identity = identitySchema.safeParse(entries.get(`${PREFIXES[1]}hub`)?.value);
    const policy = policySchema.safeParse(entries.get(`${PREFIXES[1]}policy`)?.value);
    hubId = identity.success ? identity.data.id : null;
    settings = {
      hubName: identity.success ? identity.data.name : null,
      onLeave: policy.success ? policy.data.onLeave : 'keep',
      leastVersion: policy.success ? policy.data.leastVersion : null,
    };
  }

  /** True when it is news. */
  function take({ sequence, subject, headers, data }: Stored): boolean {
    if (sequence <= (entries.get(subject)?.sequence ?? 0)) return false;
    const isGone = (headers.first('KV-Operation') ?? '') !== '';
    entries.set(subject, { sequence, value: isGone ? undefined : parsed(data) });
    return true;
  }

  function takeAll(all: readonly Stored[]): void {
    const news = all.map(take);
    if (!news.includes(true)) return;
    derive();
    for (const listener of listeners) listener();
  }

  async function refresh(): Promise<void> {
    for (const bucket of [PEOPLE_BUCKET, SETTINGS_BUCKET]) takeAll(await readUnder(wire, bucketStream(bucket), `$KV.${bucket}.>`));
  }

  /** Ends also when the connection is lost: the next one begins anew. */
  async function refreshUntilDone(): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES && !closing.signal.aborted; tries += 1) {
      try {
        await refresh();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
    }
  }

  const stops = [
    ...PREFIXES.map((prefix) =>
      wire.subscribe(`${FEED_PREFIX}.kv.${prefix.slice('$KV.'.length)}>`, (message) => {
        const stored = storedOf(message);
        if (stored?.subject.startsWith(prefix) === true) takeAll([stored]);
      }),
    ),
    wire.onConnect(() => void refreshUntilDone()),
  ];
  return {
    users: () => users,
    settings: () => settings,
    hubId: () => hubId,
    refresh,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.dispose]: () => {
      closing.abort();
      for (const stop of stops) stop();
    },
  };
}
