import { z } from 'zod';
import type { CaseEventBody } from '../domain/case.ts';
import type { Brief, Sweep, SweepRow } from '../domain/handoff/sweep.ts';
import type { Accountable } from '../domain/handoff/standing.ts';
import type { BulkRefusal, Expiry, HandoffRules, OfferRefusal } from '../domain/handoff/offer.ts';
import type { DoubleReply, Handoff } from '../domain/handoff/handoff.ts';
import type { HandoffMetrics } from '../domain/handoff/metrics.ts';
import type { HandoffReason, Missing, Packet, Recipient } from '../domain/handoff/packet.ts';
import type { Mismatch } from '../domain/handoff/read-back.ts';
import type { Receiver } from '../domain/handoff/receivers.ts';
import type { AgentId, CaseId, HandoffId, HubId, MessageId } from '../domain/ids.ts';
import type { CustomerPromise } from '../domain/promise/promise.ts';
import type { Instant } from '../domain/time.ts';
import type { CaseRow } from './cases.contract.ts';
import { bounded } from './coverage-schemas.ts';
import { command, query } from './define.ts';
import { handoffReason, handoffRules, packet, readBack, recipient } from './handoff-schemas.ts';
import { caseId, handoffId, instantSchema, messageId, operationId } from './schemas.ts';

/** A case that is about to be offered: what the packet dialog shows before anybody types. */
export interface OfferPreparation {
  readonly row: CaseRow;
  readonly ownerId: AgentId | null;
  /** The draft that was kept, else what the case itself tells. */
  readonly packet: Packet;
  readonly draftSavedAt: Instant | null;
  /** To whom, and why: of the draft, else what is suggested; null when there is nobody. */
  readonly to: Recipient | null;
  readonly reason: HandoffReason;
  /** Open promises of the case; a packet that leaves one out is not sent. */
  readonly openPromises: readonly CustomerPromise[];
  readonly missing: readonly Missing[];
  /** Whoever it is offered to, it can not be offered now. */
  readonly refusal: OfferRefusal | null;
  /** When it would expire. */
  readonly expiry: Expiry;
  /** Everybody who is on shift before that, best first. */
  readonly receivers: readonly Receiver[];
  /** Hubs with somebody on before that: how many, and from when. */
  readonly hubs: readonly { readonly hubId: HubId; readonly people: number; readonly from: Instant }[];
  /** The offer that stands already; its packet can be edited. */
  readonly standing: Handoff | null;
}

/** What came of one offer of several. */
export type OfferResult =
  | { readonly caseId: CaseId; readonly ok: true; readonly handoffId: HandoffId; readonly expiry: Expiry }
  | { readonly caseId: CaseId; readonly ok: false; readonly refusal: OfferRefusal | null; readonly missing: readonly Missing[] };

/** A handoff in one of the lanes. */
export interface LaneRow {
  readonly handoff: Handoff;
  readonly row: CaseRow;
  /** The packet of the current version. */
  readonly packet: Packet;
  readonly warnAt: Instant;
  /** The case's own next due time. */
  readonly dueAt: Instant | null;
  /** The customer's newest message: named by who accepts. */
  readonly lastInboundId: MessageId | null;
  /** Why it has to be accepted by itself; empty when it may be accepted with others at once. */
  readonly bulkRefusals: readonly BulkRefusal[];
  /** My accept is not confirmed by the team's log yet. */
  readonly isAcceptPending: boolean;
}

export interface Lanes {
  /** Offered to me, to my hub or to whoever can; what expires first comes first. */
  readonly incoming: readonly LaneRow[];
  /** Offered by me and not settled yet: waiting, declined, returned, with questions. */
  readonly outgoing: readonly LaneRow[];
  /** Mine since I accepted them, the newest first, until they are settled for a day. */
  readonly accepted: readonly LaneRow[];
  /** For leads: what came to them because nobody took it. */
  readonly escalated: readonly LaneRow[];
}

export interface HandoffCounts {
  readonly incoming: number;
  /** Of mine: declined, returned, or asked something. */
  readonly answers: number;
  readonly escalated: number;
  /** Cases that the sweep still asks for; 0 while it has not begun. */
  readonly sweepLeft: number;
  readonly sweepBeginsAt: Instant | null;
}

/** Who answers for a case, and how it came to them. */
export interface CaseOwnershipView {
  readonly ownerId: AgentId | null;
  readonly epoch: number;
  readonly ownedSince: Instant | null;
  readonly isInQueue: boolean;
  readonly accountable: Accountable | null;
  readonly bounces: number;
  readonly hubs: readonly HubId[];
  readonly handoffs: readonly Handoff[];
  readonly doubleReplies: readonly DoubleReply[];
  readonly isAcceptPending: boolean;
}

export interface SweepView {
  /** Null while I am not on shift by the plan. */
  readonly sweep: Sweep | null;
  readonly rows: readonly {
    readonly row: SweepRow;
    readonly case: CaseRow;
    readonly suggested: Receiver | null;
    /** What the prefilled or drafted packet lacks. */
    readonly missing: readonly Missing[];
    readonly parkedReason: string | null;
  }[];
}

/** One person of a hub whose turn is on. */
export interface SweepStatus {
  readonly agentId: AgentId;
  readonly turnEndsAt: Instant;
  readonly beginsAt: Instant;
  readonly left: number;
  readonly done: number;
}

export interface BriefView {
  readonly brief: Brief | null;
  readonly cases: Readonly<Record<CaseId, CaseRow>>;
  /** When I last said that I have read it; null for this turn: not yet. */
  readonly readAt: Instant | null;
}

