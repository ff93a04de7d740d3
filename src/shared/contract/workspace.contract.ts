import { z } from 'zod';
import type { Tier } from '../domain/case.ts';
import type { AccountKind } from '../domain/channel/account-kind.ts';
import type { HoldReason } from '../domain/outbox.ts';
import type { Metric } from '../domain/sla/policy.ts';
import type { AccountId, AgentId, CaseId, HandoffId, MessageId, PromiseId, ReminderId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { command, query } from './define.ts';
import { accountId, agentId, contactId, emailAddress, instantSchema, operationId, tier, zoneName } from './schemas.ts';
import type { AppInfo, VaultStatus } from './shell.contract.ts';
import type { TeamEvent } from './team.contract.ts';

export interface AgentCard {
  readonly agentId: AgentId;
  readonly name: string;
  readonly hub: string;
  readonly zone: string;
  readonly languages: readonly string[];
  readonly isMe: boolean;
}

export interface Workspace {
  readonly workspace: 'main' | 'sample';
  /** False until the person said who they are. */
  readonly hasProfile: boolean;
  readonly me: AgentCard | null;
  readonly agents: readonly AgentCard[];
  /** Set while a long job runs at start, such as making the sample workspace. */
  readonly preparing: { readonly what: 'sample' | 'recovery'; readonly done: number; readonly total: number } | null;
  /** What happened to the data at the last start, if a person must know. */
  readonly notice: { readonly code: 'recovered-from-backup' | 'rebuilt'; readonly detail: string; readonly setAsidePath: string } | null;
}

export interface Settings {
  readonly theme: 'light' | 'dark' | 'system';
  readonly locale: 'en' | 'zh-CN';
  readonly density: 'comfortable' | 'compact';
  /** How long a reply waits until it leaves, in seconds: one in a chat that runs now, and any other. */
  readonly undoChatSeconds: number;
  readonly undoSendSeconds: number;
  readonly signature: string;
  readonly notifications: boolean;
  readonly onShift: boolean;
}

export type SyncState = 'idle' | 'connecting' | 'syncing' | 'live' | 'offline' | 'problem' | 'paused';

/** A mailbox as the page sees it; secrets stay in the engine. */
export interface AccountRow {
  readonly accountId: AccountId;
  readonly kind: AccountKind;
  readonly address: string;
  readonly name: string;
  readonly state: SyncState;
  readonly since: Instant;
  /** A closed code to translate, such as `wrong-password`; null when all is well. */
  readonly code: string | null;
  readonly detail: string;
  readonly lastSyncAt: Instant | null;
  readonly nextAttemptAt: Instant | null;
  readonly backfill: { readonly done: number; readonly total: number } | null;
  readonly queued: number;
  /** Messages that could not be stored and were set aside; their sources are kept. */
  readonly setAside: number;
  readonly config: EmailSettings | null;
}

export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
}
/** Everything about a mailbox but its password. */
export interface EmailSettings {
  readonly address: string;
  readonly name: string;
  readonly user: string;
  readonly imap: ServerSettings;
  readonly smtp: ServerSettings;
  readonly folders: readonly string[];
  readonly sentFolder: string | null;
  readonly sentCopy: 'append' | 'server';
  readonly plusAddressing: boolean;
}

export interface DiscoveredSettings {
  readonly imap: ServerSettings;
  readonly smtp: ServerSettings;
  readonly user: string;
  readonly sentCopy: 'append' | 'server';
  readonly plusAddressing: boolean;
  /** Where the provider explains its app passwords; shown as a hint. */
  readonly appPasswordHint: string | null;
  readonly source: 'built-in' | 'srv' | 'autoconfig' | 'guess';
  readonly providerName: string | null;
}

export interface TestStep {
  readonly ok: boolean;
  /** A closed code to translate; null when ok. */
  readonly code: string | null;
  readonly detail: string;
}
export interface ConnectionTest {
  readonly imap: TestStep;
  readonly smtp: TestStep;
  readonly folders: readonly {
    readonly path: string;
    readonly role: 'inbox' | 'sent' | 'archive' | 'junk' | 'trash' | 'drafts' | 'all' | null;
    readonly messages: number | null;
  }[];
}

