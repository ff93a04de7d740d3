import type { AgentId, HandoffId, HubId, MessageId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { compareClocks, compareLogged } from './handoff-event.ts';
import type { HandoffLogBody, HandoffLogEvent } from './handoff-event.ts';
import type { CaseOwnership, DoubleReply, Outcome, Ownership, VoidReason } from './handoff.ts';
import { leadDecides } from './handoff.ts';
import { HandoffFold } from './handoff-fold.ts';

/**
 * Ownership and handoffs of one case out of its events, in any order and with repetitions. Looks at no clock, plan or
 * setting, so all replicas that saw the same log agree.
 */
export function foldOwnership(events: readonly HandoffLogEvent[]): CaseOwnership {
  const unique = new Map<string, HandoffLogEvent>();
  for (const event of events) {
    const known = unique.get(event.id);
    if (known === undefined || compareLogged(event, known) < 0) unique.set(event.id, event);
  }
  const ordered = [...unique.values()].sort(compareLogged);
  const fold = new OwnershipFold();
  const waiting = ordered.filter((event) => event.sequence === null);
  let last = 0;
  for (const event of ordered) {
    if (event.sequence === null) continue;
    fold.append(event, event.sequence);
    last = event.sequence;
  }
  const confirmed = fold.state();
  if (waiting.length === 0) return { confirmed, expected: confirmed, pending: [] };
  waiting.forEach((event, index) => fold.append(event, last + index + 1));
  const expected = fold.state();
  const pending = waiting.map((event) => ({ event, expected: expected.outcomes.get(event.id) ?? APPLIED }));
  return { confirmed, expected, pending };
}

const APPLIED: Outcome = { kind: 'applied' };

type Body<Type extends HandoffLogBody['type']> = Extract<HandoffLogBody, { readonly type: Type }>;

interface Forced {
  readonly event: HandoffLogEvent;
  /** The epoch that it made. */
  readonly epoch: number;
}

/** What an event does: null, or why it does nothing. */
type Verdict = VoidReason | null;

/** What lists and clocks need to know of an ownership. */
export interface OwnershipSummary {
  /** Who works on the case; null while it is in the queue. */
  readonly assigneeId: AgentId | null;
  /** Who answers for it: whoever put it back into the queue still does. Null until somebody owned it. */
  readonly ownerId: AgentId | null;
  readonly ownedSince: Instant | null;
  /** Sequence of the event that decided who owns it: a fencing token for everything sent. 0 when nobody ever did. */
  readonly epoch: number;
  /** The offer that stands, or has waited in vain and is with no lead yet. */
  readonly openHandoff: { readonly handoffId: HandoffId; readonly state: 'offered' | 'expired' } | null;
}

/** The summary of a case that nobody ever owned. */
export const NOBODYS: OwnershipSummary = { assigneeId: null, ownerId: null, ownedSince: null, epoch: 0, openHandoff: null };

/** The fold, event by event in the order of the log; kept so that it can be continued. */
export class OwnershipFold {
  #ownerId: AgentId | null = null;
  #epoch = 0;
  #ownedSince: Instant | null = null;
  #isInQueue = false;
  readonly #handoffs: HandoffFold[] = [];
  /** Handoffs before this one do not count for bounces and laps. */
  #runStart = 0;
  /** Nor do they count for laps before this one: its owner has answered the customer since. */
  #lapStart = 0;
  #forced: Forced | null = null;
  /** Replies since the customer wrote last. */
  #replies: { readonly messageId: MessageId; readonly author: AgentId; readonly eventId: string; readonly isStale: boolean }[] = [];
  readonly #doubleReplies: DoubleReply[] = [];
  readonly #outcomes = new Map<string, Outcome>();

  /** Takes the next event. `sequence`: its place, for a pending one as if it were confirmed now. An event that is known is passed over. */
  append(event: HandoffLogEvent, sequence: number): void {
    if (this.#outcomes.has(event.id)) return;
    const verdict = this.#apply(event, sequence);
    if (!this.#outcomes.has(event.id))
      // an answer may have told its own outcome
      this.#outcomes.set(event.id, verdict === null ? APPLIED : { kind: 'void', reason: verdict, to: null });
  }

  get hasHandoffs(): boolean {
    return this.#handoffs.length > 0;
  }

  summary(): OwnershipSummary {
    const open = this.#handoffs.find((each) => each.isOpen);
    return {
      assigneeId: this.#isInQueue ? null : this.#ownerId,
      ownerId: this.#ownerId,
      ownedSince: this.#ownedSince,
      epoch: this.#epoch,
      openHandoff: open === undefined ? null : { handoffId: open.handoffId, state: open.isExpired ? 'expired' : 'offered' },
    };
  }

  state(): Ownership {
    return {
      ownerId: this.#ownerId,
      epoch: this.#epoch,
      ownedSince: this.#ownedSince,
      isInQueue: this.#isInQueue,
      currentId: this.#handoffs.findLast((each) => each.isOf(this.#epoch) && !each.isKept)?.handoffId ?? null,
      handoffs: this.#handoffs.map((each) => each.state()),
      ...this.#run(),
      doubleReplies: [...this.#doubleReplies],
      outcomes: new Map(this.#outcomes),
    };
  }

  #apply(event: HandoffLogEvent, sequence: number): Verdict {
    const { body } = event;
    switch (body.type) {
      case 'case.claimed':
        return this.#take(event, sequence, body.agentId);
      case 'case.assigned':
        if (body.isForced === true && body.agentId !== null) return this.#force(event, sequence, body.agentId);
        return body.agentId === null ? this.#release(event, sequence) : this.#take(event, sequence, body.agentId);
      case 'case.released':
        return this.#release(event, sequence);
      case 'case.messageReceived':
        return this.#customerWrote(body);
      case 'case.replySent':
        return this.#replied(event, body.messageId);
      case 'case.merged':
        for (const each of this.#handoffs) each.supersede(event, 'merged');
        return null;
      case 'handoff.offered':
        return this.#offered(event, body);
      case 'handoff.escalated':
        return this.#escalated(event, body, sequence);
      default:
        return this.#stepped(event, body, sequence);
    }
  }

  /** A claim, or an assignment by who is no lead: of two that saw the same ownership the log's first counts. */
  #take(event: HandoffLogEvent, sequence: number, agentId: AgentId): Verdict {
    if (!this.#isCurrent(event)) return 'stale-epoch';
    this.#own(agentId, sequence, event);
    return null;
  }

  #release(event: HandoffLogEvent, sequence: number): Verdict {
    if (!this.#isCurrent(event)) return 'stale-epoch';
    if (this.#ownerId === null) return null;
    this.#own(this.#ownerId, sequence, event);
    this.#isInQueue = true;
    return null;
  }

  /** A lead's word bumps the epoch. Of two leads' who did not know of each other: who saw more, else who was first. */
  #force(event: HandoffLogEvent, sequence: number, agentId: AgentId): Verdict {
    const other = this.#forced;
    if (other?.epoch === this.#epoch && event.epoch !== null && event.epoch < other.epoch) {
      const seen = other.event.epoch ?? 0;
      if (event.epoch < seen || (event.epoch === seen && compareClocks(other.event, event) < 0)) {
        this.#outcomes.set(event.id, { kind: 'void', reason: 'overruled', to: other.event.id });
        return 'overruled';
      }
      this.#outcomes.set(other.event.id, { kind: 'void', reason: 'overruled', to: event.id });
    }
    this.#own(agentId, sequence, event);
    this.#runStart = this.#handoffs.length;
    this.#forced = { event, epoch: sequence };
    return null;
  }

  #offered(event: HandoffLogEvent, body: Body<'handoff.offered'>): Verdict {
    if (this.#find(body.handoffId) !== undefined) return 'repeated';
    if (body.fromId !== this.#ownerId) return 'not-owner';
    if (!this.#isCurrent(event)) return 'stale-epoch';
    const open = this.#handoffs.find((each) => each.isOpen);
    if (open?.isExpired === false) return 'already-offered';
    if (body.to.kind === 'agent' && body.to.agentId === body.fromId) return 'not-recipient';
    if (leadDecides(this.#run(), body.teamHubs) !== null) return 'goes-to-lead';
    // it has waited in vain, and there was no lead to take it
    open?.supersede(event, 'offered-again');
    this.#handoffs.push(new HandoffFold(event, body, this.#epoch));
    return null;
  }

  #escalated(event: HandoffLogEvent, body: Body<'handoff.escalated'>, sequence: number): Verdict {
    if (!this.#isCurrent(event)) return 'stale-epoch';
    const handoff = body.handoffId === null ? null : this.#find(body.handoffId);
    if (handoff === undefined) return 'unknown-handoff';
    if ((body.reason === 'bounces' || body.reason === 'lap') && leadDecides(this.#run(), this.#teamHubs()) !== body.reason)
      return 'too-early';
    if ((body.reason === 'expired' || body.reason === 'sender-off-shift') && handoff === null) return 'unknown-handoff';
    const verdict = handoff?.escalate(event, body.reason) ?? null;
    if (verdict !== null) return verdict;
    // a lead who has the case already keeps it as it is: what they have written meanwhile is not held
    const isSame = body.toId === this.#ownerId;
    if (handoff?.isOpen === true) {
      handoff.takeOver(body.toId, isSame ? this.#epoch : sequence);
      if (!isSame) this.#own(body.toId, sequence, event, handoff);
      return null;
    }
    if (isSame) this.#isInQueue = false;
    else this.#own(body.toId, sequence, event);
    this.#runStart = this.#handoffs.length;
    return null;
  }

  /** What happens to one handoff. */
  #stepped(event: HandoffLogEvent, body: HandoffLogBody, sequence: number): Verdict {
    // an unknown kind comes from a newer Meridian: it is kept in the log and changes nothing here
    if (!('handoffId' in body) || body.handoffId === null) return null;
    const handoff = this.#find(body.handoffId);
    if (handoff === undefined) return 'unknown-handoff';
    switch (body.type) {
      case 'handoff.accepted':
      case 'handoff.declined':
      case 'handoff.withdrawn':
        return this.#answered(handoff, event, sequence);
      case 'handoff.packetEdited':
        return handoff.isContested(this.#epoch) ? handoff.edit(event, body) : 'closed';
      case 'handoff.expired':
        return handoff.expire(event);
      case 'handoff.returned':
        return event.epoch === this.#epoch ? handoff.giveBack(event, body.reason) : 'stale-epoch';
      case 'handoff.settled': {
        if (!this.#isCurrent(event)) return 'stale-epoch';
        const verdict = handoff.settle(event, body.how);
        // somebody worked on it: it is no satellite
        if (verdict === null && body.how === 'action') this.#runStart = this.#handoffs.length;
        return verdict;
      }
      case 'handoff.superseded':
        return handoff.end(event, body.reason);
      case 'handoff.asked':
        return handoff.ask(event, body.text);
      case 'handoff.answered':
        return handoff.answer(event, body.questionId, body.text);
      case 'handoff.readBack':
        return handoff.readAgain(event, body.packetVersion, body.readBack);
      default:
        return null;
    }
  }

  /** An answer counts while the ownership is still the one that was offered, or one that another answer to it made. */
  #answered(handoff: HandoffFold, event: HandoffLogEvent, sequence: number): Verdict {
    if (!handoff.isContested(this.#epoch)) return 'closed';
    if (!handoff.isOffered(event.epoch)) return 'stale-epoch';
    const verdict = handoff.take(event, sequence);
    if (verdict !== null) return verdict;
    const { owner, lost, answers } = handoff.contest();
    for (const id of answers) this.#outcomes.set(id, APPLIED);
    for (const each of lost) this.#outcomes.set(each.id, { kind: 'void', reason: each.reason, to: each.to });
    if (owner !== this.#ownerId) {
      handoff.ownerEpoch = sequence;
      this.#own(owner, sequence, event, handoff);
    }
    return null;
  }

  #customerWrote(body: Body<'case.messageReceived'>): Verdict {
    if (body.auto !== 'none' && body.auto !== 'list') return null;
    this.#replies = [];
    for (const each of this.#handoffs) each.customerWrote(body.messageId, this.#epoch);
    return null;
  }

  /** Both replied: never hidden. */
  #replied(event: HandoffLogEvent, messageId: MessageId): Verdict {
    const { author } = event;
    if (author === null) return null;
    const reply = { messageId, author, eventId: event.id, isStale: event.epoch !== null && event.epoch !== this.#epoch };
    for (const other of this.#replies) {
      if (other.author === author || (!other.isStale && !reply.isStale)) continue;
      this.#doubleReplies.push({
        messageIds: [other.messageId, messageId],
        authors: [other.author, author],
        eventIds: [other.eventId, event.id],
      });
    }
    this.#replies.push(reply);
    // a case that is worked on follows the sun, and is no satellite
    if (author === this.#ownerId && !reply.isStale) {
      this.#lapStart = this.#handoffs.length;
      for (const each of this.#handoffs) each.keep();
    }
    return null;
  }

  /** The only place where ownership moves. Whatever was on offer before is passed by. */
  #own(agentId: AgentId, epoch: number, event: HandoffLogEvent, by: HandoffFold | null = null): void {
    this.#ownerId = agentId;
    this.#epoch = epoch;
    this.#ownedSince = event.at;
    this.#isInQueue = false;
    for (const each of this.#handoffs) if (each !== by) each.supersede(event);
  }

  #isCurrent(event: HandoffLogEvent): boolean {
    return event.epoch === null || event.epoch === this.#epoch;
  }

  #find(handoffId: string): HandoffFold | undefined {
    return this.#handoffs.find((each) => each.handoffId === handoffId);
  }

  #teamHubs(): readonly HubId[] {
    return this.#handoffs.at(-1)?.teamHubs ?? [];
  }

  #run(): { readonly bounces: number; readonly hubs: readonly HubId[] } {
    const run = this.#handoffs.slice(this.#runStart);
    const lap = this.#handoffs.slice(Math.max(this.#runStart, this.#lapStart));
    return { bounces: run.filter((each) => each.isBounced).length, hubs: [...new Set(lap.flatMap((each) => each.hubsThatHadIt()))].sort() };
  }
}
