import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../../shared/domain/time.ts';
import type { Log } from '../log.ts';
import { lookAtHub, quickest, type ClockSample } from './hub-clock.ts';
import { dial, failureOf, LinkFailure, roundTrip, signIn } from './hub-dial.ts';
import type { HubInvite } from './hub-invite.ts';
import { connectingSince } from './hub-link.ts';
import type { LinkProblem, LinkState } from './hub-link.ts';
import type { HubWire } from './hub-wire.ts';
import { LogUnavailable } from './team-log.ts';
import { within } from './within.ts';

export interface HubClientOptions {
  readonly invite: HubInvite;
  readonly clock: Clock;
  readonly log: Log;
  /** Chance for the pauses between attempts; from 0 to below 1. */
  readonly random?: () => number;
}

/** Attempts begin so far apart and get rarer, each at random between half and all of it: a hub that returns is not run down. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;
/** What only people can put right is tried rarely. */
const REFUSED_PAUSE_MS = 60_000;
/** A connection that lasted so long was a good one. */
const GOOD_MS = 10_000;
const LOOK_EVERY_MS = 10_000;
const LOOK_AGAIN_MS = 2_000;
const LOOK_LIMIT_MS = 3_000;
/** An election takes 4 to 9 seconds. Meanwhile another server is as good, and perhaps this one is cut off from the others. */
const ELECTION_MS = 6_000;
/** For so long an address that was left comes after the others. */
const AVOID_MS = 60_000;
const FIRST_LOOKS = 4;
const SAMPLES = 8;

/** Worst first: with several addresses the code is that of what most needs a person. */
const BY_WEIGHT: readonly LinkProblem[] = [
  'revoked',
  'other-hub',
  'hub-too-old',
  'hub-version-unknown',
  'no-log',
  'wrong-certificate',
  'unreachable',
];
const REFUSALS: ReadonlySet<LinkProblem> = new Set(['revoked', 'other-hub', 'hub-too-old', 'hub-version-unknown', 'wrong-certificate']);

interface Subscribed {
  readonly subject: string;
  readonly listener: (message: Msg) => void;
  end: () => void;
}

/**
 * Keeps one checked connection to a hub for as long as it lives, and says how it stands. A lost connection is never mended but made
 * anew: so the version and the identity of every server are known before a byte of the team's goes there.
 */
export class HubClient implements HubWire, AsyncDisposable {
  readonly userName: string;
  readonly #invite: HubInvite;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #random: () => number;
  readonly #running: Promise<void>;
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  readonly #connectListeners = new Set<(connection: NatsConnection) => void>();
  readonly #subscribed = new Set<Subscribed>();
  readonly #sleepers = new Set<() => void>();
  #state: LinkState;
  #connection: NatsConnection | null = null;
  #samples: readonly ClockSample[] = [];
  #isClosed = false;
  #isNudged = false;
  #isDoubted = false;
  #isUnanswered = false;
  /** When addresses were left because nothing useful came from there: the one that was left last is tried last. */
  readonly #leftAt = new Map<string, number>();

  constructor({ invite, clock, log, random = Math.random }: HubClientOptions) {
    this.userName = invite.user.name;
    this.#invite = invite;
    this.#clock = clock;
    this.#log = log;
    this.#random = random;
    this.#state = connectingSince(clock.now());
    this.#running = this.#run();
  }

  state(): LinkState {
    return this.#state;
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  }

