import i18next from 'i18next';
import type { Status, Tier } from '../../../../shared/domain/case.ts';
import type { PlainAction as CaseAction } from '../../../../shared/domain/case-actions.ts';
import type { CaseId, ContactId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { checkCases, selectCase, useSession } from '../../../state/session.ts';
import { deedUnderWay, offerUndo } from '../../../state/undo.ts';
import { disturbsWriters, sparingWriters } from '../../../state/writers.ts';
import { showToast } from '../../../ui/toast.tsx';
import { customerOf } from '../format/customer-of.ts';
import { currentCaseId, moveTo, useInbox } from '../inbox-store.ts';
import { nextAfterLeaving } from '../list/row-selection.ts';
import { showAtOnce } from './show-at-once.ts';

const inboxText = () => i18next.getFixedT(null, 'inbox');

/** Says in the corner why something did not work. */
export function tellFailure(code: string, detail: string): void {
  showToast({
    title: inboxText()('done.failed'),
    description: errorText(i18next.getFixedT(null, 'errors'), code) + (code === 'internal' || code === 'invalid' ? ` ${detail}` : ''),
    tone: 'problem',
  });
}

/** After these the agent is done with the case for now, and the next one comes up. */
function leavesDesk(action: CaseAction): boolean {
  return action.kind === 'snooze' || action.kind === 'snooze-until-shift' || (action.kind === 'status' && action.to === 'solved');
}

/** Which case it is, where it is one, for the list of what was done; undefined for many, and for one that is on no list here. */
function aboutOne(caseIds: readonly CaseId[]): string | undefined {
  const row = caseIds.length === 1 ? useInbox.getState().rows.find(({ caseId }) => caseId === caseIds[0]) : undefined;
  if (row === undefined) return undefined;
  return `${customerOf(row).name} · ${row.subject.trim() === '' ? inboxText()('conversation.noSubject') : row.subject}`;
}

/**
 * Does one thing to one case or many, as one operation with one undo. What can be said of it is shown at once, and
 * then what the engine answers.
 * @param label what was done, for the undo, made when the number of changed cases is known
 */
export async function applyAction(chosen: readonly CaseId[], action: CaseAction, label: (count: number) => string): Promise<boolean> {
  if (chosen.length === 0) {
    showToast({ title: inboxText()('done.noCase') });
    return false;
  }
  const caseIds = disturbsWriters(action, chosen) ? await sparingWriters(chosen) : chosen;
  if (caseIds === null) return false;
  const done = storeAction(caseIds, action, label);
  deedUnderWay(done);
  return done;
}

async function storeAction(caseIds: readonly CaseId[], action: CaseAction, label: (count: number) => string): Promise<boolean> {
  const current = currentCaseId();
  const { order } = useInbox.getState();
  const next = leavesDesk(action) ? nextAfterLeaving(order, current, new Set(caseIds)) : current;
  const about = aboutOne(caseIds);
  const opId = newOperationId();
  const takeBack = showAtOnce(caseIds, action);
  const answer = await call('cases.apply', { opId, caseIds: [...caseIds], action });
  if (!answer.ok || answer.value.changed === 0) takeBack();
  if (!answer.ok) {
    tellFailure(answer.error.code, answer.error.detail);
    return false;
  }
  if (answer.value.changed === 0) showToast({ title: inboxText()('done.nothing') });
  else if (answer.value.undoable) offerUndo({ opId, label: label(answer.value.changed), about });
  else showToast({ title: label(answer.value.changed), tone: 'ok' });
  if (caseIds.length > 1 || useSession.getState().checkedCaseIds.size > 0) checkCases([]);
  // Somebody may have moved on meanwhile; then they stay where they are.
  if (next !== current && currentCaseId() === current) {
    if (next === null) selectCase(null);
    else moveTo(next);
  }
  return true;
}

export async function applyStatus(caseIds: readonly CaseId[], to: Status): Promise<boolean> {
  const chosen = new Set(caseIds);
  const offers = to === 'solved' ? useInbox.getState().rows.filter((row) => chosen.has(row.caseId) && row.handoff !== null).length : 0;
  return applyAction(caseIds, { kind: 'status', to }, (count) => {
    const done = inboxText()(`done.${to}`, { count });
    // an offer that ended is history: undo brings the case back, and not the offer
    return offers === 0 ? done : inboxText()('done.offersEnded', { done, count: offers });
  });
}

/** Marks cases as read or unread, without ceremony. */
export async function markRead(caseIds: readonly CaseId[], read: boolean): Promise<void> {
  if (caseIds.length === 0) return;
  if (!read) useInbox.setState((state) => ({ keptUnread: new Set([...state.keptUnread, ...caseIds]) }));
  const answer = await call('cases.markRead', { opId: newOperationId(), caseIds: [...caseIds], read });
  if (!answer.ok) tellFailure(answer.error.code, answer.error.detail);
}

/** Sets how a contact is served. Resolves with the code of what is wrong, or null when it was done. */
export async function setTier(
  contactId: ContactId,
  name: string,
  tier: Tier,
  reason: string,
  until: Instant | null,
): Promise<string | null> {
  const answer = await call('contacts.setTier', { opId: newOperationId(), contactId, tier, reason, until });
  if (!answer.ok) return answer.error.code;
  const t = inboxText();
  showToast({ title: t('done.tier', { name, tier: t(`tier.${tier}`) }), tone: 'ok' });
  return null;
}
