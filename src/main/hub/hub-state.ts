import { z } from 'zod';
import { USER_NAME_PATTERN } from '../engine/team/hub-names.ts';
import { ROLES, type Role } from './permissions.ts';

/** A key of a user: one for each workstation that was invited. Revoked ones stay, for events that they signed before. */
const keySchema = z.strictObject({
  publicKey: z.string().regex(/^U[A-Z2-7]{55}$/u),
  /** Epoch milliseconds. */
  addedAt: z.int(),
  revokedAt: z.int().nullable(),
});

/** What somebody was before. What they wrote then counts as it did: it is judged by when it was stored. */
const formerSchema = z.strictObject({
  role: z.enum(ROLES),
  holdsChannels: z.boolean(),
  /** Epoch milliseconds. */
  until: z.int(),
});

const userSchema = z.strictObject({
  name: z.string().regex(USER_NAME_PATTERN),
  role: z.enum(ROLES),
  holdsChannels: z.boolean(),
  /** The person in the team's plan, where that is known. */
  agentId: z.string().nullable(),
  keys: z.array(keySchema),
  /** The oldest first. Hubs that were made before there was one have none. */
  was: z.array(formerSchema).default([]),
  /** Of a web site alone, which shows it to every visitor: no secret, but it can be changed. */
  password: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,64}$/u)
    .nullable()
    .default(null),
});

const policySchema = z.strictObject({
  /** What a workstation does with its copy when it leaves: keeps it to be read, or erases it. */
  onLeave: z.enum(['keep', 'erase']),
  /** The oldest version of the app that may take part; null for any. */
  leastVersion: z.string().nullable(),
});

/** What the hub demands of workstations (the entry `policy` of the bucket `settings`). */
export type HubPolicy = z.infer<typeof policySchema>;

export const DEFAULT_POLICY: HubPolicy = { onLeave: 'keep', leastVersion: null };

const websocketSchema = z.strictObject({
  listen: z.string(),
  port: z.int(),
  /** Web pages that browsers let in, such as `https://www.example.com`; empty for all. */
  origins: z.array(z.string()),
  /** Files with a certificate that browsers trust and its key; null for the hub's own, which only those trust who have its authority. */
  certificate: z.strictObject({ cert: z.string(), key: z.string() }).nullable(),
  /** Not encrypted: for a loopback address alone, behind something that encrypts. */
  isPlain: z.boolean(),
});

/** Where browsers connect. */
export type HubWebsocket = z.infer<typeof websocketSchema>;

const stateSchema = z.strictObject({
  version: z.literal(1),
  id: z.string(),
  name: z.string(),
  /** Under these names workstations reach the server; they stand in its certificate. */
  hosts: z.array(z.string()).min(1),
  listen: z.string(),
  port: z.int(),
  replicas: z.union([z.literal(1), z.literal(3)]),
  diskBytes: z.int(),
  // hubs that were made before there was one have none
  policy: policySchema.default(DEFAULT_POLICY),
  websocket: websocketSchema.nullable().default(null),
  users: z.array(userSchema),
});

/** What the hub command remembers (`hub.json`). It holds no secret. */
export type HubState = z.infer<typeof stateSchema>;
export type HubUser = z.infer<typeof userSchema>;
/** A user as they are named by the administrator. */
export type NewUser = Omit<HubUser, 'keys' | 'was' | 'password'>;
export type HubKey = z.infer<typeof keySchema>;

/** Reads `hub.json`. Throws with what is wrong in it. */
export function parseHubState(text: string): HubState {
  const parsed = stateSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`hub.json: ${z.prettifyError(parsed.error)}`);
}

/** A mistake of the person at the command line, or a state of the hub, said in one sentence. */
export class HubError extends Error {
  override readonly name = 'HubError';
}

/** Throws a HubError when there is none. */
export function userOf(state: HubState, name: string): HubUser {
  const user = state.users.find((each) => each.name === name);
  if (user === undefined) throw new HubError(`there is no user ${name} on this hub; npm run hub -- add-user ${name} --role agent`);
  return user;
}

/** The hub's own keys are called so, in subjects too: a person of this name would hear the answers that they are given. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(['admin', 'system']);

/**
 * Adds a user without any key. One that is there already gets the role anew, keeps the keys, and is remembered as what they were.
 * @param atMs epoch milliseconds
 */
export function withUser(state: HubState, user: NewUser, atMs: number): HubState {
  if (!USER_NAME_PATTERN.test(user.name)) {
    throw new HubError(`${JSON.stringify(user.name)} is no user name: a lower-case letter, then up to 31 of a-z, 0-9 and hyphens`);
  }
  if (RESERVED_NAMES.has(user.name)) throw new HubError(`${user.name} is what the hub calls a key of its own; take another name`);
  const before = state.users.find((each) => each.name === user.name);
  const others = state.users.filter((each) => each !== before);
  const now = {
    ...user,
    keys: before?.keys ?? [],
    was: before === undefined ? [] : formerly(before, user, atMs),
    password: user.role === 'widget' ? (before?.password ?? null) : null,
  };
  return { ...state, users: [...others, now].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

function formerly({ role, holdsChannels, was }: HubUser, now: NewUser, atMs: number): HubUser['was'] {
  const isSame = role === now.role && holdsChannels === now.holdsChannels;
  return isSame ? was : [...was, { role, holdsChannels, until: atMs }];
}

function withKeys(state: HubState, name: string, change: (keys: readonly HubKey[]) => HubKey[]): HubState {
  const user = userOf(state, name);
  return { ...state, users: state.users.map((each) => (each === user ? { ...each, keys: change(each.keys) } : each)) };
}

/** @param atMs epoch milliseconds */
export function withKey(state: HubState, name: string, publicKey: string, atMs: number): HubState {
  return withKeys(state, name, (keys) => [...keys, { publicKey, addedAt: atMs, revokedAt: null }]);
}

/** What a web site signs in with. */
export function withPassword(state: HubState, name: string, password: string): HubState {
  const user = userOf(state, name);
  return { ...state, users: state.users.map((each) => (each === user ? { ...each, password } : each)) };
}

/** Ends all keys and the password of a user. @param atMs epoch milliseconds */
export function withoutKeys(state: HubState, name: string, atMs: number): HubState {
  const ended = withKeys(state, name, (keys) => keys.map((key) => (key.revokedAt === null ? { ...key, revokedAt: atMs } : key)));
  return { ...ended, users: ended.users.map((each) => (each.name === name ? { ...each, password: null } : each)) };
}

export function validKeys(user: HubUser): readonly HubKey[] {
  return user.keys.filter((key) => key.revokedAt === null);
}

/** What everybody on the hub may read about a user (an entry of the bucket `people`). */
export interface DirectoryEntry {
  readonly name: string;
  readonly role: Role;
  readonly holdsChannels: boolean;
  readonly agentId: string | null;
  readonly keys: readonly HubKey[];
  readonly was?: HubUser['was'];
}

export function directoryEntry(user: HubUser): DirectoryEntry {
  const { name, role, holdsChannels, agentId, keys, was } = user;
  return { name, role, holdsChannels, agentId, keys, ...(was.length === 0 ? {} : { was }) };
}
