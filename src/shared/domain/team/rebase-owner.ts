import type { CaseEvent, CaseEventBody } from '../case.ts';
import { handoffLogEventOf } from '../case-owners.ts';
import type { HandoffLogEvent } from '../handoff/handoff-event.ts';
import { currentVersion } from '../handoff/handoff.ts';
import type { Outcome } from '../handoff/handoff.ts';
import { OwnershipFold } from '../handoff/ownership-fold.ts';
import type { OwnershipSummary } from '../handoff/ownership-fold.ts';
import type { AgentId } from '../ids.ts';
import { fieldOf } from './rebase-rules.ts';
import { sameContent } from './same-content.ts';
import type { Sight } from './sight.ts';
import { APPLY, drop, following, merge, needsYou } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Claims, assignments, releases and handoffs: what they come to is the fold's word, and here is only asked for it. */

/** Whether the fold of the ownership decides about it. */
export function isOfOwnership({ body }: CaseEvent): boolean {
  return isMove(body.type) || body.type.startsWith('handoff.');
}

function isMove(type: string): boolean {
  return type === 'case.claimed' || type === 'case.assigned' || type === 'case.released';
}

interface Placed {
  readonly event: HandoffLogEvent;
  readonly sequence: number;
}

/** The ownership of a case with those pending events on top that are passed on, as if the log confirmed them now. */
export class OwnersOnTop {
  #fold = new OwnershipFold();
  readonly #placed: Placed[] = [];
  #last = 0;
  /** By the place that a pending event has here: the ownership once it is confirmed. */
  readonly #epochs = new Map<number, number>();
  /** The event that made an ownership, by its epoch; of a pending one its provisional place, which stands in what was written on it. */
  readonly #makers = new Map<number, { readonly id: string; readonly place: number }>();

  constructor(confirmed: readonly CaseEvent[]) {
    for (const event of confirmed) {
      this.#last = Math.max(this.#last, event.sequence);
      const found = handoffLogEventOf(event);
      if (found !== null) this.#append(found, event.sequence, event.sequence);
    }
  }

  summary(): OwnershipSummary {
    return this.#fold.summary();
  }

  /** What a pending event comes to. Its effect stays only when it has one. */
  take(event: CaseEvent, epoch: number | null = this.#epochOf(event)): Outcome {
    const found = handoffLogEventOf(event);
    // in the stream of a case that was merged into this one it moves nothing
    if (found === null) return { kind: 'applied' };
    const sequence = this.#last + 1;
    const outcome = this.#append({ ...found, sequence, epoch }, sequence, event.sequence);
    if (outcome.kind === 'void') this.#withoutLast();
    else {
      this.#last = sequence;
      this.#epochs.set(event.sequence, this.summary().epoch);
    }
    return outcome;
  }

  /** What the log may have already. What follows it is on the ownership that it made, or on the one that makes it needless. */
  takeAnyway(event: CaseEvent): void {
    const outcome = this.take(event);
    if (outcome.kind === 'void' && isMove(event.body.type) && wantedBy(event.body) === this.summary().assigneeId) this.isAsWanted(event);
  }

  /** Nothing came of it, because it is as its author wants it already: what they did next is on the ownership that there is. */
  isAsWanted(event: CaseEvent): void {
    this.#epochs.set(event.sequence, this.summary().epoch);
  }

  /** The ownership that there is, as it is written on what is done now: a provisional place while its maker is pending. */
  get writtenEpoch(): number {
    const { epoch } = this.summary();
    return this.#makers.get(epoch)?.place ?? epoch;
  }

  /** Which of others' events made the ownership that there is; null when none of them did. */
  maker(theirs: readonly CaseEvent[]): CaseEvent | null {
    const id = this.#makers.get(this.summary().epoch)?.id;
    return theirs.find((other) => other.id === id) ?? null;
  }

  /** Which of others' events moved the case since this was written; null when it is still the ownership that its author saw. */
  movedSince(event: CaseEvent, theirs: readonly CaseEvent[]): CaseEvent | null {
    const epoch = this.#epochOf(event);
    if (epoch === null || epoch === this.summary().epoch) return null;
    return this.maker(theirs);
  }

  /** The packet of a handoff, and the answer to a question about it. */
  handoff(handoffId: string): ReturnType<OwnershipFold['state']>['handoffs'][number] | undefined {
    return this.#fold.state().handoffs.find((each) => each.handoffId === handoffId);
  }

  #epochOf({ epoch }: CaseEvent): number | null {
    return epoch === null ? null : (this.#epochs.get(epoch) ?? epoch);
  }

