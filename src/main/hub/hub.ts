import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { createUser, fromSeed, type KeyPair } from '@nats-io/nkeys';
import type { NatsConnection } from '@nats-io/transport-node';
import { inviteLink } from '../engine/team/hub-invite.ts';
import { makeAuthority, makeServerCertificate } from './certificates.ts';
import { connectToHub } from './hub-connection.ts';
import {
  exclusively,
  hubFolder,
  makeFolder,
  readAuthority,
  readSeed,
  readState,
  writeConfig,
  writeSeed,
  writeState,
  type HubFolder,
  type OwnKey,
} from './hub-folder.ts';
import {
  DEFAULT_POLICY,
  HubError,
  userOf,
  validKeys,
  withKey,
  withoutKeys,
  withPassword,
  withUser,
  type HubPolicy,
  type HubState,
  type HubUser,
  type HubWebsocket,
  type NewUser,
} from './hub-state.ts';
import { provision, provisionMirrors, publishDirectory, type Provisioned } from './provision.ts';
import { fillTemplate } from './server-config.ts';
import { serverControl } from './server-control.ts';
import { plannedUsers, type ListedPerson, type PlannedUser } from './team-list.ts';

/** What a new hub is to be. */
export interface HubWish {
  readonly name: string;
  /** Names and addresses under which workstations reach it; the first stands first in invites. */
  readonly hosts: readonly string[];
  /** The address that the server listens at. */
  readonly listen: string;
  readonly port: number;
  readonly diskBytes: number;
  /** Where browsers connect; left out: nowhere. */
  readonly websocket?: HubWebsocket;
}

function publicKeyOf(seed: Uint8Array): string {
  return fromSeed(seed).getPublicKey();
}

/** All names that stand in the certificate: also those under which the hub's own machine reaches its server. */
function certifiedHosts({ hosts, listen }: Pick<HubWish, 'hosts' | 'listen'>): readonly string[] {
  const isAnywhere = listen === '0.0.0.0' || listen === '::';
  return [...new Set([...hosts, ...(isAnywhere ? [hostname()] : [listen]), 'localhost', '127.0.0.1'])];
}

function hostAndPort(host: string, port: number): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${String(port)}`;
}

/** Makes authority, certificate, keys and configuration of one server. `template` is resources/hub/one-node/nats.conf. */
export async function makeHub(root: string, wish: HubWish, template: string): Promise<HubState> {
  const folder = hubFolder(path.resolve(root));
  await makeFolder(folder);
  await makeAuthority(folder.keys, wish.name);
  await makeServerCertificate(folder.keys, folder.keys, wish.name, certifiedHosts(wish));
  const [admin, system] = [createUser(), createUser()];
  await writeSeed(folder, 'admin', admin.getSeed());
  await writeSeed(folder, 'system', system.getSeed());
  const id = `hub-${randomBytes(8).toString('hex')}`;
  const config = fillTemplate(template, {
    SERVER_NAME: `${id}-1`,
    LISTEN: hostAndPort(wish.listen, wish.port),
    KEYS: folder.keys,
    STORE: folder.store,
    MAX_FILE: String(wish.diskBytes),
    SYSTEM_KEY: system.getPublicKey(),
  });
  await writeConfig(folder, config);
  const { websocket = null } = wish;
  const state: HubState = { version: 1, id, ...wish, hosts: [...wish.hosts], replicas: 1, policy: DEFAULT_POLICY, websocket, users: [] };
  await writeState(folder, state, admin.getPublicKey());
  return state;
}

/** Connects with one of the hub's own keys. Throws what the client throws when no server answers. */
export async function connectAs(folder: HubFolder, state: HubState, key: OwnKey, timeoutMs?: number): Promise<NatsConnection> {
  const host = state.listen === '0.0.0.0' || state.listen === '::' ? '127.0.0.1' : state.listen;
  return connectToHub({
    servers: [`tls://${hostAndPort(host, state.port)}`],
    authority: await readAuthority(folder),
    seed: await readSeed(folder, key),
    inboxPrefix: `_INBOX_${key}`,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/** Whether an error says that nobody listens there, which is no fault: the hub is not running. */
function isNobodyThere(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (/ECONNREFUSED|EHOSTUNREACH|CONNECTION_REFUSED|connection refused/iu.test(each.message)) return true;
  }
  return false;
}

