import { z } from 'zod';
import type { AskedAgain, NoReplyNeeded } from '../domain/case-memory.ts';
import type { CaseEventBody, CaseState, Priority, SnoozedFor, Status, Tier } from '../domain/case.ts';
import type {
  AccountId,
  AgentId,
  AttachmentId,
  CaseId,
  ContactId,
  DraftId,
  HandoffId,
  MessageId,
  OperationId,
  OutboxId,
  PromiseId,
} from '../domain/ids.ts';
import type { Recipient } from '../domain/handoff/packet.ts';
import type { AutoKind, Channel, Direction, MessageOrigin, Party } from '../domain/message.ts';
import type { HoldReason, OutboxState } from '../domain/outbox.ts';
import type { Reminder } from '../domain/reminder/reminders.ts';
import { GROUPINGS } from '../domain/saved-view.ts';
import { SEARCH_ORDERS } from '../domain/search-rank.ts';
import type { MessagePart } from '../domain/search-rank.ts';
import type { OvertakenFact } from '../domain/intake/overtaken-facts.ts';
import type { SettledAs, SettlingOutcome } from '../domain/team/send-settling.ts';
import type { SecretKind } from '../domain/guard/secret-types.ts';
import type { Instant } from '../domain/time.ts';
import { SORTS, VIEWS } from '../domain/views.ts';
import type { ViewId } from '../domain/views.ts';
import { command, query } from './define.ts';
import { macroActions } from './macros.contract.ts';
import { promiseDraft } from './promise.contract.ts';
import { caseFilter, conditions } from './query-schemas.ts';
import type { SlaBadge } from './sla.contract.ts';
import { attachmentId, caseAction, caseId, draftId, instantSchema, messageId, operationId, outboxId, party, zoneName } from './schemas.ts';

/** One row of the case list. */
export interface CaseRow {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly preview: string;
  readonly channel: Channel;
  readonly status: Status;
  readonly priority: Priority;
  readonly assigneeId: AgentId | null;
  readonly assigneeName: string | null;
  /** Who has it was decided here, and the team's log has not confirmed that yet. */
  readonly isOwnerPending: boolean;
  readonly contactId: ContactId;
  readonly contactName: string;
  readonly contactAddress: string;
  readonly tier: Tier;
  /** The customer's zone when known, else their clock's offset from their last message, else null. */
  readonly contactZone: string | null;
  readonly contactOffsetMinutes: number | null;
  readonly language: string | null;
  readonly labels: readonly string[];
  /** The bot has the conversation: it waits for nobody, and is in no queue. Null while it belongs to people. */
  readonly bot: { readonly since: Instant; readonly playbook: string } | null;
  readonly waitingSince: Instant | null;
  /** How often, and when last, the customer has asked again since, without new facts; null when they have not. */
  readonly asked: AskedAgain | null;
  /** The clock that is due next, else a paused one; null when nothing is promised any more. */
  readonly sla: SlaBadge | null;
  /**
   * Of the time that is left until the case is due next, how much has somebody on shift who can take it: at any `t` until the next shift
   * boundary it is `max(0, staffedAtDue - base - (since === null ? 0 : t - since))` milliseconds. Null when nothing is due or planned.
   */
  readonly runway: { readonly staffedAtDue: number; readonly base: number; readonly since: Instant | null } | null;
  /** True when the fairness guard has raised a standard case into the VIP lane: it has used 80 % of its own target. */
  readonly raised: boolean;
  /** The offer that stands, or has waited in vain and is with no lead yet. */
  readonly handoff: {
    readonly handoffId: HandoffId;
    readonly state: 'offered' | 'expired';
    readonly fromId: AgentId;
    readonly to: Recipient;
    readonly expiresAt: Instant;
  } | null;
  /** The open promise that is due first. */
  readonly nextPromise: { readonly promiseId: PromiseId; readonly dueAt: Instant; readonly zone: string } | null;
  readonly snoozedUntil: Instant | null;
  /** What it sleeps for, when that is not just a time. */
  readonly snoozedFor: SnoozedFor | null;
  /** Open reminders of anybody, by time. */
  readonly reminders: readonly Reminder[];
  /** From when on the customer has waited for a day without news; null when nothing waits for us. */
  readonly followUpAt: Instant | null;
  readonly lastMessageAt: Instant;
  readonly lastDirection: Direction;
  readonly messageCount: number;
  readonly unread: boolean;
  readonly queuedReplies: number;
  /** When the next reply leaves that waits for a time of its own; null when none does. */
  readonly sendsAt: Instant | null;
  readonly failedReplies: number;
  readonly hasDraft: boolean;
  readonly hasAttachments: boolean;
}

export interface CaseList {
  readonly rows: readonly CaseRow[];
  readonly total: number;
}

export type ViewCounts = Readonly<Record<ViewId, number>> & { readonly unread: number };