const server = z.strictObject({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
});
const emailSettings = z.strictObject({
  address: emailAddress,
  name: z.string().max(200),
  user: z.string().min(1).max(254),
  imap: server,
  smtp: server,
  folders: z.array(z.string().min(1).max(500)).min(1).max(50).readonly(),
  sentFolder: z.string().max(500).nullable(),
  sentCopy: z.enum(['append', 'server']),
  plusAddressing: z.boolean(),
});

const undoSeconds = z.number().int().min(0).max(60);

export const workspaceContract = {
  'workspace.get': query<Workspace>()(z.strictObject({})),
  'workspace.open': command<null>()(z.strictObject({ opId: operationId, workspace: z.enum(['main', 'sample']) })),
  /** Throws the sample workspace away and makes it anew; everything done in it is lost. Only in the sample workspace. */
  'workspace.resetSample': command<null>()(z.strictObject({ opId: operationId })),
  'workspace.setProfile': command<AgentCard>()(
    z.strictObject({
      opId: operationId,
      name: z.string().trim().min(1).max(120),
      zone: zoneName,
      languages: z.array(z.string().max(10)).max(20).readonly(),
    }),
    ['unknown-zone'],
  ),
  /** Another person of the team sits down at this desk. Only in a workspace without a hub: there nobody signs. */
  'workspace.sitDown': command<AgentCard>()(z.strictObject({ opId: operationId, agentId }), ['not-active']),
  'workspace.dismissNotice': command<null>()(z.strictObject({ opId: operationId })),
  'settings.get': query<Settings>()(z.strictObject({})),
  'settings.set': command<Settings>()(
    z.strictObject({
      opId: operationId,
      patch: z
        .strictObject({
          theme: z.enum(['light', 'dark', 'system']),
          locale: z.enum(['en', 'zh-CN']),
          density: z.enum(['comfortable', 'compact']),
          undoChatSeconds: undoSeconds,
          undoSendSeconds: undoSeconds,
          signature: z.string().max(5_000),
          notifications: z.boolean(),
          onShift: z.boolean(),
        })
        .partial(),
    }),
  ),
  'contacts.setTier': command<null>()(
    z.strictObject({ opId: operationId, contactId, tier, reason: z.string().max(500), until: instantSchema.nullable() }),
    ['reason-missing'],
  ),
  'contacts.setZone': command<null>()(z.strictObject({ opId: operationId, contactId, zone: zoneName.nullable() }), ['unknown-zone']),
  'app.info': query<AppInfo & { readonly sqlite: string; readonly timeZoneData: string; readonly databaseBytes: number }>()(
    z.strictObject({}),
  ),
  'app.openLink': command<null>()(z.strictObject({ opId: operationId, url: z.string().max(4_000) }), ['refused']),
  'app.revealData': command<null>()(z.strictObject({ opId: operationId })),
  'mailBody.put': command<{ readonly url: string; readonly token: string }>()(
    z.strictObject({ opId: operationId, html: z.string().max(4_000_000), links: z.array(z.string().max(8_000)).max(5_000).readonly() }),
  ),
  'mailBody.drop': command<null>()(z.strictObject({ opId: operationId, token: z.string().max(100) })),
};

export const accountsContract = {
  'accounts.list': query<readonly AccountRow[]>()(z.strictObject({})),
  /** Best settings first; needs the network. */
  'accounts.discover': query<readonly DiscoveredSettings[]>()(z.strictObject({ address: emailAddress })),
  'accounts.test': query<ConnectionTest>()(
    z.strictObject({ settings: emailSettings, password: z.string().max(1_000).nullable(), accountId: accountId.nullable() }),
  ),
  'accounts.add': command<{ readonly accountId: AccountId }>()(
    z.strictObject({ opId: operationId, settings: emailSettings, password: z.string().min(1).max(1_000) }),
    ['vault-locked', 'vault-empty', 'already-connected'],
  ),
  'accounts.update': command<null>()(
    z.strictObject({ opId: operationId, accountId, settings: emailSettings, password: z.string().min(1).max(1_000).nullable() }),
    ['vault-locked', 'vault-empty', 'password-required'],
  ),
  /** Stops syncing and forgets the password. The cases stay. */
  'accounts.remove': command<null>()(z.strictObject({ opId: operationId, accountId })),
  'accounts.syncNow': command<null>()(z.strictObject({ opId: operationId, accountId: accountId.nullable() })),
  'vault.status': query<VaultStatus>()(z.strictObject({})),
  'vault.create': command<null>()(z.strictObject({ opId: operationId, passphrase: z.string().max(1_000) }), ['too-short', 'exists']),
  'vault.unlock': command<null>()(z.strictObject({ opId: operationId, passphrase: z.string().max(1_000) }), ['wrong', 'wait']),
};

