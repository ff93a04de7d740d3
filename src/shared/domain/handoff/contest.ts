import type { AgentId, HubId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { compareClocks } from './handoff-event.ts';
import type { Recipient } from './packet.ts';

/**
 * The answers to one offer, given by people who may not have known of each other. What comes of them is a function of
 * the whole set, so it is the same in whatever order they were found out, but for the last resort: the order of the log.
 */
export interface Answer {
  readonly kind: 'accept' | 'decline' | 'withdraw';
  readonly id: string;
  readonly sequence: number;
  readonly hlc: string;
  readonly at: Instant;
  readonly agentId: AgentId;
  /** Of accepts: the receiver's hub, and whether they were on shift. */
  readonly hubId: HubId | null;
  readonly isOnShift: boolean;
}

export type Result = { readonly kind: 'open' } | { readonly kind: 'accepted' | 'withdrawn' | 'declined'; readonly by: Answer };

export interface Contest {
  readonly result: Result;
  /** Answers that do not count, and the one that they yielded to. */
  readonly lost: readonly { readonly id: string; readonly to: string; readonly reason: 'overruled' | 'changed-mind' | 'repeated' }[];
}

/**
 * Who gets the case. Of one person's accept and decline the later counts. An accept beats the sender's withdrawal when it
 * was made before it and in time. Of several accepts: whoever the offer named, else who was on shift, else the log's order.
 */
export function resolve(to: Recipient, expiresAt: Instant, answers: readonly Answer[]): Contest {
  const lost: { id: string; to: string; reason: 'overruled' | 'changed-mind' | 'repeated' }[] = [];
  const stands = (answer: Answer): boolean => {
    if (answer.kind === 'withdraw') return true;
    const own = answers.filter((each) => each.kind !== 'withdraw' && each.agentId === answer.agentId).sort((a, b) => compareClocks(a, b));
    const last = own.at(-1) ?? answer;
    const earlier = own.findLastIndex((each) => each.kind !== last.kind);
    const chosen = own[earlier + 1] ?? answer;
    if (chosen.id !== answer.id)
      lost.push({ id: answer.id, to: chosen.id, reason: chosen.kind === answer.kind ? 'repeated' : 'changed-mind' });
    return chosen.id === answer.id;
  };
  const standing = answers.filter(stands);
  // the sender has as many devices as others: what they did first counts
  const [withdrawal, ...repeated] = standing.filter((each) => each.kind === 'withdraw').sort(compareClocks);
  for (const each of repeated) lost.push({ id: each.id, to: withdrawal?.id ?? each.id, reason: 'repeated' });
  const accepts = standing
    .filter((each) => each.kind === 'accept')
    .filter((each) => {
      if (withdrawal === undefined || (compareClocks(each, withdrawal) < 0 && each.at <= expiresAt)) return true;
      lost.push({ id: each.id, to: withdrawal.id, reason: 'overruled' });
      return false;
    })
    .sort(
      (a, b) => Number(isNamed(to, b)) - Number(isNamed(to, a)) || Number(b.isOnShift) - Number(a.isOnShift) || a.sequence - b.sequence,
    );
  const [winner, ...others] = accepts;
  if (winner !== undefined) {
    const losers = withdrawal === undefined ? others : [...others, withdrawal];
    for (const each of losers) lost.push({ id: each.id, to: winner.id, reason: 'overruled' });
    return { result: { kind: 'accepted', by: winner }, lost };
  }
  if (withdrawal !== undefined) return { result: { kind: 'withdrawn', by: withdrawal }, lost };
  const refusal = standing.find((each) => each.kind === 'decline' && endsOffer(to, each));
  return { result: refusal === undefined ? { kind: 'open' } : { kind: 'declined', by: refusal }, lost };
}

/** Whether the offer means this person, and not merely lets them take it. */
export function isNamed(to: Recipient, answer: { readonly agentId: AgentId; readonly hubId: HubId | null }): boolean {
  switch (to.kind) {
    case 'agent':
      return to.agentId === answer.agentId;
    case 'hub':
      return to.hubId === answer.hubId;
    case 'queue':
      return false;
  }
}

/** One of a hub or a queue who will not leaves it to the others. */
function endsOffer(to: Recipient, answer: Answer): boolean {
  return to.kind === 'agent' && to.agentId === answer.agentId;
}
