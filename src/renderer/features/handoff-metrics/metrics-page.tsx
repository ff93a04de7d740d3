import { Gauge } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { HandoffMetrics } from '../../../shared/domain/handoff/metrics.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { instant } from '../../../shared/domain/time.ts';
import { useLive } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { nextDayIn, spanOfRange } from '../../ui/date-range.ts';
import type { RangePreset } from '../../ui/date-range.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failed } from '../../ui/loaded.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { RangePicker } from '../../ui/range-picker.tsx';
import { EventsDialog } from './events-dialog.tsx';
import { Figures } from './figures.tsx';
import { HubMatrix } from './hub-matrix.tsx';
import { chooseRange, useMetrics } from './metrics.store.ts';
import type { MetricsPreset } from './metrics.store.ts';
import './metrics.css';

const PRESETS: readonly RangePreset<MetricsPreset>[] = [
  { value: 'week', back: 6, ahead: 0 },
  { value: 'month', back: 29, ahead: 0 },
  { value: 'quarter', back: 89, ahead: 0 },
];

/** How well cases change hands: every figure says what it means and opens the events that it is counted from. */
export function MetricsPage(): ReactNode {
  const t = useWords('metrics');
  const formats = useFormats();
  const now = useNow(nextDayIn(formats.zone));
  const range = useMetrics((state) => state.range);
  const span = spanOfRange(range, PRESETS, formats.zone, now);
  return (
    <section className="metrics" aria-label={t('label')}>
      <div className="metrics-head">
        <RangePicker<MetricsPreset>
          label={t('range.label')}
          value={range}
          onChange={chooseRange}
          presets={PRESETS.map((each) => ({ ...each, label: t(`range.${each.value}`) }))}
          words={{
            own: t('range.own'),
            from: t('range.from'),
            to: t('range.to'),
            order: t('range.order'),
            tooLong: t('range.tooLong'),
          }}
          zone={formats.zone}
          now={now}
        />
        {typeof span !== 'string' && (
          <span className="metrics-days muted tabular">
            {t('range.of', { from: formats.date(span.from, now), to: formats.date(instant(span.to - 1), now) })}
          </span>
        )}
        <p className="muted">{t('lead')}</p>
      </div>
      {typeof span !== 'string' && <Counted span={span} />}
      <EventsDialog />
    </section>
  );
}

/** What was counted. While the next answer is on its way the last one stays, dimmed: nothing jumps. */
function Counted({ span }: { readonly span: Span }): ReactNode {
  const t = useWords('metrics');
  const live = useLive('handoffs.metrics', { from: span.from, to: span.to });
  const [last, setLast] = useState<HandoffMetrics | null>(null);
  const current = live.state === 'ready' ? live.value : last;
  if (current !== last) setLast(current);
  if (live.state === 'error') return <Failed code={live.error.code} title={t('failed')} />;
  if (current === null) return <Spinner label={t('working')} />;
  const isEmpty = current.matrix.length === 0 && current.stalePromises.whole.length === 0;
  return (
    <div className="metrics-counted" aria-busy={live.state === 'loading'}>
      {isEmpty ? (
        <Nothing />
      ) : (
        <>
          <Figures metrics={current} />
          <HubMatrix matrix={current.matrix} />
        </>
      )}
    </div>
  );
}

function Nothing(): ReactNode {
  const t = useWords('metrics');
  const preset = useMetrics((state) => state.range.preset);
  return (
    <EmptyState
      icon={<Gauge />}
      title={t('empty.title')}
      description={t('empty.hint')}
      actions={
        preset === 'quarter' ? undefined : (
          <Button onClick={() => chooseRange({ preset: 'quarter', from: null, to: null })}>{t('empty.longer')}</Button>
        )
      }
    />
  );
}
