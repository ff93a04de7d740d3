import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HubError, parseHubState, type HubState } from './hub-state.ts';
import { renderSites, renderUsers, renderWebsocket, withSites } from './server-config.ts';

/** The files of a hub on disk. Only its owner may read the folder: it holds the authority's key and the administrator's. */
export interface HubFolder {
  readonly root: string;
  readonly keys: string;
  readonly store: string;
  readonly config: string;
}

export function hubFolder(root: string): HubFolder {
  return { root, keys: path.join(root, 'keys'), store: path.join(root, 'jetstream'), config: path.join(root, 'nats.conf') };
}

/** Whole or not at all, also when the machine stops in between. */
async function replaceFile(file: string, content: string): Promise<void> {
  const beside = `${file}.new`;
  await writeFile(beside, content, { mode: 0o600, flush: true });
  await rename(beside, file);
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Makes the empty folder. Throws a HubError when there is a hub in it. */
export async function makeFolder(folder: HubFolder): Promise<void> {
  if (await isThere(path.join(folder.root, 'hub.json'))) throw new HubError(`there is a hub in ${folder.root} already`);
  for (const each of [folder.root, folder.keys, folder.store]) {
    await mkdir(each, { recursive: true, mode: 0o700 });
    await chmod(each, 0o700);
  }
}

export async function readState(folder: HubFolder): Promise<HubState> {
  let text: string;
  try {
    text = await readFile(path.join(folder.root, 'hub.json'), 'utf8');
  } catch (error) {
    throw new HubError(`there is no hub in ${folder.root}; npm run hub -- init`, { cause: error });
  }
  return parseHubState(text);
}

/**
 * Writes the state, then the users as the server reads them. In this order: the users are always made from the state, so a crash in
 * between leaves somebody for a moment whom the next command or start removes, and never brings back somebody who was revoked.
 */
export async function writeState(folder: HubFolder, state: HubState, adminKey: string): Promise<void> {
  await replaceFile(path.join(folder.root, 'hub.json'), `${JSON.stringify(state, null, 2)}\n`);
  await replaceFile(path.join(folder.root, 'sites.conf'), renderSites(state.users));
  await replaceFile(path.join(folder.root, 'websocket.conf'), renderWebsocket(state.websocket, folder.keys));
  const upgraded = withSites(await readFile(folder.config, 'utf8'));
  if (upgraded !== null) await replaceFile(folder.config, upgraded);
  await replaceFile(path.join(folder.root, 'users.conf'), renderUsers(adminKey, state.users));
}

/** Whether a process of this number runs; one of somebody else counts. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function takeLock(file: string): Promise<void> {
  try {
    await writeFile(file, String(process.pid), { mode: 0o600, flag: 'wx' });
    return;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  if (Number.isInteger(holder) && holder > 0 && isRunning(holder)) {
    throw new HubError('another hub command is changing this hub; try again when it is done');
  }
  // whoever held it ended without giving it back
  await rm(file, { force: true });
  await writeFile(file, String(process.pid), { mode: 0o600, flag: 'wx' });
}

/**
 * Runs what reads the state and writes it back, alone: of two commands at once one would undo the other, and what it undoes may be
 * that somebody was revoked.
 */
export async function exclusively<T>(folder: HubFolder, work: () => Promise<T>): Promise<T> {
  const file = path.join(folder.root, 'hub.lock');
  await readState(folder);
  await takeLock(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

export async function writeConfig(folder: HubFolder, text: string): Promise<void> {
  await replaceFile(folder.config, text);
}

/** Keys that only the hub's own machine has: `admin` may change streams, `system` looks after the server. */
export type OwnKey = 'admin' | 'system';

export async function writeSeed(folder: HubFolder, key: OwnKey, seed: Uint8Array): Promise<void> {
  await writeFile(path.join(folder.keys, `${key}.seed`), seed, { mode: 0o600 });
}

export async function readSeed(folder: HubFolder, key: OwnKey): Promise<Uint8Array> {
  return new Uint8Array(await readFile(path.join(folder.keys, `${key}.seed`)));
}

export async function readAuthority(folder: HubFolder): Promise<string> {
  return readFile(path.join(folder.keys, 'ca.crt'), 'utf8');
}
