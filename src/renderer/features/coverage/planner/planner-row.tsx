import { ChevronDown, ChevronRight, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Absence, Override } from '../../../../shared/domain/coverage/plan.ts';
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { offsetText, zoneOffsetMinutes } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { axisTicks, fractionAt, percent, timeAxis } from '../../../ui/time-axis.ts';
import type { AxisDay, TimeAxis } from '../../../ui/time-axis.ts';
import { shiftsOfDay } from './grid-keys.ts';
import type { Cursor } from './grid-keys.ts';
import type { AgentRow, HubRow, LanedShift, OpenRow, PlannerRow, RowShifts } from './planner-rows.ts';
import { usePlanner } from './planner.store.ts';
import { placeIn, ShiftBar } from './shift-bar.tsx';
import type { ShiftWords } from './shift-words.ts';

/** Heights in pixels: of lanes by scale, and around them. */
export const LANE_PX = { day: 28, week: 24, month: 18 } as const;
export const HUB_PX = 30;
export const ROW_PADDING_PX = 4;

export interface PlannerRowProps {
  readonly row: PlannerRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly shifts: RowShifts;
  readonly absences: readonly Absence[];
  readonly overridesOf: (shiftId: ShiftId) => readonly Override[];
  readonly axis: TimeAxis;
  readonly trackPx: number;
  readonly lanePx: number;
  readonly words: ShiftWords;
  readonly canPlan: boolean;
}

/** One row of the plan. It renders again only when something in it changes. */
export const PlannerRowItem = memo(function PlannerRowItem(props: PlannerRowProps): ReactNode {
  const { row, index, top, height } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className={`plan-row plan-row-${row.kind}`}
      data-row={row.key}
      style={{ insetBlockStart: top, blockSize: height }}
    >
      {row.kind === 'hub' ? <HubCells row={row} axis={props.axis} trackPx={props.trackPx} /> : <ShiftCells {...props} row={row} />}
    </div>
  );
});

