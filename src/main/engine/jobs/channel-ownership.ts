import type { AccountPool } from './account-pool.ts';
import type { Log } from '../log.ts';
import { channelLease } from '../team/hub-link.ts';
import type { HeldLease, LeaseHolder, Leases } from '../team/hub-link.ts';
import { LogRefused } from '../team/team-log.ts';
import type { Timers } from '../team/machine-clock.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';

/** The team as far as its channels are concerned. */
export interface ChannelTeam {
  readonly leases: Leases;
  /** The time to live of a lease in milliseconds. */
  readonly ttlMs: number;
  /** Whether this workstation is a gateway: gateways are preferred, because they are there around the clock. */
  readonly isGateway: boolean;
  /** Whether the hub lets this workstation hold channels, and its person wants it. */
  readonly wants: boolean;
  readonly isGatewayUser: (user: string) => boolean;
}

/** `alone`: a workspace of one. `waiting`: a member of a team whose hub this run has not connected with yet: somebody else may hold everything. */
export type ChannelSide = 'alone' | 'waiting' | ChannelTeam;

/** What a send is allowed by. */
export interface ChannelHold {
  /** 0 in a workspace of one. */
  readonly fence: number;
  /** True while the account is handed over: nothing more may begin, and what has begun still ends here. */
  readonly isLeaving: boolean;
  isHeld(): boolean;
}

export interface ChannelOwnershipDeps {
  /** The accounts that this workstation could run: their passwords or keys are here. */
  readonly accounts: () => readonly AccountId[];
  readonly pool: Pick<AccountPool, 'follow'>;
  /** Resolves when no reply of an account is on its way, or soon. */
  readonly settled: (account: AccountId) => Promise<void>;
  readonly timers: Timers;
  /** Milliseconds that never go back. */
  readonly monotonicMs: () => number;
  readonly log: Log;
}

/** Which accounts this workstation runs: fetches from and sends with. Of a team, one workstation for each account. */
export interface ChannelOwnership extends AsyncDisposable {
  follow(side: ChannelSide): void;
  /** Accounts were added, changed or removed. */
  kick(): void;
  /** Whether the account may be started here. */
  mayRun(account: AccountId): boolean;
  /** What a reply may be sent by; null while somebody else holds the account. */
  hold(account: AccountId): ChannelHold | null;
  /** Resolves when nothing is being acquired or given back; for tests. */
  settled(): Promise<void>;
}

/** A gateway that could run an account and does not says so by holding this: who is none waits for it, and hands over to it. */
export function wantedLease(account: AccountId): string {
  return `want.${account}`;
}

/** Who is no gateway waits so long for one that wants the account. With the time to live it stays below 30 s. */
const GATEWAY_FIRST = 1 / 3;
/** Who has taken an account over keeps it so long, so that it does not go to and fro. */
const KEEP_AT_LEAST = 2;
const ALONE: ChannelHold = { fence: 0, isLeaving: false, isHeld: () => true };

interface Place {
  lease: HeldLease | null;
  /** When it was acquired. */
  since: number;
  /** Since when nobody was seen to hold it. */
  freeSince: number | null;
  want: HeldLease | null;
  isLeaving: boolean;
  isRunning: boolean;
  stopTimer: (() => void) | null;
  looking: Promise<void> | null;
  lookAgain: boolean;
}

/**
 * Keeps leases and accounts together. A lease that may have expired because the hub does not answer stops what is sent and not what is
 * fetched: a message that two workstations fetch is one message, and customers should not wait for a hub. One that somebody else has
 * stops both.
 */
