import { ArrowRightLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { HOUR_MS } from '../../../../shared/domain/time.ts';
import { epochDayAt } from '../../../../shared/domain/time/zone.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { axisTicks, fractionAt, percent } from '../../../ui/time-axis.ts';
import type { AxisSeam, TimeAxis } from '../../../ui/time-axis.ts';
import { zoneCity } from './shift-words.ts';
import type { ShiftWords } from './shift-words.ts';

/** How many pixels a day's name needs, with its date and without. */
const DATE_PX = 74;
const DAY_PX = 30;

/** Hours to mark, by the room there is. */
export function tickEvery(trackPx: number, axis: TimeAxis): number {
  const pxPerHour = trackPx / ((axis.to - axis.from) / HOUR_MS);
  if (pxPerHour >= 34) return 60;
  if (pxPerHour >= 13) return 180;
  if (pxPerHour >= 6.5) return 360;
  return pxPerHour >= 4 ? 720 : 1_440;
}

/** Clocks that change: how, in words. */
export function useSeamText(): (seam: AxisSeam) => string {
  const t = useWords('plan');
  return ({ shiftMs }) => {
    const minutes = Math.abs(shiftMs) / 60_000;
    const by = minutes % 60 === 0 ? t('seam.hours', { count: minutes / 60 }) : t('seam.minutes', { count: minutes });
    return shiftMs > 0 ? t('seam.forward', { by }) : t('seam.back', { by });
  };
}

/** Days and hours along the top, in the zone that is chosen. */
export const TimeHeader = memo(function TimeHeader({
  axis,
  trackPx,
  words,
}: {
  readonly axis: TimeAxis;
  readonly trackPx: number;
  readonly words: ShiftWords;
}): ReactNode {
  const t = useWords('plan');
  const seamText = useSeamText();
  const now = useNow(nextMinute);
  const today = epochDayAt(axis.zone, now);
  const every = tickEvery(trackPx, axis);
  return (
    <div className="plan-head">
      <div className="plan-label plan-corner">
        <span className="truncate">{t('head.zone', { city: zoneCity(axis.zone) })}</span>
      </div>
      <div className="plan-track">
        {axis.days.map((day) => {
          const share = (day.to - day.from) / (axis.to - axis.from);
          const px = share * trackPx;
          const hours = (day.to - day.from) / HOUR_MS;
          return (
            <div
              key={day.epochDay}
              className="plan-day"
              data-today={day.epochDay === today ? '' : undefined}
              data-weekend={day.weekday === 'sat' || day.weekday === 'sun' ? '' : undefined}
              style={{ insetInlineStart: percent(fractionAt(axis, day.from)), inlineSize: percent(share) }}
            >
              <span className="plan-day-name tabular" data-narrow={px > DATE_PX ? undefined : ''} title={words.days.dateLong(day.epochDay)}>
                {px > DATE_PX ? (
                  words.days.dateShort(day.epochDay)
                ) : (
                  <>
                    <small>{words.days.weekdayNarrow(day.epochDay)}</small>
                    {words.days.dayOfMonth(day.epochDay)}
                  </>
                )}
              </span>
              {hours !== 24 && px > DAY_PX && <span className="plan-day-hours tabular">{t('head.hours', { hours })}</span>}
            </div>
          );
        })}
        {every < 1_440 &&
          axisTicks(axis, every).map(({ at, minute }) => (
            <span
              key={at}
              className="plan-tick tabular"
              aria-hidden="true"
              data-midnight={minute === 0 ? '' : undefined}
              style={{ insetInlineStart: percent(fractionAt(axis, at)) }}
            >
              {minute === 0 ? '' : every < 180 ? words.days.clock(minute) : String(Math.floor(minute / 60)).padStart(2, '0')}
            </span>
          ))}
        {axis.seams.map((seam) => (
          <span key={seam.at} className="plan-seam-label" style={{ insetInlineStart: percent(fractionAt(axis, seam.at)) }}>
            <ArrowRightLeft aria-hidden="true" />
            {seamText(seam)}
          </span>
        ))}
      </div>
    </div>
  );
});

/** Where now is, and what time that is: a line through everything. */
export function NowLine({ axis }: { readonly axis: TimeAxis }): ReactNode {
  const now = useNow(nextMinute);
  if (now < axis.from || now >= axis.to) return null;
  return <div className="plan-now" aria-hidden="true" style={{ insetInlineStart: percent(fractionAt(axis, now)) }} />;
}
