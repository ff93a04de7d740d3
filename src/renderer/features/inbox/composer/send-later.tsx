import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { Status } from '../../../../shared/domain/case.ts';
import { capabilitiesFor } from '../../../../shared/domain/channel/capabilities.ts';
import { replyWindowEnd } from '../../../../shared/domain/channel/outbound-limits.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { askForSendTime, isTimeProblem, timeProblem, useReplyTimes } from '../../../state/reply-times.ts';
import { useReplyDue } from '../../../state/reply-due.ts';
import { useIsInTeam } from '../../../state/team.ts';
import { SendTimeDialog } from '../../../ui/send-time/send-time-dialog.tsx';
import { customerOf } from '../format/customer-of.ts';
import type { SendProblem } from './send-reply.ts';

export const SEND_LATER_KEY = 'mod+shift+enter';

interface SendLaterProps {
  readonly detail: CaseDetail;
  /** Whether there is something to send: else it is said in the composer what is missing. */
  readonly mayAsk: () => boolean;
  /** Queues the reply; at once without a time. Resolves with the code of the problem, or null. */
  readonly onSend: (thenStatus: Status | null, sendAt?: Instant) => Promise<SendProblem>;
}

/** Asks when the reply is to leave, by key, from the menu beside Send, or from the palette. */
export function SendLater({ detail, mayAsk, onSend }: SendLaterProps): ReactNode {
  const t = useWords('sendLater');
  const isTeam = useIsInTeam();
  const isOpen = useReplyTimes((state) => state.composing === detail.caseId);
  const thenStatus = useReplyTimes((state) => state.thenStatus);
  const due = useReplyDue(isOpen ? detail.caseId : null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useActions([
    {
      id: 'compose.sendLater',
      label: t('action'),
      area: 'compose',
      keys: [SEND_LATER_KEY],
      run: () => {
        if (mayAsk()) askForSendTime(detail.caseId);
      },
    },
    {
      id: 'compose.sendLaterSolve',
      label: t('afterwards.action'),
      area: 'compose',
      keys: [],
      run: () => {
        if (mayAsk()) askForSendTime(detail.caseId, 'solved');
      },
    },
  ]);
  const close = (): void => {
    setProblem(null);
    askForSendTime(null);
  };
  const send = async (at?: Instant): Promise<void> => {
    setBusy(true);
    const code = await onSend(thenStatus, at);
    setBusy(false);
    // everything else is said in the composer, where it can be mended
    if (code !== null && isTimeProblem(code)) setProblem(timeProblem(code));
    else close();
  };
  return (
    <SendTimeDialog
      open={isOpen}
      onClose={close}
      isChange={false}
      customer={customerOf(detail)}
      current={null}
      due={due}
      windowEnd={replyWindowEnd(capabilitiesFor(detail.channel, detail.origin), detail.lastInboundAt)}
      isTeam={isTeam}
      problem={problem}
      isBusy={isBusy}
      afterwards={{ status: thenStatus, onChange: (status) => useReplyTimes.setState({ thenStatus: status }) }}
      onChoose={(at) => void send(at)}
      onSendNow={() => void send()}
    />
  );
}