  #append(event: HandoffLogEvent, sequence: number, place: number): Outcome {
    const before = this.summary().epoch;
    this.#fold.append(event, sequence);
    this.#placed.push({ event, sequence });
    const { epoch } = this.summary();
    if (epoch !== before) this.#makers.set(epoch, { id: event.id, place });
    return this.#fold.state().outcomes.get(event.id) ?? { kind: 'applied' };
  }

  /** What is void can have left a trace all the same: an answer that lost is an answer. */
  #withoutLast(): void {
    this.#placed.pop();
    this.#fold = new OwnershipFold();
    for (const { event, sequence } of this.#placed) this.#fold.append(event, sequence);
  }
}

/** What is written down beside an act, or by the clock: nobody waits for it, and in the log it is void by itself. */
const BESIDE: ReadonlySet<string> = new Set(['handoff.settled', 'handoff.superseded', 'handoff.expired']);

export function judgeOwner(sight: Sight, owners: OwnersOnTop, held: readonly CaseEvent[]): Verdict {
  const { event, theirs, isProgram } = sight;
  const { body } = event;
  const outcome = owners.take(event);
  if (outcome.kind === 'applied') return APPLY;
  const root = held.find((other) => isStepAfter(event, other));
  const maker = owners.maker(theirs);
  const met = theirs.find((other) => other.id === outcome.to) ?? maker ?? theirs.findLast(isOfOwnership) ?? null;
  if (isProgram) return met === null && root === undefined ? APPLY : drop('no-longer-true', met);
  if (root !== undefined) return following(root, needsYou('owner-changed', fieldOf(body.type), met));
  // nobody else had a hand in it: it was as void where it was done
  if (met === null) return APPLY;
  if (isMove(body.type) && wantedBy(body) === owners.summary().assigneeId) {
    owners.isAsWanted(event);
    return merge('same-by-other', [met]);
  }
  if (body.type === 'case.claimed' && owners.summary().assigneeId === null) return claimedAnew(event, owners, met);
  if (BESIDE.has(body.type)) return merge('both-kept', [met]);
  if (outcome.reason === 'changed-mind') return merge('both-kept', [met]);
  return isSaidAlready(body, owners) ? merge('same-by-other', [met]) : needsYou(reasonFor(body, outcome, met), fieldOf(body.type), met);
}

/** It has gone through other hands and is in the queue: whoever wanted it may have it. */
function claimedAnew(event: CaseEvent, owners: OwnersOnTop, met: CaseEvent): Verdict {
  const epoch = owners.writtenEpoch;
  const outcome = owners.take(event, owners.summary().epoch);
  return outcome.kind === 'applied' ? merge('on-top', [met], epoch) : needsYou('claimed-by-other', 'owner', met);
}

function reasonFor(
  body: CaseEventBody,
  outcome: Extract<Outcome, { readonly kind: 'void' }>,
  met: CaseEvent,
): 'claimed-by-other' | 'owner-changed' | 'saved-by-other' | 'decided-by-other' {
  if (body.type === 'case.claimed' && met.body.type === 'case.claimed') return 'claimed-by-other';
  if (body.type === 'handoff.packetEdited' && outcome.reason === 'unknown-version') return 'saved-by-other';
  if (body.type === 'handoff.answered' && outcome.reason === 'repeated') return 'decided-by-other';
  return 'owner-changed';
}

/** Who the case is to be with; null: the queue. */
function wantedBy(body: CaseEventBody): AgentId | null {
  return body.type === 'case.claimed' || body.type === 'case.assigned' ? body.agentId : null;
}

/** Others wrote the same, or it was said twice. */
function isSaidAlready(body: CaseEventBody, owners: OwnersOnTop): boolean {
  if (!('handoffId' in body) || body.handoffId === null) return false;
  const handoff = owners.handoff(body.handoffId);
  if (handoff === undefined) return false;
  switch (body.type) {
    case 'handoff.packetEdited':
      return sameContent(currentVersion(handoff).packet, body.packet);
    case 'handoff.answered':
      return handoff.questions.find((each) => each.questionId === body.questionId)?.answer?.text === body.text;
    case 'handoff.withdrawn':
      return handoff.state === 'withdrawn';
    case 'handoff.returned':
      return handoff.state === 'returned';
    default:
      return false;
  }
}

/** Whether it was done on what an own event that waits for a person would have made. */
function isStepAfter(event: CaseEvent, held: CaseEvent): boolean {
  if (event.epoch === held.sequence) return true;
  const { body } = event;
  const on = held.body;
  return 'handoffId' in body && 'handoffId' in on && body.handoffId !== null && body.handoffId === on.handoffId;
}
