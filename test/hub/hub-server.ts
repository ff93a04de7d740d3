import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { parseInvite, type HubInvite } from '../../src/main/engine/team/hub-invite.ts';
import { HUB_FLOOR } from '../../src/main/engine/team/hub-version.ts';
import { inboxPrefixOf } from '../../src/main/engine/team/hub-names.ts';
import { addUser, connectAs, invite, makeHub, setUpStreams } from '../../src/main/hub/hub.ts';
import { hubFolder, readState, type HubFolder, type OwnKey } from '../../src/main/hub/hub-folder.ts';
import type { Role } from '../../src/main/hub/permissions.ts';
import { siteAccess } from '../../src/main/hub/site-command.ts';
import { freePorts } from '../mail-server/ports.ts';

const run = promisify(execFile);
/** Named from outside where this file is part of a bundle. */
const repository = process.env['MERIDIAN_REPOSITORY'] ?? path.resolve(import.meta.dirname, '../..');
const START_LIMIT_MS = 20_000;

/** The servers that `scripts/nats-server.mjs` found or fetched. */
export interface NatsServers {
  /** One that may carry a team. */
  readonly server: { readonly file: string; readonly version: string };
  /** Debian 12's, which must be refused. */
  readonly control: { readonly file: string; readonly version: string };
}

/** Throws when one of them is missing: hub tests that cannot run have failed. */
export async function natsServers(): Promise<NatsServers> {
  const { stdout } = await run(process.execPath, [path.join(repository, 'scripts/nats-server.mjs'), '--json']);
  const { server, control, floor } = JSON.parse(stdout) as Partial<NatsServers> & { floor: string };
  if (floor !== HUB_FLOOR) throw new Error(`scripts/nats-server.mjs has the floor ${floor}, the engine ${HUB_FLOOR}`);
  if (server === undefined || control === undefined) {
    throw new Error('THE HUB IS NOT TESTED: there is no nats-server. Run: node scripts/nats-server.mjs --control');
  }
  return { server, control };
}

export async function readTemplate(name: string): Promise<string> {
  return readFile(path.join(repository, 'resources/hub', name), 'utf8');
}

/** One server process. It ends when this object is told so, and equally when the test process dies in any way. */
export class ServerProcess {
  readonly #supervisor: ChildProcess;
  readonly #ended: Promise<void>;
  /** The server's own process id. */
  readonly pid: number;

  private constructor(supervisor: ChildProcess, pid: number) {
    this.#supervisor = supervisor;
    this.pid = pid;
    this.#ended = new Promise((resolve) => supervisor.once('close', () => resolve()));
  }

  /** @param log gets what the server says */
  static async start(server: string, config: string, log: string): Promise<ServerProcess> {
    // its input closes when this process ends, however it ends
    const script = `trap '' INT TERM HUP\n"$0" -c "$1" </dev/null >>"$2" 2>&1 &\nP=$!\necho $P\ncat >/dev/null\nkill -KILL $P 2>/dev/null\nwait`;
    const supervisor = spawn('/bin/sh', ['-c', script, server, config, log], {
      stdio: ['pipe', 'pipe', 'inherit'],
      cwd: path.dirname(config),
    });
    const pid = await new Promise<number>((resolve, reject) => {
      supervisor.once('error', reject);
      supervisor.stdout?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
    });
    return new ServerProcess(supervisor, pid);
  }

  /** Sends a signal to the server, not to its supervisor. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.pid, name);
  }

  /**
   * Stops it, and waits until it stands still: the signal goes to one thread, and on a busy machine the others work on until that one has had its turn.
   */
  async freeze(): Promise<void> {
    this.signal('SIGSTOP');
    await eventually(async () => {
      const tasks = `/proc/${String(this.pid)}/task`;
      for (const thread of await readdir(tasks)) {
        const stat = await readFile(path.join(tasks, thread, 'stat'), 'utf8');
        // behind the name in brackets, which may hold anything
        const state = stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
        if (state !== 'T') throw new Error(`a thread of the server is ${state}`);
      }
    });
  }

