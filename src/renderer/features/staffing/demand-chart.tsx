import { ChartNoAxesCombined, CircleCheck, Table2, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Demand } from '../../../shared/domain/coverage/coverage.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { DemandLines } from './demand-lines.tsx';
import { DemandTable } from './demand-table.tsx';
import { isShort } from './short-steps.ts';
import { useWidth } from './use-size.ts';

const LEGEND = ['required', 'scheduled', 'short', 'forecast', 'p80', 'actual'] as const;
const WITHOUT_FORECAST = ['scheduled', 'actual'] as const satisfies readonly (typeof LEGEND)[number][];

/** One picture of demand, required and scheduled; the same as a table for whoever wants numbers. */
export function DemandChart({ demand, now }: { readonly demand: Demand; readonly now: Instant }): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const [isTable, setTable] = useState(false);
  const { ref, width } = useWidth<HTMLDivElement>();
  const hasForecast = demand.weeks >= 2;
  const short = demand.buckets.filter(isShort);
  const asked = demand.buckets.filter((bucket) => bucket.required > 0);
  const label = t('demand.chartLabel', {
    from: formats.dateTime(demand.from),
    to: formats.dateTime(after(demand.buckets.at(-1)?.at ?? demand.from, demand.bucketMs)),
    required: formats.number(Math.max(0, ...demand.buckets.map((bucket) => bucket.required))),
    scheduled: formats.number(asked.length === 0 ? 0 : Math.min(...asked.map((bucket) => bucket.scheduled))),
  });
  const isLong = demand.bucketMs * demand.buckets.length > DAY_MS * 1.5;
  return (
    <section className="staffing-regime" aria-label={t('demand.chart')}>
      <header className="staffing-chart-head">
        <h2>{t('demand.chart')}</h2>
        <p className="muted">
          {hasForecast ? t('demand.basis', { count: demand.weeks }) : t(demand.weeks === 0 ? 'demand.noHistory' : 'demand.noForecast')}
        </p>
        <Button
          size="sm"
          variant="ghost"
          icon={isTable ? <ChartNoAxesCombined aria-hidden="true" /> : <Table2 aria-hidden="true" />}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? t('demand.asChart') : t('demand.asTable')}
        </Button>
      </header>
      {hasForecast && (
        <p className="staffing-verdict" data-tone={short.length === 0 ? 'ok' : 'breach'} role="status">
          {short.length === 0 ? <CircleCheck aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
          <span>{short.length === 0 ? t('demand.enough') : t('demand.shortIntro', { count: short.length })}</span>
        </p>
      )}
      {isTable ? (
        <DemandTable demand={demand} />
      ) : (
        <>
          <ul className="staffing-legend" aria-hidden="true">
            {(hasForecast ? LEGEND : WITHOUT_FORECAST).map((key) => (
              <li key={key} data-key={key}>
                <i />
                {t(`demand.${key}`)}
              </li>
            ))}
          </ul>
          <div className="staffing-chart" ref={ref} role="img" aria-label={label}>
            {width > 0 && <DemandLines demand={demand} width={width} now={now} isLong={isLong} hasForecast={hasForecast} />}
          </div>
        </>
      )}
    </section>
  );
}
