import type { SignIns } from './channel-sign-ins.ts';
import type { Playbooks } from '../bot/playbook-folder.ts';
import type { MailParser } from '../channels/email/mime/parsed-mail.ts';
import type { EngineGuard } from '../engine-guard.ts';
import type { EngineTeam } from '../engine-team.ts';
import type { AccountPool } from '../jobs/account-pool.ts';
import type { SnapshotOutcome } from '../jobs/team-snapshots.ts';
import type { Team } from '../jobs/team.ts';
import type { SlaWatcher } from '../jobs/sla-watcher.ts';
import type { Typing } from '../jobs/typing.ts';
import type { OutboxRunner } from '../jobs/outbox-runner.ts';
import type { Log } from '../log.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import type { SearchStore } from '../store/search.store.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import type { CoverageBook } from '../usecases/coverage-book.ts';
import type { DutyBook } from '../usecases/duty-book.ts';
import type { YearChecker } from '../year-check/year-checker.ts';
import type { RuleRuns } from '../usecases/rule-runs.ts';
import type { ChannelCheck, ChannelSettings } from '../../../shared/contract/channels.contract.ts';
import type { ConnectionTest, DiscoveredSettings, EmailSettings, Workspace } from '../../../shared/contract/workspace.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';

/** Everything that handlers need; put together once, in create-engine. */
export interface EngineServices {
  readonly workspace: 'main' | 'sample';
  readonly workspacePath: string;
  readonly context: UseCaseContext;
  readonly search: SearchStore;
  readonly parser: MailParser;
  readonly shell: ShellPort;
  readonly accounts: AccountPool;
  /** Asks a service whose credentials these are. */
  readonly checkChannel: (settings: ChannelSettings, secret: string) => Promise<ChannelCheck>;
  /** Sign-ins that go on in a browser. */
  readonly signIns: SignIns;
  readonly typing: Typing;
  readonly outbox: OutboxRunner;
  readonly guard: Pick<EngineGuard, 'keys' | 'outbound' | 'redactor'>;
  /** The rules changed: every open case is worked out anew in the background. */
  readonly reevaluate: SlaWatcher['reevaluate'];
  readonly ruleRuns: RuleRuns;
  /** The published plan, worked out. What is answered from it depends on the fact `@plan`. */
  readonly book: CoverageBook;
  /** Who is on shift by it, as handoffs ask. */
  readonly duties: DutyBook;
  /** The playbooks of the bot, as their files are now. */
  readonly playbooks: () => Playbooks;
  readonly team: Team;
  /** Tells colleagues what this person is doing; nothing in a workspace of one. */
  readonly tellPresence: EngineTeam['tellPresence'];
  readonly takeOverReply: EngineTeam['takeOverReply'];
  /** Who writes the reply of a case, and who took it from whom. */
  readonly claims: EngineTeam['claims'];
  /** Has a file fetched that colleagues have; `@files` tells when one has come. False when nobody can have it. */
  readonly wantFile: (sha256: string) => boolean;
  readonly makeSnapshot: () => Promise<SnapshotOutcome>;
  readonly checkYear: YearChecker;
  readonly log: Log;
  /** Tells subscriptions that a fact outside SQL changed; its name begins with `@`. */
  readonly changed: (fact: string) => void;
  readonly preparing: () => Workspace['preparing'];
  readonly signToken: (account: StoredAccount, caseUid: CaseId) => string | null;
  readonly mail: MailSettingsProbe;
}

/** Finds and tries the settings of a mailbox; the email connector's own knowledge. */
export interface MailSettingsProbe {
  discover(address: string): Promise<readonly DiscoveredSettings[]>;
  test(settings: EmailSettings, password: string): Promise<ConnectionTest>;
}
