import type { CaseEvent } from '../case.ts';
import type { AgentId } from '../ids.ts';
import type { PromiseEvent, PromiseEventBody } from './promise.ts';

/**
 * Reads a case's events, in the order of the log, for what its promises look at. Whoever owns the case owes them: who that
 * is after an event, the fold of the ownership tells.
 */
export class PromiseReader {
  #ownerId: AgentId | null = null;

  /** @param ownerId who answers for the case once the event has happened */
  read(event: CaseEvent, ownerId: AgentId | null): readonly PromiseEvent[] {
    const own = promiseEventOf(event);
    if (ownerId === this.#ownerId) return own === null ? [] : [own];
    this.#ownerId = ownerId;
    const { id, sequence, at, actor } = event;
    return [...(own === null ? [] : [own]), { id: `${id}#owner`, sequence, at, actor, body: { type: 'owner-changed', ownerId } }];
  }
}

/**
 * What an event of a case means for its promises, or null when nothing. Messages count at the channel's time, as they do
 * for the clocks of an SLA. Who owes them is told by the fold of the ownership: see `PromiseReader`.
 */
export function promiseEventOf(event: CaseEvent): PromiseEvent | null {
  const found = bodyOf(event);
  return found === null ? null : { id: event.id, sequence: event.sequence, at: found.at, actor: event.actor, body: found.body };
}

function bodyOf({ at, body }: CaseEvent): (Pick<PromiseEvent, 'at'> & { readonly body: PromiseEventBody }) | null {
  switch (body.type) {
    case 'case.replySent':
      return {
        at: body.at,
        body: { type: 'message-accepted', messageId: body.messageId, by: (body.auto ?? 'none') === 'none' ? 'human' : 'auto' },
      };
    case 'case.messageImported':
      return { at: body.at, body: { type: 'message-accepted', messageId: body.messageId, by: body.auto === 'none' ? 'human' : 'auto' } };
    case 'case.replyFailed':
      return { at, body: { type: 'message-failed', messageId: body.messageId } };
    case 'case.deliveryFailed':
      return body.permanent ? { at, body: { type: 'message-failed', messageId: body.messageId } } : null;
    case 'promise.made':
      return { at, body: { ...body, type: 'promise-made' } };
    case 'promise.kept':
      return { at, body: { ...body, type: 'promise-kept' } };
    case 'promise.released':
      return { at, body: { ...body, type: 'promise-released' } };
    default:
      return null;
  }
}
