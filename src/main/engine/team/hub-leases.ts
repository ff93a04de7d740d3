import type { HeldLease, LeaseHolder, Leases } from './hub-link.ts';
import { bucketStream, FEED_PREFIX, LEASE_BUCKET, LEASE_TTL_MS } from './hub-names.ts';
import type { HubWire } from './hub-wire.ts';
import { checkedKey, fenceOf, readEntry, type LeaseEntry, type LeaseValue } from './lease-entry.ts';
import {
  longestSince,
  machineClock,
  machineMoment,
  shortestSince,
  systemTimers,
  type MachineClock,
  type MachineMoment,
  type Timers,
} from './machine-clock.ts';
import { readNewest, readUnder, storedOf, storeUnder, type Stored } from './stored-messages.ts';

const STREAM = bucketStream(LEASE_BUCKET);
const SUBJECT_PREFIX = `$KV.${LEASE_BUCKET}.`;
/** A holder acts only while so much of the time to live has passed since its last renewal was sent. */
const SAFE_SHARE = 0.8;
/** Somebody else takes over by their own clock only after watching an entry stand still for so many times to live. */
const WATCH_SHARE = 1.5;
const RENEWALS = 3;
const LOOKS = 10;
const MOST_TRIES = 5;
const RETRY_MS = 1_000;
/** An entry is looked for again so long after it should have expired. */
const AFTER_EXPIRY_MS = 300;
const GIVEN_BACK = 'DEL';

export interface LeaseOptions {
  readonly user: string;
  readonly workstation: string;
  /** Another one at each start of the program: after a crash it is somebody else. */
  readonly run: string;
  /** The time to live that the bucket has. */
  readonly ttlMs?: number;
  readonly clock?: MachineClock;
  readonly timers?: Timers;
}

/** A lease with the moment from which its age counts, for whoever answers `isHeld` in another thread by the same machine's clock. */
export interface HubLease extends HeldLease {
  readonly renewedAt: MachineMoment;
  readonly isLost: boolean;
  readonly safeMs: number;
}

export interface HubLeases extends Leases, AsyncDisposable {
  acquire(key: string, note: string): Promise<HubLease | null>;
  /** The leases of this workstation that are not known to be lost. */
  held(): readonly HubLease[];
  /** Called when one was renewed or lost. */
  onHeld(listener: (lease: HubLease) => void): () => void;
}

/** Whether the holder may still act, by the longer of the two clocks of this machine. */
export function isLeaseSafe(renewedAt: MachineMoment, safeMs: number, clock: MachineClock): boolean {
  return longestSince(renewedAt, clock) < safeMs;
}

/** What a holder keeps of its own lease. */
interface Held {
  readonly key: string;
  readonly fence: number;
  readonly note: string;
  /** The newest revision known to be its own. */
  sequence: number;
  beat: number;
  renewedAt: MachineMoment;
  /** When each renewal was sent whose answer is not known. */
  readonly sent: Map<number, MachineMoment>;
  isLost: boolean;
  /** The renewal that is on its way. */
  renewal: Promise<void> | null;
  stopTimer: (() => void) | null;
}

/** Leases on the bucket of a hub. */
class BucketLeases implements HubLeases {
  readonly #wire: HubWire;
  readonly #options: Required<LeaseOptions>;
  readonly #entries = new Map<string, LeaseEntry>();
  readonly #held = new Map<string, Held>();
  readonly #acquiring = new Map<string, Promise<HubLease | null>>();
  readonly #expiries = new Map<string, () => void>();
  readonly #listeners = new Set<(key: string) => void>();
  readonly #heldListeners = new Set<(lease: HubLease) => void>();
  readonly #stops: (() => void)[] = [];
  #isOver = false;

  constructor(wire: HubWire, options: LeaseOptions) {
    this.#wire = wire;
    this.#options = { ttlMs: LEASE_TTL_MS, clock: machineClock, timers: systemTimers, ...options };
    this.#stops.push(
      wire.subscribe(`${FEED_PREFIX}.kv.${LEASE_BUCKET}.>`, (message) => {
        const stored = storedOf(message);
        if (stored?.subject.startsWith(SUBJECT_PREFIX) === true) this.#take(stored);
      }),
      wire.onConnect(() => void this.#refreshUntilDone()),
    );
  }

  async acquire(key: string, note: string): Promise<HubLease | null> {
    checkedKey(key);
    // two at once of one workstation must not compete with each other
    const before = this.#acquiring.get(key);
    if (before !== undefined) return before;
    const attempt = this.#acquire(key, note.slice(0, 200)).finally(() => this.#acquiring.delete(key));
    this.#acquiring.set(key, attempt);
    return attempt;
  }

