import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { Fairness } from '../../../shared/domain/coverage/coverage.ts';
import { epochDayAt, startOfEpochDay } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { FairnessChart } from './fairness-chart.tsx';
import { FairnessTable } from './fairness-table.tsx';
import { Loaded } from './loaded.tsx';

/** Weeks behind today, or ahead of it: a plan is made even before it is worked. */
const PERIODS = ['-4', '-8', '-12', '4', '8', '12'] as const;
type Period = (typeof PERIODS)[number];
/** Below it somebody carries clearly more than the others; a rule of thumb, shown as a colour and a number. */
const EVEN_ENOUGH = 0.9;

/** Who bears the unsocial times, and how evenly. */
export function FairnessPage(): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const [weeks, setWeeks] = useState<Period>('-12');
  const today = epochDayAt(formats.zone, clock.now());
  const other = today + Number(weeks) * 7;
  const live = useLive('coverage.fairness', {
    from: startOfEpochDay(formats.zone, Math.min(today, other)),
    to: startOfEpochDay(formats.zone, Math.max(today, other)),
  });
  return (
    <section className="staffing-page" aria-label={t('tabs.fairness')}>
      <p className="muted staffing-lead">{t('fairness.lead')}</p>
      <div className="staffing-tools">
        <Select
          label={t('fairness.period')}
          value={weeks}
          onChange={setWeeks}
          options={PERIODS.map((value) => ({
            value,
            label: t(Number(value) < 0 ? 'fairness.weeks' : 'fairness.weeksAhead', { count: Math.abs(Number(value)) }),
          }))}
        />
      </div>
      <Loaded live={live}>{(fairness) => <Shown fairness={fairness} onAhead={Number(weeks) < 0 ? () => setWeeks('4') : null} />}</Loaded>
    </section>
  );
}

function Shown({ fairness, onAhead }: { readonly fairness: Fairness; readonly onAhead: (() => void) | null }): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  if (fairness.rows.every((row) => row.scheduledMinutes === 0))
    return (
      <div className="staffing-none">
        <p className="muted">{t('fairness.none')}</p>
        {onAhead !== null && (
          <Button size="sm" onClick={onAhead}>
            {t('fairness.weeksAhead', { count: 4 })}
          </Button>
        )}
      </div>
    );
  return (
    <>
      <Tooltip content={t('fairness.jainHint')}>
        <p className="staffing-jain">
          <Badge tone={fairness.jain >= EVEN_ENOUGH ? 'ok' : 'soon'}>
            {t('fairness.jain', { value: formats.number(Math.round(fairness.jain * 100) / 100) })}
          </Badge>
          <span className="muted">{t('fairness.jainHint')}</span>
        </p>
      </Tooltip>
      <FairnessChart fairness={fairness} />
      <FairnessTable fairness={fairness} />
      <p className="muted staffing-lead">{t('fairness.how')}</p>
    </>
  );
}