export function createChannelOwnership(deps: ChannelOwnershipDeps): ChannelOwnership {
  const { timers, log } = deps;
  const places = new Map<AccountId, Place>();
  /** Before anything is known, nothing runs. */
  let side: ChannelSide = 'waiting';
  let stopFollowing: () => void = () => {};
  const closing = new AbortController();

  function placeOf(account: AccountId): Place {
    const known = places.get(account);
    if (known !== undefined) return known;
    const place: Place = {
      lease: null,
      since: 0,
      freeSince: null,
      want: null,
      isLeaving: false,
      isRunning: false,
      stopTimer: null,
      looking: null,
      lookAgain: false,
    };
    places.set(account, place);
    return place;
  }

  function kick(): void {
    for (const account of new Set([...deps.accounts(), ...places.keys()])) look(account);
  }

  /** One look at a time for an account; what happens meanwhile is looked at by another one. */
  function look(account: AccountId): void {
    if (closing.signal.aborted) return;
    const place = placeOf(account);
    place.lookAgain = true;
    // not within the call that made it necessary, which may be a look of its own
    place.looking ??= Promise.resolve()
      .then(async () => lookUntilDone(account, place))
      .finally(() => {
        place.looking = null;
      });
  }

  async function lookUntilDone(account: AccountId, place: Place): Promise<void> {
    while (place.lookAgain && !closing.signal.aborted) {
      place.lookAgain = false;
      place.stopTimer?.();
      place.stopTimer = null;
      try {
        const againMs = await lookOnce(account, place);
        if (againMs !== null && !closing.signal.aborted) place.stopTimer = timers.after(againMs, () => look(account));
      } catch (error) {
        log('error', 'the channel of an account could not be looked at', { account, error });
        place.stopTimer = timers.after(RETRY_MS, () => look(account));
      }
    }
  }

  /** @returns milliseconds until the next look; null: not before something changes */
  async function lookOnce(account: AccountId, place: Place): Promise<number | null> {
    const now = side;
    const isOurs = deps.accounts().includes(account);
    if (now === 'alone') {
      await forgetLeases(place);
      await run(account, place, isOurs);
      return null;
    }
    if (now === 'waiting') {
      await forgetLeases(place);
      await run(account, place, false);
      return null;
    }
    if (!now.wants || !isOurs) {
      await leave(account, place);
      return null;
    }
    return place.lease === null ? tryToHold(now, account, place) : stay(now, account, place, place.lease);
  }

  async function stay(team: ChannelTeam, account: AccountId, place: Place, lease: HeldLease): Promise<number> {
    if (lease.isHeld()) {
      const left = place.since + KEEP_AT_LEAST * team.ttlMs - deps.monotonicMs();
      const isWanted = !team.isGateway && wantedByGateway(team, account);
      if (!isWanted) return team.ttlMs / 3;
      if (left > 0) return left;
      log('info', 'an account goes over to a gateway', { account });
      await leave(account, place);
      return team.ttlMs * GATEWAY_FIRST;
    }
    const holder = team.leases.holder(channelLease(account));
    // as far as is known it still is ours, and the hub does not answer
    if (holder?.fence === lease.fence) {
      await acquire(team, account, place);
      return team.ttlMs / 6;
    }
    place.lease = null;
    log('info', 'an account is held by another workstation now', { account, holder });
    return tryToHold(team, account, place);
  }

  async function tryToHold(team: ChannelTeam, account: AccountId, place: Place): Promise<number> {
    const holder = team.leases.holder(channelLease(account));
    if (holder === null) place.freeSince ??= deps.monotonicMs();
    else place.freeSince = null;
    const waitsUntil = (place.freeSince ?? 0) + team.ttlMs * GATEWAY_FIRST;
    const isGatewaysTurn = holder === null && !team.isGateway && wantedByGateway(team, account);
    if (isGatewaysTurn && deps.monotonicMs() < waitsUntil) {
      await run(account, place, false);
      return waitsUntil - deps.monotonicMs();
    }
    await acquire(team, account, place);
    if (place.lease === null) {
      await run(account, place, false);
      await wantIt(team, account, place);
      return team.ttlMs;
    }
    place.freeSince = null;
    await run(account, place, true);
    await giveBack(place, 'want');
    return team.ttlMs / 3;
  }

  async function acquire(team: ChannelTeam, account: AccountId, place: Place): Promise<void> {
    const before = place.lease?.fence;
    try {
      const lease = await team.leases.acquire(channelLease(account), team.isGateway ? 'gateway' : 'workstation');
      if (lease !== null && lease.fence !== before) {
        place.since = deps.monotonicMs();
        log('info', 'this workstation holds an account', { account, fence: lease.fence });
      }
      place.lease = lease;
    } catch (error) {
      if (error instanceof LogRefused) log('warn', 'the hub does not let this workstation hold an account', { account, error });
      // else the hub does not answer: what was held may be so still
    }
  }

  async function wantIt(team: ChannelTeam, account: AccountId, place: Place): Promise<void> {
    if (!team.isGateway || place.want?.isHeld() === true) return;
    place.want = await team.leases.acquire(wantedLease(account), 'gateway').catch(() => null);
  }

  function wantedByGateway(team: ChannelTeam, account: AccountId): boolean {
    const holder: LeaseHolder | null = team.leases.holder(wantedLease(account));
    return holder !== null && team.isGatewayUser(holder.user);
  }

  /** Ends here in order: nothing more begins, what is on its way ends, then somebody else may. */
  async function leave(account: AccountId, place: Place): Promise<void> {
    place.isLeaving = true;
    try {
      if (place.lease !== null) await deps.settled(account);
      await run(account, place, false);
    } finally {
      place.isLeaving = false;
    }
    place.freeSince = deps.monotonicMs();
    await giveBack(place, 'lease');
    await giveBack(place, 'want');
  }

  async function giveBack(place: Place, which: 'lease' | 'want'): Promise<void> {
    const lease = place[which];
    place[which] = null;
    await lease?.[Symbol.asyncDispose]();
  }

  /** Leases of a team that this workspace left: its link has given them back, or they expire. */
  async function forgetLeases(place: Place): Promise<void> {
    await Promise.all([giveBack(place, 'lease'), giveBack(place, 'want')]).catch(() => {});
  }

  async function run(account: AccountId, place: Place, isRunning: boolean): Promise<void> {
    if (place.isRunning === isRunning) return;
    place.isRunning = isRunning;
    await deps.pool.follow(account);
  }

  return {
    follow: (next) => {
      stopFollowing();
      stopFollowing = () => {};
      side = next;
      if (typeof next === 'object') {
        stopFollowing = next.leases.onChange((key) => {
          for (const account of deps.accounts()) if (key === channelLease(account) || key === wantedLease(account)) look(account);
        });
      }
      kick();
    },
    kick,
    mayRun: (account) => side === 'alone' || places.get(account)?.isRunning === true,
    hold: (account) => {
      if (side === 'alone') return ALONE;
      if (side === 'waiting') return null;
      const place = places.get(account);
      if (place === undefined || place.lease === null) return null;
      const { lease, isLeaving } = place;
      return { fence: lease.fence, isLeaving, isHeld: () => lease.isHeld() };
    },
    settled: async () => {
      while ([...places.values()].some(({ looking }) => looking !== null)) {
        await Promise.all([...places.values()].map(async ({ looking }) => looking));
      }
    },
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      stopFollowing();
      for (const [account, place] of places) {
        place.stopTimer?.();
        await place.looking;
        place.isLeaving = true;
        if (place.lease !== null) await deps.settled(account);
        await forgetLeases(place);
      }
    },
  };
}

const RETRY_MS = 5_000;
