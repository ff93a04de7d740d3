import { FoldMemory } from './case-memory.ts';
import type { Unanswered } from './case-memory.ts';
import { changed } from './case-appliers.ts';
import { CaseOwners } from './case-owners.ts';
import type { SecretKind } from './guard/secret-types.ts';
import type { HandoffEventBody } from './handoff/handoff-event.ts';
import type { Ownership } from './handoff/handoff.ts';
import { NOBODYS } from './handoff/ownership-fold.ts';
import type { OwnershipSummary } from './handoff/ownership-fold.ts';
import type { IntakeEventBody } from './intake/intake-event.ts';
import type { IntakeSaid } from './intake/intake-said.ts';
import type { AccountId, AgentId, CaseId, ContactId, MessageId, OutboxId } from './ids.ts';
import type { AutoKind, Channel } from './message.ts';
import type { PromiseLedgerBody } from './promise/promise.ts';
import type { ReminderEventBody } from './reminder/reminder-event.ts';
import type { Reminder } from './reminder/reminders.ts';
import type { ReplySettled } from './team/send-settling.ts';
import type { Instant } from './time.ts';

export const STATUSES = ['open', 'pending', 'hold', 'solved'] as const;
/** open: ours to work on; pending: waiting on the customer; hold: waiting on a third party; solved: done. */
export type Status = (typeof STATUSES)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const TIERS = ['standard', 'vip', 'vip-plus'] as const;
/** How a contact is served. The reason and the expiry are kept beside it. */
export type Tier = (typeof TIERS)[number];

/** Facts about one case, past tense; the payloads of the events in a `case.<id>` stream. */
export type CaseEventBody =
  | {
      readonly type: 'case.opened';
      readonly channel: Channel;
      readonly accountId: AccountId;
      readonly contactId: ContactId;
      readonly subject: string;
      /** How the contact was served and what they wrote in when the case was opened; for choosing the SLA policy. */
      readonly tier?: Tier;
      readonly language?: string | null;
      /** The solved case that this one goes on from, when the customer came back after the reopen window. */
      readonly follows?: CaseId;
    }
  /** An attribute changed that is not the case's own: the contact's tier, the language. */
  | { readonly type: 'case.attributesChanged'; readonly tier?: Tier; readonly language?: string | null }
  /** A lead applied this version of an SLA policy to the open case. */
  | { readonly type: 'case.policyApplied'; readonly policyId: string; readonly version: number }
  | {
      readonly type: 'case.messageReceived';
      readonly messageId: MessageId;
      readonly contactId: ContactId;
      readonly at: Instant;
      readonly auto: AutoKind;
      readonly preview: string;
      readonly subject: string;
    }
  /** A message of ours that was found on the channel, not written here (another mail program, an older history). */
  | {
      readonly type: 'case.messageImported';
      readonly messageId: MessageId;
      readonly contactId: ContactId;
      readonly at: Instant;
      readonly auto: AutoKind;
      readonly preview: string;
      readonly subject: string;
    }
  /** `auto`: a machine wrote it; it answers nothing. `sendAt`: it is to leave then, and not before. `thenStatus`: what the case becomes when it has left. */
  | {
      readonly type: 'case.replyQueued';
      readonly messageId: MessageId;
      readonly outboxId: OutboxId;
      readonly preview: string;
      readonly auto?: AutoKind;
      readonly sendAt?: Instant;
      readonly thenStatus?: Status;
    }
  | { readonly type: 'case.replySent'; readonly messageId: MessageId; readonly at: Instant; readonly auto?: AutoKind }
  | { readonly type: 'case.replyFailed'; readonly messageId: MessageId; readonly reason: string }
  | { readonly type: 'case.replyCancelled'; readonly messageId: MessageId }
  | ReplySettled
  | {
      readonly type: 'case.deliveryFailed';
      readonly messageId: MessageId;
      readonly recipient: string | null;
      readonly diagnostic: string;
      readonly permanent: boolean;
    }
  | { readonly type: 'case.noteAdded'; readonly messageId: MessageId }
  /** The customer changed what they had written; `text` is what it says now. Versions from before are kept. */
  | { readonly type: 'case.messageEdited'; readonly messageId: MessageId; readonly at: Instant; readonly text: string }
  /** The customer took a message back on the channel; what it said is kept, as evidence. */
  | { readonly type: 'case.messageRemoved'; readonly messageId: MessageId; readonly at: Instant }
  /** The customer has read this message of ours, and all before it. */
  | { readonly type: 'case.replyRead'; readonly messageId: MessageId; readonly at: Instant }
  /** The bot has the conversation from here on: by itself with the customer's message `messageId`, or because an agent gave it back. */
  | { readonly type: 'case.botStarted'; readonly playbook: string; readonly messageId: MessageId | null; readonly at: Instant }
  /**
   * The bot has let go: with the customer's message `messageId`, or by an agent. A person owes the next answer. `refused`: why the guardrails
   * stopped what it was to say.
   */
  | {
      readonly type: 'case.botEnded';
      readonly reason: BotEnd;
      readonly messageId: MessageId | null;
      readonly at: Instant;
      readonly refused?: string;
    }
  /** A customer's message held secrets; they were taken out of it before it was stored. */
  | { readonly type: 'case.secretFound'; readonly messageId: MessageId; readonly kinds: readonly SecretKind[] }
  /** Somebody has looked at what was taken out of a message, and why. */
  | { readonly type: 'case.secretRevealed'; readonly messageId: MessageId; readonly kinds: readonly SecretKind[]; readonly reason: string }
  /** Somebody says that another case is about the same thing. The other one tells it of this one. Nothing is merged. */
  | { readonly type: 'case.linked'; readonly otherId: CaseId }
  /** They are not linked any more. `isDifferent`: somebody says that they are about different things, so that it is not suggested again. */
  | { readonly type: 'case.unlinked'; readonly otherId: CaseId; readonly isDifferent: boolean }
  | { readonly type: 'case.claimed'; readonly agentId: AgentId }
  | { readonly type: 'case.released' }
  /** `isForced`: by a lead, whatever else is going on. */
  | { readonly type: 'case.assigned'; readonly agentId: AgentId | null; readonly isForced?: boolean }
  /** `undoes` names an earlier change that was a slip: for the clocks neither has happened. `afterReply`: its writer wanted it when this reply had left. */
  | { readonly type: 'case.statusChanged'; readonly to: Status; readonly undoes?: string; readonly afterReply?: MessageId }
  /** `awaits`: what it sleeps for, when that is not just a time. For a reply, `until` is when it wakes without one. */
  | { readonly type: 'case.snoozed'; readonly until: Instant; readonly awaits?: SnoozedFor }
  | { readonly type: 'case.woken'; readonly reason: 'time' | 'customer' | 'agent' }
  | { readonly type: 'case.priorityChanged'; readonly to: Priority }
  | { readonly type: 'case.labelAdded'; readonly label: string }
  | { readonly type: 'case.labelRemoved'; readonly label: string }
  | { readonly type: 'case.noReplyNeeded'; readonly reason?: string }
  /** The last decision that no reply is needed was a slip: for the clocks it has not happened. */
  | { readonly type: 'case.replyNeeded' }
  /** It stays with its owner over the end of their turn, and why. */
  | { readonly type: 'case.parked'; readonly reason: string }
  | { readonly type: 'case.unparked' }
  /** This case was found to be part of another thread; from here on it lives there. */
  | { readonly type: 'case.merged'; readonly into: CaseId }
  | HandoffEventBody
  | PromiseLedgerBody
  | ReminderEventBody
  | IntakeEventBody;