export interface ContactCard {
  readonly contactId: ContactId;
  readonly name: string;
  readonly address: string;
  readonly tier: Tier;
  readonly tierReason: string;
  readonly tierUntil: Instant | null;
  readonly zone: string | null;
  readonly offsetMinutes: number | null;
  readonly language: string | null;
  readonly firstSeenAt: Instant;
  readonly caseCount: number;
}

export interface CaseDetail extends CaseRow {
  readonly contact: ContactCard;
  readonly openedAt: Instant;
  readonly solvedAt: Instant | null;
  /** Who answers for it, also while it is in the queue. */
  readonly ownerId: AgentId | null;
  readonly epoch: number;
  /** How much of what was done here to this case waits for the team's log. */
  readonly pendingEvents: number;
  readonly accountId: AccountId;
  readonly accountAddress: string;
  /** Where an answer goes on a chat-like channel, and whom it answers; null for mail. */
  readonly origin: MessageOrigin | null;
  /** The customer's newest message; null when they never wrote. */
  readonly lastInboundAt: Instant | null;
  /** The decision that no reply is needed, as long as it counts. */
  readonly noReply: NoReplyNeeded | null;
  /** The bot has the conversation. */
  readonly bot: CaseState['bot'];
  /** Other cases of the same contact, newest first, at most ten. */
  readonly otherCases: readonly {
    readonly caseId: CaseId;
    readonly subject: string;
    readonly status: Status;
    readonly lastMessageAt: Instant;
  }[];
  readonly replyTo: readonly Party[];
  readonly replyAllTo: readonly Party[];
  readonly replyAllCc: readonly Party[];
  /** Set where the next answer leaves by mail though the case is one of a web site: to whom, and from which of our mailboxes. */
  readonly byMail: { readonly address: string; readonly from: string; readonly isVerified: boolean } | null;
  readonly canReply: boolean;
  /** Why not: the account was removed, or its channel can not send. */
  readonly cannotReplyCode: 'account-removed' | 'channel-read-only' | null;
}

export interface AttachmentRow {
  readonly attachmentId: AttachmentId;
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
  readonly inline: boolean;
  /** Double extension, program or archive: shown with a warning, never opened by itself. */
  readonly risky: boolean;
  readonly embedded: { readonly subject: string; readonly from: string; readonly summary: string } | null;
}

/** How far an outgoing message got. Inbound messages and notes have none. */
export interface DeliveryRow {
  readonly outboxId: OutboxId;
  /** What is `sending` elsewhere is `unknown` when two minutes are over: see `stateAt`. */
  readonly state: OutboxState;
  /** The last attempt that the log of the team knows of, for `outbox.settle`; 0 where there is none. */
  readonly attempt: number;
  /** Since when another workstation is sending it, and has not said how it ended; null where nobody is. */
  readonly underwaySince: Instant | null;
  /** What somebody has decided about it, while that waits for whoever holds the channel. */
  readonly settling: { readonly as: SettledAs; readonly by: AgentId | null; readonly at: Instant } | null;
  /** Until when it can still be taken back. */
  readonly sendAt: Instant;
  /** When a person wants it to leave; null: at once. */
  readonly laterAt: Instant | null;
  /** What the case becomes when it has left; null: it stays what it is. */
  readonly thenStatus: Status | null;
  readonly attempts: number;
  readonly nextAttemptAt: Instant | null;
  readonly holdReason: HoldReason | null;
  readonly code: string | null;
  readonly detail: string;
  readonly bounced: { readonly recipient: string | null; readonly diagnostic: string } | null;
}

/** One entry of the conversation. */
export type TimelineItem =
  | {
      readonly kind: 'message';
      readonly messageId: MessageId;
      readonly direction: Direction;
      readonly at: Instant;
      readonly from: Party;
      readonly to: readonly Party[];
      readonly cc: readonly Party[];
      readonly agentId: AgentId | null;
      readonly text: string;
      readonly hasHtml: boolean;
      readonly language: string | null;
      readonly senderOffsetMinutes: number | null;
      readonly auto: AutoKind;
      readonly warnings: readonly string[];
      readonly attachments: readonly AttachmentRow[];
      readonly delivery: DeliveryRow | null;
      readonly hasSource: boolean;
      readonly removedOnServer: boolean;
      /** Where it belongs on a chat-like channel, and what is known of its author; null for mail. */
      readonly origin: MessageOrigin | null;
      readonly readAt: Instant | null;
      readonly editedAt: Instant | null;
      /** What it said before, the oldest first. */
      readonly versions: readonly { readonly until: Instant; readonly text: string }[];
      /** The answers that the bot offered with it, and the one that the customer plainly took; absent where nothing was offered. */
      readonly offered?: readonly { readonly label: string; readonly isTaken: boolean }[];
    }
  | { readonly kind: 'note'; readonly messageId: MessageId; readonly at: Instant; readonly agentId: AgentId | null; readonly text: string }
  | {
      readonly kind: 'event';
      readonly id: string;
      readonly at: Instant;
      readonly agentId: AgentId | null;
      readonly body: CaseEventBody;
      /** What came of a decision about a reply of unknown fate. */ readonly outcome?: SettlingOutcome;
      /** What a colleague had said of the same fact, of which its author did not know. */
      readonly overtaken?: OvertakenFact;
    };

