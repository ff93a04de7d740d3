import type { MailParser } from './channels/email/mime/parsed-mail.ts';
import type { MailSettingsProbe } from './handlers/services.ts';
import type { ConnectorFactory } from './jobs/account-pool.ts';
import type { TeamSnapshotsJob } from './jobs/team-snapshots.ts';
import type { LinkFactory, Team } from './jobs/team.ts';
import type { LanguageGuesser } from './ports/language-port.ts';
import type { LongTextScan } from './ports/scan-port.ts';
import type { Log } from './log.ts';
import type { PagePort } from './page-port.ts';
import type { Probe } from './probe.ts';
import type { ShellPort } from './ports/shell-port.ts';
import type { CheckpointWork } from './store/checkpoint/checkpoint-work.ts';
import type { SnapshotWork } from './store/snapshot/snapshot-work.ts';
import type { Store } from './store/sql.ts';
import type { MachineClock, Timers } from './team/machine-clock.ts';
import type { EngineGuard } from './engine-guard.ts';
import type { CaseLedger } from './usecases/case-ledger.ts';
import type { IngestDeps } from './usecases/ingest-batch.ts';
import type { YearChecker } from './year-check/year-checker.ts';
import type { ChannelCheck, ChannelSettings } from '../../shared/contract/channels.contract.ts';
import type { CallResult } from '../../shared/contract/define.ts';
import type { ShellEvent } from '../../shared/contract/shell.contract.ts';
import type { Clock } from '../../shared/domain/time.ts';

/** What filling a workspace may use: the same as receiving real mail. */
export interface PreparationDeps extends IngestDeps {
  readonly parser: MailParser;
  readonly log: Log;
}

export interface EngineOptions {
  readonly workspace: 'main' | 'sample';
  /** Folder of the workspace; made with mode 0700 when it is not there. */
  readonly workspacePath: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly probe: Probe;
  readonly random: () => number;
  readonly shell: ShellPort;
  readonly parser: MailParser;
  readonly mail: MailSettingsProbe;
  readonly createConnector: ConnectorFactory;
  /** Asks a service whose credentials these are; over the real network when it is left out. */
  readonly checkChannel?: (settings: ChannelSettings, secret: string) => Promise<ChannelCheck>;
  /** Where the playbooks are that Meridian brings; without it there are only those of the workspace. */
  readonly playbookFolder?: string;
  /** Fills a sample workspace before its accounts start; does nothing when that was done before. */
  readonly prepare?: (deps: PreparationDeps, onProgress: (done: number, total: number) => void) => Promise<void>;
  /** Checks a year of the plan; in this thread when it is left out. */
  readonly checkYear?: YearChecker;
  /** Names languages of messages that are hard to tell; they stay unknown when it is left out. */
  readonly guessLanguages?: LanguageGuesser;
  /** Scans long texts for secrets beside this thread; in this thread when it is left out. */
  readonly scanLong?: LongTextScan;
  /** Language of the first start, until the person chose one. */
  readonly locale?: 'en' | 'zh-CN';
  /** Connects with a team's hub. Without it the workspace can join none. */
  readonly createLink?: LinkFactory;
  readonly timers?: Timers;
  /** How time passes on this machine, whatever its wall clock shows. */
  readonly machine?: MachineClock;
  /**
   * What nobody waits for begins when this resolves: what time has brought about while the app was closed, and the channels. At once when it is
   * left out. A page that opens is answered first.
   */
  readonly beforeChores?: Promise<void>;
  /** Copies the write-ahead log into the main file; left out: SQLite does it inside commits. */
  readonly checkpoints?: CheckpointWork;
  /** Packs and unpacks snapshots of the team; left out: none are made or used. */
  readonly snapshots?: SnapshotWork;
}

/** The whole back end: SQLite, channels, use cases. Runs in the app's utility process, in plain Node, or twice in one test. */
export interface Engine extends AsyncDisposable {
  readonly store: Store;
  readonly ledger: CaseLedger;
  readonly team: Team;
  readonly guard: EngineGuard;
  /** Null where no snapshots are made or used. */
  readonly snapshots: TeamSnapshotsJob | null;
  /** Serves a page until its port closes. */
  attachPage(port: PagePort): void;
  call(name: string, input: unknown): Promise<CallResult<unknown, string>>;
  handleShellEvent(event: ShellEvent): void;
  /** Resolves when the workspace is filled and its accounts were started. */
  readonly started: Promise<void>;
  /** Resolves when what time and others have made of handoffs is written and told; for tests. */
  settled(): Promise<void>;
}
