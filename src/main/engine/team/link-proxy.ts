import { after, type Clock } from '../../../shared/domain/time.ts';
import type { Log } from '../log.ts';
import { isLeaseSafe } from './hub-leases.ts';
import { connectingSince } from './hub-link.ts';
import type {
  ChatLine,
  ChatNews,
  DirectoryUser,
  HeldLease,
  HubLink,
  LeaseHolder,
  LinkState,
  Presence,
  PresenceBoard,
  TeamDirectory,
} from './hub-link.ts';
import {
  failureFrom,
  type FromLink,
  type LinkCallName,
  type LinkCalls,
  type LinkPort,
  type ToldLease,
  type ToLink,
} from './link-protocol.ts';
import { machineClock, type MachineClock } from './machine-clock.ts';
import { LogUnavailable, type LogEntry, type TeamLog } from './team-log.ts';

type Progress = (done: number, total: number) => void;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: Progress | null;
}

/** A clock of a workstation that two threads read at once differs by less. */
const SAME_CLOCK_MS = 1_000;

function leaseName({ key, fence }: ToldLease): string {
  return `${key} ${String(fence)}`;
}

/** Listeners of one kind. */
class Listeners<Args extends readonly unknown[]> {
  readonly #all = new Set<(...args: Args) => void>();

  get size(): number {
    return this.#all.size;
  }

  add(listener: (...args: Args) => void): () => void {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  }

  tell(...args: Args): void {
    for (const listener of this.#all) listener(...args);
  }
}

export interface LinkProxyOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly machine?: MachineClock;
}

/**
 * A link that lives in another thread. What is asked without waiting (who holds what, who is there, how the link stands) is answered
 * from what was told last. Whether a lease is held is decided here, by this thread's reading of the machine's clock: a thread that
 * hangs, or is gone, renews nothing.
 */
export class LinkProxy implements HubLink {
  readonly log: TeamLog;
  readonly leases: HubLink['leases'];
  readonly presence: PresenceBoard;
  readonly files: HubLink['files'];
  readonly snapshots: HubLink['snapshots'];
  readonly directory: TeamDirectory;
  readonly chat: ChatLine;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #machine: MachineClock;
  readonly #waiting = new Map<number, Waiting>();
  readonly #stateListeners = new Listeners<[LinkState]>();
  readonly #entryListeners = new Listeners<[LogEntry]>();
  readonly #leaseListeners = new Listeners<[string]>();
  readonly #presenceListeners = new Listeners<[]>();
  readonly #directoryListeners = new Listeners<[]>();
  readonly #chatListeners = new Map<string, Listeners<[ChatNews]>>();
  readonly #holders = new Map<string, LeaseHolder>();
  readonly #leases = new Map<string, ToldLease>();
  #port: LinkPort<ToLink, FromLink> | null = null;
  #lastId = 0;
  #state: LinkState;
  #others: readonly Presence[] = [];
  #users: readonly DirectoryUser[] = [];
  #settings: ReturnType<TeamDirectory['settings']> = { hubName: null, onLeave: 'keep', leastVersion: null };
  #own: Parameters<PresenceBoard['tell']>[0] | null = null;

