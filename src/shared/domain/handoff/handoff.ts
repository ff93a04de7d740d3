import type { AgentId, HandoffId, HubId, MessageId } from '../ids.ts';
import { MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { EscalationReason, HandoffLogEvent } from './handoff-event.ts';
import { changesReadBack } from './packet.ts';
import type { HandoffReason, Packet, Recipient } from './packet.ts';
import type { ReadBack } from './read-back.ts';

/** What the fold of a case's log says of its ownership; the fold is in ownership-fold.ts. */

/** Draft is no state of the log: a draft is its writer's own. Settled, escalated and superseded are final. */
export type HandoffState =
  | 'offered'
  | 'accepted'
  | 'settled'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'escalated'
  | 'returned'
  | 'superseded';

export interface PacketVersion {
  readonly version: number;
  readonly packet: Packet;
  readonly eventId: string;
}

export interface Question {
  /** Of the event that asked. */
  readonly questionId: string;
  readonly askedBy: AgentId | null;
  readonly askedAt: Instant;
  readonly text: string;
  readonly answer: { readonly by: AgentId | null; readonly at: Instant; readonly text: string; readonly eventId: string } | null;
}

/** The accept that counts. */
export interface Acceptance {
  readonly eventId: string;
  readonly agentId: AgentId;
  readonly hubId: HubId | null;
  readonly at: Instant;
  readonly isOnShift: boolean;
  /** It came after the expiry, when nobody else owned the case yet. */
  readonly isLate: boolean;
  /** What was read last: at the accept, or when it was read back again. */
  readonly packetVersion: number;
  readonly lastInboundId: MessageId | null;
  readonly readBack: ReadBack | null;
}

export interface Handoff {
  readonly handoffId: HandoffId;
  /** Of the event that offered. */
  readonly eventId: string;
  readonly fromId: AgentId;
  readonly fromHubId: HubId | null;
  readonly to: Recipient;
  readonly reason: HandoffReason;
  /** The ownership that was offered. */
  readonly epoch: number;
  /** The ownership that the answers made; null while they have moved nothing. */
  readonly ownerEpoch: number | null;
  /** Who owns the case while nobody has accepted: the sender, or the lead once the sender has gone. */
  readonly holderId: AgentId;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
  readonly senderOffAt: Instant | null;
  readonly teamHubs: readonly HubId[];
  readonly state: HandoffState;
  /** In order; the last one counts. */
  readonly versions: readonly PacketVersion[];
  readonly acceptance: Acceptance | null;
  readonly questions: readonly Question[];
  readonly declines: readonly { readonly agentId: AgentId; readonly at: Instant; readonly reason: string; readonly eventId: string }[];
  /** Messages that the customer wrote since it was offered. */
  readonly messagesSince: readonly MessageId[];
  /** What ended it besides an answer: expired, escalated, returned, settled, superseded. Also kept when a later answer undid it. */
  readonly steps: readonly HandoffStep[];
}

export interface HandoffStep {
  readonly kind: 'expired' | 'withdrawn' | 'escalated' | 'returned' | 'settled' | 'superseded';
  readonly eventId: string;
  readonly at: Instant;
  readonly by: AgentId | null;
  readonly detail: string;
}

/** Why an event of the log changed nothing. */
export type VoidReason =
  | 'not-owner'
  | 'stale-epoch'
  | 'already-offered'
  | 'goes-to-lead'
  | 'unknown-handoff'
  | 'unknown-version'
  | 'not-recipient'
  | 'too-early'
  | 'too-late'
  | 'closed'
  /** Another answer to the same offer counts; the other person is told. */
  | 'overruled'
  /** The same person answered otherwise on another device, later. */
  | 'changed-mind'
  | 'repeated';

export type Outcome =
  | { readonly kind: 'applied' }
  | {
      readonly kind: 'void';
      readonly reason: VoidReason;
      /** The event that it yielded to, when there is one. */ readonly to: string | null;
    };

/** Two people answered the same message of the customer, one of them on an ownership that had passed. */
export interface DoubleReply {
  readonly messageIds: readonly [MessageId, MessageId];
  readonly authors: readonly [AgentId, AgentId];
  readonly eventIds: readonly [string, string];
}

/** The accountable owner of a case and everything that was offered. */
export interface Ownership {
  /** Null until somebody owned it; then always exactly one. Who put it back into the queue stays accountable. */
  readonly ownerId: AgentId | null;
  /** Sequence of the event that decided it; 0 before. Goes on everything that is sent. */
  readonly epoch: number;
  readonly ownedSince: Instant | null;
  /** The owner gave it back to the queue: whoever wants may claim it. */
  readonly isInQueue: boolean;
  /** The handoff that this ownership was offered by, or that it came of; null when it has nothing to do with one, or its owner has kept what came back. */
  readonly currentId: HandoffId | null;
  /** In the order of their offers. */
  readonly handoffs: readonly Handoff[];
  /** Of handoffs since a lead decided or somebody worked on it: declined and returned ones. */
  readonly bounces: number;
  /** The hubs that had it since then. */
  readonly hubs: readonly HubId[];
  readonly doubleReplies: readonly DoubleReply[];
  /** What came of each event, by its id. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** A handoff is settled after so much time on shift without a first action. */
export const SETTLE_MS = 30 * MINUTE_MS;
/** After so many a lead decides. */
export const MOST_BOUNCES = 2;

/** The offer that waits for an answer, or has waited in vain and is with no lead yet. */
export function openHandoff(ownership: Ownership): Handoff | null {
  return ownership.handoffs.find((each) => each.state === 'offered' || each.state === 'expired') ?? null;
}

/** Why the case may not be offered again but goes to a lead; null when it may. */
export function leadDecides(
  ownership: Pick<Ownership, 'bounces' | 'hubs'>,
  teamHubs: readonly HubId[],
): Extract<EscalationReason, 'bounces' | 'lap'> | null {
  if (ownership.bounces >= MOST_BOUNCES) return 'bounces';
  return teamHubs.length > 1 && teamHubs.every((hub) => ownership.hubs.includes(hub)) ? 'lap' : null;
}

/** The packet as it is now. */
export function currentVersion(handoff: Handoff): PacketVersion {
  const last = handoff.versions.at(-1);
  if (last === undefined) throw new RangeError(`${handoff.handoffId} has no packet`);
  return last;
}

/** What has changed since somebody read the packet. */
export interface ChangedSinceRead {
  readonly isEdited: boolean;
  readonly newMessages: readonly MessageId[];
  /** Severity, first action, promises or plans are not what was read: it must be read back again. */
  readonly isReadBackDue: boolean;
}

export function changedSinceRead(
  handoff: Handoff,
  read: { readonly packetVersion: number; readonly lastInboundId: MessageId | null },
): ChangedSinceRead {
  const now = currentVersion(handoff);
  const before = handoff.versions.find((each) => each.version === read.packetVersion);
  const lastRead = read.lastInboundId === null ? -1 : handoff.messagesSince.indexOf(read.lastInboundId);
  return {
    isEdited: read.packetVersion !== now.version,
    newMessages: handoff.messagesSince.slice(lastRead + 1),
    isReadBackDue: before === undefined || changesReadBack(before.packet, now.packet),
  };
}

/** Something that was done here and that the log has not confirmed. */
export interface PendingStep {
  readonly event: HandoffLogEvent;
  /** What will come of it if nothing comes in between. */
  readonly expected: Outcome;
}

/** A case as one workstation sees it. */
export interface CaseOwnership {
  /** By the log alone: the same on all replicas that saw the same log. */
  readonly confirmed: Ownership;
  /** With the pending events behind it, as if they were confirmed now. Its epochs are guesses and go on nothing. */
  readonly expected: Ownership;
  readonly pending: readonly PendingStep[];
}

/** The agent whose accept waits for the log, and what of; null when none does. */
export function pendingAccept(ownership: CaseOwnership): { readonly agentId: AgentId; readonly handoffId: HandoffId } | null {
  for (const { event, expected } of ownership.pending) {
    if (event.body.type === 'handoff.accepted' && event.author !== null && expected.kind === 'applied') {
      return { agentId: event.author, handoffId: event.body.handoffId };
    }
  }
  return null;
}

/**
 * Whether a message may go out now. What was written on an ownership that has passed is held for a person to look at; so
 * is what somebody wrote whose own accept is not confirmed, because they may not be the owner.
 * @param message its author, and the epoch that it was written on
 */
export function outboundHold(
  ownership: CaseOwnership,
  message: { readonly authorId: AgentId; readonly epoch: number },
): 'stale-epoch' | 'accept-pending' | null {
  if (message.epoch !== ownership.confirmed.epoch) return 'stale-epoch';
  return pendingAccept(ownership)?.agentId === message.authorId ? 'accept-pending' : null;
}
