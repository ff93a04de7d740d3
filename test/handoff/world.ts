import { Duty } from '../../src/shared/domain/handoff/duty.ts';
import type { HandoffLogBody, HandoffLogEvent } from '../../src/shared/domain/handoff/handoff-event.ts';
import { openHandoff, outboundHold } from '../../src/shared/domain/handoff/handoff.ts';
import type { CaseOwnership, Handoff, Ownership } from '../../src/shared/domain/handoff/handoff.ts';
import { checkOffer, DEFAULT_HANDOFF_RULES } from '../../src/shared/domain/handoff/offer.ts';
import type { Expiry, OfferRefusal } from '../../src/shared/domain/handoff/offer.ts';
import { foldOwnership } from '../../src/shared/domain/handoff/ownership-fold.ts';
import type { Packet, Recipient } from '../../src/shared/domain/handoff/packet.ts';
import { dueSteps } from '../../src/shared/domain/handoff/standing.ts';
import { formatHlc, HLC_ZERO, nextHlc, parseHlc, receiveHlc } from '../../src/shared/domain/hlc.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, MessageId } from '../../src/shared/domain/ids.ts';
import { after, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import { agent, assignment, hour, roster } from '../coverage/team.ts';
import { ANSWERS, bodyOf, DESKS, hubOf, HUBS, LISBON, PEOPLE, PRANK, SINGAPORE, TEAM_HUBS } from './acts.ts';
import type { Action, Desk, DeskName, Hourly, Hours, Word } from './acts.ts';
import { agentId, PACKET } from './log.ts';

/**
 * A team of two agents and a lead, one case, one log, and workstations that are cut off from it, come back, and get its
 * events in any order. Nothing here decides who owns the case: that is what is being tested.
 */

export interface OfferMade {
  readonly at: Instant;
  readonly fromId: AgentId;
  readonly to: Recipient;
  readonly packet: Packet;
  readonly slaDueAt: Instant | null;
  readonly result: { readonly expiry: Expiry } | { readonly refusal: OfferRefusal };
}

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
      PEOPLE.flatMap((name) =>
        hours[name].map(({ from, length }) =>
          assignment(people[name], from, from + length, { turnEndsAt: hour(turnEnd(hours[name], from + length)) }),
        ),
      ),
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
    if (open !== null && pick % 3 === 0) {
      this.#race(open, owner, pick);
    } else if (open !== null) {
      const to =
        this.desks.find((each) => open.to.kind === 'agent' && each.agentId === open.to.agentId) ??
        this.desks[pick % this.desks.length] ??
        owner;
      this.#act(to, pick % 2 === 0 ? 'decline' : 'accept', pick);
    } else if (this.confirmed.ownerId === null) this.#act(owner, 'claim', pick);
    else if (pick === PRANK) this.#bounce(owner);
    else if (pick % 4 === 3) this.#act(owner, 'return', pick);
    else this.#act(owner, pick % 4 === 0 ? 'offer-queue' : pick % 4 === 1 ? 'offer-hub' : 'offer', pick);
    for (const each of [owner, ...this.desks, ...this.desks]) this.sync(each, 0);
  }

  #race(open: Handoff, owner: Desk, pick: number): void {
    // several take it at once, and know neither of each other nor of what the sender adds meanwhile
    const holder = this.desks.find((each) => each.agentId === open.holderId) ?? owner;
    if (pick % 2 === 0) {
      this.#act(holder, 'edit', 0);
      this.#publish(holder, 0);
    }
    const rivals = this.desks.filter((each) => each.agentId !== open.holderId);
    for (const [index, each] of rivals.entries()) this.#act(each, 'accept', (pick + index) % PRANK);
    if (pick % 2 === 0) rivals.reverse();
    for (const each of rivals) this.#publish(each, 0);
  }

  /** It is offered and declined, once more, and then offered without asking any rule. */
  #bounce(owner: Desk): void {
    for (const pick of [0, 2]) {
      this.#act(owner, 'offer', pick);
      for (const each of [owner, ...this.desks]) this.sync(each, 0);
      const open = openHandoff(this.confirmed);
      const asked = this.desks.find((each) => open?.to.kind === 'agent' && each.agentId === open.to.agentId);
      if (asked === undefined) continue;
      this.#act(asked, 'decline', 0);
      for (const each of [asked, ...this.desks]) this.sync(each, 0);
    }
    this.#act(owner, 'offer', PRANK);
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

/** Shifts that adjoin or overlap are one turn, as the plan's assignments tell it. */
function turnEnd(hours: readonly Hours[], end: number): number {
  const later = hours.filter((each) => each.from <= end && each.from + each.length > end).map((each) => each.from + each.length);
  return later.length === 0 ? end : turnEnd(hours, Math.max(...later));
}
