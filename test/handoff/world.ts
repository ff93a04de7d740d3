import { Duty } from '../../src/shared/domain/handoff/duty.ts';
import type { HandoffEventBody, HandoffLogBody, HandoffLogEvent } from '../../src/shared/domain/handoff/handoff-event.ts';
import { currentVersion, openHandoff, outboundHold } from '../../src/shared/domain/handoff/handoff.ts';
import type { CaseOwnership, Handoff, Ownership } from '../../src/shared/domain/handoff/handoff.ts';
import { checkOffer, DEFAULT_HANDOFF_RULES } from '../../src/shared/domain/handoff/offer.ts';
import type { Expiry, OfferRefusal } from '../../src/shared/domain/handoff/offer.ts';
import { foldOwnership } from '../../src/shared/domain/handoff/ownership-fold.ts';
import type { Packet, Recipient } from '../../src/shared/domain/handoff/packet.ts';
import { dueSteps } from '../../src/shared/domain/handoff/standing.ts';
import { formatHlc, HLC_ZERO, nextHlc, parseHlc, receiveHlc } from '../../src/shared/domain/hlc.ts';
import type { Hlc } from '../../src/shared/domain/hlc.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, MessageId } from '../../src/shared/domain/ids.ts';
import { after, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import { agent, assignment, hour, hub, roster } from '../coverage/team.ts';
import { agentId, PACKET } from './log.ts';

/**
 * A team of two agents and a lead, one case, one log, and workstations that are cut off from it, come back, and get its
 * events in any order. Nothing here decides who owns the case: that is what is being tested.
 */

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

const ANSWERS: readonly Word[] = ['accept', 'take', 'decline'];

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

export interface OfferMade {
  readonly at: Instant;
  readonly fromId: AgentId;
  readonly to: Recipient;
  readonly packet: Packet;
  readonly slaDueAt: Instant | null;
  readonly result: { readonly expiry: Expiry } | { readonly refusal: OfferRefusal };
}

const SINGAPORE = hub('singapore', 'Asia/Singapore');
const LISBON = hub('lisbon', 'Europe/Lisbon');
export const HUBS = { mei: SINGAPORE.hubId, ana: LISBON.hubId, lea: SINGAPORE.hubId };
export const TEAM_HUBS = [SINGAPORE.hubId, LISBON.hubId];

export class World {
  readonly log: HandoffLogEvent[] = [];
  /** What the log says after each of its events. */
  readonly states: Ownership[] = [foldOwnership([]).confirmed];
  readonly desks: readonly Desk[];
  readonly duty: Duty;
  readonly hours: Hourly;
  readonly offers: OfferMade[] = [];
  /** What went out, with what its workstation knew. */
  readonly sent: { readonly desk: DeskName; readonly epoch: number; readonly view: CaseOwnership }[] = [];
  now: Instant = hour(0);
  #count = 0;

  constructor(hours: Hourly, skews: readonly number[]) {
    this.hours = hours;
    const people = {
      mei: agent('mei', { hubId: HUBS.mei }),
      ana: agent('ana', { hubId: HUBS.ana }),
      lea: agent('lea', { hubId: HUBS.lea, tiers: ['lead'] }),
    };
    this.duty = new Duty(
      roster({ hubs: [SINGAPORE, LISBON], agents: Object.values(people) }),
      PEOPLE.flatMap((name) => hours[name].map(({ from, length }) => assignment(people[name], from, from + length))),
    );
    this.desks = DESKS.map((name, index) => ({
      name,
      agentId: agentId(name.replace('-phone', '')),
      skewMs: (skews[index] ?? 0) * MINUTE_MS,
      hlc: HLC_ZERO,
      received: [],
      pending: [],
      outbox: [],
    }));
  }

  get confirmed(): Ownership {
    return this.states.at(-1) ?? foldOwnership([]).confirmed;
  }

  desk(name: DeskName): Desk {
    const found = this.desks.find((each) => each.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  }

  /** What a workstation shows: the log as far as it has it without a hole, and its own pending events. */
  view(desk: Desk): CaseOwnership {
    const end = this.seen(desk);
    return foldOwnership([...desk.received.filter((each) => (each.sequence ?? 0) <= end), ...desk.pending]);
  }

  /** Up to which place of the log a workstation has all. */
  seen(desk: Desk): number {
    const have = new Set(desk.received.map((each) => each.sequence));
    let end = 0;
    while (have.has(end + 1)) end += 1;
    return end;
  }

  run(action: Action): void {
    switch (action.kind) {
      case 'tick':
        this.now = after(this.now, action.minutes * MINUTE_MS);
        break;
      case 'customer':
        this.#append(this.#event(this.desk('lea'), null, { type: 'case.messageReceived', messageId: this.#message(), auto: 'none' }, null));
        break;
      case 'act':
        this.#act(this.desk(action.desk), action.word, action.pick);
        break;
      case 'publish':
        this.#publish(this.desk(action.desk), action.pick);
        break;
      case 'deliver':
        this.#deliver(this.desk(action.desk), action.pick);
        break;
      case 'sync':
        this.sync(this.desk(action.desk), action.pick);
        break;
      case 'send':
        this.#send(this.desk(action.desk));
        break;
      case 'engine':
        this.engine(this.desk(action.desk));
        break;
      case 'scene':
        this.#scene(action.pick);
        break;
    }
  }

  /** A workstation is online for a moment: it gets all there is, then gives all it has, then sends what it may. */
  sync(desk: Desk, pick: number): void {
    while (this.#deliver(desk, pick)) continue;
    while (this.#publish(desk, pick)) continue;
    while (this.#deliver(desk, pick)) continue;
    this.#send(desk);
    while (this.#publish(desk, pick)) continue;
    while (this.#deliver(desk, pick)) continue;
  }

  /** Writes what is due until nothing is; throws when it does not come to an end. */
  engine(desk: Desk): void {
    for (let round = 0; round < 10; round += 1) {
      this.sync(desk, 0);
      const { confirmed } = this.view(desk);
      const steps = dueSteps(confirmed, this.#clock(desk), this.duty);
      if (steps.length === 0) return;
      for (const body of steps) this.#append(this.#event(desk, this.confirmed.epoch, body, null));
    }
    throw new Error('what is due is never done');
  }

  #scene(pick: number): void {
    for (const each of this.desks) this.sync(each, 0);
    if (pick % 2 === 0) this.engine(this.desk('lea'));
    const owner = this.desks.find((each) => each.agentId === this.confirmed.ownerId) ?? this.desk('mei');
    const open = openHandoff(this.confirmed);
    if (open !== null) {
      const to =
        this.desks.find((each) => open.to.kind === 'agent' && each.agentId === open.to.agentId) ??
        this.desks[pick % this.desks.length] ??
        owner;
      this.#act(to, pick % 2 === 0 ? 'decline' : 'accept', pick);
    } else if (this.confirmed.ownerId === null) this.#act(owner, 'claim', pick);
    else if (pick % 4 === 3) this.#act(owner, 'return', pick);
    else this.#act(owner, pick % 4 === 0 ? 'offer-queue' : pick % 4 === 1 ? 'offer-hub' : 'offer', pick);
    for (const each of [owner, ...this.desks, ...this.desks]) this.sync(each, 0);
  }

  #clock(desk: Desk): Instant {
    return after(this.now, desk.skewMs);
  }

  #event(desk: Desk, epoch: number | null, body: HandoffLogBody, author: AgentId | null = desk.agentId): HandoffLogEvent {
    const at = this.#clock(desk);
    desk.hlc = nextHlc(desk.hlc, at);
    this.#count += 1;
    return { id: `evt_${desk.name}-${String(this.#count)}`, sequence: null, hlc: formatHlc(desk.hlc, desk.name), at, author, epoch, body };
  }

  #message(): MessageId {
    this.#count += 1;
    return makeId('msg', String(this.#count));
  }

  #append(event: HandoffLogEvent): void {
    this.log.push({ ...event, sequence: this.log.length + 1 });
    this.states.push(foldOwnership(this.log).confirmed);
  }

  #publish(desk: Desk, pick: number): boolean {
    const event = desk.pending[pick % Math.max(1, desk.pending.length)];
    if (event === undefined) return false;
    desk.pending = desk.pending.filter((each) => each !== event);
    this.#append(event);
    return true;
  }

  #deliver(desk: Desk, pick: number): boolean {
    const have = new Set(desk.received.map((each) => each.id));
    const missing = this.log.filter((each) => !have.has(each.id));
    const event = missing[pick % Math.max(1, missing.length)];
    if (event === undefined) return false;
    desk.received.push(event);
    desk.hlc = receiveHlc(desk.hlc, parseHlc(event.hlc), this.#clock(desk));
    return true;
  }

  #send(desk: Desk): void {
    const view = this.view(desk);
    for (const message of desk.outbox.splice(0)) {
      if (outboundHold(view, { authorId: desk.agentId, epoch: message.epoch }) !== null) continue;
      this.sent.push({ desk: desk.name, epoch: message.epoch, view });
      desk.pending.push(this.#event(desk, message.epoch, { type: 'case.replySent', messageId: message.messageId }));
    }
  }

  #act(desk: Desk, word: Word, pick: number): void {
    const view = this.view(desk);
    const { confirmed } = view;
    // an answer is given to what is seen to be open; that it is so no longer is not seen by who is cut off
    const handoff = ['accept', 'take', 'decline', 'withdraw', 'edit'].includes(word)
      ? (openHandoff(confirmed) ?? undefined)
      : confirmed.handoffs.at(-1 - (pick % 2));
    if (word === 'reply') {
      desk.outbox.push({ messageId: this.#message(), epoch: confirmed.epoch });
    } else if (word.startsWith('offer')) {
      this.#offer(desk, view, word, pick);
    } else {
      // the page offers each what they can do; now and then a workstation does what it can not
      const isSender = handoff?.holderId === desk.agentId;
      const swapped = pick === PRANK ? word : isSender && ANSWERS.includes(word) ? (pick % 2 === 0 ? 'withdraw' : 'edit') : word;
      const fitting = pick !== PRANK && !isSender && (word === 'withdraw' || word === 'edit') ? 'accept' : swapped;
      // who takes it answers the customer before they know that it is theirs
      if (word === 'take') desk.outbox.push({ messageId: this.#message(), epoch: confirmed.epoch });
      const body = bodyOf(fitting, desk, confirmed, handoff, pick);
      if (body !== null) desk.pending.push(this.#event(desk, confirmed.epoch, body));
      if (word === 'take') this.#send(desk);
    }
  }

  #offer(desk: Desk, view: CaseOwnership, word: Word, pick: number): void {
    const { confirmed } = view;
    const others = PEOPLE.map(agentId).filter((each) => each !== desk.agentId);
    const to: Recipient =
      word === 'offer-hub'
        ? { kind: 'hub', hubId: TEAM_HUBS[pick % 2] ?? SINGAPORE.hubId }
        : word === 'offer-queue'
          ? { kind: 'queue' }
          : { kind: 'agent', agentId: others[pick % others.length] ?? desk.agentId };
    const now = this.#clock(desk);
    const promise = { promiseId: makeId('prm', 'p'), text: 'We call', dueAt: after(now, (40 + pick * 17) * MINUTE_MS), zone: 'UTC' };
    const packet: Packet = pick % 3 === 0 ? { ...PACKET, promises: [promise] } : PACKET;
    const slaDueAt = pick % 4 === 1 ? after(now, (35 + pick * 23) * MINUTE_MS) : null;
    const question = {
      ownership: confirmed,
      now,
      fromId: desk.agentId,
      to,
      packet,
      need: { selector: EVERYBODY, unspoken: null },
      slaDueAt,
      duty: this.duty,
      teamHubs: TEAM_HUBS,
      rules: DEFAULT_HANDOFF_RULES,
    };
    const checked = checkOffer(question);
    const made = { at: now, fromId: desk.agentId, to, packet, slaDueAt };
    if (!checked.ok && pick !== PRANK) {
      this.offers.push({ ...made, result: { refusal: checked.refusal } });
      return;
    }
    if (checked.ok) this.offers.push({ ...made, result: { expiry: checked.expiry } });
    this.#count += 1;
    desk.pending.push(
      this.#event(desk, confirmed.epoch, {
        type: 'handoff.offered',
        handoffId: makeId('hnd', String(this.#count)),
        fromId: desk.agentId,
        fromHubId: hubOf(desk.agentId),
        to,
        reason: 'shift-end',
        packet,
        expiresAt: checked.ok ? checked.expiry.expiresAt : after(now, 30 * MINUTE_MS),
        senderOffAt: checked.ok ? checked.senderOffAt : null,
        teamHubs: TEAM_HUBS,
      }),
    );
  }
}

export function hubOf(id: AgentId): (typeof TEAM_HUBS)[number] | null {
  const person = PEOPLE.find((name) => agentId(name) === id);
  return person === undefined ? null : HUBS[person];
}

function bodyOf(word: Word, desk: Desk, confirmed: Ownership, handoff: Handoff | undefined, pick: number): HandoffLogBody | null {
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
