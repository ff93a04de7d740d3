import { open, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { jetstreamManager } from '@nats-io/jetstream';
import { daysLeft, RENEW_BEFORE_DAYS } from './certificates.ts';
import {
  addUser,
  invite,
  makeHub,
  makeServerFiles,
  mirrorTo,
  reloadServers,
  renewCertificate,
  revoke,
  setPolicy,
  setReplicas,
  whenRunning,
  type Applied,
} from './hub.ts';
import { hubFolder, readState } from './hub-folder.ts';
import { HubError, validKeys, type HubPolicy, type HubState } from './hub-state.ts';
import { ROLES, type Role } from './permissions.ts';
import type { Provisioned } from './provision.ts';
import { serve } from './serve.ts';
import { serverControl } from './server-control.ts';
import { changeWebsocket, saySite, websocketFrom } from './site-command.ts';
import { addTeamFrom, inviteEverybody } from './team-command.ts';

/** What the command needs of the machine it runs on. */
export interface HubMachine {
  /** The folder of the hub unless `--folder` names another. */
  readonly folder: string;
  /** Reads a file of resources/hub. */
  readonly readTemplate: (name: string) => Promise<string>;
  /** Finds a nats-server; throws with what to do when there is none. */
  readonly findServer: () => string;
  readonly nowMs: () => number;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  /** Ends `start`. */
  readonly signal: AbortSignal;
  readonly onReady?: () => void;
}

const USAGE = `npm run hub -- COMMAND

  init [--name NAME] [--host HOST]... [--listen ADDRESS] [--port 4222] [--disk GB]
       [--websocket PORT ...]
                       makes a hub: authority, certificate, keys, configuration
  websocket --websocket PORT|off [--websocket-listen ADDRESS] [--origin URL]...
            [--cert FILE --key FILE | --no-tls]
                       where the browsers of web sites connect, from the next start on:
                       with a certificate that browsers trust, or unencrypted at a
                       loopback address behind something that encrypts. --origin names the
                       web pages that are let in; all are without
  start                runs it in the foreground, and makes its streams
  add-user NAME... --role agent|lead|gateway|widget|region [--channels] [--agent ID]
                       adds people, or changes their role. A widget is a web site: says
                       what its page needs for the live chat
  add-team --from FILE [--channels]
                       the same for everybody of a team list: the table that Meridian
                       exports (CSV), or JSON; leads are those with that tier
  invite NAME [--out FILE]
                       a new key for one workstation of that person, as an invite
  invite --all --out FOLDER
                       a file for everybody who was never invited
  revoke NAME          ends all keys of a person; connections are cut at once
  policy [--on-leave keep|erase] [--least-version VERSION|any]
                       what workstations must do: with their copy when they leave the
                       team, and which version of Meridian they need; says it
  renew                a new server certificate of the same authority
  status               health, streams, users

For more than one server (resources/hub/README.md):
  server-files DIR --host HOST...
                       certificate and users for another server of this hub
  reload               all servers read their users again
  streams [--replicas 3]
                       makes what is missing; keeps so many copies
  mirror HOST:PORT     makes copies on the server of another region

  --folder DIR         where the hub is (else MERIDIAN_HUB, else ~/meridian-hub)
  --host               a name or address by which workstations reach the hub
  --channels           this agent's workstation may fetch mail and send for the team
  --agent              the person's id in the team's plan (agt_...)`;

const OPTIONS = {
  folder: { type: 'string' },
  name: { type: 'string' },
  host: { type: 'string', multiple: true },
  listen: { type: 'string' },
  port: { type: 'string' },
  disk: { type: 'string' },
  role: { type: 'string' },
  channels: { type: 'boolean' },
  agent: { type: 'string' },
  replicas: { type: 'string' },
  out: { type: 'string' },
  from: { type: 'string' },
  all: { type: 'boolean' },
  'on-leave': { type: 'string' },
  'least-version': { type: 'string' },
  websocket: { type: 'string' },
  'websocket-listen': { type: 'string' },
  origin: { type: 'string', multiple: true },
  cert: { type: 'string' },
  key: { type: 'string' },
  'no-tls': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

function roleFrom(text: string | undefined): Role {
  const role = ROLES.find((each) => each === text);
  if (role === undefined) throw new HubError(`--role is one of ${ROLES.join(', ')}`);
  return role;
}

function wholeNumber(text: string, what: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value < least || value > most) {
    throw new HubError(`${what} is a whole number from ${String(least)} to ${String(most)}`);
  }
  return value;
}

function hostFrom(text: string): string {
  // it becomes part of addresses and of a certificate
  if (!/^[a-z0-9]([a-z0-9.-]{0,252})$|^[0-9a-f:.]{2,45}$/iu.test(text))
    throw new HubError(`${JSON.stringify(text)} is no host name and no address`);
  return text;
}

function onlyOne(names: readonly string[], what: string): string {
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) throw new HubError(`name ${what}`);
  return name;
}

