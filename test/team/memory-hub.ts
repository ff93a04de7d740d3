import { readFileSync, writeFileSync } from 'node:fs';
import { LogRefused, LogUnavailable } from '../../src/main/engine/team/team-log.ts';
import type { Appended, EntryAuthor, LogEntry, NewEntry, TeamLog } from '../../src/main/engine/team/team-log.ts';
import type { DirectoryUser, HeldLease, HubLink, LeaseHolder, Leases, LinkState, Presence } from '../../src/main/engine/team/hub-link.ts';
import { MAX_EVENT_BYTES } from '../../src/main/engine/team/hub-names.ts';
import { readWire } from '../../src/shared/contract/team-wire.ts';
import type { Clock } from '../../src/shared/domain/time.ts';

/**
 * A FAKE of a hub, in memory: one order, compare-and-set, ids that are forgotten, connections that break at any moment. It proves what
 * workstations make of a hub's promises, and nothing about NATS: those promises are proved against real servers in test/hub.
 */
export class MemoryHub {
  logId = 'log-1';
  entries: LogEntry[] = [];
  /** Ids that the log still remembers; `forgetIds` empties it as time would. */
  remembered = new Map<string, number>();
  readonly users = new Map<string, DirectoryUser>();
  readonly leases = new Map<string, LeaseHolder>();
  readonly files = new Map<string, Uint8Array>();
  /** Packed snapshots by their hash, the oldest first. */
  readonly snapshots = new Map<string, { manifest: string; bytes: Uint8Array }>();
  readonly links = new Set<MemoryLink>();
  isUp = true;
  #fence = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addUser(name: string, role: string, agentId: string | null = null, publicKey = `U${name.toUpperCase()}`): void {
    this.users.set(name, {
      name,
      role,
      holdsChannels: role !== 'agent',
      agentId,
      keys: [{ publicKey, addedAt: 0, revokedAt: null }],
    });
    for (const link of this.links) link.directoryChanged();
  }

  link(user: string, workstation: string, transport: Transport | null = null): MemoryLink {
    const link = new MemoryLink(this, user, workstation, this.#clock, transport);
    this.links.add(link);
    return link;
  }

  append(entry: NewEntry): Appended {
    if (Buffer.byteLength(entry.data) > MAX_EVENT_BYTES) throw new LogRefused('too-large', entry.id);
    const repeated = this.remembered.get(entry.id);
    // a real hub looks at the expectation first
    const head = this.headOf(entry.stream);
    const isOutrun = entry.expected !== undefined && entry.expected !== (head?.sequence ?? 0);
    if (repeated !== undefined) return isOutrun ? { kind: 'moved' } : { kind: 'repeated', sequence: repeated };
    if (isOutrun || (entry.place !== undefined && entry.place !== this.entries.length + 1)) return { kind: 'moved' };
    const stored: LogEntry = {
      sequence: this.entries.length + 1,
      id: entry.id,
      stream: entry.stream,
      storedAt: this.#clock.now(),
      data: entry.data,
      author: this.authorOf(entry.data),
    };
    this.entries.push(stored);
    this.remembered.set(entry.id, stored.sequence);
    for (const link of this.links) link.hear(stored);
    return { kind: 'stored', sequence: stored.sequence };
  }

  headOf(stream: string): LogEntry | undefined {
    return this.entries.findLast((entry) => entry.stream === stream);
  }

  /** Time goes by: the log knows ids for some minutes only. */
  forgetIds(): void {
    this.remembered.clear();
  }

  /** An operator puts an old copy back: what came after `length` entries is lost, and the ids with it. */
  restore(length: number): void {
    this.entries = this.entries.slice(0, length);
    this.remembered = new Map(this.entries.map((entry) => [entry.id, entry.sequence]));
  }

  acquire(key: string, holder: Omit<LeaseHolder, 'fence'>): LeaseHolder | null {
    const known = this.leases.get(key);
    if (known !== undefined && (known.user !== holder.user || known.workstation !== holder.workstation)) return null;
    const lease = known ?? { ...holder, fence: (this.#fence += 1) };
    this.leases.set(key, lease);
    for (const link of this.links) link.leaseChanged(key);
    return lease;
  }

  release(key: string): void {
    this.leases.delete(key);
    for (const link of this.links) link.leaseChanged(key);
  }

  private authorOf(data: string): EntryAuthor {
    const event = readWire(data);
    if (event === null) return { isGenuine: false, reason: 'malformed' };
    const user = this.users.get(event.user);
    if (user === undefined) return { isGenuine: false, reason: 'unknown-user' };
    return { isGenuine: true, user: user.name, role: user.role, agentId: user.agentId, holdsChannels: user.holdsChannels };
  }
}

/** How what is said gets there. At once, unless a simulation delays, loses and repeats it. */
export interface Transport {
  /** Has `work` done at the hub. */
  call<T>(name: string, work: () => T): Promise<T>;
  /** Tells the workstation something that the hub says by itself. */
  tell(what: 'entry' | 'lease', tell: () => void): void;
}

/** One workstation's connection. Tests cut it, and lose requests and answers, by `fault`. */
export class MemoryLink implements HubLink {
  readonly user: string;
  readonly workstation: string;
  readonly log: TeamLog;
  readonly leases: Leases;
  readonly presence: HubLink['presence'];
  readonly files: HubLink['files'];
  readonly snapshots: HubLink['snapshots'];
  readonly directory: HubLink['directory'];
  /** Web sites are proved on real servers in test/channels. */
  readonly chat: HubLink['chat'] = {
    identity: async () => this.#noChat(),
    publish: async () => this.#noChat(),
    read: async () => this.#noChat(),
    holds: async () => this.#noChat(),
    listen: () => () => {},
    tell: () => {},
  };
  /** Asked for every call: `lost` before it is done, `unanswered` after it was done, null when all is well. */
  fault: (call: string) => 'lost' | 'unanswered' | null = () => null;
  /** Whether live entries reach this workstation at all. */
  hears: (entry: LogEntry) => boolean = () => true;
  /** How far this machine's clock is ahead of the hub's. */
  clockAheadMs = 0;
  readonly #hub: MemoryHub;
  readonly #clock: Clock;
  readonly #transport: Transport | null;
  #isOnline = true;
  #isRevoked = false;
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  readonly #entryListeners = new Set<(entry: LogEntry) => void>();
  readonly #leaseListeners = new Set<(key: string) => void>();
  readonly #directoryListeners = new Set<() => void>();
  readonly #presenceListeners = new Set<() => void>();
  told: Presence | null = null;

  constructor(hub: MemoryHub, user: string, workstation: string, clock: Clock, transport: Transport | null = null) {
    this.#hub = hub;
    this.#transport = transport;
    this.user = user;
    this.workstation = workstation;
    this.#clock = clock;
    this.log = this.#makeLog();
    this.leases = this.#makeLeases();
    this.presence = this.#makePresence();
    this.files = this.#makeFiles();
    this.snapshots = this.#makeSnapshots();
    this.directory = {
      users: () => [...hub.users.values()],
      onChange: (listener) => listening(this.#directoryListeners, listener),
      settings: () => ({ hubName: 'Memory', onLeave: 'keep', leastVersion: null }),
    };
  }

  get isOnline(): boolean {
    return this.#isOnline && !this.#isRevoked && this.#hub.isUp;
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    this.tellState();
  }

  revoke(isRevoked = true): void {
    this.#isRevoked = isRevoked;
    this.tellState();
  }

  tellState(): void {
    for (const listener of this.#stateListeners) listener(this.state());
  }

  hear(entry: LogEntry): void {
    if (!this.isOnline || !this.hears(entry)) return;
    this.#tell('entry', () => {
      for (const listener of this.#entryListeners) listener(entry);
    });
  }

  leaseChanged(key: string): void {
    this.#tell('lease', () => {
      for (const listener of this.#leaseListeners) listener(key);
    });
  }

  #tell(what: 'entry' | 'lease', tell: () => void): void {
    if (this.#transport === null) tell();
    else this.#transport.tell(what, tell);
  }

  directoryChanged(): void {
    for (const listener of this.#directoryListeners) listener();
  }

  state(): LinkState {
    return {
      state: this.#isRevoked ? 'refused' : this.isOnline ? 'online' : 'offline',
      since: this.#clock.now(),
      code: this.#isRevoked ? 'revoked' : null,
      detail: '',
      server: this.isOnline ? 'memory 0.0.0' : null,
      address: null,
      roundTripMs: 1,
      clockAheadMs: this.clockAheadMs,
    };
  }

  onState(listener: (state: LinkState) => void): () => void {
    return listening(this.#stateListeners, listener);
  }

  nudge(): void {
    this.tellState();
  }

  async measure(): Promise<readonly []> {
    return [];
  }

  async #call<T>(name: string, work: () => T): Promise<T> {
    if (this.#transport !== null) return this.#transport.call(name, work);
    await Promise.resolve();
    if (!this.isOnline) throw new LogUnavailable('no connection');
    const fault = this.fault(name);
    if (fault === 'lost') throw new LogUnavailable(`${name} was lost`);
    const result = work();
    if (fault === 'unanswered') throw new LogUnavailable(`${name} was not answered`);
    return result;
  }

  #makeLog(): TeamLog {
    const hub = this.#hub;
    return {
      kind: 'nats',
      identity: async () => this.#call('identity', () => ({ logId: hub.logId, lastSequence: hub.entries.length })),
      append: async (entry) => this.#call('append', () => hub.append(entry)),
      head: async (stream) => this.#call('head', () => hub.headOf(stream) ?? null),
      at: async (sequence) => this.#call('at', () => hub.entries[sequence - 1] ?? null),
      read: async (after, limit) => this.#call('read', () => hub.entries.slice(after, after + limit)),
      readStream: async (stream, after, limit) =>
        this.#call('readStream', () => hub.entries.filter((entry) => entry.stream === stream && entry.sequence > after).slice(0, limit)),
      onEntry: (listener) => listening(this.#entryListeners, listener),
    };
  }

  #makeLeases(): Leases {
    const hub = this.#hub;
    return {
      acquire: async (key, note) =>
        this.#call('acquire', (): HeldLease | null => {
          const lease = hub.acquire(key, { user: this.user, workstation: this.workstation, note });
          if (lease === null) return null;
          return {
            key,
            fence: lease.fence,
            isHeld: () => this.isOnline && hub.leases.get(key)?.fence === lease.fence,
            [Symbol.asyncDispose]: async () => {
              if (hub.leases.get(key)?.fence === lease.fence) hub.release(key);
            },
          };
        }),
      holder: (key) => hub.leases.get(key) ?? null,
      onChange: (listener) => listening(this.#leaseListeners, listener),
    };
  }

  #makePresence(): HubLink['presence'] {
    return {
      tell: (own) => {
        this.told = { ...own, user: this.user, workstation: this.workstation, address: null, roundTripMs: 1 };
        for (const link of this.#hub.links) if (link !== this) for (const listener of link.#presenceListeners) listener();
      },
      others: () => [...this.#hub.links].flatMap((link) => (link === this || link.told === null || !link.isOnline ? [] : [link.told])),
      onChange: (listener) => listening(this.#presenceListeners, listener),
    };
  }

  #makeSnapshots(): HubLink['snapshots'] {
    const { snapshots } = this.#hub;
    return {
      list: async () => this.#call('listSnapshots', () => [...snapshots.values()].toReversed().map(({ manifest }) => manifest)),
      put: async (manifest, { sha256 }, file) =>
        this.#call('putSnapshot', () => {
          snapshots.set(sha256, { manifest, bytes: readFileSync(file) });
        }),
      get: async ({ sha256, size }, file, onProgress) =>
        this.#call('getSnapshot', () => {
          const found = snapshots.get(sha256);
          if (found === undefined) return false;
          writeFileSync(file, found.bytes);
          onProgress?.(size, size);
          return true;
        }),
      keepOnly: async (hashes) =>
        this.#call('keepOnlySnapshots', () => {
          for (const sha256 of snapshots.keys()) if (!hashes.includes(sha256)) snapshots.delete(sha256);
        }),
    };
  }

  async #noChat(): Promise<never> {
    return Promise.reject(new LogUnavailable('this hub has no web sites'));
  }

  #makeFiles(): HubLink['files'] {
    return {
      put: async (sha256, bytes) =>
        this.#call('put', () => {
          this.#hub.files.set(sha256, bytes);
        }),
      get: async (sha256) => this.#call('get', () => this.#hub.files.get(sha256) ?? null),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hub.links.delete(this);
    this.told = null;
  }
}

function listening<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