/** Runs `work` on the running hub; null when it does not run. */
export async function whenRunning<T>(
  folder: HubFolder,
  state: HubState,
  key: OwnKey,
  work: (connection: NatsConnection) => Promise<T>,
): Promise<T | null> {
  let connection: NatsConnection;
  try {
    connection = await connectAs(folder, state, key);
  } catch (error) {
    if (isNobodyThere(error)) return null;
    throw error;
  }
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** What a change of users came to: `running` is false when the hub is down and will read it when it starts. */
export interface Applied {
  readonly running: boolean;
}

/** Makes what is missing of streams and buckets, and writes the directory. Null when the hub does not run. */
export async function setUpStreams(folder: HubFolder, state: HubState): Promise<readonly Provisioned[] | null> {
  return whenRunning(folder, state, 'admin', async (connection) => {
    const provisioned = await provision(connection, state);
    await publishDirectory(connection, state);
    return provisioned;
  });
}

async function apply(folder: HubFolder, state: HubState): Promise<Applied> {
  await writeState(folder, state, publicKeyOf(await readSeed(folder, 'admin')));
  const isReloaded = await whenRunning(folder, state, 'system', async (connection) => {
    await serverControl(connection).reload();
    return true;
  });
  if (isReloaded === null) return { running: false };
  await setUpStreams(folder, state);
  return { running: true };
}

export async function addUser(root: string, user: NewUser, nowMs = Date.now()): Promise<Applied> {
  const folder = hubFolder(root);
  return exclusively(folder, async () => apply(folder, withSignIn(withUser(await readState(folder), user, nowMs), user)));
}

const PASSWORD_BYTES = 18;

/** A web site gets a password when it has none; the other users are invited. */
function withSignIn(state: HubState, { name, role }: NewUser): HubState {
  if (role !== 'widget' || userOf(state, name).password !== null) return state;
  return withPassword(state, name, randomBytes(PASSWORD_BYTES).toString('base64url'));
}

/** Where browsers connect, from the next start of the server on: a running one does not take it. */
export async function setWebsocket(root: string, websocket: HubWebsocket | null): Promise<void> {
  const folder = hubFolder(root);
  await exclusively(folder, async () => {
    const state = await readState(folder);
    await writeState(folder, { ...state, websocket }, publicKeyOf(await readSeed(folder, 'admin')));
  });
}

/**
 * Makes a new key for a user, lets it in, and returns the invite that holds it. The hub keeps the public half only: an invite that
 * was lost is not printed again, it is revoked and another one made.
 */
export async function invite(root: string, name: string, nowMs: number): Promise<Applied & { readonly link: string }> {
  const folder = hubFolder(root);
  return exclusively(folder, async () => {
    const state = await readState(folder);
    const user = userOf(state, name);
    const pair = createUser();
    const applied = await apply(folder, withKey(state, name, pair.getPublicKey(), nowMs));
    return { ...applied, link: await linkFor(folder, state, user, pair) };
  });
}

async function linkFor(folder: HubFolder, state: HubState, user: HubUser, pair: KeyPair): Promise<string> {
  return inviteLink({
    hub: { id: state.id, name: state.name },
    servers: state.hosts.map((host) => `tls://${hostAndPort(host, state.port)}`),
    authority: await readAuthority(folder),
    user: { name: user.name, role: user.role, agentId: user.agentId },
    seed: new TextDecoder().decode(pair.getSeed()),
  });
}

/** Makes users of all people of a list, or none: what cannot be is said before anything is changed. */
export async function addTeam(
  root: string,
  people: readonly ListedPerson[],
  holdsChannels: boolean,
  nowMs = Date.now(),
): Promise<Applied & { readonly users: readonly PlannedUser[]; readonly unlisted: readonly string[] }> {
  const folder = hubFolder(root);
  return exclusively(folder, async () => {
    const before = await readState(folder);
    const users = plannedUsers(before, people, holdsChannels);
    let state = before;
    for (const { user } of users) state = withUser(state, user, nowMs);
    const listed = new Set(users.map(({ user }) => user.name));
    const unlisted = before.users.filter((each) => isPerson(each) && validKeys(each).length > 0 && !listed.has(each.name));
    return { ...(await apply(folder, state)), users, unlisted: unlisted.map(({ name }) => name) };
  });
}

function isPerson({ role }: HubUser): boolean {
  return role === 'agent' || role === 'lead';
}

/**
 * Writes an invite for every person who was never invited, each into a file of its own. Whoever has a key keeps it, and whoever was
 * revoked is let in by name only. The files are written before the keys are let in: a crash leaves invites that are none.
 */
export async function inviteAll(
  root: string,
  target: string,
  nowMs: number,
): Promise<
  Applied & { readonly written: readonly string[]; readonly skipped: readonly { readonly name: string; readonly why: string }[] }
> {
  const folder = hubFolder(root);
  return exclusively(folder, async () => {
    let state = await readState(folder);
    const people = state.users.filter(isPerson);
    const fresh = people.filter(({ keys }) => keys.length === 0);
    const skipped = people
      .filter(({ keys }) => keys.length > 0)
      .map((user) => ({ name: user.name, why: validKeys(user).length > 0 ? 'has an invite or has joined' : 'was revoked' }));
    if (fresh.length === 0) return { running: true, written: [], skipped };
    await mkdir(target, { recursive: true, mode: 0o700 });
    const written: string[] = [];
    try {
      for (const user of fresh) {
        const pair = createUser();
        const file = path.join(target, `${user.name}.invite`);
        await writeFile(file, `${await linkFor(folder, state, user, pair)}\n`, { flag: 'wx', mode: 0o600 });
        written.push(file);
        state = withKey(state, user.name, pair.getPublicKey(), nowMs);
      }
      return { ...(await apply(folder, state)), written, skipped };
    } catch (error) {
      for (const file of written) await rm(file, { force: true });
      throw error;
    }
  });
}

/**
 * A server may take a moment to cut them off. What they stored until then is theirs to everybody who reads it, whenever they do; after
 * it they can store nothing, so the end may stand a little later than it was.
 */
const CUT_OFF_MS = 10_000;

/** Ends all keys of a user. Connections that use them are cut when this returns, if the hub runs. */
export async function revoke(root: string, name: string, nowMs: number): Promise<Applied & { readonly ended: number }> {
  const folder = hubFolder(root);
  return exclusively(folder, async () => {
    const state = await readState(folder);
    const user = userOf(state, name);
    const ended = validKeys(user).length + (user.password === null ? 0 : 1);
    return { ...(await apply(folder, withoutKeys(state, name, nowMs + CUT_OFF_MS))), ended };
  });
}

/** Changes what the hub demands of workstations; those that are connected hear of it at once. */
export async function setPolicy(root: string, change: Partial<HubPolicy>): Promise<Applied & { readonly policy: HubPolicy }> {
  const folder = hubFolder(root);
  return exclusively(folder, async () => {
    const state = await readState(folder);
    const policy = { ...state.policy, ...change };
    return { ...(await apply(folder, { ...state, policy })), policy };
  });
}

/** A new server certificate of the same authority. A running server takes it at once; workstations notice nothing. */
export async function renewCertificate(root: string): Promise<Applied> {
  const folder = hubFolder(root);
  return exclusively(folder, async () => {
    const state = await readState(folder);
    await makeServerCertificate(folder.keys, folder.keys, state.name, certifiedHosts(state));
    return apply(folder, state);
  });
}

/**
 * What another server of this hub needs, in a folder to be carried there: a certificate of the same authority, the authority, the
 * users and the web sites. The authority's key and the administrator's stay here.
 */
export async function makeServerFiles(root: string, target: string, hosts: readonly string[]): Promise<void> {
  const folder = hubFolder(root);
  const state = await refreshUsers(folder);
  const keys = path.join(target, 'keys');
  await mkdir(keys, { recursive: true, mode: 0o700 });
  await makeServerCertificate(folder.keys, keys, state.name, hosts);
  await copyFile(path.join(folder.keys, 'ca.crt'), path.join(keys, 'ca.crt'));
  for (const file of ['users.conf', 'sites.conf']) await copyFile(path.join(folder.root, file), path.join(target, file));
}

/** Keeps so many copies of every stream from now on. The servers must be there. */
export async function setReplicas(root: string, replicas: HubState['replicas']): Promise<readonly Provisioned[]> {
  const folder = hubFolder(root);
  return exclusively(folder, async () => {
    const state = { ...(await readState(folder)), replicas };
    const provisioned = await setUpStreams(folder, state);
    if (provisioned === null) throw new HubError('the hub does not run');
    await writeState(folder, state, publicKeyOf(await readSeed(folder, 'admin')));
    return provisioned;
  });
}

/** Makes copies of the hub's streams on the server of another region, which is connected to the hub as a leaf node. */
export async function mirrorTo(root: string, server: string): Promise<readonly Provisioned[]> {
  const folder = hubFolder(root);
  const state = await readState(folder);
  const connection = await connectToHub({
    servers: [server],
    authority: await readAuthority(folder),
    seed: await readSeed(folder, 'admin'),
    inboxPrefix: '_INBOX_admin',
  });
  try {
    return await provisionMirrors(connection, state);
  } finally {
    await connection.close();
  }
}

/** Has every server that this one knows read its users again. */
export async function reloadServers(root: string): Promise<number> {
  const folder = hubFolder(root);
  const done = await whenRunning(folder, await readState(folder), 'system', async (connection) => serverControl(connection).reload());
  if (done === null) throw new HubError('the hub does not run');
  return done;
}

/** The users as the server would read them now, written anew: what a crash left half done is put right. */
export async function refreshUsers(folder: HubFolder): Promise<HubState> {
  return exclusively(folder, async () => {
    const state = await readState(folder);
    await writeState(folder, state, publicKeyOf(await readSeed(folder, 'admin')));
    return state;
  });
}