  constructor({ clock, log, machine = machineClock }: LinkProxyOptions) {
    this.#clock = clock;
    this.#log = log;
    this.#machine = machine;
    this.#state = connectingSince(clock.now());
    this.log = {
      kind: 'nats',
      identity: async () => this.#call('identity', null),
      append: async (entry) => this.#call('append', entry),
      head: async (stream) => this.#call('head', stream),
      at: async (sequence) => this.#call('at', sequence),
      read: async (afterSequence, limit) => this.#call('read', { after: afterSequence, limit }),
      readStream: async (stream, afterSequence, limit) => this.#call('readStream', { stream, after: afterSequence, limit }),
      onEntry: (listener) => this.#onEntry(listener),
    };
    this.leases = {
      acquire: async (key, note) => this.#acquire(key, note),
      holder: (key) => this.#holders.get(key) ?? null,
      onChange: (listener) => this.#leaseListeners.add(listener),
    };
    this.presence = {
      tell: (own) => {
        this.#own = own;
        this.#post({ t: 'presence', own });
      },
      others: () => this.#others,
      onChange: (listener) => this.#presenceListeners.add(listener),
    };
    this.files = {
      put: async (sha256, bytes, onProgress) => {
        // the caller keeps its bytes, so a copy is given away
        const copy = Uint8Array.from(bytes);
        await this.#call('putFile', { sha256, bytes: copy }, onProgress, [copy.buffer]);
      },
      get: async (sha256, owners, onProgress) => this.#call('getFile', { sha256, owners }, onProgress),
    };
    this.snapshots = {
      list: async () => this.#call('listSnapshots', null),
      put: async (manifest, snapshot, file, onProgress) => {
        await this.#call('putSnapshot', { manifest, snapshot, file }, onProgress);
      },
      get: async (snapshot, file, onProgress) => this.#call('getSnapshot', { snapshot, file }, onProgress),
      keepOnly: async (hashes) => {
        await this.#call('keepOnlySnapshots', hashes);
      },
    };
    this.directory = {
      users: () => this.#users,
      settings: () => this.#settings,
      onChange: (listener) => this.#directoryListeners.add(listener),
    };
    this.chat = {
      identity: async () => this.#call('chatIdentity', null),
      publish: async (entry) => this.#call('chatPublish', entry),
      read: async (site, afterSequence, limit, visitor = '*') => this.#call('chatRead', { site, after: afterSequence, limit, visitor }),
      holds: async (site, visitor, id) => this.#call('chatHolds', { site, visitor, id }),
      listen: (site, listener) => this.#onChat(site, listener),
      tell: (site, visitor, data) => this.#post({ t: 'chatTell', site, visitor, data }),
    };
  }

  state(): LinkState {
    return this.#state;
  }

  onState(listener: (state: LinkState) => void): () => void {
    return this.#stateListeners.add(listener);
  }

  nudge(): void {
    this.#post({ t: 'nudge' });
  }

  async measure(): Promise<readonly { readonly address: string; readonly roundTripMs: number | null }[]> {
    return this.#call('measure', null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#port === null) return;
    // one that is gone is closed
    await this.#call('close', null).catch(() => {});
    this.detach('the link was closed');
  }

