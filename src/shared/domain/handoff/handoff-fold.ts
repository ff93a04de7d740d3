import type { AgentId, HandoffId, HubId, MessageId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { resolve } from './contest.ts';
import type { Answer, Contest } from './contest.ts';
import type { EscalationReason, HandoffEventBody, HandoffLogEvent } from './handoff-event.ts';
import { SETTLE_MS } from './handoff.ts';
import type { Acceptance, Handoff, HandoffState, HandoffStep, PacketVersion, Question, VoidReason } from './handoff.ts';
import type { ReadBack } from './read-back.ts';

type Body<Type extends HandoffEventBody['type']> = Extract<HandoffEventBody, { readonly type: Type }>;
type Verdict = VoidReason | null;

const OPEN: Contest = { result: { kind: 'open' }, lost: [] };

/** One handoff while the events of its case are applied. Knows nothing of who owns the case. */
export class HandoffFold {
  readonly handoffId: HandoffId;
  /** The ownership that was offered, and the one that the answers made; null before. */
  readonly epoch: number;
  ownerEpoch: number | null = null;
  readonly teamHubs: readonly HubId[];
  readonly #offer: HandoffLogEvent;
  readonly #body: Body<'handoff.offered'>;
  readonly #versions: PacketVersion[];
  #expiresAt: Instant;
  #hasExpired = false;
  #isKept = false;
  /** Who owns the case while nobody has accepted: the sender, and the lead once the sender has gone. */
  #holderId: AgentId;
  /** The ownerships on which an answer may have been given. */
  readonly #epochs: Set<number>;
  /** What no answer changes any more. */
  #final: 'settled' | 'escalated' | 'returned' | 'superseded' | null = null;
  readonly #answers: Answer[] = [];
  readonly #accepts = new Map<string, Acceptance>();
  readonly #declines: { agentId: AgentId; at: Instant; reason: string; eventId: string }[] = [];
  #contest: Contest = OPEN;
  readonly #questions: Question[] = [];
  readonly #messages: MessageId[] = [];
  readonly #steps: HandoffStep[] = [];

  constructor(offer: HandoffLogEvent, body: Body<'handoff.offered'>, epoch: number) {
    this.#offer = offer;
    this.#body = body;
    this.handoffId = body.handoffId;
    this.epoch = epoch;
    this.teamHubs = body.teamHubs;
    this.#expiresAt = body.expiresAt;
    this.#holderId = body.fromId;
    this.#epochs = new Set([epoch]);
    this.#versions = [{ version: 1, packet: body.packet, eventId: offer.id }];
  }

  /** It waits for an answer, or has waited in vain and is with no lead yet. */
  get isOpen(): boolean {
    const state = this.#state();
    return state === 'offered' || state === 'expired';
  }

  /** It has waited in vain. */
  get isExpired(): boolean {
    return this.#state() === 'expired';
  }

  /** It came back from who it was offered to. */
  get isBounced(): boolean {
    const state = this.#state();
    return state === 'declined' || state === 'returned';
  }

  /** It came back, and its owner has gone on with it: no lead has to be found for it any more. */
  get isKept(): boolean {
    return this.#isKept && this.isBounced;
  }

  keep(): void {
    if (this.isBounced) this.#isKept = true;
  }

  /** Whether answers count at this ownership of the case. */
  isContested(epoch: number): boolean {
    return this.#final === null && this.isOf(epoch);
  }

  /** Whether this ownership of the case is the one that was offered, or one that came of the offer. */
  isOf(epoch: number | null): boolean {
    return epoch !== null && (this.#epochs.has(epoch) || epoch === this.ownerEpoch);
  }

  /** Whether somebody who saw this ownership did not know of an accept. */
  isOffered(epoch: number | null): boolean {
    return epoch !== null && this.#epochs.has(epoch);
  }

  hubsThatHadIt(): readonly HubId[] {
    const acceptance = this.#acceptance();
    if (acceptance === null || this.#final === 'returned') return [];
    return [this.#body.fromHubId, acceptance.hubId].filter((hub) => hub !== null);
  }

  /** Takes an answer; `contest` tells what comes of it. */
  take(event: HandoffLogEvent, sequence: number): Verdict {
    const { body, author } = event;
    if (author === null) return 'not-recipient';
    const plain = { id: event.id, sequence, hlc: event.hlc, at: event.at, agentId: author, hubId: null, isOnShift: false };
    switch (body.type) {
      case 'handoff.accepted':
        if (author === this.#body.fromId) return 'not-recipient';
        if (!this.#isKnown(body.packetVersion)) return 'unknown-version';
        this.#answers.push({ ...plain, kind: 'accept', hubId: body.hubId, isOnShift: body.isOnShift });
        this.#accepts.set(event.id, acceptanceOf(event, author, body, this.#expiresAt));
        break;
      case 'handoff.declined':
        if (this.#body.to.kind === 'agent' && author !== this.#body.to.agentId) return 'not-recipient';
        if (author === this.#body.fromId) return 'not-recipient';
        if (event.at > this.#expiresAt) return 'too-late';
        this.#answers.push({ ...plain, kind: 'decline' });
        this.#declines.push({ agentId: author, at: event.at, reason: body.reason, eventId: event.id });
        break;
      case 'handoff.withdrawn':
        if (!this.#isSender(author)) return 'not-owner';
        if (event.at > this.#expiresAt) return 'too-late';
        this.#answers.push({ ...plain, kind: 'withdraw' });
        break;
      default:
        return 'closed';
    }
    this.#contest = resolve(this.#body.to, this.#expiresAt, this.#answers);
    return null;
  }

  /** Who owns the case by the answers so far, and which answers do not count. */
  contest(): { readonly owner: AgentId; readonly lost: Contest['lost']; readonly answers: readonly string[] } {
    const { result, lost } = this.#contest;
    const owner = result.kind === 'accepted' ? result.by.agentId : this.#holderId;
    return { owner, lost, answers: this.#answers.map((each) => each.id) };
  }

  /** The sender does not know yet that it was accepted: what they add must not be lost, so it makes a version all the same. */
  edit(event: HandoffLogEvent, body: Body<'handoff.packetEdited'>): Verdict {
    const state = this.#state();
    if (!this.#isSender(event.author)) return 'not-owner';
    if (!this.isOffered(event.epoch)) return 'stale-epoch';
    if (state !== 'offered' && state !== 'accepted') return 'closed';
    if (body.version !== this.#versions.length + 1) return 'unknown-version';
    this.#versions.push({ version: body.version, packet: body.packet, eventId: event.id });
    if (body.expiresAt < this.#expiresAt) this.#expiresAt = body.expiresAt;
    return null;
  }

  expire(event: HandoffLogEvent): Verdict {
    if (this.#state() !== 'offered') return 'closed';
    if (event.at < this.#expiresAt) return 'too-early';
    this.#hasExpired = true;
    this.#step('expired', event, '');
    return null;
  }

  escalate(event: HandoffLogEvent, reason: EscalationReason): Verdict {
    if (this.#state() === 'accepted' || (this.#final !== null && this.#final !== 'returned')) return 'closed';
    if (event.epoch !== null && !this.isOf(event.epoch)) return 'closed';
    const { senderOffAt } = this.#body;
    if (reason === 'expired' && !(this.isOpen && event.at >= this.#expiresAt)) return 'too-early';
    if (
      reason === 'sender-off-shift' &&
      this.isOpen &&
      this.#holderId === this.#body.fromId &&
      senderOffAt !== null &&
      event.at < senderOffAt
    )
      return 'too-early';
    this.#step('escalated', event, reason);
    if (reason !== 'sender-off-shift' || !this.isOpen) this.#final = 'escalated';
    return null;
  }

  /** The sender has gone and the offer stands: a lead owns the case until somebody accepts it. */
  takeOver(leadId: AgentId, epoch: number): void {
    this.#holderId = leadId;
    this.#epochs.add(epoch);
  }

  giveBack(event: HandoffLogEvent, reason: string): Verdict {
    if (this.#state() !== 'accepted') return 'closed';
    if (event.author !== this.#acceptance()?.agentId) return 'not-owner';
    this.#final = 'returned';
    this.#step('returned', event, reason);
    return null;
  }

  settle(event: HandoffLogEvent, how: 'action' | 'time'): Verdict {
    const acceptance = this.#acceptance();
    if (acceptance === null || this.#state() !== 'accepted') return 'closed';
    if (event.author !== null && event.author !== acceptance.agentId) return 'not-owner';
    if (event.at < acceptance.at + (how === 'time' ? SETTLE_MS : 0)) return 'too-early';
    this.#final = 'settled';
    this.#step('settled', event, how);
    return null;
  }

  end(event: HandoffLogEvent, reason: string): Verdict {
    if (!this.isOpen) return 'closed';
    this.#final = 'superseded';
    this.#step('superseded', event, reason);
    return null;
  }

  /** The ownership has passed by another way. What had ended stays what it was. */
  supersede(event: HandoffLogEvent, detail: 'owner-changed' | 'offered-again' | 'merged' = 'owner-changed'): void {
    const state = this.#state();
    if (state !== 'offered' && state !== 'expired' && state !== 'accepted') return;
    this.#final = 'superseded';
    this.#step('superseded', event, detail);
  }

  ask(event: HandoffLogEvent, text: string): Verdict {
    if (this.#final === 'superseded') return 'closed';
    this.#questions.push({ questionId: event.id, askedBy: event.author, askedAt: event.at, text, answer: null });
    return null;
  }

  answer(event: HandoffLogEvent, questionId: string, text: string): Verdict {
    const index = this.#questions.findIndex((each) => each.questionId === questionId);
    const question = this.#questions[index];
    if (question === undefined) return 'unknown-handoff';
    if (question.answer !== null) return 'repeated';
    this.#questions[index] = { ...question, answer: { by: event.author, at: event.at, text, eventId: event.id } };
    return null;
  }

  readAgain(event: HandoffLogEvent, packetVersion: number, readBack: ReadBack): Verdict {
    const acceptance = this.#acceptance();
    if (acceptance === null) return 'closed';
    if (event.author !== acceptance.agentId) return 'not-owner';
    if (!this.#isKnown(packetVersion)) return 'unknown-version';
    const lastInboundId = this.#messages.at(-1) ?? acceptance.lastInboundId;
    this.#accepts.set(acceptance.eventId, { ...acceptance, packetVersion, lastInboundId, readBack });
    return null;
  }

  /** Once the case has gone another way nobody reads the packet any more. `epoch`: the ownership of the case now. */
  customerWrote(messageId: MessageId, epoch: number): void {
    if (this.isContested(epoch) && !this.#messages.includes(messageId)) this.#messages.push(messageId);
  }

  state(): Handoff {
    const { fromId, fromHubId, to, reason, senderOffAt } = this.#body;
    const { result } = this.#contest;
    const withdrawn: HandoffStep[] =
      result.kind === 'withdrawn'
        ? [{ kind: 'withdrawn', eventId: result.by.id, at: result.by.at, by: result.by.agentId, detail: '' }]
        : [];
    return {
      handoffId: this.handoffId,
      eventId: this.#offer.id,
      fromId,
      fromHubId,
      to,
      reason,
      epoch: this.epoch,
      ownerEpoch: this.ownerEpoch,
      holderId: this.#holderId,
      offeredAt: this.#offer.at,
      expiresAt: this.#expiresAt,
      senderOffAt,
      teamHubs: this.teamHubs,
      state: this.#state(),
      versions: [...this.#versions],
      acceptance: this.#acceptance(),
      questions: [...this.#questions],
      declines: [...this.#declines],
      messagesSince: [...this.#messages],
      steps: [...this.#steps, ...withdrawn],
    };
  }

  #state(): HandoffState {
    if (this.#final !== null) return this.#final;
    const { kind } = this.#contest.result;
    if (kind !== 'open') return kind;
    return this.#hasExpired ? 'expired' : 'offered';
  }

  #acceptance(): Acceptance | null {
    const { result } = this.#contest;
    return result.kind === 'accepted' ? (this.#accepts.get(result.by.id) ?? null) : null;
  }

  #isKnown(version: number): boolean {
    return this.#versions.some((each) => each.version === version);
  }

  /** Who offered it, the lead who offered in their stead, or the one who owns it since they have gone. */
  #isSender(author: AgentId | null): boolean {
    return author !== null && [this.#body.fromId, this.#offer.author, this.#holderId].includes(author);
  }

  #step(kind: HandoffStep['kind'], event: HandoffLogEvent, detail: string): void {
    this.#steps.push({ kind, eventId: event.id, at: event.at, by: event.author, detail });
  }
}

function acceptanceOf(event: HandoffLogEvent, agentId: AgentId, body: Body<'handoff.accepted'>, expiresAt: Instant): Acceptance {
  const { hubId, isOnShift, packetVersion, lastInboundId, readBack } = body;
  const isLate = event.at > expiresAt;
  return { eventId: event.id, agentId, hubId, at: event.at, isOnShift, isLate, packetVersion, lastInboundId, readBack };
}