/** Work that the engine does by itself: `snoozes` that end, what waits for `older-cases` to be worked out, `channels` that are fetched from, and so on. */
export type NotBegun = 'snoozes' | 'promises' | 'reminders' | 'handoffs' | 'plan' | 'clocks' | 'older-cases' | 'backups' | 'channels';

/** Facts that the engine tells the page without being asked. */
export type EngineEvent =
  | { readonly type: 'menu'; readonly command: string }
  | { readonly type: 'open-case'; readonly caseId: CaseId; readonly messageId?: MessageId }
  /** Another program handed over what may be an invite; nothing is done with it but to show it. */
  | { readonly type: 'open-invite'; readonly text: string }
  | { readonly type: 'mail-link'; readonly token: string; readonly url: string }
  | {
      readonly type: 'message-arrived';
      readonly caseId: CaseId;
      readonly contactName: string;
      readonly subject: string;
      readonly tier: Tier;
    }
  | { readonly type: 'storage'; readonly state: 'full' | 'ok' }
  /** What the engine was to do by itself and can not begin; empty when all of it is well again. */
  | { readonly type: 'not-begun'; readonly what: readonly NotBegun[] }
  /** A clock of a case that concerns me has used half or four fifths of its target, or is past its due time. */
  | {
      readonly type: 'sla-warning';
      readonly caseId: CaseId;
      readonly subject: string;
      readonly level: 'half' | 'four-fifths' | 'breach';
      readonly metric: Metric;
      readonly dueAt: Instant;
    }
  /**
   * Something about a handoff that concerns me: `half` of its time is over, `overruled`: another answer counts instead of mine;
   * `escalated`: the case has come to me as a lead, `went-to-lead`: it has gone to one.
   */
  | {
      readonly type: 'handoff';
      readonly what:
        | 'offered'
        | 'half'
        | 'accepted'
        | 'declined'
        | 'returned'
        | 'expired'
        | 'escalated'
        | 'went-to-lead'
        | 'withdrawn'
        | 'edited'
        | 'customer-wrote'
        | 'asked'
        | 'answered'
        | 'overruled';
      /** Null: it went to a lead without having been offered. */
      readonly handoffId: HandoffId | null;
      readonly caseId: CaseId;
      readonly subject: string;
      /** Who did it; null for the clock. */
      readonly by: AgentId | null;
      readonly expiresAt: Instant | null;
    }
  /** Something that I am to think of is due. */
  | {
      readonly type: 'reminder';
      readonly reminderId: ReminderId;
      readonly caseId: CaseId;
      readonly subject: string;
      /** May be empty. */
      readonly note: string;
      readonly at: Instant;
    }
  /** A reply of mine, or in a case of mine, that was to leave at a time of its own was held back. */
  | { readonly type: 'reply-held'; readonly caseId: CaseId; readonly subject: string; readonly reason: HoldReason }
  /** A promise of a case that I answer for is due soon, was broken, or can not be kept by the plan as it is now. */
  | {
      readonly type: 'promise';
      readonly what: 'due-soon' | 'broken' | 'infeasible';
      readonly promiseId: PromiseId;
      readonly caseId: CaseId;
      readonly subject: string;
      readonly dueAt: Instant;
    }
  /** My turn ends soon and cases are left; my turn has begun. */
  | { readonly type: 'sunset'; readonly turnEndsAt: Instant; readonly left: number }
  | { readonly type: 'sunrise'; readonly turnEndsAt: Instant }
  | TeamEvent;
