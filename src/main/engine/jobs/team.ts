import { secretRef } from './account-pool.ts';
import { letIn } from './let-in.ts';
import type { Team, TeamDeps, TeamSession } from './team-ports.ts';
import { startTeamSync } from './team-sync.ts';
import type { TeamSigner } from './team-push.ts';
import { hasHistoryToTell, historySize, membership, saveMembership } from '../store/membership.store.ts';
import type { Membership } from '../store/membership.store.ts';
import { listAccounts } from '../store/accounts.store.ts';
import { saveDirectory } from '../store/team-people.store.ts';
import { saveTeamValue, teamValue } from '../store/team.store.ts';
import { parseInvite } from '../team/hub-invite.ts';
import type { HubLink, LinkState } from '../team/hub-link.ts';
import { isOlder } from '../team/hub-version.ts';
import type { LogIdentity } from '../team/team-log.ts';
import { signerOf } from '../team/nkey-signature.ts';
import { enterTeam, endMembership, joinProblem, membershipBy } from '../usecases/team-membership.ts';
import type { TeamRegion } from '../../../shared/contract/team.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export type { LinkFactory, Team, TeamDeps, TeamSession } from './team-ports.ts';

const SEED_REF = 'team:seed';
/** A workstation whose clock is further off is told so. */
const CLOCK_WARNING_MS = 30_000;
/** For so long a key that is not let in any more may be let in again. */
const GRACE_KEEP_MS = DAY_MS;
const GRACE_ERASE_MS = HOUR_MS;
const LONGEST_TIMER_MS = HOUR_MS;