  /** Ends it at once. What was acknowledged is on the disk. */
  async end(): Promise<void> {
    this.#supervisor.stdin?.end();
    await this.#ended;
  }
}

/** Waits until `attempt` succeeds; throws its last failure after `limitMs`. */
export async function eventually<T>(attempt: () => Promise<T>, limitMs = START_LIMIT_MS): Promise<T> {
  const deadlineAt = performance.now() + limitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadlineAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** A user of a test hub: its name, or with a role and rights. */
export interface TestUser {
  readonly name: string;
  readonly role: Role;
  readonly holdsChannels?: boolean;
}

/** One of each role, and an agent who may hold channels. */
export const ONE_OF_EACH: readonly TestUser[] = [
  { name: 'ana', role: 'lead' },
  { name: 'bo', role: 'agent' },
  { name: 'cy', role: 'agent', holdsChannels: true },
  { name: 'gate', role: 'gateway' },
  { name: 'site', role: 'widget' },
  { name: 'tokyo', role: 'region' },
];

/** What a workstation does with its invite. It is never connected anew by itself: a test sees that it was cut. */
export async function join(invited: HubInvite, servers: readonly string[] = invited.servers): Promise<NatsConnection> {
  return connect({
    servers: [...servers],
    authenticator: nkeyAuthenticator(new TextEncoder().encode(invited.seed)),
    tls: { ca: invited.authority },
    inboxPrefix: inboxPrefixOf(invited.user.name),
    reconnect: false,
    ignoreClusterUpdates: true,
    timeout: 5_000,
  });
}

/** A hub of one real server on loopback, with TLS, keys and permissions, as `npm run hub` makes it. */
export class TestHub implements AsyncDisposable {
  readonly root: string;
  readonly folder: HubFolder;
  readonly invites: ReadonlyMap<string, HubInvite>;
  readonly #server: string;
  readonly #open = new Set<NatsConnection>();
  #process: ServerProcess | null = null;

  private constructor(root: string, invites: ReadonlyMap<string, HubInvite>, server: string) {
    this.root = root;
    this.folder = hubFolder(path.join(root, 'hub'));
    this.invites = invites;
    this.#server = server;
  }

  /**
   * @param isBare leaves the streams away
   * @param hasBrowsers lets browsers connect, unencrypted at a loopback address: `browserAddress`
   */
  static async start({
    users = ONE_OF_EACH,
    isBare = false,
    diskBytes = 2 ** 30,
    hasBrowsers = false,
  }: { users?: readonly TestUser[]; isBare?: boolean; diskBytes?: number; hasBrowsers?: boolean } = {}): Promise<TestHub> {
    const { server } = await natsServers();
    const root = await mkdtemp(path.join(tmpdir(), 'meridian-hub-'));
    const [port = 0, browserPort = 0] = await freePorts(2);
    const websocket = { listen: '127.0.0.1', port: browserPort, origins: [], certificate: null, isPlain: true };
    const wish = { name: 'Test hub', hosts: ['localhost'], listen: '127.0.0.1', port, diskBytes, ...(hasBrowsers ? { websocket } : {}) };
    const { root: place } = hubFolder(path.join(root, 'hub'));
    await makeHub(place, wish, await readTemplate('one-node/nats.conf'));
    const invites = new Map<string, HubInvite>();
    for (const { name, role, holdsChannels = role === 'lead' || role === 'gateway' } of users) {
      await addUser(place, { name, role, holdsChannels, agentId: null });
      const invited = parseInvite((await invite(place, name, Date.now())).link);
      if (invited === null) throw new Error(`the invite of ${name} cannot be read`);
      invites.set(name, invited);
    }
    const hub = new TestHub(root, invites, server.file);
    await hub.run();
    if (!isBare) await setUpStreams(hub.folder, await readState(hub.folder));
    return hub;
  }

  /** What a web site's page needs, besides the public key of the site. */
  async site(name: string): Promise<{ readonly address: string; readonly password: string }> {
    const { address, password } = siteAccess(await readState(this.folder), name);
    if (address === null) throw new Error('this hub lets no browsers in');
    return { address, password };
  }

  /** Starts the server, also after `crash`. */
  async run(): Promise<void> {
    this.#process = await ServerProcess.start(this.#server, this.folder.config, path.join(this.root, 'nats.log'));
    try {
      await eventually(async () => (await this.connectAs('admin')).close());
    } catch (error) {
      throw new Error(`nats-server did not start:\n${await this.log()}`, { cause: error });
    }
  }

  /** Starts Debian 12's server in the place of this one, with the same keys and no data: what an operator must not do. */
  async runOld(): Promise<void> {
    const { control } = await natsServers();
    const old = (await readFile(this.folder.config, 'utf8'))
      .replace(/^\s*sync_interval: always.*$/mu, '')
      .replace(this.folder.store, `${this.folder.store}-old`);
    const config = path.join(this.folder.root, 'old.conf');
    await writeFile(config, old);
    this.#process = await ServerProcess.start(control.file, config, path.join(this.root, 'old.log'));
    await eventually(async () => {
      if (!(await readFile(path.join(this.root, 'old.log'), 'utf8')).includes('Server is ready'))
        throw new Error('the old server is not ready');
    });
  }

  /** Has the server stand still: it keeps its connections and says nothing. */
  async freeze(): Promise<void> {
    await this.#process?.freeze();
  }

  thaw(): void {
    this.#process?.signal('SIGCONT');
  }

  /** kill -9, as a crash of the server or of its machine's process table would. */
  async crash(): Promise<void> {
    this.#process?.signal('SIGKILL');
    await this.#process?.end();
    this.#process = null;
  }

  async log(): Promise<string> {
    return readFile(path.join(this.root, 'nats.log'), 'utf8').catch(() => '');
  }

  inviteOf(name: string): HubInvite {
    const invited = this.invites.get(name);
    if (invited === undefined) throw new Error(`the test hub has no user ${name}`);
    return invited;
  }

  /** A workstation's connection; closed with the hub. */
  async joinAs(name: string): Promise<NatsConnection> {
    const connection = await join(this.inviteOf(name));
    this.#open.add(connection);
    return connection;
  }

  /** The hub command's own connection; closed with the hub. */
  async connectAs(key: OwnKey): Promise<NatsConnection> {
    const connection = await connectAs(this.folder, await readState(this.folder), key);
    this.#open.add(connection);
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#open].map(async (connection) => connection.close()));
    await this.#process?.end();
    await rm(this.root, { recursive: true, force: true });
  }
}

/** Debian 12's server with what it knows of the configuration: it has no `sync_interval`. Returns the folder's hub, running. */
export async function startControl(): Promise<{ readonly folder: HubFolder; readonly stop: () => Promise<void> }> {
  const { control } = await natsServers();
  const root = await mkdtemp(path.join(tmpdir(), 'meridian-hub-old-'));
  const [port = 0] = await freePorts(1);
  const folder = hubFolder(path.join(root, 'hub'));
  const template = (await readTemplate('one-node/nats.conf')).replace(/^\s*sync_interval: always$/mu, '');
  await makeHub(folder.root, { name: 'Old hub', hosts: ['localhost'], listen: '127.0.0.1', port, diskBytes: 2 ** 30 }, template);
  const log = path.join(root, 'nats.log');
  await writeFile(log, '');
  const server = await ServerProcess.start(control.file, folder.config, log);
  await eventually(async () => {
    if (!(await readFile(log, 'utf8')).includes('Server is ready')) throw new Error(`not ready:\n${await readFile(log, 'utf8')}`);
  });
  return {
    folder,
    stop: async () => {
      await server.end();
      await rm(root, { recursive: true, force: true });
    },
  };
}
