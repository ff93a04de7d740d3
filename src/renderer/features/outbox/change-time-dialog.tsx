import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { capabilitiesFor } from '../../../shared/domain/channel/capabilities.ts';
import { replyWindowEnd } from '../../../shared/domain/channel/outbound-limits.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import {
  askForTime,
  changeTime,
  isTimeProblem,
  sendReplyNow,
  tellReplyProblem,
  timeProblem,
  useReplyTimes,
} from '../../state/reply-times.ts';
import type { TimeQuestion } from '../../state/reply-times.ts';
import { useReplyDue } from '../../state/reply-due.ts';
import { useIsInTeam } from '../../state/team.ts';
import { SendTimeDialog } from '../../ui/send-time/send-time-dialog.tsx';
import { sendTimeWords } from '../../ui/send-time/send-time-words.ts';
import type { SendCustomer } from '../../ui/send-time/send-time-words.ts';

const NOBODY: SendCustomer = { name: '', zone: null, offsetMinutes: null };

/** Gives a reply that waits another time, from wherever it was asked for. */
export function ChangeTimeDialog(): ReactNode {
  const asked = useReplyTimes((state) => state.asked);
  // the words of a dialog that is closing stay
  const [shown, setShown] = useState<TimeQuestion | null>(null);
  if (asked !== null && asked !== shown) setShown(asked);
  return shown === null ? null : <ChangeTime key={shown.outboxId} question={shown} isOpen={asked !== null} />;
}

function ChangeTime({ question, isOpen }: { readonly question: TimeQuestion; readonly isOpen: boolean }): ReactNode {
  const t = useWords('sendLater');
  const formats = useFormats();
  const isTeam = useIsInTeam();
  const detail = useLiveValue('cases.detail', { caseId: question.caseId }, null);
  const due = useReplyDue(isOpen ? question.caseId : null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const customer: SendCustomer =
    detail === null
      ? NOBODY
      : {
          name: detail.contactName === '' ? detail.contactAddress : detail.contactName,
          zone: detail.contactZone,
          offsetMinutes: detail.contactOffsetMinutes,
        };
  const close = (): void => {
    setProblem(null);
    askForTime(null);
  };
  const choose = async (at: Instant): Promise<void> => {
    setBusy(true);
    const code = await changeTime(question.outboxId, at, sendTimeWords(t, formats, at, clock.now(), customer));
    setBusy(false);
    if (code !== null && isTimeProblem(code)) {
      setProblem(timeProblem(code));
      return;
    }
    close();
    if (code !== null) tellReplyProblem(code);
  };
  return (
    <SendTimeDialog
      open={isOpen && detail !== null}
      onClose={close}
      isChange
      customer={customer}
      current={question.laterAt}
      due={due}
      windowEnd={detail === null ? null : replyWindowEnd(capabilitiesFor(detail.channel, detail.origin), detail.lastInboundAt)}
      isTeam={isTeam}
      problem={problem}
      isBusy={isBusy}
      onChoose={(at) => void choose(at)}
      onSendNow={() => {
        close();
        void sendReplyNow(question.outboxId);
      }}
    />
  );
}
