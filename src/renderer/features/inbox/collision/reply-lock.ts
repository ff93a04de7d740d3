import i18next from 'i18next';
import { useWords } from '../../../i18n/use-words.ts';
import type { ReplyLock } from '../../../../shared/contract/team.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, liveQueries, newOperationId } from '../../../bridge/client.ts';
import type { Live } from '../../../bridge/live-queries.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { isInsidePopup } from '../../../shortcuts/keys.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { useSession } from '../../../state/session.ts';
import { noteWriting } from '../../../state/writing.ts';
import { showToast } from '../../../ui/toast.tsx';
import { tellFailure } from '../actions/apply-actions.ts';
import { startWriting } from '../inbox-store.ts';

/** With a modifier: who types without looking must not take anything over by the first letter of a word. */
export const TAKE_OVER_KEY = 'alt+t';

const FREE: ReplyLock = { holder: null, lost: null };

/** Whether a colleague writes the reply of a case, now and whenever that changes. Free until it is known: nothing blocks. */
export function useReplyLock(caseId: CaseId): ReplyLock {
  return useLiveValue('team.replyLock', { caseId }, FREE);
}

/** The same at once, of a case whose lock is being watched. */
function lockNow(caseId: CaseId): ReplyLock {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract types what comes back for a name; the store in between keeps plain data
  const live = liveQueries.open('team.replyLock', { caseId }).snapshot() as Live<ReplyLock>;
  return live.state === 'ready' ? live.value : FREE;
}

/** Takes the reply over and puts the cursor into it. */
export async function takeReplyOver(caseId: CaseId): Promise<void> {
  const { holder } = lockNow(caseId);
  const answer = await call('team.takeOverReply', { opId: newOperationId(), caseId });
  if (!answer.ok) {
    tellFailure(answer.error.code, answer.error.detail);
    return;
  }
  noteWriting(caseId);
  startWriting(caseId, 'reply');
  const t = i18next.getFixedT(null, 'collision');
  if (holder !== null) showToast({ title: t('lock.yours'), description: t('lock.yoursText', { name: holder.name }), tone: 'ok' });
}

/** The one key that takes a locked reply over: there only while the reply of the open case is locked. */
export function useLockCommands(): readonly Action[] {
  const t = useWords('collision');
  const locked = (): CaseId | null => {
    const { route, selectedCaseId } = useSession.getState();
    return route === 'inbox' && selectedCaseId !== null && lockNow(selectedCaseId).holder !== null ? selectedCaseId : null;
  };
  return [
    {
      id: 'compose.takeOver',
      label: t('lock.command'),
      area: 'compose',
      keys: [TAKE_OVER_KEY],
      when: () => locked() !== null && !isInsidePopup(document.activeElement),
      run: () => {
        const caseId = locked();
        if (caseId !== null) void takeReplyOver(caseId);
      },
    },
  ];
}