function sayApplied(machine: HubMachine, { running }: Applied): void {
  if (!running) machine.say('the hub does not run now; this counts from its next start');
}

async function init(machine: HubMachine, root: string, values: Values): Promise<void> {
  const hosts = (values.host ?? []).map(hostFrom);
  const listen = hostFrom(values.listen ?? (hosts.length === 0 ? '127.0.0.1' : '0.0.0.0'));
  const wish = {
    name: values.name ?? `Team at ${hostname()}`,
    hosts: hosts.length === 0 ? ['127.0.0.1'] : hosts,
    listen,
    port: wholeNumber(values.port ?? '4222', '--port', 1, 65_535),
    diskBytes: wholeNumber(values.disk ?? '20', '--disk', 1, 100_000) * 2 ** 30,
    ...(values.websocket === undefined ? {} : { websocket: websocketFrom(values, listen) }),
  };
  const state = await makeHub(root, wish, await machine.readTemplate('one-node/nats.conf'));
  machine.say(`the hub "${state.name}" is in ${root}`);
  machine.say(`workstations will reach it at ${state.hosts.join(' or ')}, port ${String(state.port)}`);
  if (hosts.length === 0) machine.say('that is this machine only; name its address with --host for others');
  machine.say('keep the folder to yourself: it holds the keys of the hub. Next: npm run hub -- start');
}

async function addUsers(machine: HubMachine, root: string, names: readonly string[], values: Values): Promise<void> {
  const role = roleFrom(values.role);
  if (names.length === 0) throw new HubError('name at least one user');
  if (names.length > 1 && values.agent !== undefined) throw new HubError('--agent goes with one user');
  let applied: Applied = { running: true };
  for (const name of names) {
    const holdsChannels = role === 'lead' || role === 'gateway' || (role === 'agent' && values.channels === true);
    applied = await addUser(root, { name, role, holdsChannels, agentId: values.agent ?? null }, machine.nowMs());
    if (role === 'widget') await saySite(machine, root, name);
    else machine.say(`${name} is ${role} on this hub; npm run hub -- invite ${name}`);
  }
  sayApplied(machine, applied);
}

async function inviteOne(machine: HubMachine, root: string, name: string, out: string | undefined): Promise<void> {
  // the file first: a key whose invite could not be written would be valid and lost
  const file = out === undefined ? undefined : await open(out, 'wx', 0o600);
  let made: Awaited<ReturnType<typeof invite>>;
  try {
    made = await invite(root, name, machine.nowMs());
    await file?.writeFile(`${made.link}\n`);
  } catch (error) {
    if (out !== undefined) await rm(out, { force: true });
    throw error;
  } finally {
    await file?.close();
  }
  machine.warn(
    `This invite is a SECRET: whoever has it is ${name} until you revoke ${name}. It is for one workstation, and is not shown again.`,
  );
  if (out === undefined) machine.say(made.link);
  else machine.say(`written to ${path.resolve(out)}; only you can read it. Delete it when ${name} has joined.`);
  sayApplied(machine, made);
}

async function revokeOne(machine: HubMachine, root: string, name: string): Promise<void> {
  const done = await revoke(root, name, machine.nowMs());
  machine.say(
    `${name} is revoked: ${String(done.ended)} ${done.ended === 1 ? 'key' : 'keys'} ended${done.running ? ', connections are cut' : ''}`,
  );
  machine.say(`what ${name} wrote stays; a copy that a workstation holds is not erased by this`);
  sayApplied(machine, done);
}

