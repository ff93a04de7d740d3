import type { Scene } from './handoff-scene.ts';
import type { News } from '../store/handoff-news.store.ts';
import type { EngineEvent } from '../../../shared/contract/workspace.contract.ts';
import type { Handoff, Ownership } from '../../../shared/domain/handoff/handoff.ts';
import type { AgentId, HandoffId, MessageId } from '../../../shared/domain/ids.ts';

export type HandoffNews = Extract<EngineEvent, { readonly type: 'handoff' }>['what'];

/** Something to tell the person at this desk. */
export interface Told {
  readonly what: HandoffNews;
  /** Null: the case was not being offered. */
  readonly handoffId: HandoffId | null;
}

/** Whether an offer is meant for the person: for them, for a hub of theirs, or for whoever is there. */
export function isMeantFor({ to, fromId }: Handoff, me: AgentId, { hubs, duty, now }: Scene): boolean {
  if (fromId === me) return false;
  switch (to.kind) {
    case 'agent':
      return to.agentId === me;
    case 'hub':
      return hubs.includes(to.hubId);
    case 'queue':
      return !duty.hasPlan || duty.isOnShift(me, now);
  }
}

/** What an event of a case tells the person at this desk about its handoffs. What they did themselves is no news. */
export function newsFor(news: News, ownership: Ownership, scene: Scene, actorOf: (eventId: string) => AgentId | null): readonly Told[] {
  const me = scene.agent?.agentId ?? null;
  if (me === null) return [];
  const overruled = overruledBy(news, ownership, me, actorOf);
  if (news.actor === me || ownership.outcomes.get(news.id)?.kind === 'void') return overruled;
  if (news.body.type === 'case.messageReceived') return wroteIn(ownership, news.body.messageId, me, scene);
  const { body } = news;
  if (body.type === 'handoff.escalated' && body.toId === me) return [...overruled, { what: 'escalated', handoffId: body.handoffId }];
  const handoffId = 'handoffId' in body ? body.handoffId : null;
  const handoff = ownership.handoffs.find((each) => each.handoffId === handoffId);
  const what = handoff === undefined ? null : whatFor(body.type, handoff, me, scene);
  return what === null || handoff === undefined ? overruled : [...overruled, { what, handoffId: handoff.handoffId }];
}

/** The person's own answer does not count because of this one. */
function overruledBy(news: News, ownership: Ownership, me: AgentId, actorOf: (eventId: string) => AgentId | null): readonly Told[] {
  const { body, actor } = news;
  if (actor === me || !('handoffId' in body) || body.handoffId === null) return [];
  const isLost = [...ownership.outcomes].some(
    ([id, outcome]) => outcome.kind === 'void' && outcome.reason === 'overruled' && outcome.to === news.id && actorOf(id) === me,
  );
  return isLost ? [{ what: 'overruled', handoffId: body.handoffId }] : [];
}

function wroteIn({ handoffs }: Ownership, messageId: MessageId, me: AgentId, scene: Scene): readonly Told[] {
  return handoffs
    .filter((each) => each.messagesSince.includes(messageId))
    .filter((each) => each.state === 'offered' || each.state === 'expired' || each.state === 'accepted')
    .filter((each) => isSenders(each, me) || each.acceptance?.agentId === me || (each.acceptance === null && isMeantFor(each, me, scene)))
    .map((each) => ({ what: 'customer-wrote', handoffId: each.handoffId }));
}

function isSenders({ fromId, holderId }: Handoff, me: AgentId): boolean {
  return fromId === me || holderId === me;
}

function whatFor(type: News['body']['type'], handoff: Handoff, me: AgentId, scene: Scene): HandoffNews | null {
  const isSender = isSenders(handoff, me);
  const isReceiver = handoff.acceptance === null ? isMeantFor(handoff, me, scene) : handoff.acceptance.agentId === me;
  switch (type) {
    case 'handoff.offered':
      return isMeantFor(handoff, me, scene) ? 'offered' : null;
    case 'handoff.accepted':
      return isSender ? 'accepted' : null;
    case 'handoff.declined':
      return isSender ? 'declined' : null;
    case 'handoff.returned':
      return isSender ? 'returned' : null;
    case 'handoff.expired':
      return isSender || isReceiver ? 'expired' : null;
    case 'handoff.escalated':
      return isSender || isReceiver ? 'went-to-lead' : null;
    case 'handoff.withdrawn':
      return isReceiver ? 'withdrawn' : null;
    case 'handoff.packetEdited':
      return isReceiver ? 'edited' : null;
    case 'handoff.asked':
      return isSender ? 'asked' : null;
    case 'handoff.answered':
      return handoff.questions.some((each) => each.answer !== null && each.askedBy === me) ? 'answered' : null;
    default:
      return null;
  }
}
