import type { AgentId, HandoffId, HubId, MessageId } from '../ids.ts';
import type { AutoKind } from '../message.ts';
import type { Instant } from '../time.ts';
import type { HandoffReason, Packet, Recipient } from './packet.ts';
import type { ReadBack } from './read-back.ts';

/** Why a case goes to a lead. `no-receiver`: the owner found nobody, or nobody would. */
export type EscalationReason = 'expired' | 'sender-off-shift' | 'bounces' | 'lap' | 'no-receiver';

/**
 * Facts about handoffs of one case, past tense; they are in the stream of the case. What a fold must know of the world
 * (who was on shift, which hubs there were) is in the event, because a fold looks at nothing else.
 */
export type HandoffEventBody =
  | {
      readonly type: 'handoff.offered';
      readonly handoffId: HandoffId;
      /** The owner; a lead may offer in their stead, and is the author then. */
      readonly fromId: AgentId;
      readonly fromHubId: HubId | null;
      readonly to: Recipient;
      readonly reason: HandoffReason;
      readonly packet: Packet;
      readonly expiresAt: Instant;
      /** When the sender's turn ends; null when no turn of theirs is known. */
      readonly senderOffAt: Instant | null;
      /** The active hubs when it was offered. */
      readonly teamHubs: readonly HubId[];
    }
  | {
      readonly type: 'handoff.packetEdited';
      readonly handoffId: HandoffId;
      /** One more than the version that was edited. */
      readonly version: number;
      readonly packet: Packet;
      /** Worked out again: a new promise may be due sooner. An edit never puts the expiry off. */
      readonly expiresAt: Instant;
    }
  | {
      readonly type: 'handoff.accepted';
      readonly handoffId: HandoffId;
      /** The version that was read. */
      readonly packetVersion: number;
      /** The customer's newest message that was read. */
      readonly lastInboundId: MessageId | null;
      /** Null: accepted with others at once. */
      readonly readBack: ReadBack | null;
      readonly hubId: HubId | null;
      /** Whether the receiver was on shift then. */
      readonly isOnShift: boolean;
    }
  /** What had changed since the accept was read back again. */
  | { readonly type: 'handoff.readBack'; readonly handoffId: HandoffId; readonly packetVersion: number; readonly readBack: ReadBack }
  | { readonly type: 'handoff.declined'; readonly handoffId: HandoffId; readonly reason: string }
  | { readonly type: 'handoff.withdrawn'; readonly handoffId: HandoffId }
  | { readonly type: 'handoff.expired'; readonly handoffId: HandoffId }
  | {
      readonly type: 'handoff.escalated';
      /** Null: the case was not being offered. */
      readonly handoffId: HandoffId | null;
      readonly toId: AgentId;
      readonly reason: EscalationReason;
    }
  | { readonly type: 'handoff.asked'; readonly handoffId: HandoffId; readonly text: string }
  | {
      readonly type: 'handoff.answered';
      readonly handoffId: HandoffId;
      /** The event that asked. */
      readonly questionId: string;
      readonly text: string;
    }
  | { readonly type: 'handoff.returned'; readonly handoffId: HandoffId; readonly reason: string }
  | { readonly type: 'handoff.settled'; readonly handoffId: HandoffId; readonly how: 'action' | 'time' }
  /** There is nothing to hand over any more. An offer whose ownership has passed is superseded without an event. */
  | { readonly type: 'handoff.superseded'; readonly handoffId: HandoffId; readonly reason: 'solved' | 'merged' };

/** What else happens to a case and matters to its ownership. Events of cases fit as they are. */
export type OwnershipEventBody =
  | { readonly type: 'case.claimed'; readonly agentId: AgentId }
  | { readonly type: 'case.released' }
  /** `isForced`: by a lead, whatever else is going on. */
  | { readonly type: 'case.assigned'; readonly agentId: AgentId | null; readonly isForced?: boolean }
  | { readonly type: 'case.messageReceived'; readonly messageId: MessageId; readonly auto: AutoKind }
  | { readonly type: 'case.replySent'; readonly messageId: MessageId; readonly at?: Instant }
  /** It lives on in another case, which has an owner of its own. */
  | { readonly type: 'case.merged' };

export type HandoffLogBody = HandoffEventBody | OwnershipEventBody;

/** An event of a case's stream as the fold sees it. */
export interface HandoffLogEvent {
  readonly id: string;
  /** Position in the team log; null while the log has not confirmed it. */
  readonly sequence: number | null;
  /** As `formatHlc` writes it; orders what two people did without knowing of each other. */
  readonly hlc: string;
  /** When it happened by the author's clock; expiry is compared with it. */
  readonly at: Instant;
  /** Who did it (of a reply: who wrote it); null for the engine itself. */
  readonly author: AgentId | null;
  /** The ownership epoch that the author saw; null for events from before there were handoffs, which are not compared. */
  readonly epoch: number | null;
  readonly body: HandoffLogBody;
}

/** The order in which events apply: as the log confirmed them, and behind that the pending ones by their clocks. */
export function compareLogged(one: HandoffLogEvent, other: HandoffLogEvent): number {
  if (one.sequence !== null && other.sequence !== null) return one.sequence - other.sequence;
  if (one.sequence !== null) return -1;
  return other.sequence === null ? compareClocks(one, other) : 1;
}

/** By hybrid logical clock, then by id: the same on all replicas. Returns a negative number when `one` was first. */
export function compareClocks(
  one: { readonly hlc: string; readonly id: string },
  other: { readonly hlc: string; readonly id: string },
): number {
  return compareText(one.hlc, other.hlc) || compareText(one.id, other.id);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
