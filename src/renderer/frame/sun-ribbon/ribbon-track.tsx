import { Handshake, TimerOff, UserX } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import type { Ribbon } from '../../../shared/contract/coverage.contract.ts';
import { instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import { axisSeams, axisTicks, axisWords, fractionAt, percent, timeAxis } from '../../ui/time-axis.ts';
import { issueBands, nextDue, placed, ribbonMarks } from './ribbon-model.ts';
import type { RibbonLane, RibbonMark } from './ribbon-model.ts';

/** Marks closer than this would lie on each other; one that tells of promises, too, is wider. */
const APART_MS = 45 * MINUTE_MS;
const APART_PROMISES_MS = 60 * MINUTE_MS;
const TICK_MINUTES = 2 * 60;
/** The words of an hour stand behind its line, those of now on both sides of its own: so near to it, in a window of usual width, they would meet. */
const HIDDEN_BEFORE_MS = 115 * MINUTE_MS;
const HIDDEN_AFTER_MS = 40 * MINUTE_MS;
const LOOK_MS = 5 * MINUTE_MS;
/** Civil twilight lasts about this long where people work. */
const TWILIGHT_MS = 30 * MINUTE_MS;

/** Everything on the ribbon that stands still: nothing here is drawn again unless the plan or the cases change. */
export const RibbonTrack = memo(function RibbonTrack({ ribbon, window }: { readonly ribbon: Ribbon; readonly window: Span }): ReactNode {
  const bands = useMemo(() => issueBands(ribbon.issues), [ribbon.issues]);
  return (
    <div className="ribbon-drawing" aria-hidden="true">
      <Axis window={window} />
      <div className="ribbon-lanes">
        {ribbon.lanes.map((lane) => (
          <Lane key={lane.hubId} lane={lane} window={window} />
        ))}
        {bands
          .filter((band) => band.kind === 'gap')
          .map((band) => (
            <Placed key={band.from} className="ribbon-shade" kind={band.kind} span={band} window={window} />
          ))}
      </div>
      <div className="ribbon-bands">
        {bands.map((band) => (
          <Placed key={`${band.kind} ${String(band.from)}`} className="ribbon-band" kind={band.kind} span={band} window={window} />
        ))}
      </div>
      <div className="ribbon-marks">
        <Marks due={ribbon.due} promises={ribbon.promises} window={window} />
      </div>
    </div>
  );
});

/** Whether the time of now would stand over the words of an hour. */
function isUnderNow(hour: Instant, now: Instant): boolean {
  return hour > now - HIDDEN_BEFORE_MS && hour < now + HIDDEN_AFTER_MS;
}

/** What now stands over is looked at again every five minutes. */
function nextLook(now: Instant): Instant {
  return instant((Math.floor(now / LOOK_MS) + 1) * LOOK_MS);
}

/** Hours and days of the viewer's zone. */
function Axis({ window }: { readonly window: Span }): ReactNode {
  const formats = useFormats();
  const now = useNow(nextLook);
  const { locale, zone } = formats;
  const { ticks, days, seams } = useMemo(() => {
    const axis = timeAxis(zone, window.from, window.to);
    return { ticks: axisTicks(axis, TICK_MINUTES), days: axis.days, seams: axis.seams };
  }, [zone, window]);
  const words = axisWords(locale);
  return (
    <div className="ribbon-axis">
      {ticks
        .filter((tick) => tick.minute !== 0 && !isUnderNow(tick.at, now))
        .map((tick) => (
          <span
            key={tick.at}
            className="ribbon-hour tabular"
            data-after-day={tick.minute === TICK_MINUTES || undefined}
            style={{ left: percent(fractionAt(window, tick.at)) }}
          >
            {formats.time(tick.at)}
          </span>
        ))}
      {days
        .filter((day) => day.from > window.from)
        .map((day) => (
          <span key={day.epochDay} className="ribbon-day" style={{ left: percent(fractionAt(window, day.from)) }}>
            {words.dateShort(day.epochDay)}
          </span>
        ))}
      {seams.map((seam) => (
        <span key={seam.at} className="ribbon-seam" style={{ left: percent(fractionAt(window, seam.at)) }} />
      ))}
    </div>
  );
}

/** One hub: its day and night, and how many people are on, as a line of steps. */
const Lane = memo(function Lane({ lane, window }: { readonly lane: RibbonLane; readonly window: Span }): ReactNode {
  const seams = useMemo(() => axisSeams(lane.zone, window.from, window.to), [lane.zone, window]);
  return (
    <div className="ribbon-lane" data-hub={lane.name}>
      {lane.daylight.map((span) => (
        <Daylight key={span.from} span={span} window={window} />
      ))}
      {lane.shifts.map((span) => (
        <Placed key={span.from} className="ribbon-shift" kind={String(Math.min(4, span.agentIds.length))} span={span} window={window} />
      ))}
      {seams.map((seam) => (
        <span key={seam.at} className="ribbon-seam" style={{ left: percent(fractionAt(window, seam.at)) }} />
      ))}
    </div>
  );
});

/** Light that comes and goes over the twilight on either side. */
function Daylight({ span, window }: { readonly span: Span; readonly window: Span }): ReactNode {
  const from = span.from - TWILIGHT_MS;
  const to = span.to + TWILIGHT_MS;
  // At the edge of the window the sun does not rise: it was up before.
  const dawn = span.from <= window.from ? 0 : (2 * TWILIGHT_MS) / (to - from);
  const dusk = span.to >= window.to ? 0 : (2 * TWILIGHT_MS) / (to - from);
  const style: CSSProperties & Record<`--${string}`, string> = {
    left: percent(fractionAt(window, from)),
    width: percent((to - from) / (window.to - window.from)),
    '--dawn': percent(dawn),
    '--dusk': percent(1 - dusk),
  };
  return <span className="ribbon-daylight" style={style} />;
}

interface PlacedProps {
  readonly className: string;
  readonly kind: string;
  readonly span: Span;
  readonly window: Span;
}

function Placed({ className, kind, span, window }: PlacedProps): ReactNode {
  const place = placed(span, window);
  return place === null ? null : <span className={className} data-kind={kind} style={place} />;
}

/** When cases and promises fall due. Drawn again when the next case becomes overdue. */
const Marks = memo(function Marks({ due, promises, window }: Pick<Ribbon, 'due' | 'promises'> & { readonly window: Span }): ReactNode {
  const marks = useMemo(() => ribbonMarks(due, promises, promises.length === 0 ? APART_MS : APART_PROMISES_MS), [due, promises]);
  const now = useNow((current) => nextDue(marks, current));
  return marks.map((mark) => (
    <Mark key={mark.from} mark={mark} isOverdue={mark.lastDueAt !== null && mark.lastDueAt <= now} window={window} />
  ));
});

function Mark({ mark, isOverdue, window }: { readonly mark: RibbonMark; readonly isOverdue: boolean; readonly window: Span }): ReactNode {
  const formats = useFormats();
  const at = (mark.from + mark.to) / 2;
  const kind = isOverdue ? 'overdue' : mark.unstaffed > 0 ? 'unstaffed' : 'staffed';
  return (
    <span className="ribbon-mark tabular" style={{ left: percent(fractionAt(window, at)) }}>
      {mark.count > 0 && (
        <span className="ribbon-due" data-kind={kind}>
          {kind === 'overdue' && <TimerOff />}
          {kind === 'unstaffed' && <UserX />}
          {formats.number(mark.count)}
        </span>
      )}
      {mark.promises > 0 && (
        <span className="ribbon-promise" data-kind={mark.infeasible > 0 ? 'infeasible' : 'feasible'}>
          <Handshake />
          {mark.infeasible > 0 && <UserX />}
          {formats.number(mark.promises)}
        </span>
      )}
    </span>
  );
}
