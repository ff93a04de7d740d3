import { formatHlc } from '../../src/shared/domain/hlc.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, HandoffId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, MINUTE_MS, after } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import type { HandoffEventBody, HandoffLogBody, HandoffLogEvent } from '../../src/shared/domain/handoff/handoff-event.ts';
import { EMPTY_PACKET } from '../../src/shared/domain/handoff/packet.ts';
import type { Packet } from '../../src/shared/domain/handoff/packet.ts';
import { hour } from '../coverage/team.ts';

/** Events of one case for the tests of handoffs: everything that a test does not speak of is plain. */

export const PACKET: Packet = {
  ...EMPTY_PACKET,
  severity: 'stable',
  goal: 'Wants the refund.',
  state: 'The bank has it.',
  actions: [{ what: 'Ask the bank', dueAt: null }],
  isSituationPlain: true,
};

export function agentId(name: string): AgentId {
  return makeId('agt', name);
}

export function handoffId(name: string): HandoffId {
  return makeId('hnd', name);
}

/** A workstation whose clock is right; tests make its events in no order. */
export class Desk {
  readonly author: AgentId | null;
  readonly #name: string;
  #count = 0;

  constructor(name: string | null, device = '') {
    this.author = name === null ? null : agentId(name);
    this.#name = `${name ?? 'engine'}${device}`;
  }

  /** An event that is pending; the log gives it its place. */
  event(at: Instant, epoch: number | null, body: HandoffLogBody, author: AgentId | null = this.author): HandoffLogEvent {
    this.#count += 1;
    const id = `evt_${this.#name}-${String(this.#count)}`;
    return { id, sequence: null, hlc: formatHlc({ wallMs: at, counter: this.#count }, this.#name), at, author, epoch, body };
  }
}

/** Puts events in the order of the log. */
export function logged(...events: readonly HandoffLogEvent[]): HandoffLogEvent[] {
  return events.map((event, index) => ({ ...event, sequence: index + 1 }));
}

export function offered(
  name: string,
  from: string,
  to: string,
  part: Partial<Extract<HandoffEventBody, { type: 'handoff.offered' }>> = {},
): HandoffEventBody {
  return {
    type: 'handoff.offered',
    handoffId: handoffId(name),
    fromId: agentId(from),
    fromHubId: null,
    to: { kind: 'agent', agentId: agentId(to) },
    reason: 'shift-end',
    packet: PACKET,
    expiresAt: after(hour(0), HOUR_MS),
    senderOffAt: after(hour(0), HOUR_MS),
    teamHubs: [],
    ...part,
  };
}

export function accepted(name: string, part: Partial<Extract<HandoffEventBody, { type: 'handoff.accepted' }>> = {}): HandoffEventBody {
  return {
    type: 'handoff.accepted',
    handoffId: handoffId(name),
    packetVersion: 1,
    lastInboundId: null,
    readBack: null,
    hubId: null,
    isOnShift: true,
    ...part,
  };
}

/** Minutes after the first hour of the tests, see `hour`. */
export function minute(minutes: number): Instant {
  return after(hour(0), minutes * MINUTE_MS);
}
