import type { CaseEvent } from '../case.ts';
import type { PromiseEvent, PromiseEventBody } from './promise.ts';

/**
 * What an event of a case means for its promises, or null when nothing. Messages count at the channel's time, as they do
 * for the clocks of an SLA. The events of the promises themselves are not among these.
 */
export function promiseEventOf(event: CaseEvent): PromiseEvent | null {
  const found = bodyOf(event);
  return found === null ? null : { id: event.id, sequence: event.sequence, at: found.at, actor: event.actor, body: found.body };
}

function bodyOf({ at, body }: CaseEvent): (Pick<PromiseEvent, 'at'> & { readonly body: PromiseEventBody }) | null {
  switch (body.type) {
    case 'case.replySent':
      return { at: body.at, body: { type: 'message-accepted', messageId: body.messageId, by: 'human' } };
    case 'case.messageImported':
      return { at: body.at, body: { type: 'message-accepted', messageId: body.messageId, by: body.auto === 'none' ? 'human' : 'auto' } };
    case 'case.replyFailed':
      return { at, body: { type: 'message-failed', messageId: body.messageId } };
    case 'case.deliveryFailed':
      return body.permanent ? { at, body: { type: 'message-failed', messageId: body.messageId } } : null;
    case 'case.claimed':
    case 'case.assigned':
      return { at, body: { type: 'owner-changed', ownerId: body.agentId } };
    case 'case.released':
      return { at, body: { type: 'owner-changed', ownerId: null } };
    default:
      return null;
  }
}
