import { useEffect } from 'react';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { keepAtHand } from '../../../bridge/client.ts';
import { useSession } from '../../../state/session.ts';
import { useInbox } from '../inbox-store.ts';

/** Whoever goes on within that time is on the way to another case. */
const REST_MS = 60;

/** The case that is opened next, as far as one can tell: the one under the cursor, or below the open one. */
function nextToOpen(order: readonly CaseId[], cursorCaseId: CaseId | null, selectedCaseId: CaseId | null): CaseId | null {
  if (selectedCaseId === null) return cursorCaseId;
  const at = order.indexOf(selectedCaseId);
  return at === -1 ? null : (order[at + 1] ?? null);
}

/** Keeps what a conversation shows first at hand for the case that is likely to be opened next. */
export function CaseAtHand(): null {
  const selectedCaseId = useSession((state) => state.selectedCaseId);
  const caseId = useInbox((state) => nextToOpen(state.order, state.cursorCaseId, selectedCaseId));
  useEffect(() => {
    if (caseId === null) return undefined;
    const kept: (() => void)[] = [];
    const timer = setTimeout(() => {
      kept.push(
        keepAtHand('cases.detail', { caseId }),
        keepAtHand('cases.timeline', { caseId }),
        keepAtHand('drafts.get', { caseId, kind: 'reply' }),
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      for (const stop of kept) stop();
    };
  }, [caseId]);
  return null;
}
