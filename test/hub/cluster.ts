import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromSeed } from '@nats-io/nkeys';
import type { NatsConnection } from '@nats-io/transport-node';
import { parseInvite, type HubInvite } from '../../src/main/engine/team/hub-invite.ts';
import { addUser, connectAs, invite, makeHub, setReplicas } from '../../src/main/hub/hub.ts';
import { hubFolder, readSeed, readState, type HubFolder, type OwnKey } from '../../src/main/hub/hub-folder.ts';
import { fillTemplate } from '../../src/main/hub/server-config.ts';
import { freePorts } from '../mail-server/ports.ts';
import { eventually, join, natsServers, readTemplate, ServerProcess, type TestUser } from './hub-server.ts';

const DISK = 2 ** 30;
const NODES = [0, 1, 2] as const;

/** Three servers on loopback that keep three copies of everything, from the template in resources/hub/cluster. */
export class TestCluster implements AsyncDisposable {
  readonly folder: HubFolder;
  readonly #root: string;
  readonly #binary: string;
  readonly #ports: readonly number[];
  readonly #invites = new Map<string, HubInvite>();
  readonly #open = new Set<NatsConnection>();
  readonly #running = new Map<number, ServerProcess>();
  #region: ServerProcess | null = null;

  private constructor(root: string, binary: string, ports: readonly number[]) {
    this.#root = root;
    this.#binary = binary;
    this.#ports = ports;
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

  static async start(users: readonly TestUser[]): Promise<TestCluster> {
    const { server } = await natsServers();
    const cluster = new TestCluster(await mkdtemp(path.join(tmpdir(), 'meridian-hub-')), server.file, await freePorts(10));
    await cluster.#make(users);
    for (const node of NODES) await cluster.run(node);
    await eventually(async () => setReplicas(cluster.folder.root, 3), 60_000);
    return cluster;
  }

  async #make(users: readonly TestUser[]): Promise<void> {
    const { root, keys } = this.folder;
    const wish = { name: 'Test cluster', hosts: ['localhost'], listen: '127.0.0.1', port: this.#port(0), diskBytes: DISK };
    await makeHub(root, wish, await readTemplate('one-node/nats.conf'));
    const template = await readTemplate('cluster/nats.conf');
    const route = (node: number): string => `tls://127.0.0.1:${String(this.#port(3 + node))}`;
    for (const node of NODES) {
      const [one = 0, two = 0] = NODES.filter((each) => each !== node);
      const store = path.join(root, `store-${String(node)}`);
      await mkdir(store);
      const values = {
        SERVER_NAME: `node-${String(node)}`,
        LISTEN: `127.0.0.1:${String(this.#port(node))}`,
        CLUSTER_LISTEN: `127.0.0.1:${String(this.#port(3 + node))}`,
        LEAF_LISTEN: `127.0.0.1:${String(this.#port(6 + node))}`,
        ROUTE_A: route(one),
        ROUTE_B: route(two),
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
    const invited = this.#invites.get(name);
    if (invited === undefined) throw new Error(`the test cluster has no user ${name}`);
    const connection = await join(invited, servers);
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
    await rm(this.#root, { recursive: true, force: true });
  }
}
