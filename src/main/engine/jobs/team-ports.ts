import type { TeamSigner } from './team-push.ts';
import type { TeamSync } from './team-sync.ts';
import type { IdSource } from '../identity.ts';
import type { Log } from '../log.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import type { Membership } from '../store/membership.store.ts';
import type { Store } from '../store/sql.ts';
import type { HubInvite } from '../team/hub-invite.ts';
import type { HubLink, LinkState } from '../team/hub-link.ts';
import type { Timers } from '../team/machine-clock.ts';
import type { LogIdentity } from '../team/team-log.ts';
import type { CaseLedger } from '../usecases/case-ledger.ts';
import type { AppliedNews } from '../usecases/team-apply.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { TeamEvent, TeamProgress, TeamRegion } from '../../../shared/contract/team.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** Makes the connection to a hub; it begins to connect at once and never throws. */
export type LinkFactory = (invite: HubInvite, workstation: string) => HubLink;

export interface TeamDeps {
  readonly store: Store;
  readonly ledger: CaseLedger;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly shell: ShellPort;
  readonly timers: Timers;
  readonly createLink: LinkFactory;
  /** This workstation's name in the team. */
  readonly workstation: string;
  readonly isSample: boolean;
  readonly shareFiles: (link: HubLink, eventId: string) => Promise<void>;
  readonly sizeOf: (sha256: string) => number | null;
  /** Fills an empty workspace that joins from a snapshot; null when it must read the log. Left out: it always does. */
  readonly begin?: (
    link: HubLink,
    identity: LogIdentity,
    onProgress: (done: number, total: number) => void,
  ) => Promise<ReadonlySet<CaseId> | null>;
  readonly onChange: () => void;
  readonly onPresence: () => void;
  readonly onApplied: (applied: AppliedNews) => void;
  readonly onStorageFull: () => void;
  /** Takes secrets out of what an older Meridian has told. */
  readonly redact?: (text: string) => string;
  /** Copies the workspace to where a person finds it, and stops its channels: it is emptied then. */
  readonly setAside: () => Promise<void>;
  /** A session began or ended: channels and outbox go by it. */
  readonly onSession: (session: TeamSession | null) => void;
  readonly tell: (event: TeamEvent) => void;
}

/** A workspace's connection with its team, while it has one. */
export interface TeamSession {
  readonly link: HubLink;
  readonly sync: TeamSync;
  readonly membership: Membership;
  readonly signer: TeamSigner;
}

/** What a workspace has to do with a team: it joins, is in it, and leaves. */
export interface Team extends AsyncDisposable {
  /** Null in a workspace of one, after leaving, and while the key is in a vault that is not open. */
  session(): TeamSession | null;
  membership(): Membership | null;
  /** Goes on where the last run ended. */
  start(): Promise<void>;
  join(input: { readonly invite: string; readonly keepHistory: boolean; readonly isSamePerson: boolean }): Promise<Result<null, CallError>>;
  leave(): Promise<Result<null, CallError>>;
  setHoldsChannels(on: boolean): Result<null, CallError>;
  measure(): Promise<Result<readonly TeamRegion[], CallError>>;
  measured(): { readonly regions: readonly TeamRegion[]; readonly at: Instant | null };
  progress(): TeamProgress | null;
  linkState(): LinkState | null;
  /** Why there is no session although there is a membership; null when that is no wonder. */
  absence(): 'vault-locked' | 'app-too-old' | null;
  /** Events wait for the log. */
  push(): void;
}