/** An event behind a figure. */
export interface EventBehind {
  readonly id: string;
  readonly at: Instant;
  readonly actor: AgentId | null;
  readonly caseId: CaseId;
  readonly subject: string;
  readonly body: CaseEventBody;
}

export interface HandoffRulesView {
  readonly rules: HandoffRules;
  readonly defaults: HandoffRules;
  /** True for leads, and for everybody while the team has none. */
  readonly canChange: boolean;
}

const MOST_OFFERS = 200;
const one = { opId: operationId, handoffId };
const words = z.string().trim().min(1).max(2_000);

export const handoffContract = {
  'handoffs.prepare': query<OfferPreparation | null>()(z.strictObject({ caseId })),
  /** Whether it may be offered so, and when it would expire. */
  'handoffs.check': query<{
    readonly refusal: OfferRefusal | null;
    readonly expiry: Expiry;
    readonly missing: readonly Missing[];
  } | null>()(z.strictObject({ caseId, to: recipient, packet })),
  /** Keeps what was typed; null throws it away. A draft is its writer's own and tells nobody anything. */
  'handoffs.saveDraft': command<null>()(
    z.strictObject({
      opId: operationId,
      caseId,
      draft: z.strictObject({ packet, to: recipient.nullable(), reason: handoffReason }).nullable(),
    }),
  ),
  /** Each case by itself: what can not be offered is told and stops no other. */
  'handoffs.offer': command<readonly OfferResult[]>()(
    z.strictObject({
      opId: operationId,
      offers: z
        .array(z.strictObject({ caseId, to: recipient, reason: handoffReason, packet }))
        .min(1)
        .max(MOST_OFFERS)
        .readonly(),
    }),
  ),
  'handoffs.edit': command<{ readonly version: number }>()(z.strictObject({ ...one, version: z.number().int().min(1), packet }), [
    'closed',
    'not-owner',
    'edited-meanwhile',
    'incomplete',
  ]),
  /** Takes offers back that nobody has answered; tells how many. */
  'handoffs.withdraw': command<{ readonly withdrawn: number }>()(
    z.strictObject({ opId: operationId, handoffIds: z.array(handoffId).min(1).max(MOST_OFFERS).readonly() }),
  ),
  'handoffs.accept': command<{ readonly outcome: 'accepted' | 'pending'; readonly mismatches: readonly Mismatch[] }>()(
    z.strictObject({ ...one, packetVersion: z.number().int().min(1), lastInboundId: messageId.nullable(), readBack }),
    ['closed', 'not-recipient'],
  ),
  /** Accepts what the rules allow to be accepted together; what they do not allow is told and stays. */
  'handoffs.acceptMany': command<{
    readonly accepted: readonly HandoffId[];
    readonly refused: readonly { readonly handoffId: HandoffId; readonly reasons: readonly (BulkRefusal | 'closed')[] }[];
  }>()(
    z.strictObject({
      opId: operationId,
      read: z
        .array(z.strictObject({ handoffId, packetVersion: z.number().int().min(1), lastInboundId: messageId.nullable() }))
        .min(1)
        .max(MOST_OFFERS)
        .readonly(),
    }),
  ),
  /** `next`: who has been offered the case instead, or the lead who has it now; null when the sender decides. */
  'handoffs.decline': command<{
    readonly next: { readonly kind: 'offered'; readonly to: Recipient } | { readonly kind: 'lead'; readonly agentId: AgentId } | null;
  }>()(z.strictObject({ ...one, reason: words }), ['closed', 'not-recipient']),
  'handoffs.giveBack': command<null>()(z.strictObject({ ...one, reason: words }), ['closed', 'not-owner']),
  'handoffs.ask': command<null>()(z.strictObject({ ...one, text: words }), ['closed']),
  'handoffs.answer': command<null>()(z.strictObject({ ...one, questionId: z.string().max(100), text: words }), ['closed']),
  /** What has changed since the accept is read back again. */
  'handoffs.readAgain': command<{ readonly mismatches: readonly Mismatch[] }>()(
    z.strictObject({ ...one, packetVersion: z.number().int().min(1), readBack }),
    ['closed', 'not-owner'],
  ),
  /** Nobody can be found: the case goes to a lead. */
  'handoffs.toLead': command<{ readonly leadId: AgentId }>()(z.strictObject({ opId: operationId, caseId }), ['no-lead', 'not-owner']),
  'handoffs.lanes': query<Lanes>()(z.strictObject({})),
  'handoffs.get': query<LaneRow | null>()(z.strictObject({ handoffId })),
  'handoffs.ofCase': query<CaseOwnershipView | null>()(z.strictObject({ caseId })),
  'handoffs.counts': query<HandoffCounts>()(z.strictObject({})),
  'handoffs.sweep': query<SweepView>()(z.strictObject({})),
  /** Everybody whose turn is on, by hub; null for people in none. */
  'handoffs.sweepStatus': query<readonly { readonly hubId: HubId | null; readonly people: readonly SweepStatus[] }[]>()(z.strictObject({})),
  'handoffs.brief': query<BriefView>()(z.strictObject({})),
  'handoffs.briefRead': command<null>()(z.strictObject({ opId: operationId })),
  'handoffs.metrics': query<HandoffMetrics>()(bounded(z.strictObject({ from: instantSchema, to: instantSchema }))),
  'handoffs.events': query<readonly EventBehind[]>()(z.strictObject({ ids: z.array(z.string().max(100)).max(2_000).readonly() })),
  'handoffs.rules': query<HandoffRulesView>()(z.strictObject({})),
  'handoffs.saveRules': command<null>()(z.strictObject({ opId: operationId, rules: handoffRules }), ['not-allowed']),
};