function policyFrom(values: Values): Partial<HubPolicy> {
  const { 'on-leave': onLeave, 'least-version': least } = values;
  if (onLeave !== undefined && onLeave !== 'keep' && onLeave !== 'erase') throw new HubError('--on-leave is keep or erase');
  if (least !== undefined && least !== 'any' && !/^\d{1,4}\.\d{1,4}\.\d{1,4}$/u.test(least)) {
    throw new HubError('--least-version is a version such as 0.2.0, or any');
  }
  return {
    ...(onLeave === undefined ? {} : { onLeave }),
    ...(least === undefined ? {} : { leastVersion: least === 'any' ? null : least }),
  };
}

async function changePolicy(machine: HubMachine, root: string, values: Values): Promise<void> {
  const change = policyFrom(values);
  const isQuestion = Object.keys(change).length === 0;
  const { policy, running } = isQuestion ? { ...(await readState(hubFolder(root))), running: true } : await setPolicy(root, change);
  machine.say(`a workstation that leaves ${policy.onLeave === 'keep' ? 'keeps a copy that can only be read' : 'erases its copy'}`);
  machine.say(`oldest version of Meridian: ${policy.leastVersion ?? 'any'}`);
  sayApplied(machine, { running });
}

async function sayUsers(machine: HubMachine, state: HubState, connected: readonly string[] | null): Promise<void> {
  machine.say(`users: ${String(state.users.length)}`);
  for (const user of state.users) {
    const keys = validKeys(user);
    const online = connected?.filter((key) => keys.some(({ publicKey }) => publicKey === key)).length;
    const links = online === undefined ? '' : `, ${String(online)} connected`;
    const ended = user.keys.length > 0 && keys.length === 0 && user.password === null ? ', revoked' : '';
    machine.say(
      `  ${user.name.padEnd(16)} ${user.role}${user.holdsChannels ? ' (channels)' : ''}, keys ${String(keys.length)}${links}${ended}`,
    );
  }
}

async function status(machine: HubMachine, root: string): Promise<boolean> {
  const folder = hubFolder(root);
  const state = await readState(folder);
  const days = await daysLeft(path.join(folder.keys, 'server.crt'), machine.nowMs());
  machine.say(`hub: ${state.name} (${state.id}), ${state.hosts.join(', ')}, port ${String(state.port)}`);
  machine.say(`certificate: ${String(days)} days left${days < RENEW_BEFORE_DAYS ? '; npm run hub -- renew' : ''}`);
  const seen = await whenRunning(folder, state, 'system', async (connection) => {
    const control = serverControl(connection);
    return { version: connection.info?.version ?? '', trouble: await control.trouble(), connected: await control.connectedKeys() };
  });
  if (seen === null) machine.say('server: not running');
  else machine.say(`server: nats-server ${seen.version}, ${seen.trouble === null ? 'healthy' : `NOT healthy: ${seen.trouble}`}`);
  await whenRunning(folder, state, 'admin', async (connection) => {
    const manager = await jetstreamManager(connection);
    for await (const { config, state: kept } of manager.streams.list()) {
      const megabytes = (kept.bytes / 1e6).toFixed(1);
      machine.say(`  ${config.name.padEnd(16)} ${String(kept.messages)} messages, ${megabytes} MB, copies ${String(config.num_replicas)}`);
    }
  });
  await sayUsers(machine, state, seen?.connected ?? null);
  return seen !== null && seen.trouble === null;
}

async function start({ say, warn, nowMs, signal, onReady, findServer }: HubMachine, root: string): Promise<boolean> {
  const options = { server: findServer(), say, warn, nowMs, signal, ...(onReady === undefined ? {} : { onReady }) };
  const wasAsked = await serve(root, options);
  if (!wasAsked) warn('nats-server ended by itself');
  return wasAsked;
}

function sayProvisioned(machine: HubMachine, provisioned: readonly Provisioned[]): void {
  for (const { stream, outcome } of provisioned) machine.say(`${stream.padEnd(16)} ${outcome}`);
}

