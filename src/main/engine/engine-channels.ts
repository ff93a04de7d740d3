import { createChannelOwnership } from './jobs/channel-ownership.ts';
import type { ChannelOwnershipDeps, ChannelSide } from './jobs/channel-ownership.ts';
import { createSendGate } from './jobs/send-gate.ts';
import type { SendGate, SendTeam } from './jobs/send-gate.ts';
import type { TeamSession } from './jobs/team.ts';
import { listAccounts } from './store/accounts.store.ts';
import type { Membership } from './store/membership.store.ts';
import { queuedPlace } from './store/outbox.store.ts';
import type { Store } from './store/sql.ts';
import { LEASE_TTL_MS } from './team/hub-names.ts';
import type { AccountId } from '../../shared/domain/ids.ts';

export interface EngineChannelsDeps extends Pick<ChannelOwnershipDeps, 'log' | 'monotonicMs' | 'pool' | 'timers'> {
  readonly store: Store;
  /** Null in a workspace of one. */
  readonly membership: () => Membership | null;
  readonly session: () => TeamSession | null;
  /** Whether what is stored here is all that this workstation did: not so after a recovery. */
  readonly remembersAll: boolean;
}

/** Which accounts run here, and what may leave from here. */
export interface EngineChannels extends AsyncDisposable {
  readonly gate: SendGate;
  mayRun(account: AccountId): boolean;
  /** The fence of the lease under which an account runs here, 0 in a workspace of one; null where it does not run. */
  fenceOf(account: AccountId): number | null;
  /** A session with a team began or ended, or its person wants something else. */
  follow(): void;
  /** Resolves when nothing is being acquired or given back; for tests. */
  settled(): Promise<void>;
}

/** A reply that is on its way longer ends without its account. */
const SETTLE_LIMIT_MS = 60_000;
/** Entries about one reply: two for each attempt. */
const MOST_ENTRIES = 1_000;

/** Connects the accounts of an engine with its team, while it has one. */
export function connectChannels(deps: EngineChannelsDeps): EngineChannels {
  const { store, timers, log } = deps;
  let followed: TeamSession | null = null;
  let stopListening: () => void = () => {};

  function team(): SendTeam | 'waiting' | null {
    const session = deps.session();
    if (session === null) return deps.membership() === null ? null : 'waiting';
    return {
      workstation: session.membership.workstation,
      read: async (stream) => session.link.log.readStream(stream, 0, MOST_ENTRIES),
      append: async (stream, type, body, expected) => session.sync.append(stream, type, body, expected),
      catchUp: async () => session.sync.catchUp(),
    };
  }

  function side(): ChannelSide {
    const known = deps.membership();
    if (known === null) return 'alone';
    const session = deps.session();
    if (session === null || known.phase === 'ended') return 'waiting';
    const { link } = session;
    const roleOf = (user: string): string | undefined => link.directory.users().find(({ name }) => name === user)?.role;
    const self = link.directory.users().find(({ name }) => name === known.user.name);
    return {
      leases: link.leases,
      ttlMs: LEASE_TTL_MS,
      isGateway: (self?.role ?? known.user.role) === 'gateway',
      // the directory is empty before the first connection: then nothing is acquired anyhow
      wants: known.holdsChannels && self?.holdsChannels === true,
      isGatewayUser: (user) => roleOf(user) === 'gateway',
    };
  }

  const gate = createSendGate({
    team,
    hold: (account) => ownership.hold(account),
    queuedPlace: (entry) => store.read((db) => queuedPlace(db, entry)),
    log,
    remembersAll: deps.remembersAll,
  });
  const ownership = createChannelOwnership({
    ...deps,
    accounts: () => store.read(listAccounts).flatMap((account) => (account.isElsewhere === true ? [] : [account.uid])),
    settled: async (account) => {
      let cancel: () => void = () => {};
      const late = new Promise<void>((resolve) => {
        cancel = timers.after(SETTLE_LIMIT_MS, resolve);
      });
      await Promise.race([gate.idle(account), late]);
      cancel();
    },
  });

  function follow(): void {
    const session = deps.session();
    if (session !== followed) {
      stopListening();
      followed = session;
      const stops =
        session === null
          ? []
          : [
              session.link.directory.onChange(() => ownership.follow(side())),
              session.link.onState(({ state }) => {
                if (state === 'online') gate.kick();
              }),
            ];
      stopListening = () => {
        for (const stop of stops) stop();
      };
    }
    ownership.follow(side());
  }

  const stopFollowing = store.onCommit((changes) => {
    if (changes.has('accounts')) ownership.kick();
  });

  return {
    gate,
    mayRun: (account) => ownership.mayRun(account),
    // one that may have expired is none: a channel that only one may read would be read by two
    fenceOf: (account) => {
      const hold = ownership.hold(account);
      return hold?.isHeld() === true ? hold.fence : null;
    },
    follow,
    settled: async () => ownership.settled(),
    [Symbol.asyncDispose]: async () => {
      stopFollowing();
      stopListening();
      await ownership[Symbol.asyncDispose]();
    },
  };
}