export function createTeam(deps: TeamDeps): Team {
  const { store, shell } = deps;
  let current: (TeamSession & { readonly stop: () => Promise<void> }) | null = null;
  let known = store.read(membership);
  let regions: readonly TeamRegion[] = [];
  let measuredAt: Instant | null = null;
  let isLocked = false;
  let warnedOfClock = false;
  let isTooOld = false;
  let cancelFinish: () => void = () => {};
  let turn: Promise<unknown> = Promise.resolve();

  /** Joining, leaving and starting, one after the other. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work);
    turn = mine.catch(() => {});
    return mine;
  }

  function open(of: Membership, seed: string): void {
    const { hub, servers, authority, user, workstation } = of;
    const link = deps.createLink({ hub, servers, authority, user, seed }, workstation);
    begin(of, seed, link);
  }

  function begin(of: Membership, seed: string, link: HubLink): void {
    const key = signerOf(seed);
    const signer: TeamSigner = {
      user: of.user.name,
      workstation: of.workstation,
      sign: (text) => key.sign(Buffer.from(text, 'utf8')).toString('base64'),
    };
    const { begin: beginFrom, ...others } = deps;
    const sync = startTeamSync({
      ...others,
      link,
      signer,
      ...(beginFrom === undefined ? {} : { begin: async (identity, onProgress) => beginFrom(link, identity, onProgress) }),
      shareFiles: async (eventId) => deps.shareFiles(link, eventId),
      onChange: () => {
        arrived();
        deps.onChange();
      },
      onCaughtUp: (behind) => {
        arrived();
        if (behind > 0) deps.tell({ type: 'team', what: 'caught-up', events: behind });
      },
      onRewound: (missing) => {
        store.write((tx) => {
          saveTeamValue(tx, 'rewound', { at: deps.clock.now(), missing });
        });
        deps.tell({ type: 'team', what: 'rewound', missing });
      },
    });
    const stopState = link.onState(onState);
    const stopDirectory = link.directory.onChange(() => {
      keepDirectory(link);
    });
    const stopPresence = link.presence.onChange(deps.onPresence);
    const stopLeases = link.leases.onChange(deps.onChange);
    keepDirectory(link);
    current = {
      link,
      sync,
      signer,
      membership: of,
      stop: async () => {
        stopState();
        stopDirectory();
        stopPresence();
        stopLeases();
        await sync[Symbol.asyncDispose]();
        await link[Symbol.asyncDispose]();
      },
    };
    deps.onSession(current);
    deps.onChange();
  }

  function keepDirectory(link: HubLink): void {
    if (link.directory.users().length === 0) return;
    store.write((tx) => {
      saveDirectory(tx, link.directory.users());
      // known also when the key is not let in any more
      saveTeamValue(tx, 'on-leave', link.directory.settings().onLeave);
    });
    const role = link.directory.users().find(({ name }) => name === known?.user.name)?.role;
    if (known !== null && role !== undefined && role !== known.user.role) keep({ ...known, user: { ...known.user, role } });
    void inTurn(async () => closeWhenTooOld(link.directory.settings().leastVersion));
    deps.onChange();
  }

  /** The team asks for a newer program: this one must not write what it may not understand any more. */
  async function closeWhenTooOld(least: string | null): Promise<void> {
    const info = least === null ? null : await shell.request('app.info', null);
    if (!isOlder(info?.version ?? '', least ?? '')) return;
    deps.log('warn', 'the team asks for a newer program', { least });
    isTooOld = true;
    await close();
    deps.onChange();
  }

  function keep(next: Membership): void {
    store.write((tx) => {
      saveMembership(tx, next);
    });
    known = next;
    deps.onChange();
  }

  /** Everything that was here is in the log, and everything of the log is here. */
  function arrived(): void {
    if (known?.phase !== 'joining' || current?.sync.status().isLive !== true || store.read(hasHistoryToTell)) return;
    keep({ ...known, phase: 'live' });
  }

  function onState(state: LinkState): void {
    deps.onChange();
    if (state.state === 'refused' && state.code === 'revoked') suspend();
    if (state.state === 'online') resume();
    const aheadMs = state.clockAheadMs ?? 0;
    const isWrong = Math.abs(aheadMs) > CLOCK_WARNING_MS;
    if (isWrong && !warnedOfClock) deps.tell({ type: 'team', what: 'clock-wrong', aheadMs });
    warnedOfClock = isWrong;
  }

  /**
   * The key is not let in. It may be a server that does not know of it yet, or an old copy of the users: so everything is kept, to be
   * read, and it goes on as before if the key is let in again within the grace.
   */
  function suspend(): void {
    if (known === null || known.phase === 'ended') return;
    keep({ ...known, phase: 'ended', ended: { at: deps.clock.now(), why: 'revoked' } });
    deps.onSession(current);
    deps.tell({ type: 'team', what: 'revoked' });
    finishLater();
  }

  function resume(): void {
    if (known?.phase !== 'ended' || known.ended?.why !== 'revoked') return;
    cancelFinish();
    keep({ ...known, phase: 'joining', ended: null });
    deps.onSession(current);
  }

  function policy(): 'keep' | 'erase' {
    const told = current?.link.directory.settings();
    // before the first connection it says nothing of its own
    return told !== undefined && told.hubName !== null
      ? told.onLeave
      : (store.read((db) => teamValue<'keep' | 'erase'>(db, 'on-leave')) ?? 'keep');
  }

  /** What is left of the grace; 0 when it is over. */
  function graceMs(): number {
    const since = known?.ended?.at ?? deps.clock.now();
    return Math.max(0, since + (policy() === 'erase' ? GRACE_ERASE_MS : GRACE_KEEP_MS) - deps.clock.now());
  }

  function finishLater(): void {
    cancelFinish();
    cancelFinish = deps.timers.after(Math.min(graceMs(), LONGEST_TIMER_MS), () => {
      if (known?.ended?.why !== 'revoked') return;
      if (graceMs() > 0) finishLater();
      else void inTurn(async () => finish());
    });
  }

  async function close(): Promise<void> {
    const session = current;
    current = null;
    deps.onSession(null);
    await session?.stop();
  }

  async function leave(): Promise<void> {
    if (known === null) return;
    keep({ ...known, phase: 'ended', ended: { at: deps.clock.now(), why: 'left' } });
    await finish();
  }

  /** Ends it for good: the key goes, and everything else if that is the policy. */
  async function finish(): Promise<void> {
    const onLeave = policy();
    const secrets = [SEED_REF, ...(onLeave === 'erase' ? store.read(listAccounts).map(({ uid }) => secretRef(uid)) : [])];
    await close();
    const ended = known;
    if (ended === null) return;
    store.write((tx) => {
      endMembership(tx, ended, onLeave);
    });
    for (const ref of secrets) await shell.request('secret.delete', { ref }).catch(() => null);
    deps.ledger.forget();
    deps.onChange();
    // what is to be erased goes when nothing uses the files
    if (onLeave === 'erase') await shell.request('workspace.reopen', null).catch(() => null);
  }

  async function start(): Promise<void> {
    if (known === null || known.ended?.why === 'left' || current !== null || isTooOld) return;
    if (known.ended?.why === 'revoked') {
      if (graceMs() === 0) {
        await finish();
        return;
      }
      finishLater();
    }
    const seed = await shell.request('secret.get', { ref: SEED_REF });
    isLocked = seed === null;
    if (seed !== null) open(known, seed);
    deps.onChange();
  }

  async function join(input: Parameters<Team['join']>[0]): Promise<Result<null, CallError>> {
    const invite = parseInvite(input.invite);
    if (invite === null) return fail({ code: 'invalid-invite', detail: '' });
    if (deps.isSample) return fail({ code: 'sample', detail: '' });
    if (known !== null && known.phase !== 'ended') return fail({ code: 'already-joined', detail: known.hub.name });
    if (known !== null && known.hub.id !== invite.hub.id && input.keepHistory) return fail({ code: 'other-hub', detail: known.hub.name });
    const problem = store.read((db) => joinProblem(db, invite, input));
    if (problem !== null) return fail({ code: problem, detail: invite.user.name });
    // others believe what customers wrote before from leads alone
    const isBringing = input.keepHistory && known === null && store.read(historySize).cases > 0;
    if (isBringing && invite.user.role !== 'lead') return fail({ code: 'history-needs-lead', detail: invite.user.role });
    const vault = await shell.request('vault.status', null);
    if (vault.state !== 'ready') return fail({ code: vault.state === 'empty' ? 'vault-empty' : 'vault-locked', detail: '' });
    const link = deps.createLink(invite, deps.workstation);
    const refusal = await letIn(link, deps.timers);
    if (refusal !== null) {
      await link[Symbol.asyncDispose]();
      return fail(refusal);
    }
    let identity: LogIdentity;
    try {
      identity = await link.log.identity();
    } catch (error) {
      await link[Symbol.asyncDispose]();
      return fail({ code: 'unreachable', detail: String(error) });
    }
    const stored = await shell.request('secret.set', { ref: SEED_REF, value: invite.seed });
    if (stored !== 'ok') {
      await link[Symbol.asyncDispose]();
      return fail({ code: 'vault-locked', detail: '' });
    }
    // the session of a key that is not let in any more
    cancelFinish();
    await close();
    if (!input.keepHistory) await deps.setAside();
    const of = store.read((db) => membershipBy(db, invite, deps.workstation, deps.clock.now()));
    const before = known;
    // from the first event on that is written in it
    known = of;
    try {
      store.write((tx) => {
        enterTeam(deps, tx, of, identity, input.keepHistory);
      });
    } catch (error) {
      known = before;
      deps.ledger.forget();
      await link[Symbol.asyncDispose]();
      throw error;
    }
    deps.ledger.forget();
    deps.log('info', 'joined a team', { hub: of.hub.id, user: of.user.name });
    begin(of, invite.seed, link);
    deps.tell({ type: 'team', what: 'joined', hubName: of.hub.name });
    return ok(null);
  }

  return {
    session: () => current,
    membership: () => known,
    start: async () => inTurn(start),
    join: async (input) => inTurn(async () => join(input)),
    leave: async () =>
      inTurn(async () => {
        if (known === null || known.ended?.why === 'left') return fail({ code: 'not-joined', detail: '' });
        await leave();
        return ok(null);
      }),
    setHoldsChannels: (on) => {
      if (known === null) return fail({ code: 'not-permitted', detail: 'no team' });
      const next: Membership = { ...known, holdsChannels: on };
      store.write((tx) => {
        saveMembership(tx, next);
      });
      known = next;
      deps.onSession(current);
      deps.onChange();
      return ok(null);
    },
    measure: async () => {
      if (current === null) return fail({ code: 'not-joined', detail: '' });
      regions = await current.link.measure();
      measuredAt = deps.clock.now();
      deps.onChange();
      return ok(regions);
    },
    measured: () => ({ regions, at: measuredAt }),
    progress: () => current?.sync.status().progress ?? null,
    linkState: () => current?.link.state() ?? null,
    absence: () => (current !== null ? null : isTooOld ? 'app-too-old' : isLocked ? 'vault-locked' : null),
    push: () => current?.sync.push(),
    [Symbol.asyncDispose]: async () => {
      cancelFinish();
      await turn;
      await close();
    },
  };
}
