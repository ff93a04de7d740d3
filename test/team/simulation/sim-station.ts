import { Network } from './network.ts';
import type { NetworkWeather } from './network.ts';
import { Dead, SimStore } from './sim-store.ts';
import type { Disk, Life } from './sim-store.ts';
import type { World } from './world.ts';
import type { MemoryHub, MemoryLink } from '../memory-hub.ts';
import { HAND_ACCOUNT } from '../../engine/hand-channel.ts';
import { IdSource } from '../../../src/main/engine/identity.ts';
import type { Log } from '../../../src/main/engine/log.ts';
import { startTeamSync } from '../../../src/main/engine/jobs/team-sync.ts';
import type { TeamSync } from '../../../src/main/engine/jobs/team-sync.ts';
import { saveAccount } from '../../../src/main/engine/store/accounts.store.ts';
import type { BlobStore } from '../../../src/main/engine/store/blobs.store.ts';
import type { Membership } from '../../../src/main/engine/store/membership.store.ts';
import { storageFailure } from '../../../src/main/engine/store/sql.ts';
import { saveDirectory } from '../../../src/main/engine/store/team-people.store.ts';
import { saveSettings, readSettings } from '../../../src/main/engine/store/settings.store.ts';
import { admitAtOnce, leavePending } from '../../../src/main/engine/team/admission.ts';
import type { HubLink } from '../../../src/main/engine/team/hub-link.ts';
import { LogUnavailable } from '../../../src/main/engine/team/team-log.ts';
import type { TeamLog } from '../../../src/main/engine/team/team-log.ts';
import { createCaseLedger } from '../../../src/main/engine/usecases/case-ledger.ts';
import type { CaseLedger } from '../../../src/main/engine/usecases/case-ledger.ts';
import { coverageParts } from '../../../src/main/engine/usecases/coverage-parts.ts';
import type { CoverageParts } from '../../../src/main/engine/usecases/coverage-parts.ts';
import { DutyBook } from '../../../src/main/engine/usecases/duty-book.ts';
import type { HandoffDeps } from '../../../src/main/engine/usecases/handoff-scene.ts';
import { setProfile } from '../../../src/main/engine/usecases/set-profile.ts';
import { enterTeam } from '../../../src/main/engine/usecases/team-membership.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import type { AgentId, OperationId } from '../../../src/shared/domain/ids.ts';
import { instant } from '../../../src/shared/domain/time.ts';
import type { Instant } from '../../../src/shared/domain/time.ts';

/** What can go wrong with one workstation, and what is broken in it on purpose. */
export interface StationWeather extends NetworkWeather {
  /** Of a transaction. */
  readonly diskFull: number;
  /** Of a commit: the process ends right behind it. */
  readonly diesAfterCommit: number;
}

/** Something of the program that is left out or done wrong, so that it is seen that the simulation notices. */
export interface Sabotage {
  /** Statements that are not run. */
  readonly isForgotten?: (sql: string) => boolean;
  /** A log that says other things than the hub. */
  readonly log?: (log: TeamLog, station: SimStation) => TeamLog;
  /** What else is lost in a crash. */
  readonly atCrash?: (station: SimStation) => void;
}

/** Everything of one process: gone when it dies. */
interface Process {
  readonly life: Life;
  readonly store: SimStore;
  readonly ids: IdSource;
  readonly ledger: CaseLedger;
  readonly coverage: CoverageParts;
  readonly context: HandoffDeps;
  network: Network | null;
  link: MemoryLink | null;
  sync: TeamSync | null;
}

const NO_BLOBS = {
  has: () => true,
  get: () => null,
  put: () => {},
  sizeOf: () => null,
} as unknown as BlobStore;

/** A workstation without a page and without watchers: the real store, ledger, use cases and sync of a workspace. */
export class SimStation {
  readonly name: string;
  readonly role: string;
  readonly disk: Disk;
  readonly world: World;
  readonly hub: MemoryHub;
  /** How far this machine's clock is ahead of the right time. */
  skewMs = 0;
  isOnline = true;
  /** Set while nothing goes wrong any more. */
  isCalm = false;
  readonly problems: string[] = [];
  /** Ids of everything that was done here and committed. */
  readonly done = new Set<string>();
  /** The table's key up to which `done` was looked for. */
  #lookedUpTo = 0;
  readonly #weather: StationWeather;
  readonly #sabotage: Sabotage;
  readonly #onFollow: (station: SimStation) => void;
  readonly #calm: NetworkWeather;
  #hubRuns: () => number;
  #process: Process;
  #operations = 0;
  #lives = 0;

