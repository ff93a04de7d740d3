import { BellRing } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { MyShifts } from '../../../shared/contract/coverage.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { tellRefused } from './tell.ts';
import { useTurnWords } from './turn-words.ts';

type Told = MyShifts['notices'][number]['shifts'][number];

/** A publishing of a whole month is not read line by line. */
const MOST_AT_ONCE = 4;

/** What comes as a surprise first: at short notice, then what was there before, then what is new. */
function sortedTold(shifts: readonly Told[]): readonly Told[] {
  const rank = (shift: Told): number => (shift.isLate ? 0 : shift.kind === 'added' ? 2 : 1);
  return [...shifts].sort((a, b) => rank(a) - rank(b));
}

/** How my shifts were changed since I last said that I have seen it. */
export function Notices({ mine }: { readonly mine: MyShifts }): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(mine.zone);
  const [isBusy, setBusy] = useState(false);
  if (mine.notices.length === 0) return null;
  const acknowledge = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('plan.dismissNotices', { opId: newOperationId() });
    setBusy(false);
    if (!answer.ok) tellRefused(answer.error.code);
  };
  return (
    <section className="shifts-notices" aria-label={t('notices.title')}>
      <header>
        <BellRing aria-hidden="true" />
        <h2>{t('notices.title')}</h2>
        <Button size="sm" loading={isBusy} onClick={() => void acknowledge()}>
          {t('notices.seen')}
        </Button>
      </header>
      {mine.notices.map((notice) => (
        <div key={notice.publicationId}>
          <p className="muted tabular">
            {t('notices.by', { name: notice.byName ?? t('notices.someone'), at: words.formats.dateTime(notice.at) })}
          </p>
          {shiftList(sortedTold(notice.shifts).slice(0, MOST_AT_ONCE))}
          {notice.shifts.length > MOST_AT_ONCE && (
            <details>
              <summary>{t('notices.more', { count: notice.shifts.length - MOST_AT_ONCE })}</summary>
              {shiftList(sortedTold(notice.shifts).slice(MOST_AT_ONCE))}
            </details>
          )}
        </div>
      ))}
    </section>
  );

  function shiftList(shifts: readonly Told[]): ReactNode {
    return (
      <ul>
        {shifts.map((shift) => (
          <li key={`${shift.shiftId} ${shift.kind}`}>
            <span className="tabular">{toldWords(shift)}</span>
            {shift.isLate && <Badge tone="soon">{t('notices.late')}</Badge>}
          </li>
        ))}
      </ul>
    );
  }

  function toldWords(shift: Told): string {
    const before = shift.before === null ? '' : words.when(shift.before);
    const after = shift.after === null ? '' : words.when(shift.after);
    return t(`notices.${shift.kind}`, { before, after });
  }
}
