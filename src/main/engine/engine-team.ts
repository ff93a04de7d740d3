import { watchHeldElsewhere } from './jobs/held-elsewhere.ts';
import { createReplyClaims } from './jobs/reply-claims.ts';
import type { ReplyClaims } from './jobs/reply-claims.ts';
import { createTeamFiles } from './jobs/team-files.ts';
import type { TeamFilesJob } from './jobs/team-files.ts';
import { createTeamSnapshots } from './jobs/team-snapshots.ts';
import type { TeamSnapshotsJob } from './jobs/team-snapshots.ts';
import { createTeam } from './jobs/team.ts';
import type { Team, TeamDeps, TeamSession } from './jobs/team.ts';
import type { BlobStore } from './store/blobs.store.ts';
import type { SnapshotFiles } from './store/snapshot/snapshot-files.ts';
import type { SnapshotWork } from './store/snapshot/snapshot-work.ts';
import { me, readSettings } from './store/settings.store.ts';
import type { Arrival } from './usecases/ingest-batch.ts';
import { conflictEvents } from './usecases/team-rebase.ts';
import type { AccountId, CaseId } from '../../shared/domain/ids.ts';

/** What a person is doing that colleagues see. */
export interface Doing {
  readonly viewing: CaseId | null;
  /** Keys were pressed a moment ago. */
  readonly writing: boolean;
  /** A reply to it was begun, and is not sent or left; lasts over pauses of writing. */
  readonly holds: boolean;
}

export interface EngineTeamDeps extends Omit<
  TeamDeps,
  'begin' | 'onApplied' | 'onChange' | 'onPresence' | 'onSession' | 'shareFiles' | 'sizeOf'
> {
  readonly blobs: BlobStore;
  /** How snapshots are packed, and where; left out: none are made or used. */
  readonly snapshots?: { readonly work: SnapshotWork; readonly files: SnapshotFiles };
  /** Tells subscriptions that a fact outside SQL changed; its name begins with `@`. */
  readonly changed: (fact: string) => void;
  /** The plan, the people or the rules are others now. `hasNewRules`: open cases must be worked out anew. */
  readonly onFacts: (hasNewRules: boolean) => void;
  /** Customers wrote, and another workstation fetched it. */
  readonly onArrivals: (arrivals: readonly Arrival[]) => void;
  /** Cases are others now. */
  readonly onCases: () => void;
  readonly onSession?: (session: TeamSession | null) => void;
  /** Whether an account runs at this workstation. */
  readonly mayRun: (account: AccountId) => boolean;
}

/** The team of an engine, with its files and who is there. */
export interface EngineTeam extends AsyncDisposable {
  readonly team: Team;
  readonly files: TeamFilesJob;
  readonly snapshots: TeamSnapshotsJob | null;
  readonly claims: Pick<ReplyClaims, 'lostOf' | 'on'>;
  tellPresence(doing: Doing): void;
  /** Takes the reply of a case over from a colleague who writes it. */
  takeOverReply(caseId: CaseId): void;
}

/** Connects what a team needs with the rest of the engine. */
export function connectTeam(deps: EngineTeamDeps): EngineTeam {
  const { store, blobs, log, changed } = deps;
  let doing: Doing = { viewing: null, writing: false, holds: false };
  const claims = createReplyClaims({ session: () => team.session(), clock: deps.clock });
  const files = createTeamFiles({ store, blobs, log, onChange: () => changed('@files') });
  const snapshots = deps.snapshots === undefined ? null : createTeamSnapshots({ ...deps, ...deps.snapshots });

  const team = createTeam({
    ...deps,
    ...(snapshots === null ? {} : { begin: async (...asked) => snapshots.begin(...asked) }),
    shareFiles: async (link, eventId) => files.share(link, eventId),
    sizeOf: (sha256) => files.sizeOf(sha256),
    onChange: () => {
      // with a connection come the claims of others, and without one there are none
      hearClaims();
      changed('@team');
    },
    onPresence: () => {
      hearClaims();
      changed('@presence');
    },
    onApplied: ({ cases, hasFacts, hasNewRules, conflicts, arrivals }) => {
      if (hasFacts) deps.onFacts(hasNewRules);
      if (arrivals.length > 0) deps.onArrivals(arrivals);
      if (cases.size > 0) deps.onCases();
      files.kick();
      for (const event of conflictEvents(store, conflicts)) deps.tell(event);
    },
    onSession: (session) => {
      files.follow(session?.link ?? null);
      snapshots?.follow(session);
      tellPresence(doing);
      deps.onSession?.(session);
      changed('@team');
    },
  });

  function tellPresence(next: Doing): void {
    doing = next;
    if (claims.ask(doing.holds ? doing.viewing : null)) changed('@presence');
    tell();
  }

  function takeOverReply(caseId: CaseId): void {
    claims.takeOver(caseId);
    doing = { viewing: caseId, writing: true, holds: true };
    changed('@presence');
    tell();
  }

  function hearClaims(): void {
    if (!claims.hear()) return;
    changed('@presence');
    tell();
  }

  function tell(): void {
    // a session tells of itself when it begins, before the team is there
    const agentId = store.read(me)?.agentId ?? null;
    const { onShift } = store.read((db) => readSettings(db));
    const claim = claims.told();
    const { viewing } = doing;
    current()?.link.presence.tell({ agentId, onShift, viewing, writing: doing.writing && claim !== null, claim });
  }

  function current(): TeamSession | null {
    return team.session();
  }

  const held = watchHeldElsewhere({ ...deps, isElsewhere: (account) => current() !== null && !deps.mayRun(account) });
  const stopListening = store.onCommit((changes) => {
    if (changes.has('events')) team.push();
    if (changes.has('settings')) tellPresence(doing);
  });

  return {
    team,
    files,
    snapshots,
    claims,
    tellPresence,
    takeOverReply,
    [Symbol.asyncDispose]: async () => {
      stopListening();
      held[Symbol.dispose]();
      await team[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
      await snapshots?.[Symbol.asyncDispose]();
    },
  };
}

/** Where nothing can connect with a hub. */
export function noLink(): never {
  throw new Error('this workspace can join no team');
}