export const SNOOZED_FOR = ['reply', 'shift'] as const;
/** reply: until the customer writes. shift: until somebody is on shift who can take it. */
export type SnoozedFor = (typeof SNOOZED_FOR)[number];

export type CaseEventType = CaseEventBody['type'];

/**
 * Why the bot let go. `asked`: the customer asked for a person; `risk`: their words say that money or an account is in danger;
 * `stuck`: the playbook was at its end without a solution; `solved`: the customer said that it helped; `agent`: an agent took over.
 */
export const BOT_ENDS = ['asked', 'risk', 'stuck', 'solved', 'agent'] as const;
export type BotEnd = (typeof BOT_ENDS)[number];

/** The time in which the bot has a conversation: what it says in one is void in the next. */
export interface BotInterval {
  /** Id of the event that began it. */
  readonly interval: string;
  readonly since: Instant;
  readonly playbook: string;
  /** The customer's message that it began with; null when an agent gave the conversation back. */
  readonly messageId: MessageId | null;
}

/** An event of a case as the fold sees it, in the order of the log. */
export interface CaseEvent {
  readonly id: string;
  /** Position in the team log; of an event that is pending, behind all that are confirmed. */
  readonly sequence: number;
  /** The log has not confirmed it yet. */
  readonly isPending: boolean;
  /** As `formatHlc` writes it. */
  readonly hlc: string;
  /** The ownership of the case that the author saw; null for events from before that was kept. */
  readonly epoch: number | null;
  /** When it happened by the actor's clock. For what the channel reports, the channel's time is in the body. */
  readonly at: Instant;
  /** The agent who did it, or null for the engine itself (sync, timers). */
  readonly actor: AgentId | null;
  /** The case that it happened in, when that one was merged into this one. */
  readonly joinedFrom?: CaseId;
  readonly body: CaseEventBody;
}

