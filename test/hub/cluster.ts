import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromSeed } from '@nats-io/nkeys';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { TEAM_STREAM } from '../../src/main/engine/team/hub-names.ts';
import { parseInvite, type HubInvite } from '../../src/main/engine/team/hub-invite.ts';
import { addUser, connectAs, invite, makeHub, setReplicas } from '../../src/main/hub/hub.ts';
import { hubFolder, readAuthority, readSeed, readState, type HubFolder, type OwnKey } from '../../src/main/hub/hub-folder.ts';
import { hubStreams } from '../../src/main/hub/hub-streams.ts';
import { fillTemplate } from '../../src/main/hub/server-config.ts';
import { freePorts } from '../mail-server/ports.ts';
import { eventually, join, natsServers, readTemplate, ServerProcess, type TestUser } from './hub-server.ts';
import { LoopDisk } from './loop-disk.ts';
import { Relay } from './relay.ts';

const DISK = 2 ** 30;
const NODES = [0, 1, 2] as const;

export interface ClusterOptions {
  /** Debian 12's servers, which must be refused; with the stream of the log and nothing else. */
  readonly isOld?: boolean;
  /** The servers reach each other by relays, which can be cut. */
  readonly hasRelays?: boolean;
  /** Each server has a disk of its own whose power can be cut. Needs root. */
  readonly hasDisks?: boolean;
  /** The server's own default of when to write to disk, instead of always: what the template must not have. */
  readonly isLazy?: boolean;
}

/** Three servers on loopback that keep three copies of everything, from the template in resources/hub/cluster. */
export class TestCluster implements AsyncDisposable {
  readonly folder: HubFolder;
  readonly #root: string;
  readonly #binary: string;
  readonly #ports: readonly number[];
  readonly #invites = new Map<string, HubInvite>();
  readonly #open = new Set<NatsConnection>();
  readonly #running = new Map<number, ServerProcess>();
  readonly #options: ClusterOptions;
  /** Between two servers, under the one that dials and the one that it reaches. */
  readonly #relays = new Map<string, Relay>();
  readonly #disks = new Map<number, LoopDisk>();
  #region: ServerProcess | null = null;

  private constructor(root: string, binary: string, ports: readonly number[], options: ClusterOptions) {
    this.#root = root;
    this.#binary = binary;
    this.#ports = ports;
    this.#options = options;
    this.folder = hubFolder(path.join(root, 'hub'));
  }