  constructor(deps: {
    readonly name: string;
    readonly role: string;
    readonly disk: Disk;
    readonly world: World;
    readonly hub: MemoryHub;
    readonly weather: StationWeather;
    readonly sabotage: Sabotage;
    readonly hubRuns: () => number;
    /** A life of it follows the team from now on. */
    readonly onFollow: (station: SimStation) => void;
  }) {
    this.name = deps.name;
    this.role = deps.role;
    this.disk = deps.disk;
    this.world = deps.world;
    this.hub = deps.hub;
    this.#weather = deps.weather;
    this.#calm = { ...deps.weather, slowestMs: 20, lost: 0, unanswered: 0, late: 0, unheard: 0, heardTwice: 0, heardLate: 0 };
    this.#sabotage = deps.sabotage;
    this.#hubRuns = deps.hubRuns;
    this.#onFollow = deps.onFollow;
    this.#process = this.#boot();
  }

  get context(): HandoffDeps {
    return this.#process.context;
  }

  get store(): SimStore {
    return this.#process.store;
  }

  get ledger(): CaseLedger {
    return this.#process.ledger;
  }

  get sync(): TeamSync | null {
    return this.#process.sync;
  }

  get link(): MemoryLink | null {
    return this.#process.link;
  }

  /** The log as this workstation has it. */
  get log(): TeamLog | null {
    const { link } = this.#process;
    return link === null ? null : (this.#sabotage.log?.(link.log, this) ?? link.log);
  }

  get life(): Life {
    return this.#process.life;
  }

  readonly clock = { now: (): Instant => instant(Math.max(0, this.world.clock.now() + this.skewMs)) };

  op(): OperationId {
    this.#operations += 1;
    return makeId('op', `${this.name}-${String(this.#operations)}`);
  }

  /** Does something, as a call of the page does: what is thrown is an answer there. */
  attempt<T>(what: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (!this.isExpected(error))
        this.problems.push(`${this.name} ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return null;
    }
  }

  isExpected(error: unknown): boolean {
    return error instanceof Dead || error instanceof LogUnavailable || storageFailure(error) === 'full';
  }

  /** Says who sits here, in a workspace of one. */
  furnish(hasChannel: boolean): void {
    setProfile(this.context, { opId: this.op(), name: this.name, zone: 'Europe/Lisbon', languages: ['en'] });
    this.store.write((tx) => {
      saveSettings(tx, { ...readSettings(tx), undoSendSeconds: 0 });
      if (hasChannel) saveAccount(tx, HAND_ACCOUNT);
    });
  }

  agentId(): AgentId {
    const found = this.disk.connection.get('SELECT uid FROM agents WHERE is_me = 1') as { uid: AgentId } | undefined;
    if (found === undefined) throw new Error('nobody sits here');
    return found.uid;
  }

  hasJoined(): boolean {
    return this.disk.connection.get("SELECT 1 FROM team WHERE key = 'membership'") !== undefined;
  }

  /** Joins, when the hub answers. */
  async join(agentId: AgentId | null): Promise<void> {
    const process = this.#process;
    this.#connect(process);
    const { link } = process;
    if (link === null) return;
    try {
      const identity = await link.log.identity();
      const joined: Membership = {
        hub: { id: 'hub-sim', name: 'Simulated' },
        servers: [],
        authority: '',
        user: { name: this.name, role: this.role, agentId: agentId ?? this.agentId() },
        workstation: `ws-${this.name}`,
        joinedAt: this.clock.now(),
        phase: 'joining',
        ended: null,
        holdsChannels: true,
      };
      process.store.write((tx) => {
        saveDirectory(tx, link.directory.users());
        this.#isJoining = true;
        enterTeam({ ledger: process.ledger, clock: this.clock }, tx, joined, identity);
      });
      process.ledger.forget();
      this.world.note(`${this.name} joins a log of ${String(identity.lastSequence)}`);
      this.#follow(process);
    } catch (error) {
      process.ledger.forget();
      if (!this.isExpected(error)) this.problems.push(`${this.name} join: ${String(error)}`);
    } finally {
      this.#isJoining = false;
    }
  }
  #isJoining = false;

  /** The process ends, wherever it is, and nothing is said to anybody. */
  die(): void {
    const { life, link, network } = this.#process;
    if (!life.isAlive) return;
    life.isAlive = false;
    network?.cut();
    if (link !== null) this.hub.links.delete(link);
    this.world.note(`${this.name} dies`);
    this.#sabotage.atCrash?.(this);
  }

  /** Starts again, from what is on the disk. */
  start(): void {
    if (this.life.isAlive) return;
    this.world.note(`${this.name} starts`);
    this.#process = this.#boot();
    if (!this.hasJoined()) return;
    this.#connect(this.#process);
    this.#follow(this.#process);
  }

  /** The network is there or not. */
  setOnline(isOnline: boolean): void {
    this.isOnline = isOnline;
    this.refreshConnection();
  }

  /** Tells the workstation what became of its connection. */
  refreshConnection(): void {
    const { network, link, life } = this.#process;
    if (network === null || link === null || !life.isAlive) return;
    const isUp = this.isOnline && this.hub.isUp;
    if (isUp === network.isUp) return;
    if (isUp) network.isUp = true;
    else network.cut();
    // a new connection measures the clock
    if (isUp) link.clockAheadMs = this.skewMs;
    link.setOnline(this.isOnline);
    this.world.note(`${this.name} is ${isUp ? 'online' : 'offline'}`);
  }

  #boot(): Process {
    const life: Life = { isAlive: true };
    this.#lives += 1;
    const chance = this.world.random.fork(`${this.name} ${String(this.#lives)}`);
    const store = new SimStore(this.disk, life, {
      fullAfter: () => (!this.isCalm && chance.chance(this.#weather.diskFull) ? chance.int(0, 12) : null),
      diesAfterCommit: () => {
        if (this.isCalm || !chance.chance(this.#weather.diesAfterCommit)) return false;
        this.die();
        this.world.after(chance.between(100, 20_000), () => {
          this.start();
        });
        return true;
      },
      onCommit: () => {
        this.#lookForNew();
      },
      isForgotten: this.#sabotage.isForgotten ?? null,
    });
    const ids = new IdSource(this.clock, (count) => chance.bytes(count));
    const coverage = coverageParts(this.clock);
    const isMember = (): boolean => this.#isJoining || this.hasJoined();
    let process: Process | null = null;
    const ledger = createCaseLedger({
      log: { admit: (last) => (isMember() ? leavePending : admitAtOnce).admit(last) },
      ids,
      clock: this.clock,
      node: this.name,
      ...coverage,
      team: () => (isMember() ? { clockAheadMs: () => process?.link?.clockAheadMs ?? 0 } : null),
    });
    const context: HandoffDeps = {
      store,
      blobs: NO_BLOBS,
      ledger,
      ids,
      clock: this.clock,
      book: coverage.book,
      duties: new DutyBook(coverage.book),
    };
    process = { life, store, ids, ledger, coverage, context, network: null, link: null, sync: null };
    store.onCommit((changes) => {
      if (changes.has('events')) process?.sync?.push();
    });
    return process;
  }

  #connect(process: Process): void {
    if (process.link !== null) return;
    const network = new Network({
      world: this.world,
      weather: () => (this.isCalm ? this.#calm : this.#weather),
      isAlive: () => process.life.isAlive,
      hubRuns: this.#hubRuns,
      name: this.name,
    });
    network.isUp = this.isOnline && this.hub.isUp;
    process.network = network;
    process.link = this.hub.link(this.name, `ws-${this.name}`, network);
    process.link.clockAheadMs = this.skewMs;
    process.link.setOnline(this.isOnline);
  }

  #follow(process: Process): void {
    const { link, life } = process;
    if (link === null || !life.isAlive) return;
    const log: Log = (level, text, detail) => {
      const error = detail?.['error'];
      if (level === 'error' && !this.isExpected(error))
        this.problems.push(`${this.name}: ${text} ${error instanceof Error ? (error.stack ?? '') : JSON.stringify(detail)}`);
      if (level !== 'info') this.world.note(`${this.name} logs: ${text}`);
    };
    // it does not change in a run, so the one of joining will do when the disk is full
    this.attempt('keeps the directory', () => {
      process.store.write((tx) => {
        saveDirectory(tx, link.directory.users());
      });
    });
    if (!life.isAlive) return;
    process.sync = startTeamSync({
      store: process.store,
      ledger: process.ledger,
      ids: process.ids,
      clock: this.clock,
      log,
      link: withLog(link, this.log ?? link.log),
      timers: this.world.timers(() => life.isAlive),
      soon: (work) => {
        this.world.after(0, () => {
          if (life.isAlive) work();
        });
      },
      signer: { user: this.name, workstation: `ws-${this.name}`, sign: () => 'c2ln' },
      shareFiles: async () => Promise.resolve(),
      sizeOf: () => null,
      onChange: () => {},
      onApplied: ({ hasFacts, conflicts }) => {
        if (hasFacts) {
          process.coverage.book.forget();
          process.ledger.forget();
        }
        for (const { id, kind, reason } of conflicts) this.world.note(`${this.name} finds ${kind} ${reason} ${id}`);
      },
      onCaughtUp: () => {},
      onRewound: (missing) => {
        this.world.note(`${this.name} saw the hub go back by ${String(missing)}`);
      },
      onStorageFull: () => {},
    });
    this.#onFollow(this);
  }

  #lookForNew(): void {
    const rows = this.disk.connection.all('SELECT local_id AS key, id, signed_by AS signer FROM events WHERE local_id > @from', {
      from: this.#lookedUpTo,
    }) as { key: number; id: string; signer: string | null }[];
    for (const { key, id, signer } of rows) {
      this.#lookedUpTo = Math.max(this.#lookedUpTo, key);
      if (signer === null) this.done.add(id);
    }
  }
}

function withLog(link: MemoryLink, log: TeamLog): HubLink {
  const { leases, presence, files, directory, snapshots, chat } = link;
  return {
    log,
    leases,
    presence,
    files,
    directory,
    snapshots,
    chat,
    state: () => link.state(),
    onState: (listener) => link.onState(listener),
    nudge: () => link.nudge(),
    measure: async () => link.measure(),
    [Symbol.asyncDispose]: async () => link[Symbol.asyncDispose](),
  };
}
