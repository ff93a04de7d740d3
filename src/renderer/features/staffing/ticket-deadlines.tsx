import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { openCase } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import { Loaded } from './loaded.tsx';

/** Deadlines to name: the first says most. */
const SHOWN = 5;

/** Whether the people on shift can work off what is open before it falls due. */
export function TicketDeadlines(): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const live = useLive('coverage.feasibility', {});
  return (
    <section className="staffing-regime" aria-label={t('tickets.title')}>
      <header className="staffing-chart-head">
        <h2>{t('tickets.title')}</h2>
        <p className="muted">{t('tickets.how')}</p>
      </header>
      <Loaded live={live}>
        {({ jobs, workMs, missed }) => {
          if (jobs === 0) return <p className="muted">{t('tickets.none')}</p>;
          return (
            <>
              <p className="staffing-verdict" data-tone={missed.length === 0 ? 'ok' : 'breach'} role="status">
                {missed.length === 0 ? <CircleCheck aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
                <span>
                  {missed.length === 0
                    ? t('tickets.fine', { count: jobs, work: formats.hours(workMs) })
                    : t('tickets.missed', { count: missed.length })}
                </span>
              </p>
              {missed.length > 0 && (
                <ul className="staffing-missed">
                  {missed.slice(0, SHOWN).map((each) => (
                    <li key={`${each.caseId} ${String(each.dueAt)}`}>
                      <span className="tabular">{t('tickets.due', { when: formats.dateTime(each.dueAt) })}</span>
                      <span className="muted tabular">{t('tickets.missing', { work: formats.hours(each.missingMs) })}</span>
                      <Button size="sm" variant="ghost" onClick={() => openCase(each.caseId)}>
                        {t('tickets.open')}
                      </Button>
                    </li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