/** An operation that may be taken back with `cases.undo`. `changed` counts the cases that were really changed. */
export interface Applied {
  readonly changed: number;
  readonly undoable: boolean;
}
/** What became of an undo: cases that were changed since stay as they are, and so it is said who did it. */
export interface Undone extends Applied {
  readonly kept: number;
  readonly keptBy: readonly AgentId[];
}

/** Cases of a list that have something in common. `key`: an id, a value, or a day such as `2026-11-29`; empty where they have none. */
export interface CaseGroup {
  readonly key: string;
  readonly count: number;
}

/** Where something was found: parts of a message, a note, or a label of the case. */
export type FoundIn = MessagePart | 'note' | 'label';

export interface SearchHit {
  readonly row: CaseRow;
  /** Text around the best match; `marks` are the [start, end) character positions of what matched. */
  readonly snippet: string;
  readonly marks: readonly (readonly [number, number])[];
  readonly messageAt: Instant;
  /** Where the best message of the case matched; what the snippet shows is the first of them. */
  readonly foundIn: readonly FoundIn[];
}
/** What a search looked through. */
export interface SearchScope {
  /** Messages and notes that were looked through, of all that are on this computer, those that are not indexed yet among them. */
  readonly searched: number;
  readonly total: number;
  /** The day back to which everything was looked through, as an instant of it in UTC; null where there is nothing. */
  readonly since: Instant | null;
  /** Where to go on with older ones (`before`); null when nothing is left. */
  readonly next: number | null;
}
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Messages not yet in the search index; results may be incomplete until it is zero. */
  readonly notIndexed: number;
  /** True when there may be matches that were not looked at, or more than were asked for. */
  readonly more: boolean;
  readonly scope: SearchScope;
}

const page = { limit: z.number().int().min(1).max(5_000) };

export const casesContract = {
  'cases.list': query<CaseList>()(z.strictObject({ view: z.enum(VIEWS), sort: z.enum(SORTS), filter: caseFilter.optional(), ...page })),
  /** How many cases each filter lets through, in their order. */
  'cases.countFilters': query<readonly number[]>()(z.strictObject({ filters: z.array(conditions).max(50).readonly(), zone: zoneName })),
  /** How many cases of a list stand in each group of it, the largest first. */
  'cases.countGroups': query<readonly CaseGroup[]>()(
    z.strictObject({
      view: z.enum(VIEWS),
      filter: caseFilter.optional(),
      grouping: z.enum(GROUPINGS).exclude(['none']),
      zone: zoneName,
    }),
  ),
  'cases.counts': query<ViewCounts>()(z.strictObject({})),
  'cases.detail': query<CaseDetail | null>()(z.strictObject({ caseId })),
  'cases.timeline': query<readonly TimelineItem[]>()(z.strictObject({ caseId })),
  'cases.labels': query<readonly { readonly label: string; readonly count: number }[]>()(z.strictObject({})),
  'cases.search': query<SearchResult>()(
    z.strictObject({
      text: z.string().max(500),
      filter: caseFilter.optional(),
      limit: z.number().int().min(1).max(200),
      /** Left out: the best first. */
      order: z.enum(SEARCH_ORDERS).optional(),
      /** Goes on where another search stopped (`scope.next`), with all that is found in this step. */
      before: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    }),
  ),
  /** One action on one case or many; undone as a whole. */
  'cases.apply': command<Applied>()(
    z.strictObject({ opId: operationId, caseIds: z.array(caseId).min(1).max(5_000).readonly(), action: caseAction }),
    ['nobody-planned'],
  ),
  /** Undoing an undo does it again. `changed-since`: others, or the customer, changed all of it since; the detail names them by id. */
  'cases.undo': command<Undone>()(z.strictObject({ opId: operationId, undoes: operationId }), ['nothing-to-undo', 'changed-since']),
  'cases.markRead': command<null>()(
    z.strictObject({ opId: operationId, caseIds: z.array(caseId).min(1).max(5_000).readonly(), read: z.boolean() }),
  ),
  'cases.addNote': command<{ readonly messageId: MessageId }>()(
    z.strictObject({ opId: operationId, caseId, text: z.string().min(1).max(100_000) }),
  ),
  /** Queues the draft as a reply; it leaves at `sendAt`, or after the undo time. `thenStatus` is applied at once; with a `sendAt` when it has left. */
  'cases.reply': command<{ readonly outboxId: OutboxId; readonly messageId: MessageId; readonly sendAt: Instant }>()(
    z.strictObject({
      opId: operationId,
      caseId,
      draftId,
      thenStatus: z.enum(['open', 'pending', 'hold', 'solved']).nullable(),
      sendAt: instantSchema.optional(),
      /** What the text promises; written into the ledger with the reply. */
      promises: z.array(promiseDraft).max(20).readonly().optional(),
      /** Why a text leaves that the guardrails refuse, such as a warning to the customer. What it holds of secrets is taken out all the same. */
      overrideReason: z.string().trim().min(3).max(500).optional(),
      /** What a macro does beside its words; done at once, and undone by `cases.undo`. */
      actions: macroActions.optional(),
    }),
    [
      'empty',
      // a variable of a macro that nobody filled in; the detail names it
      'macro-gap',
      'no-recipient',
      'account-removed',
      'too-large',
      // `sendAt` is over, or more than a year away
      'in-the-past',
      'too-far',
      'promise-in-the-past',
      'unknown-zone',
      // what the channel would refuse: see domain/channel/outbound-limits.ts
      'text-too-long',
      'file-too-large',
      'too-many-files',
      'window-over',
      'not-summoned',
      // what the guardrails refuse; the detail says where
      'asks-for-secret',
      'echoes-secret',
      'unofficial-link',
      'unconfirmed-address',
    ],
  ),
};

