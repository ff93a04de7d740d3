import type { CaseEvent, CaseEventBody, CaseEventType } from '../case.ts';
import type { OwnersOnTop } from './rebase-owner.ts';
import { isAnswer, isCustomerMessage } from './rebase-rules.ts';
import type { Sight } from './sight.ts';
import { APPLY, drop, needsYou } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/**
 * A reply that was queued before it was known what others did. The reasons and their order are those of `holdReason` for what waits
 * in the outbox: `holdReasonOf` names them there.
 */
export function judgeReply(
  sight: Sight,
  body: Extract<CaseEventBody, { readonly type: 'case.replyQueued' }>,
  owners: OwnersOnTop,
): Verdict {
  const { event, theirs } = sight;
  // another time for it, or once more: it has left by now, or was taken back, and the fold passes over what comes behind that
  if (theirs.some((other) => isOf(other, body.messageId) && ENDS.has(other.body.type))) return APPLY;
  const answer = theirs.findLast((other) => isAnswer(other) && !isOf(other, body.messageId));
  if (event.actor === null || (body.auto ?? 'none') !== 'none') {
    // the machine decides again when it is to leave; another one may be about to say the same
    const known = answer ?? theirs.findLast((other) => other.body.type === 'case.replyQueued' && other.body.auto !== undefined);
    return known === undefined ? APPLY : drop(known === answer ? 'no-longer-true' : 'already-done', known);
  }
  const message = theirs.findLast(isCustomerMessage);
  if (message !== undefined) return needsYou('customer-wrote', 'reply', message);
  if (answer !== undefined) return needsYou('colleague-replied', 'reply', answer);
  const moved = owners.movedSince(event, theirs);
  if (moved !== null) return needsYou(moved.body.type === 'case.claimed' ? 'claimed-by-other' : 'owner-changed', 'reply', moved);
  const status = theirs.findLast((other) => other.body.type === 'case.statusChanged');
  if (status?.body.type === 'case.statusChanged' && status.body.to !== sight.before()?.status)
    return needsYou('status-changed-by-other', 'reply', status);
  return APPLY;
}

/** After these the same reply does not wait any more. */
const ENDS: ReadonlySet<string> = new Set(['case.replySent', 'case.replyCancelled'] satisfies CaseEventType[]);

/** The same reply, queued or sent again. */
function isOf({ body }: CaseEvent, messageId: string): boolean {
  return 'messageId' in body && body.messageId === messageId;
}