function HubCells({ row, axis, trackPx }: { readonly row: HubRow; readonly axis: TimeAxis; readonly trackPx: number }): ReactNode {
  const t = useWords('plan');
  const isTabStop = usePlanner((state) => state.cursor?.rowKey === row.key);
  const name = row.hub?.name ?? t('rows.noHub');
  return (
    <>
      <div role="rowheader" className="plan-label plan-hub-label">
        <button
          type="button"
          className="plan-hub-toggle"
          data-stop={row.key}
          tabIndex={isTabStop ? 0 : -1}
          aria-expanded={!row.isCollapsed}
        >
          {row.isCollapsed ? <ChevronRight aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
          <strong className="truncate">{name}</strong>
          {row.hub !== null && <HubClock zone={row.hub.zone} />}
          <span className="visually-hidden">{t('rows.people', { count: row.people })}</span>
        </button>
      </div>
      <div role="gridcell" className="plan-track plan-hub-track" aria-label={t('rows.hubTime', { name })}>
        {row.hub !== null && <HubTimes zone={row.hub.zone} axis={axis} trackPx={trackPx} />}
      </div>
    </>
  );
}

function HubClock({ zone }: { readonly zone: string }): ReactNode {
  const formats = useFormats();
  const now = useNow(nextMinute);
  return (
    <span className="plan-hub-clock tabular">
      {formats.timeIn(now, zone)} <span>{offsetText(zoneOffsetMinutes(zone, now))}</span>
    </span>
  );
}

/** The hub's own clock along its row: where its days begin and its hours are, true also for zones at :30 and :45. */
const HubTimes = memo(function HubTimes({
  zone,
  axis,
  trackPx,
}: {
  readonly zone: string;
  readonly axis: TimeAxis;
  readonly trackPx: number;
}): ReactNode {
  const pxPerHour = trackPx / ((axis.to - axis.from) / 3_600_000);
  const every = pxPerHour > 24 ? 120 : pxPerHour > 9 ? 360 : pxPerHour > 3.6 ? 720 : 1_440;
  const own = timeAxis(zone, axis.from, axis.to);
  if (every === 1_440) return null;
  // None that would stand on the name beside it, or be cut by the edge.
  return axisTicks(own, every)
    .filter(({ at }) => {
      const px = fractionAt(axis, at) * trackPx;
      return px > 9 && px < trackPx - 9;
    })
    .map(({ at, minute }) => (
      <span
        key={at}
        className="plan-hub-tick tabular"
        aria-hidden="true"
        data-text={String(Math.floor(minute / 60)).padStart(2, '0')}
        style={{ insetInlineStart: percent(fractionAt(axis, at)) }}
      />
    ));
});

function ShiftCells(props: PlannerRowProps & { readonly row: OpenRow | AgentRow }): ReactNode {
  const t = useWords('plan');
  const { row, shifts, absences, axis, trackPx, lanePx, words } = props;
  const cursor = usePlanner((state): Cursor | null => (state.cursor?.rowKey === row.key ? state.cursor : null));
  const name = row.kind === 'agent' ? row.agent.name : t('rows.open', { hub: row.hub?.name ?? t('rows.noHub') });
  return (
    <>
      <div role="rowheader" className="plan-label" aria-label={name}>
        {row.kind === 'agent' ? (
          <>
            <Avatar name={row.agent.name} size="xs" />
            <span className="truncate" title={row.agent.name}>
              {row.agent.name}
            </span>
            <span className="plan-label-tags">
              {row.agent.tiers.includes('lead') ? t('rows.lead') : row.agent.tiers.includes('L2') ? 'L2' : ''}
            </span>
          </>
        ) : (
          <span className="plan-open-label truncate">
            <Plus aria-hidden="true" />
            {t('rows.openShort')}
          </span>
        )}
      </div>
      <div className="plan-track" role="presentation">
        {absences.map((absence) => (
          <AbsenceBand key={absence.absenceId} absence={absence} shifts={shifts.shifts} axis={axis} trackPx={trackPx} words={words} />
        ))}
        {shifts.shadows.map((placed) => (
          <Shadow key={placed.shiftId} body={placed.former ?? placed.body} axis={axis} trackPx={trackPx} lanePx={lanePx} />
        ))}
        {axis.days.map((day, index) => (
          <DayCell
            key={day.epochDay}
            {...props}
            day={day}
            own={shiftsOfDay(shifts.shifts, axis.days, index)}
            absent={absences.some((each) => each.state === 'approved' && each.startAt < day.to && each.endAt > day.from)}
            cursor={cursor?.epochDay === day.epochDay ? cursor : null}
          />
        ))}
      </div>
    </>
  );
}

interface DayCellProps extends PlannerRowProps {
  readonly day: AxisDay;
  readonly own: readonly LanedShift[];
  readonly absent: boolean;
  readonly cursor: Cursor | null;
}

/** A day of a row: what starts in it, or an empty place to make something in. */
function DayCell({ day, own, absent, cursor, ...props }: DayCellProps): ReactNode {
  const t = useWords('plan');
  const { row, axis, trackPx, lanePx, words, overridesOf } = props;
  const isEmpty = own.length === 0;
  const style = {
    insetInlineStart: percent(fractionAt(axis, day.from)),
    inlineSize: percent((day.to - day.from) / (axis.to - axis.from)),
  };
  const empty = t(absent ? 'rows.emptyAway' : 'rows.empty', { day: words.days.dateShort(day.epochDay) });
  return (
    <div
      role="gridcell"
      className="plan-cell"
      data-day={day.epochDay}
      {...(isEmpty
        ? { 'data-stop': `${row.key} ${day.epochDay}`, 'aria-label': empty, tabIndex: cursor !== null && cursor.shiftId === null ? 0 : -1 }
        : {})}
      style={style}
    >
      {own.map((placed) => (
        <ShiftBar
          key={placed.shiftId}
          placed={placed}
          day={day}
          axis={axis}
          trackPx={trackPx}
          laneTop={ROW_PADDING_PX + placed.lane * lanePx}
          laneHeight={lanePx - 2}
          overrides={overridesOf(placed.shiftId)}
          isTabStop={cursor?.shiftId === placed.shiftId}
          words={words}
        />
      ))}
    </div>
  );
}

function Shadow({
  body,
  axis,
  trackPx,
  lanePx,
}: {
  readonly body: LanedShift['body'];
  readonly axis: TimeAxis;
  readonly trackPx: number;
  readonly lanePx: number;
}): ReactNode {
  const place = placeIn(body, axis, axis, trackPx);
  if (place === null) return null;
  return (
    <i className="plan-shadow" aria-hidden="true" style={{ ...place.style, insetBlockStart: ROW_PADDING_PX, blockSize: lanePx - 2 }} />
  );
}

/** Where the name of an absence is not under a shift: at its start, at its end, or nowhere. */
function freeEnd(absence: Absence, shifts: readonly LanedShift[], axis: TimeAxis, roomMs: number): 'start' | 'end' | null {
  const from = Math.max(absence.startAt, axis.from);
  const to = Math.min(absence.endAt, axis.to);
  const isFree = (start: number, end: number): boolean => !shifts.some(({ body }) => body.startAt < end && body.endAt > start);
  if (to - from < roomMs) return null;
  if (isFree(from, from + roomMs)) return 'start';
  return isFree(to - roomMs, to) ? 'end' : null;
}

/** Room for the name of an absence. */
const ABSENCE_PX = 56;

function AbsenceBand({
  absence,
  shifts,
  axis,
  trackPx,
  words,
}: {
  readonly absence: Absence;
  readonly shifts: readonly LanedShift[];
  readonly axis: TimeAxis;
  readonly trackPx: number;
  readonly words: ShiftWords;
}): ReactNode {
  const t = useWords('plan');
  const place = placeIn(absence, axis, axis, trackPx);
  if (place === null || absence.state === 'declined' || absence.state === 'cancelled') return null;
  const kind = t(`absence.kind.${absence.kind}`);
  const nameAt = freeEnd(absence, shifts, axis, (ABSENCE_PX / trackPx) * (axis.to - axis.from));
  const text = absence.state === 'requested' ? t('absence.requested', { kind }) : kind;
  return (
    <div
      className="plan-absence"
      data-state={absence.state}
      data-name-at={nameAt ?? undefined}
      title={`${text} ${words.span(absence.startAt, absence.endAt, absence.zone)}`}
      style={place.style}
    >
      {nameAt !== null && <span className="truncate">{text}</span>}
    </div>
  );
}
