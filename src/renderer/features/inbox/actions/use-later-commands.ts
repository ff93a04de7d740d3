import { useWords } from '../../../i18n/use-words.ts';
import type { OutboxRow } from '../../../../shared/contract/outbox.contract.ts';
import { call } from '../../../bridge/client.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { askForTime, sendReplyNow } from '../../../state/reply-times.ts';
import { useSession } from '../../../state/session.ts';
import { takeBack } from '../conversation/delivery-state.tsx';
import { currentCaseId, isComposerAwaited, useInbox } from '../inbox-store.ts';

/** The reply of the current case that waits for its time, and leaves first. */
async function waitingReply(): Promise<OutboxRow | null> {
  const caseId = currentCaseId();
  const answer = await call('outbox.list', {});
  if (caseId === null || !answer.ok) return null;
  const rows = answer.value.filter((row) => row.caseId === caseId && row.laterAt !== null && row.state === 'queued');
  return rows.toSorted((a, b) => (a.laterAt ?? 0) - (b.laterAt ?? 0))[0] ?? null;
}

/** True when the current case has such a reply, or when it is not on screen and that can not be told. */
function hasWaitingReply(): boolean {
  if (isComposerAwaited() || useSession.getState().route !== 'inbox') return false;
  const caseId = currentCaseId();
  const row = useInbox.getState().rows.find((each) => each.caseId === caseId);
  return caseId !== null && (row === undefined || row.sendsAt !== null);
}

async function withWaitingReply(work: (row: OutboxRow) => void): Promise<void> {
  const row = await waitingReply();
  if (row !== null) work(row);
}

/** What can be done with a reply that waits for its time; in the palette, and by keys that somebody gives them. */
export function useLaterCommands(): readonly Action[] {
  const t = useWords('sendLater');
  const command = (id: string, label: string, work: (row: OutboxRow) => void): Action => ({
    id,
    label,
    keys: [],
    area: 'case',
    when: hasWaitingReply,
    run: () => {
      void withWaitingReply(work);
    },
  });
  return [
    command('case.sendTime', t('command.change'), ({ outboxId, caseId, laterAt }) => askForTime({ outboxId, caseId, laterAt })),
    command('case.sendNow', t('command.now'), ({ outboxId }) => void sendReplyNow(outboxId)),
    command('case.takeBackReply', t('command.takeBack'), ({ outboxId, caseId }) => void takeBack(outboxId, caseId)),
  ];
}