async function streams(machine: HubMachine, root: string, asked: string | undefined): Promise<void> {
  const replicas = asked === undefined ? (await readState(hubFolder(root))).replicas : wholeNumber(asked, '--replicas', 1, 3);
  if (replicas !== 1 && replicas !== 3) throw new HubError('--replicas is 1 for one server, or 3 for a cluster');
  sayProvisioned(machine, await setReplicas(root, replicas));
}

async function serverFiles(machine: HubMachine, root: string, target: string, values: Values): Promise<void> {
  const hosts = (values.host ?? []).map(hostFrom);
  if (hosts.length === 0) throw new HubError('name at least one --host of that server');
  await makeServerFiles(root, path.resolve(target), hosts);
  machine.say(`${path.resolve(target)} holds what the server at ${hosts.join(', ')} needs; its key is a secret`);
}

interface Asked {
  readonly machine: HubMachine;
  readonly root: string;
  /** The words after the command. */
  readonly names: readonly string[];
  readonly values: Values;
}

/** Each returns the exit code. */
const COMMANDS: ReadonlyMap<string, (asked: Asked) => Promise<number>> = new Map([
  ['init', async ({ machine, root, values }) => init(machine, root, values).then(() => 0)],
  ['start', async ({ machine, root }) => ((await start(machine, root)) ? 0 : 1)],
  ['add-user', async ({ machine, root, names, values }) => addUsers(machine, root, names, values).then(() => 0)],
  [
    'add-team',
    async ({ machine, root, values }) => {
      sayApplied(machine, await addTeamFrom(machine, root, values.from, values.channels === true));
      return 0;
    },
  ],
  [
    'invite',
    async ({ machine, root, names, values }) => {
      if (values.all !== true) await inviteOne(machine, root, onlyOne(names, 'one user'), values.out);
      else if (names.length > 0) throw new HubError('--all goes without names');
      else sayApplied(machine, await inviteEverybody(machine, root, values.out));
      return 0;
    },
  ],
  [
    'websocket',
    async ({ machine, root, values }) => {
      await changeWebsocket(machine, root, values);
      return 0;
    },
  ],
  ['revoke', async ({ machine, root, names }) => revokeOne(machine, root, onlyOne(names, 'one user')).then(() => 0)],
  ['status', async ({ machine, root }) => ((await status(machine, root)) ? 0 : 1)],
  [
    'server-files',
    async ({ machine, root, names, values }) => serverFiles(machine, root, onlyOne(names, 'one folder'), values).then(() => 0),
  ],
  ['streams', async ({ machine, root, values }) => streams(machine, root, values.replicas).then(() => 0)],
  ['policy', async ({ machine, root, values }) => changePolicy(machine, root, values).then(() => 0)],
  [
    'renew',
    async ({ machine, root }) => {
      sayApplied(machine, await renewCertificate(root));
      machine.say('a new certificate is in place');
      return 0;
    },
  ],
  [
    'reload',
    async ({ machine, root }) => {
      machine.say(`servers that read their users again: ${String(await reloadServers(root))}`);
      return 0;
    },
  ],
  [
    'mirror',
    async ({ machine, root, names }) => {
      const address = onlyOne(names, 'one HOST:PORT');
      if (!/^\S+:\d{1,5}$/u.test(address)) throw new HubError('name the server as HOST:PORT');
      sayProvisioned(machine, await mirrorTo(root, `tls://${address}`));
      return 0;
    },
  ],
]);

/**
 * The hub command. Failures that a person can act on are said in one sentence.
 * @param words what stands after `npm run hub --`
 * @returns the exit code
 */
export async function runHub(words: readonly string[], machine: HubMachine): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
    const [command, ...names] = positionals;
    const root = path.resolve(values.folder ?? machine.folder);
    if (values.help === true || command === undefined) {
      machine.say(USAGE);
      return command === undefined && values.help !== true ? 1 : 0;
    }
    const run = COMMANDS.get(command);
    if (run === undefined) throw new HubError(`there is no command ${command}\n\n${USAGE}`);
    return await run({ machine, root, names, values });
  } catch (error) {
    machine.warn(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
