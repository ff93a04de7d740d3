import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { daylight } from '../../../../shared/domain/coverage/daylight.ts';
import type { Hub } from '../../../../shared/domain/coverage/roster.ts';
import { positionOfZone } from '../../../../shared/domain/coverage/zone-positions.ts';
import { epochDayOf } from '../../../../shared/domain/time/local-time.ts';
import { startOfEpochDay } from '../../../../shared/domain/time/zone.ts';
import { axisSeams, axisTicks, fractionAt, percent } from '../../../ui/time-axis.ts';
import type { TimeAxis } from '../../../ui/time-axis.ts';
import { useSeamText } from './time-header.tsx';

/** What lies below the rows: the days of the shown zone, and of each hub its nights, its holidays and its changes of clocks. */

export interface GroupBox {
  readonly key: string;
  readonly hub: Hub | null;
  readonly top: number;
  readonly height: number;
}

/** Lines between days, and the hours of a single day. */
export const DayGround = memo(function DayGround({
  axis,
  everyMinutes,
}: {
  readonly axis: TimeAxis;
  readonly everyMinutes: number;
}): ReactNode {
  return (
    <div className="plan-ground" aria-hidden="true">
      {everyMinutes < 720 &&
        axisTicks(axis, everyMinutes).map(({ at }) => (
          <i key={at} className="plan-hour-line" style={{ insetInlineStart: percent(fractionAt(axis, at)) }} />
        ))}
      {axis.days.map((day) => (
        <i
          key={day.epochDay}
          className="plan-day-line"
          data-weekend={day.weekday === 'sat' || day.weekday === 'sun' ? '' : undefined}
          style={{
            insetInlineStart: percent(fractionAt(axis, day.from)),
            inlineSize: percent((day.to - day.from) / (axis.to - axis.from)),
          }}
        />
      ))}
      {axis.seams.map((seam) => (
        <i key={seam.at} className="plan-seam-line" style={{ insetInlineStart: percent(fractionAt(axis, seam.at)) }} />
      ))}
    </div>
  );
});

/** A hub's nights, holidays and changes of clocks, behind all of its rows. */
export const HubGround = memo(function HubGround({
  hub,
  top,
  height,
  axis,
  trackPx,
}: {
  readonly hub: Hub;
  readonly top: number;
  readonly height: number;
  readonly axis: TimeAxis;
  readonly trackPx: number;
}): ReactNode {
  const t = useWords('plan');
  const seamText = useSeamText();
  const nights = useMemo(() => nightsOf(hub, axis), [hub, axis]);
  const holidays = useMemo(() => holidaysOf(hub, axis), [hub, axis]);
  const seams = useMemo(() => (hub.zone === axis.zone ? [] : axisSeams(hub.zone, axis.from, axis.to)), [hub.zone, axis]);
  const style = (from: number, to: number): { readonly insetInlineStart: string; readonly inlineSize: string } => ({
    insetInlineStart: percent(fractionAt(axis, Math.max(from, axis.from))),
    inlineSize: percent((Math.min(to, axis.to) - Math.max(from, axis.from)) / (axis.to - axis.from)),
  });
  return (
    <div className="plan-hub-ground" style={{ insetBlockStart: top, blockSize: height }}>
      {nights.map(([from, to]) => (
        <i key={from} className="plan-night" aria-hidden="true" style={style(from, to)} />
      ))}
      {holidays.map(({ from, to, name }) => (
        <div key={from} className="plan-holiday" style={style(from, to)} title={t('rows.holiday', { name })}>
          {textPx(name) < ((Math.min(to, axis.to) - Math.max(from, axis.from)) / (axis.to - axis.from)) * trackPx && <span>{name}</span>}
        </div>
      ))}
      {seams.map((seam) => (
        <div key={seam.at} className="plan-hub-seam" style={{ insetInlineStart: percent(fractionAt(axis, seam.at)) }}>
          <span>{seamText(seam)}</span>
        </div>
      ))}
    </div>
  );
});

/** About the width of a name in the small print of the ground: it is shown in full or, in the title alone, not at all. */
function textPx(name: string): number {
  return 8 + [...name].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 10.5 : 5.3), 0);
}

function nightsOf(hub: Hub, axis: TimeAxis): readonly (readonly [number, number])[] {
  const position = hub.position ?? positionOfZone(hub.zone);
  if (position === null) return [];
  const nights: [number, number][] = [];
  let dark: number = axis.from;
  for (const { from, to } of daylight(position, axis.from, axis.to)) {
    if (from > dark) nights.push([dark, from]);
    dark = to;
  }
  if (dark < axis.to) nights.push([dark, axis.to]);
  return nights;
}

function holidaysOf(hub: Hub, axis: TimeAxis): readonly { readonly from: number; readonly to: number; readonly name: string }[] {
  return hub.holidays
    .map(({ date, name }) => {
      const day = epochDayOf(date);
      return { from: startOfEpochDay(hub.zone, day), to: startOfEpochDay(hub.zone, day + 1), name };
    })
    .filter(({ from, to }) => from < axis.to && to > axis.from);
}