  #port(index: number): number {
    const port = this.#ports[index];
    if (port === undefined) throw new Error('too few ports');
    return port;
  }

  /** Addresses for workstations, one for each node. */
  get servers(): readonly string[] {
    return NODES.map((node) => `tls://127.0.0.1:${String(this.#port(node))}`);
  }

  get regionServer(): string {
    return `127.0.0.1:${String(this.#port(9))}`;
  }

  static async start(users: readonly TestUser[], options: ClusterOptions = {}): Promise<TestCluster> {
    const { server, control } = await natsServers();
    const root = await mkdtemp(path.join(tmpdir(), 'meridian-hub-'));
    const cluster = new TestCluster(root, (options.isOld === true ? control : server).file, await freePorts(11), options);
    try {
      await cluster.#make(users);
      for (const node of NODES) await cluster.run(node);
      if (options.isOld === true) await eventually(async () => cluster.#makeOldStream(), 60_000);
      else await eventually(async () => setReplicas(cluster.folder.root, 3), 60_000);
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
    return cluster;
  }

  /** The hub command refuses such servers. */
  async #makeOldStream(): Promise<void> {
    const connection = await this.adminAnywhere();
    try {
      const wanted = hubStreams({ replicas: 3, diskBytes: DISK }).find(({ name }) => name === TEAM_STREAM);
      if (wanted === undefined) throw new Error('there is no such stream');
      await (await jetstreamManager(connection, { timeout: 10_000 })).streams.add(wanted);
    } finally {
      await connection.close();
    }
  }

  async #make(users: readonly TestUser[]): Promise<void> {
    const { root, keys } = this.folder;
    const wish = { name: 'Test cluster', hosts: ['localhost'], listen: '127.0.0.1', port: this.#port(0), diskBytes: DISK };
    await makeHub(root, wish, await readTemplate('one-node/nats.conf'));
    const template = await this.#template();
    for (const node of NODES) {
      const [one = 0, two = 0] = NODES.filter((each) => each !== node);
      const store = await this.#store(node);
      const values = {
        SERVER_NAME: `node-${String(node)}`,
        LISTEN: `127.0.0.1:${String(this.#port(node))}`,
        CLUSTER_LISTEN: `127.0.0.1:${String(this.#port(3 + node))}`,
        LEAF_LISTEN: `127.0.0.1:${String(this.#port(6 + node))}`,
        ROUTE_A: await this.#route(node, one),
        ROUTE_B: await this.#route(node, two),
        KEYS: keys,
        STORE: store,
        MAX_FILE: String(DISK),
        SYSTEM_KEY: await this.#systemKey(),
      };
      await writeFile(path.join(root, `node-${String(node)}.conf`), fillTemplate(template, values));
    }
    for (const { name, role, holdsChannels = role !== 'agent' } of users) {
      await addUser(root, { name, role, holdsChannels, agentId: null });
      const invited = parseInvite((await invite(root, name, Date.now())).link);
      if (invited === null) throw new Error(`the invite of ${name} cannot be read`);
      this.#invites.set(name, invited);
    }
  }

  async #template(): Promise<string> {
    const { isOld = false, hasRelays = false, isLazy = false } = this.#options;
    let template = await readTemplate('cluster/nats.conf');
    if (isOld || isLazy) template = template.replace(/^\s*sync_interval: always$/mu, '');
    // what the servers tell of each other leads nowhere, so that all goes by the relays
    const nowhere = `listen: "@CLUSTER_LISTEN@"\n  advertise: "127.0.0.1:${String(this.#port(10))}"`;
    return hasRelays ? template.replace(/listen: "@CLUSTER_LISTEN@"/u, nowhere) : template;
  }

  async #store(node: number): Promise<string> {
    const store = path.join(this.folder.root, `store-${String(node)}`);
    await mkdir(store);
    if (this.#options.hasDisks !== true) return store;
    const disk = await LoopDisk.make(store, DISK / 4);
    this.#disks.set(node, disk);
    return disk.folder;
  }

  async #route(from: number, to: number): Promise<string> {
    if (this.#options.hasRelays !== true) return `tls://127.0.0.1:${String(this.#port(3 + to))}`;
    const relay = await Relay.start(this.#port(3 + to));
    this.#relays.set(`${String(from)} ${String(to)}`, relay);
    return `tls://127.0.0.1:${String(relay.port)}`;
  }

  /** Cuts one server off from the other two, or joins it again; clients reach all of them. */
  partition(node: number, isCut: boolean): void {
    for (const [way, relay] of this.#relays) {
      if (!way.split(' ').includes(String(node))) continue;
      if (isCut) relay.cut();
      else relay.heal();
    }
  }

  async freeze(node: number): Promise<void> {
    await this.#running.get(node)?.freeze();
  }

  thaw(node: number): void {
    this.#running.get(node)?.signal('SIGCONT');
  }

  /** Cuts the power of all in one moment, and starts them with what was on their disks. */
  async cutPower(): Promise<void> {
    await Promise.all(NODES.map(async (node) => this.freeze(node)));
    const images = new Map<number, string>();
    for (const [node, disk] of this.#disks) images.set(node, await disk.snapshot());
    for (const node of NODES) await this.crash(node);
    for (const [node, disk] of this.#disks) await disk.replaceBy(images.get(node) ?? '');
    for (const node of NODES) await this.run(node);
  }

  /** The administrator's connection to whichever server answers. */
  async adminAnywhere(): Promise<NatsConnection> {
    const connection = await connect({
      servers: [...this.servers],
      authenticator: nkeyAuthenticator(await readSeed(this.folder, 'admin')),
      tls: { ca: await readAuthority(this.folder) },
      inboxPrefix: '_INBOX_admin',
      reconnect: false,
      timeout: 2_000,
    });
    this.#open.add(connection);
    return connection;
  }

  /** Which server leads the log, as an administrator sees it. */
  async leader(admin: NatsConnection): Promise<number> {
    const { cluster } = await (await jetstreamManager(admin, { timeout: 2_000 })).streams.info(TEAM_STREAM);
    const node = Number(/^node-(\d)$/u.exec(cluster?.leader ?? '')?.[1] ?? Number.NaN);
    if (Number.isNaN(node)) throw new Error('the log has no leader');
    return node;
  }

  /** How many entries the log has. */
  async stored(admin: NatsConnection): Promise<number> {
    return (await (await jetstreamManager(admin, { timeout: 2_000 })).streams.info(TEAM_STREAM)).state.messages;
  }

  inviteOf(name: string): HubInvite {
    const invited = this.#invites.get(name);
    if (invited === undefined) throw new Error(`the test cluster has no user ${name}`);
    return { ...invited, servers: this.servers };
  }

  async #systemKey(): Promise<string> {
    return fromSeed(await readSeed(this.folder, 'system')).getPublicKey();
  }

  async run(node: number): Promise<void> {
    const config = path.join(this.folder.root, `node-${String(node)}.conf`);
    this.#running.set(node, await ServerProcess.start(this.#binary, config, path.join(this.#root, `node-${String(node)}.log`)));
  }

  /** kill -9 of one node. */
  async crash(node: number): Promise<void> {
    this.#running.get(node)?.signal('SIGKILL');
    await this.#running.get(node)?.end();
    this.#running.delete(node);
  }

  /** Starts the server of another region, which signs in as the user `region`; resolves when it is connected to the hub. */
  async runRegion(): Promise<void> {
    const { root, keys } = this.folder;
    const store = path.join(root, 'store-region');
    await mkdir(store, { recursive: true });
    const invited = this.#invites.get('region');
    if (invited === undefined) throw new Error('there is no user called region');
    const config = path.join(root, 'region.conf');
    const values = {
      SERVER_NAME: 'region-1',
      LISTEN: this.regionServer,
      KEYS: keys,
      STORE: store,
      MAX_FILE: String(DISK),
      REGION: 'tokyo',
      HUB_URL: `tls://127.0.0.1:${String(this.#port(6))}`,
      REGION_SEED: invited.seed,
      SYSTEM_KEY: await this.#systemKey(),
    };
    await writeFile(config, fillTemplate(await readTemplate('region/nats.conf'), values), { mode: 0o600 });
    this.#region = await ServerProcess.start(this.#binary, config, path.join(this.#root, 'region.log'));
    await eventually(async () => {
      if (!(await this.log('region')).includes('Leafnode connection created')) throw new Error(await this.log('region'));
    });
  }

  async crashRegion(): Promise<void> {
    await this.#region?.end();
    this.#region = null;
  }

  async log(name: string): Promise<string> {
    return readFile(path.join(this.#root, `${name}.log`), 'utf8').catch(() => '');
  }

  /** A workstation's connection to these servers (the cluster's unless told otherwise); closed with the cluster. */
  async joinAs(name: string, servers: readonly string[] = this.servers): Promise<NatsConnection> {
    const connection = await join(this.inviteOf(name), servers);
    this.#open.add(connection);
    return connection;
  }

  async connectAs(key: OwnKey): Promise<NatsConnection> {
    const connection = await connectAs(this.folder, await readState(this.folder), key);
    this.#open.add(connection);
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#open].map(async (connection) => connection.close()));
    await Promise.all([this.crashRegion(), ...NODES.map(async (node) => this.crash(node))]);
    await Promise.all([...this.#relays.values()].map(async (relay) => relay[Symbol.asyncDispose]()));
    await Promise.all([...this.#disks.values()].map(async (disk) => disk[Symbol.asyncDispose]()));
    await rm(this.#root, { recursive: true, force: true });
  }
}
