import { CalendarCheck, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { YearCheck } from '../../../shared/domain/coverage/coverage.ts';
import { epochDayAt, zoneOffsetMs } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { zoneLabel } from '../../i18n/zones.ts';
import { useRoster } from '../../state/roster.ts';
import { openSettings } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { axisWords } from '../../ui/time-axis.ts';
import { Loaded } from './loaded.tsx';
import { RegimeTable } from './regime-table.tsx';
import { YearExceptions } from './year-exceptions.tsx';

/** Whether the rota covers what is required over the whole coming year, with all its changes of clocks. */
export function YearPage(): ReactNode {
  const t = useWords('staffing');
  const live = useLive('coverage.year', { from: null });
  return (
    <section className="staffing-page" aria-label={t('tabs.year')}>
      <p className="muted staffing-lead">{t('year.lead')}</p>
      <Loaded live={live}>{(check) => <Year check={check} />}</Loaded>
    </section>
  );
}

function Year({ check }: { readonly check: YearCheck }): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const roster = useRoster();
  const { zone } = formats;
  const words = axisWords(formats.locale);
  if (roster.requirements.every((requirement) => !requirement.isActive))
    return (
      <EmptyState
        icon={<CalendarCheck />}
        title={t('year.noRequirements')}
        actions={<Button onClick={() => openSettings('requirements')}>{t('year.setUp')}</Button>}
      />
    );
  const holed = check.regimes.filter((regime) => regime.requirements.some((each) => each.holes.length > 0)).length;
  const date = (at: typeof check.to): string => words.dateLong(epochDayAt(zone, at));
  // Offsets of the viewer's own zone differ between regimes; each table is in the clocks of its own time.
  return (
    <>
      <p className="staffing-verdict" data-tone={holed === 0 ? 'ok' : 'breach'} role="status">
        {holed === 0 ? <CircleCheck aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
        <strong>{holed === 0 ? t('year.fine', { date: date(check.to) }) : t('year.holes', { count: holed })}</strong>
        <span className="muted">
          {t('year.planned', { date: date(check.plannedUntil) })} {t('year.viewer', { zone: zoneLabel(zone) })}
        </span>
      </p>
      {check.regimes.map((regime) => (
        <RegimeTable key={regime.from} regime={regime} roster={roster} offsetMs={zoneOffsetMs(zone, regime.from)} />
      ))}
      <YearExceptions exceptions={check.exceptions} roster={roster} />
    </>
  );
}