export interface CaseState extends OwnershipSummary, Unanswered {
  readonly channel: Channel;
  readonly accountId: AccountId;
  readonly contactId: ContactId;
  readonly subject: string;
  readonly status: Status;
  readonly priority: Priority;
  /** Left over the end of a turn, with a reason; what happens to the case later does not take it back. */
  readonly parked: { readonly at: Instant; readonly reason: string; readonly by: AgentId | null } | null;
  readonly labels: readonly string[];
  readonly snoozedUntil: Instant | null;
  /** What it sleeps for, when that is not just a time. Absent in rows from before it was kept. */
  readonly snoozedFor?: SnoozedFor | null;
  /** What somebody is to be reminded of, by time. Absent until there was something. */
  readonly reminders?: readonly Reminder[];
  /** What people have said of what is known of it, and what was asked. Absent until there was something. */
  readonly intake?: IntakeSaid;
  readonly openedAt: Instant;
  readonly lastMessageAt: Instant;
  readonly lastInboundAt: Instant | null;
  readonly lastOutboundAt: Instant | null;
  /** The newest message of a person, and our newest one that was sent; what a queued reply is compared against. */
  readonly lastInboundId: MessageId | null;
  readonly lastOutboundId: MessageId | null;
  readonly solvedAt: Instant | null;
  readonly messageCount: number;
  readonly preview: string;
  /** Direction of the newest message, for the list. */
  readonly lastDirection: 'in' | 'out';
  readonly queuedReplies: readonly MessageId[];
  readonly failedReplies: readonly MessageId[];
  readonly mergedInto: CaseId | null;
  /** The solved case that this one goes on from. */
  readonly follows: CaseId | null;
  /** The bot has the conversation; null while it belongs to people. */
  readonly bot: BotInterval | null;
  /** What people have said of this case and others: that they are about one thing, or that they are not. */
  readonly related: readonly { readonly otherId: CaseId; readonly isSame: boolean }[];
}

/**
 * The state of a case: a pure fold over its events. Null until the case was opened. Events of streams that were
 * merged into this case are folded together with its own, in the order of time.
 */
export function projectCase(events: readonly CaseEvent[]): CaseState | null {
  return new CaseFold(events).state;
}

/** The fold of `projectCase`, kept so that it can be continued: a case of a thousand messages is not folded anew for the next one. */
export class CaseFold {
  private current: CaseState | null = null;
  private readonly memory = new FoldMemory();
  private readonly owners = new CaseOwners();

  constructor(events: readonly CaseEvent[] = []) {
    for (const event of events) this.append(event);
  }

  /** Null until the case was opened. */
  get state(): CaseState | null {
    return this.current;
  }

  /** Who owns the case and what was offered, with pending events as if they were confirmed. */
  get ownership(): Ownership {
    return this.owners.state();
  }

  /** Whether it was ever offered to somebody. */
  get hasHandoffs(): boolean {
    return this.owners.hasHandoffs;
  }

  /** Takes the next event in the order of the log. */
  append(event: CaseEvent): void {
    this.current = withoutBot(applyEvent(this.current, event, this.memory), event);
    const summary = this.owners.append(event);
    if (summary !== null && this.current !== null) this.current = { ...this.current, ...summary };
  }
}

function applyEvent(state: CaseState | null, event: CaseEvent, memory: FoldMemory): CaseState | null {
  const { body } = event;
  if (body.type === 'case.opened') return state ?? openedCase(event, body);
  // A stream always begins with its opening; anything before it belongs to a fold that can not be right yet.
  if (state === null) return null;
  return changed(state, event, memory);
}

/**
 * The bot never talks over a person: whatever a person does that shows that they have the case ends its interval, also where the
 * event that says so comes late or never.
 */
function withoutBot(state: CaseState | null, event: CaseEvent): CaseState | null {
  return state === null || state.bot === null || !isTakeOver(event) ? state : { ...state, bot: null };
}

/** Whether a person does something that shows that they have the case from now on. */
export function isTakeOver({ body, actor }: Pick<CaseEvent, 'body' | 'actor'>): boolean {
  switch (body.type) {
    case 'case.claimed':
    case 'handoff.accepted':
      return true;
    case 'case.assigned':
      return body.agentId !== null;
    case 'case.replyQueued':
      return (body.auto ?? 'none') === 'none';
    case 'case.messageImported':
      return body.auto === 'none';
    case 'case.statusChanged':
      return body.to === 'solved' && actor !== null;
    default:
      return false;
  }
}

function openedCase(event: CaseEvent, body: Extract<CaseEventBody, { type: 'case.opened' }>): CaseState {
  return {
    channel: body.channel,
    accountId: body.accountId,
    contactId: body.contactId,
    subject: body.subject,
    status: 'open',
    priority: 'normal',
    ...NOBODYS,
    parked: null,
    labels: [],
    snoozedUntil: null,
    waitingSince: null,
    openedAt: event.at,
    lastMessageAt: event.at,
    lastInboundAt: null,
    lastOutboundAt: null,
    lastInboundId: null,
    lastOutboundId: null,
    solvedAt: null,
    messageCount: 0,
    preview: '',
    lastDirection: 'in',
    queuedReplies: [],
    failedReplies: [],
    mergedInto: null,
    follows: body.follows ?? null,
    bot: null,
    related: [],
  };
}
