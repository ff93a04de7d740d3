import { execFile, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { checkHubVersion, hubVersionRefusal } from '../engine/team/hub-version.ts';
import { daysLeft, RENEW_BEFORE_DAYS } from './certificates.ts';
import { refreshUsers, setUpStreams } from './hub.ts';
import { hubFolder } from './hub-folder.ts';
import { HubError } from './hub-state.ts';
import type { Provisioned } from './provision.ts';

const run = promisify(execFile);
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

/** Throws a HubError when this server may not carry a team. It is asked before it touches the data: formats only go forward. */
async function requireNewEnough(server: string): Promise<string> {
  const { stdout } = await run(server, ['--version']);
  const check = checkHubVersion(/nats-server: v?(\S+)/u.exec(stdout)?.[1]);
  if (!check.ok) throw new HubError(hubVersionRefusal(check));
  return check.version;
}

export interface ServeOptions {
  /** The nats-server to run. */
  readonly server: string;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly nowMs: () => number;
  /** Ends the hub. */
  readonly signal: AbortSignal;
  /** Called when workstations can connect. */
  readonly onReady?: () => void;
}

/** Ends a server the polite way, so that it closes its files; the hard way when it does not listen. */
async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const isLate = await Promise.race([ended.then(() => false), pause(STOP_LIMIT_MS, true, { ref: false })]);
  if (isLate) child.kill('SIGKILL');
  await ended;
}

/** Tries until streams and directory are as they must be. */
async function setUpSoon(root: string, hasEnded: () => boolean): Promise<readonly Provisioned[]> {
  const folder = hubFolder(root);
  const state = await refreshUsers(folder);
  const deadlineAt = performance.now() + START_LIMIT_MS;
  for (;;) {
    if (hasEnded()) throw new HubError('nats-server ended before it was ready: its last lines say why');
    try {
      const provisioned = await setUpStreams(folder, state);
      if (provisioned !== null) return provisioned;
    } catch (error) {
      // a server that has just begun to listen may not have its JetStream yet
      if (error instanceof HubError || performance.now() > deadlineAt) throw error;
    }
    if (performance.now() > deadlineAt) throw new HubError(`nats-server was not ready within ${String(START_LIMIT_MS / 1_000)} s`);
    await pause(100);
  }
}

/** Runs the hub of this folder until `signal` or until the server ends. Returns whether it ended because it was asked to. */
export async function serve(root: string, { server, say, warn, nowMs, signal, onReady }: ServeOptions): Promise<boolean> {
  const folder = hubFolder(root);
  const version = await requireNewEnough(server);
  await refreshUsers(folder);
  const days = await daysLeft(path.join(folder.keys, 'server.crt'), nowMs());
  if (days < RENEW_BEFORE_DAYS) warn(`the server's certificate ends in ${String(days)} days; npm run hub -- renew`);
  const child = spawn(server, ['-c', folder.config], { cwd: folder.root, stdio: ['ignore', 'ignore', 'pipe'] });
  const killWithUs = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killWithUs);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      warn(error.message);
    });
    child.once('close', () => {
      hasEnded = true;
      resolve();
    });
  });
  createInterface({ input: child.stderr }).on('line', say);
  const asked = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
  try {
    const provisioned = await Promise.race([setUpSoon(root, () => hasEnded), asked.then(() => null)]);
    if (provisioned !== null) {
      const news = provisioned.filter(({ outcome }) => outcome !== 'same').map(({ stream, outcome }) => `${stream} ${outcome}`);
      say(`hub ready: nats-server ${version}${news.length === 0 ? '' : `; ${news.join(', ')}`}`);
      onReady?.();
      await Promise.race([ended, asked]);
    }
    return signal.aborted;
  } finally {
    if (!hasEnded) await stop(child, ended);
    process.off('exit', killWithUs);
  }
}