  /** Takes the port of a link that has just begun, also after another one ended. */
  attach(port: LinkPort<ToLink, FromLink>): void {
    this.#port = port;
    port.on('message', (message) => {
      if (this.#port === port) this.#receive(message);
    });
    if (this.#entryListeners.size > 0) this.#post({ t: 'listen', isOn: true });
    if (this.#own !== null) this.#post({ t: 'presence', own: this.#own });
    for (const [site, { size }] of this.#chatListeners) if (size > 0) this.#post({ t: 'chatListen', site, isOn: true });
  }

  /** The other thread is gone: nothing that was asked is answered, and nothing that it held is held. */
  detach(reason: string): void {
    if (this.#port === null) return;
    this.#port = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new LogUnavailable(reason));
    for (const [name, lease] of this.#leases) this.#leases.set(name, { ...lease, isLost: true });
    const keys = [...this.#leases.values()].map(({ key }) => key);
    this.#others = [];
    this.#state = {
      ...this.#state,
      state: 'offline',
      code: 'unreachable',
      detail: reason,
      since: this.#clock.now(),
      server: null,
      address: null,
    };
    for (const key of keys) this.#leaseListeners.tell(key);
    this.#presenceListeners.tell();
    this.#stateListeners.tell(this.#state);
  }

  #post(message: ToLink, transfer: readonly ArrayBuffer[] = []): void {
    this.#port?.postMessage(message, transfer);
  }

  async #call<Name extends LinkCallName>(
    name: Name,
    input: LinkCalls[Name]['input'],
    onProgress: Progress | null = null,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<LinkCalls[Name]['output']> {
    if (this.#port === null) throw new LogUnavailable('the link to the hub does not run');
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the protocol ties the answer to the name of the call
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, onProgress });
      this.#post({ t: 'call', id, name, input }, transfer);
    });
  }

  #onEntry(listener: (entry: LogEntry) => void): () => void {
    if (this.#entryListeners.size === 0) this.#post({ t: 'listen', isOn: true });
    const stop = this.#entryListeners.add(listener);
    return () => {
      stop();
      if (this.#entryListeners.size === 0) this.#post({ t: 'listen', isOn: false });
    };
  }

  #onChat(site: string, listener: (news: ChatNews) => void): () => void {
    const listeners = this.#chatListeners.get(site) ?? new Listeners<[ChatNews]>();
    this.#chatListeners.set(site, listeners);
    if (listeners.size === 0) this.#post({ t: 'chatListen', site, isOn: true });
    const stop = listeners.add(listener);
    return () => {
      stop();
      if (listeners.size === 0) this.#post({ t: 'chatListen', site, isOn: false });
    };
  }

  async #acquire(key: string, note: string): Promise<HeldLease | null> {
    const lease = await this.#call('acquire', { key, note });
    if (lease === null) return null;
    const { fence } = lease;
    // a renewal or a loss may have been told before this, and is newer
    if (!this.#leases.has(leaseName(lease))) this.#takeLease(lease);
    const current = (): ToldLease => this.#leases.get(leaseName(lease)) ?? { ...lease, isLost: true };
    let isGivenBack = false;
    return {
      key,
      fence,
      isHeld: () => {
        const { isLost, renewedAt, safeMs } = current();
        return !isGivenBack && !isLost && isLeaseSafe(renewedAt, safeMs, this.#machine);
      },
      [Symbol.asyncDispose]: async () => {
        if (isGivenBack) return;
        // from this moment on it is not held, whatever becomes of giving it back
        isGivenBack = true;
        // where that fails it expires by itself
        await this.#call('giveBack', { key, fence }).catch(() => {});
      },
    };
  }

  #receive(message: FromLink): void {
    switch (message.t) {
      case 'done':
        this.#settle(message.id)?.resolve(message.value);
        return;
      case 'failed':
        this.#settle(message.id)?.reject(failureFrom(message.failure));
        return;
      case 'progress':
        this.#waiting.get(message.id)?.onProgress?.(message.done, message.total);
        return;
      case 'entries':
        for (const entry of message.entries) this.#entryListeners.tell(entry);
        this.#post({ t: 'taken', count: message.entries.length });
        return;
      case 'state':
        this.#takeState(message.state, message.clockMs);
        return;
      case 'lease':
        this.#takeLease(message.lease);
        return;
      case 'holder':
        if (message.holder === null) this.#holders.delete(message.key);
        else this.#holders.set(message.key, message.holder);
        this.#leaseListeners.tell(message.key);
        return;
      case 'others':
        this.#others = message.others;
        this.#presenceListeners.tell();
        return;
      case 'directory':
        this.#users = message.users;
        this.#settings = message.settings;
        this.#directoryListeners.tell();
        return;
      case 'chat':
        this.#chatListeners.get(message.site)?.tell(message.news);
        return;
      case 'log':
        this.#log(message.level, message.message, message.fields);
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /** The engine's clock may have been moved, by a test; the thread's is the machine's. */
  #takeState(state: LinkState, clockMs: number): void {
    const movedMs = this.#clock.now() - clockMs;
    const shiftMs = Math.abs(movedMs) < SAME_CLOCK_MS ? 0 : movedMs;
    const clockAheadMs = state.clockAheadMs === null ? null : state.clockAheadMs + shiftMs;
    this.#state = { ...state, since: after(state.since, shiftMs), clockAheadMs };
    this.#stateListeners.tell(this.#state);
  }

  #takeLease(lease: ToldLease): void {
    for (const [name, { key, fence, isLost }] of this.#leases) {
      if (key === lease.key && fence < lease.fence && isLost) this.#leases.delete(name);
    }
    this.#leases.set(leaseName(lease), lease);
  }
}
