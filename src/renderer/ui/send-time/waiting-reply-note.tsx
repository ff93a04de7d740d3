import { CalendarClock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { sendTimeWords } from './send-time-words.ts';
import './send-time.css';

interface WaitingReplyNoteProps {
  readonly row: {
    readonly sendsAt: Instant | null;
    readonly contactName: string;
    readonly contactAddress: string;
    readonly contactZone: string | null;
    readonly contactOffsetMinutes: number | null;
  };
}

/** For whoever gives a case away, and whoever gets it: that a reply waits for its time, and what becomes of it. */
export function WaitingReplyNote({ row }: WaitingReplyNoteProps): ReactNode {
  const t = useWords('sendLater');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { sendsAt, contactName, contactAddress, contactZone: zone, contactOffsetMinutes: offsetMinutes } = row;
  if (sendsAt === null) return null;
  const customer = { name: contactName === '' ? contactAddress : contactName, zone, offsetMinutes };
  return (
    <p className="m-send-note" role="note">
      <CalendarClock aria-hidden="true" />
      <span>{t('handoff', { when: sendTimeWords(t, formats, sendsAt, now, customer) })}</span>
    </p>
  );
}
