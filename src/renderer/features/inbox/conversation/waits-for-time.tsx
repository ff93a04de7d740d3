import { CalendarClock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { DeliveryRow } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { lateBy } from '../../../../shared/domain/send-later/send-later.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { askForTime, changeTime, sendReplyNow, tellReplyProblem } from '../../../state/reply-times.ts';
import { Button } from '../../../ui/button.tsx';
import { sendTimeWords } from '../../../ui/send-time/send-time-words.ts';
import { customerOf } from '../format/customer-of.ts';

interface WaitsProps {
  readonly delivery: DeliveryRow;
  readonly laterAt: Instant;
  readonly caseId: CaseId;
  readonly onTakeBack: () => void;
}

/** When a reply of a case leaves, on both clocks; empty while the customer is not known. */
export function useSendTimeWords(caseId: CaseId, at: Instant): string {
  const t = useWords('sendLater');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const detail = useLiveValue('cases.detail', { caseId }, null);
  return detail === null ? '' : sendTimeWords(t, formats, at, now, customerOf(detail));
}

/** A reply that leaves at a time of its own: when, and what can be done until then. */
export function WaitsForTime({ delivery, laterAt, caseId, onTakeBack }: WaitsProps): ReactNode {
  const t = useWords('sendLater');
  const tInbox = useWords('inbox');
  const now = useNow((current) => (current < laterAt ? laterAt : null));
  const when = useSendTimeWords(caseId, laterAt);
  const { outboxId } = delivery;
  return (
    <div className="ib-delivery" data-tone="accent">
      <CalendarClock aria-hidden="true" />
      <span className="tabular">
        {now < laterAt ? t('leaves', { when }) : t('leavesSoon')}
        {delivery.thenStatus !== null && ` · ${t('afterwards.told', { status: tInbox(`status.${delivery.thenStatus}`) })}`}
      </span>
      <Button size="sm" onClick={onTakeBack}>
        {t('edit')}
      </Button>
      <Button size="sm" onClick={() => askForTime({ outboxId, caseId, laterAt })}>
        {t('changeTime')}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => void sendReplyNow(outboxId)}>
        {t('sendNow')}
      </Button>
    </div>
  );
}

/** For one that is held back before its time: it may leave then all the same, or at another time. */
export function TimeChoices({ delivery, caseId }: { readonly delivery: DeliveryRow; readonly caseId: CaseId }): ReactNode {
  const t = useWords('sendLater');
  const { laterAt, outboxId, holdReason } = delivery;
  const now = useNow((current) => (laterAt !== null && current < laterAt ? laterAt : null));
  const when = useSendTimeWords(caseId, laterAt ?? now);
  if (laterAt === null || holdReason === 'guard') return null;
  const keep = async (): Promise<void> => {
    const code = await changeTime(outboxId, laterAt, when);
    if (code !== null) tellReplyProblem(code);
  };
  return (
    <>
      {laterAt > now && (
        <Button size="sm" onClick={() => void keep()}>
          {t('keepTime', { when })}
        </Button>
      )}
      <Button size="sm" onClick={() => askForTime({ outboxId, caseId, laterAt })}>
        {t('changeTime')}
      </Button>
    </>
  );
}

/** That a reply left later than it was to. */
export function LeftLate({
  delivery,
  sentAt,
  caseId,
}: {
  readonly delivery: DeliveryRow;
  readonly sentAt: Instant;
  readonly caseId: CaseId;
}): ReactNode {
  const t = useWords('sendLater');
  const formats = useFormats();
  const when = useSendTimeWords(caseId, delivery.laterAt ?? sentAt);
  const late = lateBy(delivery.laterAt, sentAt);
  return late === null ? null : <span className="tabular">{t('late', { by: formats.duration(late), when })}</span>;
}