  holder(key: string): LeaseHolder | null {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.isGivenBack || entry.value === null) return null;
    const { user, workstation, note } = entry.value;
    return { user, workstation, note, fence: fenceOf(entry) };
  }

  held(): readonly HubLease[] {
    return [...this.#held.values()].map((held) => this.#leaseOf(held));
  }

  onChange(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onHeld(listener: (lease: HubLease) => void): () => void {
    this.#heldListeners.add(listener);
    return () => this.#heldListeners.delete(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#held.values()];
    await Promise.all(all.map(async (held) => this.#giveBack(held)));
    this.#stop();
  }

  #stop(): void {
    this.#isOver = true;
    for (const stop of this.#stops.splice(0)) stop();
    for (const stop of this.#expiries.values()) stop();
    this.#expiries.clear();
    for (const held of this.#held.values()) held.stopTimer?.();
  }

  /** Ends also when the connection is lost: the next one begins anew. */
  async #refreshUntilDone(): Promise<void> {
    for (let tries = 0; !this.#isOver; tries += 1) {
      try {
        await this.#refresh();
        return;
      } catch {
        if (tries >= MOST_TRIES) return;
        await new Promise<void>((resolve) => void this.#options.timers.after(RETRY_MS, resolve));
      }
    }
  }

  async #refresh(): Promise<void> {
    const stored = await readUnder(this.#wire, STREAM, `${SUBJECT_PREFIX}>`);
    const there = new Set(stored.map(({ subject }) => subject));
    // a copy that lags may not know yet what was just heard: what is missing is asked for by itself
    const missing = [...this.#entries.keys()].filter((key) => !there.has(`${SUBJECT_PREFIX}${key}`));
    for (const each of stored) this.#take(each);
    for (const key of missing) await this.#look(key);
    for (const held of this.#held.values()) void this.#renew(held);
  }

  /** Asks the leader. Throws LogUnavailable. */
  async #look(key: string): Promise<LeaseEntry | null> {
    const known = this.#entries.get(key);
    const found = await readNewest(this.#wire, STREAM, `${SUBJECT_PREFIX}${key}`, this.#askMs());
    if (found !== null) this.#take(found);
    // only what was known before asking has expired; a newer one came in between
    else if (known !== undefined && this.#entries.get(key) === known) this.#forget(key);
    return this.#entries.get(key) ?? null;
  }

  #askMs(): number {
    return this.#options.ttlMs / RENEWALS;
  }

  #take(stored: Stored): void {
    const key = stored.subject.slice(SUBJECT_PREFIX.length);
    const before = this.#entries.get(key);
    if (before !== undefined && stored.sequence <= before.sequence) return;
    const entry = readEntry(stored, machineMoment(this.#options.clock));
    this.#entries.set(key, entry);
    this.#watchExpiry(key);
    const held = this.#held.get(key);
    if (held !== undefined) this.#compare(held, entry);
    // a renewal changes nothing that anybody asks for
    if (before === undefined || fenceOf(before) !== fenceOf(entry) || before.isGivenBack !== entry.isGivenBack) this.#tell(key);
  }

  #forget(key: string): void {
    this.#expiries.get(key)?.();
    this.#expiries.delete(key);
    this.#entries.delete(key);
    this.#tell(key);
  }

  #tell(key: string): void {
    for (const listener of this.#listeners) listener(key);
  }

  /** Nothing says that an entry has expired: it is looked for when it should have, and then often. */
  #watchExpiry(key: string, delayMs = this.#options.ttlMs + AFTER_EXPIRY_MS): void {
    this.#expiries.get(key)?.();
    if (!this.#isOver)
      this.#expiries.set(
        key,
        this.#options.timers.after(delayMs, () => void this.#lookAgain(key)),
      );
  }

  async #lookAgain(key: string): Promise<void> {
    const before = this.#entries.get(key);
    const entry = await this.#look(key).catch(() => before);
    // the hub expires entries up to about a second late; a newer one has begun a watch of its own
    if (entry === before && before !== undefined) this.#watchExpiry(key, this.#options.ttlMs / LOOKS);
  }

  async #acquire(key: string, note: string): Promise<HubLease | null> {
    const own = this.#held.get(key);
    if (own !== undefined) {
      const lease = this.#leaseOf(own);
      if (lease.isHeld()) return lease;
      await this.#renew(own);
      if (lease.isHeld()) return lease;
    }
    const entry = await this.#look(key);
    // our own entry is one whose answer never came, or one that we may have lost: begun anew with another fence
    const isFree = entry === null || entry.isGivenBack || entry.value?.run === this.#options.run;
    if (!isFree && shortestSince(entry.seenAt, this.#options.clock) < WATCH_SHARE * this.#options.ttlMs) return null;
    const sentAt = machineMoment(this.#options.clock);
    const sequence = await this.#store(key, { fence: 0, beat: 0, note }, entry?.sequence ?? 0);
    if (sequence === null) {
      await this.#look(key);
      return null;
    }
    if (own !== undefined) this.#lose(own);
    const held: Held = {
      key,
      note,
      fence: sequence,
      sequence,
      beat: 0,
      renewedAt: sentAt,
      sent: new Map(),
      isLost: false,
      renewal: null,
      stopTimer: null,
    };
    this.#held.set(key, held);
    this.#renewLater(held);
    const lease = this.#leaseOf(held);
    // somebody may have been faster than the answer to us
    const now = this.#entries.get(key);
    if (now !== undefined) this.#compare(held, now);
    for (const listener of this.#heldListeners) listener(lease);
    return lease.isHeld() ? lease : null;
  }

  /** The sequence at which it was stored; null when something else came first. Throws LogUnavailable and LogRefused. */
  async #store(key: string, part: Pick<LeaseValue, 'fence' | 'beat' | 'note'>, expected: number): Promise<number | null> {
    const { user, workstation, run } = this.#options;
    const value: LeaseValue = { user, workstation, run, ...part };
    const options = { expected, timeoutMs: this.#askMs() };
    const appended = await storeUnder(this.#wire, `${SUBJECT_PREFIX}${key}`, JSON.stringify(value), options);
    return appended.kind === 'moved' ? null : appended.sequence;
  }

  #renewLater(held: Held, share = 1): void {
    held.stopTimer?.();
    if (this.#isOver || held.isLost) return;
    held.stopTimer = this.#options.timers.after(this.#askMs() * share, () => void this.#renew(held));
  }

  /** Never rejects. */
  async #renew(held: Held): Promise<void> {
    if (held.isLost) return;
    held.renewal ??= this.#sendRenewal(held).finally(() => {
      held.renewal = null;
    });
    await held.renewal;
  }

  /** Whether a renewal without an answer was stored is seen by its number. */
  async #sendRenewal(held: Held): Promise<void> {
    held.beat += 1;
    const { beat } = held;
    held.sent.set(beat, machineMoment(this.#options.clock));
    let isAnswered = false;
    try {
      const sequence = await this.#store(held.key, { fence: held.fence, beat, note: held.note }, held.sequence);
      if (sequence === null) await this.#lookAfterOutrun(held);
      else {
        isAnswered = true;
        this.#confirm(held, beat, sequence);
      }
    } catch {
      // its age tells when it is not safe any more
    }
    this.#renewLater(held, isAnswered ? 1 : 0.25);
  }

  async #lookAfterOutrun(held: Held): Promise<void> {
    try {
      const entry = await this.#look(held.key);
      if (entry === null) this.#lose(held);
      else this.#compare(held, entry);
    } catch {
      // still unknown; its age tells when it is not safe any more
    }
  }

  #confirm(held: Held, beat: number, sequence: number): void {
    const sentAt = held.sent.get(beat);
    if (sequence > held.sequence) held.sequence = sequence;
    if (sentAt !== undefined) held.renewedAt = sentAt;
    for (const each of held.sent.keys()) if (each <= beat) held.sent.delete(each);
    for (const listener of this.#heldListeners) listener(this.#leaseOf(held));
  }

  /** What the bucket says about a lease of ours. */
  #compare(held: Held, entry: LeaseEntry): void {
    if (held.isLost || entry.sequence <= held.sequence) return;
    const { value } = entry;
    if (value !== null && value.run === this.#options.run && value.fence === held.fence) this.#confirm(held, value.beat, entry.sequence);
    else this.#lose(held);
  }

  #lose(held: Held): void {
    if (held.isLost) return;
    held.isLost = true;
    held.stopTimer?.();
    if (this.#held.get(held.key) === held) this.#held.delete(held.key);
    for (const listener of this.#heldListeners) listener(this.#leaseOf(held));
    this.#tell(held.key);
  }

  async #giveBack(held: Held): Promise<void> {
    if (held.isLost) return;
    this.#lose(held);
    // its place in the stream is known only then
    await held.renewal;
    const options = { expected: held.sequence, headers: [['KV-Operation', GIVEN_BACK]] as const, timeoutMs: this.#askMs() };
    // where that fails it expires by itself
    await storeUnder(this.#wire, `${SUBJECT_PREFIX}${held.key}`, '', options).catch(() => {});
  }

  #leaseOf(held: Held): HubLease {
    const { clock, ttlMs } = this.#options;
    const safeMs = SAFE_SHARE * ttlMs;
    return {
      key: held.key,
      fence: held.fence,
      safeMs,
      get renewedAt() {
        return held.renewedAt;
      },
      get isLost() {
        return held.isLost;
      },
      isHeld: () => !held.isLost && isLeaseSafe(held.renewedAt, safeMs, clock),
      [Symbol.asyncDispose]: async () => this.#giveBack(held),
    };
  }
}

/**
 * The leases of a hub. The fence of a lease is the sequence of the entry that began it, so it grows with every change of holder;
 * renewing keeps it. Nobody has a consumer: changes come by the feed, and everything is read whenever a connection is there.
 */
export function createLeases(wire: HubWire, options: LeaseOptions): HubLeases {
  return new BucketLeases(wire, options);
}
