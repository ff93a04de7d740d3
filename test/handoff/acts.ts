import type { HandoffEventBody, HandoffLogBody, HandoffLogEvent } from '../../src/shared/domain/handoff/handoff-event.ts';
import { currentVersion } from '../../src/shared/domain/handoff/handoff.ts';
import type { Handoff, Ownership } from '../../src/shared/domain/handoff/handoff.ts';
import type { Hlc } from '../../src/shared/domain/hlc.ts';
import type { AgentId, MessageId } from '../../src/shared/domain/ids.ts';
import { instant, MINUTE_MS } from '../../src/shared/domain/time.ts';
import { hub } from '../coverage/team.ts';
import { agentId } from './log.ts';

/** Who there is in the world of the tests, what they do, and the events that it makes. */

export const PEOPLE = ['mei', 'ana', 'lea'] as const;
export type Person = (typeof PEOPLE)[number];
/** The agents have two devices each. */
export const DESKS = ['mei', 'mei-phone', 'ana', 'ana-phone', 'lea'] as const;
export type DeskName = (typeof DESKS)[number];

export const WORDS = [
  'claim',
  'release',
  'offer',
  'offer-hub',
  'offer-queue',
  'accept',
  'accept',
  'accept',
  'decline',
  'decline',
  'withdraw',
  'withdraw',
  'edit',
  'edit',
  'take',
  'ask',
  'answer',
  'work',
  'work',
  'return',
  'return',
  'reply',
  'reply',
  'reply',
  'reply',
  'force',
] as const;
export type Word = (typeof WORDS)[number];

export type Action =
  | { readonly kind: 'tick'; readonly minutes: number }
  | { readonly kind: 'customer' }
  | { readonly kind: 'act'; readonly desk: DeskName; readonly word: Word; readonly pick: number }
  /**
   * One pending event of a workstation reaches the log; one event of the log reaches a workstation; both, all of them; the
   * channel is there, the log is not, and what waits is sent.
   */
  | { readonly kind: 'publish' | 'deliver' | 'sync' | 'send'; readonly desk: DeskName; readonly pick: number }
  /** A workstation writes down what the clock made of the case. */
  | { readonly kind: 'engine'; readonly desk: DeskName }
  /** The owner offers it and everybody sees that; without it chance would seldom get so far. */
  | { readonly kind: 'scene'; readonly pick: number };

export const ANSWERS: readonly Word[] = ['accept', 'take', 'decline'];

/** With this pick a workstation asks no rule. */
export const PRANK = 11;

export interface Hours {
  readonly from: number;
  readonly length: number;
}
export type Hourly = { readonly [Name in Person]: readonly Hours[] };

export interface Desk {
  readonly name: DeskName;
  readonly agentId: AgentId;
  /** How wrong its clock is. */
  readonly skewMs: number;
  hlc: Hlc;
  /** In the order of arrival. */
  readonly received: HandoffLogEvent[];
  pending: HandoffLogEvent[];
  readonly outbox: { readonly messageId: MessageId; readonly epoch: number }[];
}

export const SINGAPORE = hub('singapore', 'Asia/Singapore');
export const LISBON = hub('lisbon', 'Europe/Lisbon');
export const HUBS = { mei: SINGAPORE.hubId, ana: LISBON.hubId, lea: SINGAPORE.hubId };
export const TEAM_HUBS = [SINGAPORE.hubId, LISBON.hubId];

export function hubOf(id: AgentId): (typeof TEAM_HUBS)[number] | null {
  const person = PEOPLE.find((name) => agentId(name) === id);
  return person === undefined ? null : HUBS[person];
}

export function bodyOf(word: Word, desk: Desk, confirmed: Ownership, handoff: Handoff | undefined, pick: number): HandoffLogBody | null {
  if (word === 'claim') return { type: 'case.claimed', agentId: desk.agentId };
  if (word === 'release') return confirmed.ownerId === desk.agentId ? { type: 'case.released' } : null;
  if (word === 'force') {
    const toId = agentId(PEOPLE[pick % PEOPLE.length] ?? 'lea');
    return desk.name === 'lea' || pick === 0 ? { type: 'case.assigned', agentId: toId, isForced: true } : null;
  }
  return handoff === undefined ? null : stepOf(word, desk, handoff, pick);
}

function stepOf(word: Word, desk: Desk, handoff: Handoff, pick: number): HandoffEventBody | null {
  const { handoffId } = handoff;
  const { version, packet } = currentVersion(handoff);
  switch (word) {
    case 'accept':
    case 'take':
      return {
        type: 'handoff.accepted',
        handoffId,
        packetVersion: version,
        lastInboundId: handoff.messagesSince.at(-1) ?? null,
        readBack: null,
        hubId: hubOf(desk.agentId),
        isOnShift: pick % 2 === 0,
      };
    case 'decline':
      return { type: 'handoff.declined', handoffId, reason: 'No time' };
    case 'withdraw':
      return { type: 'handoff.withdrawn', handoffId };
    case 'edit':
      return {
        type: 'handoff.packetEdited',
        handoffId,
        version: version + 1,
        packet: { ...packet, severity: pick % 2 === 0 ? 'critical' : packet.severity, state: `Edited ${String(pick)}` },
        expiresAt: instant(handoff.expiresAt + ((pick % 5) - 2) * MINUTE_MS),
      };
    case 'ask':
      return { type: 'handoff.asked', handoffId, text: 'Which bank?' };
    case 'answer':
      return { type: 'handoff.answered', handoffId, questionId: handoff.questions.at(-1)?.questionId ?? '', text: 'The old one' };
    case 'work':
      return handoff.acceptance?.agentId === desk.agentId ? { type: 'handoff.settled', handoffId, how: 'action' } : null;
    case 'return':
      return { type: 'handoff.returned', handoffId, reason: 'Wrong language' };
    default:
      return null;
  }
}
