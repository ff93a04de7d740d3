import { AxisBottom, AxisLeft } from '@visx/axis';
import { curveStepAfter } from '@visx/curve';
import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Demand } from '../../../shared/domain/coverage/coverage.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { epochDayAt } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { axisTicks, axisWords, timeAxis } from '../../ui/time-axis.ts';
import { isShort } from './short-steps.ts';

const LEFT = 40;
const RIGHT = 12;
const PEOPLE_HEIGHT = 170;
const ARRIVALS_HEIGHT = 90;
const GAP = 26;
const BOTTOM = 24;

export interface DemandLinesProps {
  readonly demand: Demand;
  /** CSS pixels. */
  readonly width: number;
  readonly now: Instant;
  /** More than a day: days are written, and not hours. */
  readonly isLong: boolean;
  readonly hasForecast: boolean;
}

/** Above people (required and scheduled as steps, what is missing filled), below arrivals (what came as bars, the forecast as a line). */
export function DemandLines({ demand, width, now, isLong, hasForecast }: DemandLinesProps): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const words = axisWords(formats.locale);
  const { buckets, bucketMs } = demand;
  const to = after(buckets.at(-1)?.at ?? demand.from, bucketMs);
  const axis = timeAxis(formats.zone, demand.from, to);
  const x = scaleLinear({ domain: [demand.from, to], range: [LEFT, width - RIGHT] });
  const mostPeople = Math.max(2, ...buckets.flatMap((bucket) => [bucket.required, bucket.scheduled]));
  const mostArrivals = Math.max(2, ...buckets.flatMap((bucket) => [bucket.forecast, bucket.p80, bucket.actual ?? 0]));
  const people = scaleLinear({ domain: [0, mostPeople], range: [PEOPLE_HEIGHT, 6], nice: true });
  const top = PEOPLE_HEIGHT + GAP;
  const arrivals = scaleLinear({ domain: [0, mostArrivals], range: [top + ARRIVALS_HEIGHT, top + 4], nice: true });
  const bottom = top + ARRIVALS_HEIGHT;
  // The last value holds to the end of its step.
  const ends = [...buckets, ...buckets.slice(-1).map((bucket) => ({ ...bucket, at: to }))];
  const line = (key: 'required' | 'scheduled' | 'forecast' | 'p80', y: (value: number) => number): ReactNode => (
    <LinePath
      className="staffing-line"
      data-key={key}
      data={ends}
      x={({ at }) => x(at)}
      y={(bucket) => y(bucket[key])}
      curve={curveStepAfter}
    />
  );
  const times = isLong ? axis.days.map((day) => day.from) : axisTicks(axis, 180).map((tick) => tick.at);
  const timeText = (at: number): string => {
    const when = after(demand.from, at - demand.from);
    return isLong ? words.dateShort(epochDayAt(formats.zone, when)) : formats.time(when);
  };
  const barWidth = Math.max(1, x(demand.from + bucketMs) - x(demand.from) - 1);
  return (
    <svg width={width} height={bottom + BOTTOM} aria-hidden="true" className="staffing-svg">
      {buckets.filter(isShort).map((bucket) => (
        <rect
          key={bucket.at}
          className="staffing-short"
          x={x(bucket.at)}
          width={Math.max(1, x(bucket.at + bucketMs) - x(bucket.at))}
          y={people(bucket.required)}
          height={Math.max(0, people(bucket.scheduled) - people(bucket.required))}
        />
      ))}
      {times.map((at) => (
        <line key={at} className="staffing-rule" x1={x(at)} x2={x(at)} y1={6} y2={bottom} />
      ))}
      {line('scheduled', people)}
      {hasForecast && line('required', people)}
      {buckets.map(
        (bucket) =>
          bucket.actual !== null &&
          bucket.actual > 0 && (
            <rect
              key={bucket.at}
              className="staffing-actual"
              x={x(bucket.at)}
              width={barWidth}
              y={arrivals(bucket.actual)}
              height={bottom - arrivals(bucket.actual)}
            />
          ),
      )}
      {hasForecast && line('p80', arrivals)}
      {hasForecast && line('forecast', arrivals)}
      {now > demand.from && now < to && (
        <g className="staffing-now">
          <line x1={x(now)} x2={x(now)} y1={0} y2={bottom} />
          <text x={x(now) + 4} y={10}>
            {t('demand.now')}
          </text>
        </g>
      )}
      <AxisLeft
        scale={people}
        left={LEFT}
        hideTicks
        axisClassName="staffing-axis"
        tickValues={people.ticks(4).filter(Number.isInteger)}
        tickFormat={(value) => formats.number(Number(value))}
        label={t('demand.people')}
        labelClassName="staffing-axis-label"
      />
      <AxisLeft
        scale={arrivals}
        left={LEFT}
        numTicks={3}
        hideTicks
        axisClassName="staffing-axis"
        tickFormat={(value) => formats.number(Number(value))}
        label={t('demand.arrivals')}
        labelClassName="staffing-axis-label"
      />
      <AxisBottom
        scale={x}
        top={bottom}
        tickValues={[...times]}
        tickFormat={(value) => timeText(Number(value))}
        hideTicks
        axisClassName="staffing-axis"
      />
    </svg>
  );
}
