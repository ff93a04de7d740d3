import type { ReactNode } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { sendTimeWords } from '../../../ui/send-time/send-time-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { customerOf } from '../format/customer-of.ts';
import { Mark } from './mark.tsx';
import { rowIcons } from './row-icons.ts';

/** That a reply of the case waits for its time. */
export function LaterMark({ row, at }: { readonly row: CaseRow; readonly at: Instant }): ReactNode {
  const t = useWords('sendLater');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const text = t('mark', { when: sendTimeWords(t, formats, at, now, customerOf(row)) });
  return (
    <Mark text={text} tone="accent">
      {rowIcons.calendarClock}
    </Mark>
  );
}