export interface Draft {
  readonly draftId: DraftId;
  readonly caseId: CaseId;
  readonly kind: 'reply' | 'note';
  readonly text: string;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly attachments: readonly AttachmentRow[];
  readonly savedAt: Instant;
}

/** What others did to a thread while one was writing: the oldest first, and up to which event of this workstation that is. */
export interface ThreadNews {
  readonly items: readonly TimelineItem[];
  readonly upTo: number;
}

export const draftsContract = {
  'drafts.get': query<Draft | null>()(z.strictObject({ caseId, kind: z.enum(['reply', 'note']) })),
  /** Creates or replaces the one draft of this kind on the case. Attachments are kept. */
  'drafts.save': command<{ readonly draftId: DraftId; readonly savedAt: Instant }>()(
    z.strictObject({
      opId: operationId,
      caseId,
      kind: z.enum(['reply', 'note']),
      text: z.string().max(500_000),
      to: z.array(party).max(100).readonly(),
      cc: z.array(party).max(100).readonly(),
    }),
  ),
  /** What is new in the case since its reply was begun, or since a queued or held reply was sent on its way. */
  'drafts.news': query<ThreadNews>()(z.strictObject({ caseId, outboxId: outboxId.nullable() })),
  /** The writer has looked at what was new up to there, and goes on. */
  'drafts.sawNews': command<null>()(z.strictObject({ opId: operationId, caseId, upTo: z.int().min(0) })),
  'drafts.discard': command<null>()(z.strictObject({ opId: operationId, draftId })),
  /** What secrets it holds are taken out of it first. */
  'drafts.attach': command<AttachmentRow & { readonly takenOut: readonly SecretKind[] }>()(
    z.strictObject({
      opId: operationId,
      draftId,
      name: z.string().min(1).max(255),
      type: z.string().max(127),
      bytes: z.instanceof(Uint8Array),
    }),
    ['too-large'],
  ),
  'drafts.detach': command<null>()(z.strictObject({ opId: operationId, draftId, attachmentId })),
};

/** A colleague's workstation fetched it, and it is on its way from the team; the query answers again when it has come. */
export interface BeingFetched {
  readonly isBeingFetched: true;
}

export const messagesContract = {
  /** The original HTML, unsanitised: the page must clean it. Inline images come as data URLs by content id. */
  'messages.html': query<{ readonly html: string; readonly inline: Readonly<Record<string, string>> } | BeingFetched | null>()(
    z.strictObject({ messageId }),
  ),
  /** Fetches the remote images of one message through the engine (public addresses only), as data URLs by their URL. */
  'messages.remoteImages': command<Readonly<Record<string, string>>>()(
    z.strictObject({ opId: operationId, messageId, urls: z.array(z.string().max(2_000)).max(100).readonly() }),
    ['offline'],
  ),
  'messages.source': query<string | BeingFetched | null>()(z.strictObject({ messageId })),
  'attachments.bytes': query<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array } | BeingFetched | null>()(
    z.strictObject({ attachmentId }),
  ),
  /** Asks where to save it; null when cancelled. */
  'attachments.save': command<{ readonly path: string } | null>()(z.strictObject({ opId: operationId, attachmentId }), [
    'write-failed',
    'being-fetched',
  ]),
};

export type { OperationId };
export { instantSchema };