  connection(): NatsConnection {
    if (this.#connection === null) throw new LogUnavailable(`no connection to the hub: ${this.#state.detail || this.#state.state}`);
    return this.#connection;
  }

  subscribe(subject: string, listener: (message: Msg) => void): () => void {
    const subscribed: Subscribed = { subject, listener, end: () => {} };
    this.#subscribed.add(subscribed);
    if (this.#connection !== null) this.#listen(this.#connection, subscribed);
    return () => {
      this.#subscribed.delete(subscribed);
      subscribed.end();
    };
  }

  onConnect(listener: (connection: NatsConnection) => void): () => void {
    this.#connectListeners.add(listener);
    if (this.#connection !== null) listener(this.#connection);
    return () => void this.#connectListeners.delete(listener);
  }

  nudge(): void {
    this.#isNudged = true;
    this.#wake();
  }

  doubt(how: 'slow' | 'unanswered'): void {
    if (this.#connection === null) return;
    this.#isDoubted = true;
    if (how === 'unanswered') this.#isUnanswered = true;
    this.#wake();
  }

  async measure(): Promise<readonly { readonly address: string; readonly roundTripMs: number | null }[]> {
    return Promise.all(this.#invite.servers.map(async (address) => ({ address, roundTripMs: await this.#measureOne(address) })));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    // an attempt that is under way ends by itself, and what it reaches is closed
    if (this.#connection === null) return;
    await this.#connection.close();
    await this.#running;
  }

  async #measureOne(address: string): Promise<number | null> {
    try {
      const connection = await signIn(this.#invite, address);
      try {
        return await within(roundTrip(connection), LOOK_LIMIT_MS, 'a round trip');
      } finally {
        await connection.close();
      }
    } catch {
      return null;
    }
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isClosed) {
      const connected = await this.#tryAll();
      if (connected instanceof LinkFailure) {
        failures += 1;
        this.#tellFailure(connected);
        await this.#pause(this.#pauseAfter(connected.code, failures));
        continue;
      }
      const startedAt = performance.now();
      await this.#live(connected.connection, connected.address);
      if (performance.now() - startedAt > GOOD_MS) failures = 0;
      // all that the server was connected to come back now, but not in the same moment
      await this.#pause(this.#random() * FIRST_PAUSE_MS);
    }
  }

  #pauseAfter(code: LinkProblem, failures: number): number {
    const most = REFUSALS.has(code) ? REFUSED_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
    return most * (0.5 + this.#random() / 2);
  }

  /** The first address that leads to the hub, in the order of the invite; those that were just left come last. */
  async #tryAll(): Promise<{ readonly connection: NatsConnection; readonly address: string } | LinkFailure> {
    const failures: LinkFailure[] = [];
    for (const [address, at] of this.#leftAt) if (performance.now() - at > AVOID_MS) this.#leftAt.delete(address);
    const addresses = this.#invite.servers.toSorted((a, b) => (this.#leftAt.get(a) ?? 0) - (this.#leftAt.get(b) ?? 0));
    for (const address of addresses) {
      if (this.#isClosed) break;
      try {
        return { connection: await dial(this.#invite, address), address };
      } catch (error) {
        const failure = failureOf(error);
        this.#log('debug', 'hub: no connection', { address, code: failure.code, detail: failure.message });
        failures.push(failure);
      }
    }
    const [worst] = failures.toSorted((a, b) => BY_WEIGHT.indexOf(a.code) - BY_WEIGHT.indexOf(b.code));
    return worst ?? new LinkFailure('unreachable', 'the link was closed');
  }

  async #live(connection: NatsConnection, address: string): Promise<void> {
    if (this.#isClosed) {
      await connection.close();
      return;
    }
    this.#connection = connection;
    this.#samples = [];
    this.#takeDoubts();
    for (const each of this.#subscribed) this.#listen(connection, each);
    for (const listener of this.#connectListeners) listener(connection);
    const watching = this.#watch(connection, address);
    const reason = await connection.closed();
    this.#connection = null;
    for (const each of this.#subscribed) each.end = () => {};
    this.#wake();
    // a look that is still on its way keeps nobody in the belief that there is a connection
    if (!this.#isClosed) {
      this.#log('info', 'hub: connection lost', { address, detail: reason?.message ?? 'without a reason' });
      this.#tell({ state: 'connecting', code: null, detail: reason?.message ?? 'the connection was lost', server: null, address: null });
    }
    await watching;
  }

  #listen(connection: NatsConnection, subscribed: Subscribed): void {
    const subscription = connection.subscribe(subscribed.subject, {
      callback: (error, message) => {
        if (error === null) subscribed.listener(message);
        else this.#log('warn', 'hub: a subscription was refused', { subject: subscribed.subject, detail: error.message });
      },
    });
    subscribed.end = () => subscription.unsubscribe();
  }

  /** Looks at the server, the log and the clock again and again. A server that says nothing any more is left. */
  async #watch(connection: NatsConnection, address: string): Promise<void> {
    const { server_name: name, version } = connection.info ?? {};
    const server = name === undefined ? null : `${name} ${version ?? ''}`.trim();
    let looks = 0;
    let misses = 0;
    let silentSince: number | null = null;
    while (this.#connection === connection) {
      const { isUrgent, storesNothing } = this.#takeDoubts();
      const look = await lookAtHub(connection, this.#clock, LOOK_LIMIT_MS);
      if (this.#connection !== connection) return;
      if (look.isWell) {
        if (storesNothing) {
          await this.#leave(connection, address, 'it stores nothing');
          return;
        }
        this.#samples = [...this.#samples, look.sample].slice(-SAMPLES);
        misses = 0;
        silentSince = null;
        looks += 1;
        const clockAheadMs = Math.round(quickest(this.#samples)?.aheadMs ?? 0);
        this.#tell({ state: 'online', code: null, detail: '', server, address, roundTripMs: look.roundTripMs, clockAheadMs });
        if (looks >= FIRST_LOOKS) await this.#pause(LOOK_EVERY_MS * (0.75 + this.#random() / 2));
        continue;
      }
      misses += 1;
      silentSince ??= performance.now();
      if (misses > 1 || looks === 0 || isUrgent) this.#tell({ state: 'offline', code: look.code, detail: look.detail, server, address });
      // a connection may be one that only this side knows of, as after a sleep; a server may be cut off from the others
      const isDead = !look.hasAnswered && (isUrgent || misses > 1);
      const isCutOff = this.#invite.servers.length > 1 && performance.now() - silentSince > ELECTION_MS;
      if (isDead || isCutOff) {
        await this.#leave(connection, address, look.detail);
        return;
      }
      await this.#pause(LOOK_AGAIN_MS);
    }
  }

  /** What has been said of the server since the last look. */
  #takeDoubts(): { readonly isUrgent: boolean; readonly storesNothing: boolean } {
    const doubts = { isUrgent: this.#isNudged || this.#isDoubted, storesNothing: this.#isUnanswered && this.#invite.servers.length > 1 };
    this.#isNudged = false;
    this.#isDoubted = false;
    this.#isUnanswered = false;
    return doubts;
  }

  async #leave(connection: NatsConnection, address: string, detail: string): Promise<void> {
    this.#log('info', 'hub: leaving a server', { address, detail });
    this.#leftAt.set(address, performance.now());
    await connection.close();
  }

  #tellFailure({ code, message }: LinkFailure): void {
    if (this.#isClosed) return;
    this.#tell({ state: REFUSALS.has(code) ? 'refused' : 'offline', code, detail: message, server: null, address: null });
  }

  #tell(news: Omit<LinkState, 'since' | 'roundTripMs' | 'clockAheadMs'> & Partial<LinkState>): void {
    const before = this.#state;
    const isSame = news.state === before.state && news.code === before.code && news.address === before.address;
    this.#state = { ...before, ...news, since: isSame ? before.since : this.#clock.now() };
    if (!isSame) this.#log('info', 'hub: state', { state: news.state, code: news.code, detail: news.detail, address: news.address });
    for (const listener of this.#stateListeners) listener(this.#state);
  }

  async #pause(ms: number): Promise<void> {
    if (this.#isClosed) return;
    if (this.#isNudged || this.#isDoubted) {
      // between attempts it has had its effect; while there is a connection the next look is for it
      if (this.#connection === null) {
        this.#isNudged = false;
        this.#isDoubted = false;
      }
      return;
    }
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#sleepers.add(wake);
    });
  }

  #wake(): void {
    for (const wake of this.#sleepers) wake();
  }
}
