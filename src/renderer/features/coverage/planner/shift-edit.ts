import { retimed, retimedBetween, shiftBreaks, spanBetween, wallSpan } from '../../../../shared/domain/coverage/derive.ts';
import type { ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../../../shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Roster, ShiftTemplate } from '../../../../shared/domain/coverage/roster.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { DAY_MINUTES } from '../../../../shared/domain/time/calendar.ts';
import { dateOfEpochDay, localOfWall, wallOf, weekdayOfEpochDay } from '../../../../shared/domain/time/local-time.ts';
import type { Wall } from '../../../../shared/domain/time/local-time.ts';
import { epochDayAt, zoneOffsetMs } from '../../../../shared/domain/time/zone.ts';
import { snapToWall } from '../../../ui/time-axis.ts';
import type { PlannerRow } from './planner-rows.ts';

/**
 * What dragging and keys make of a shift. A shift that moves keeps its length on the wall: a night of eight hours stays
 * 22:00 to 06:00 also when the clocks change in it, and is then seven or nine hours long.
 */

export const STEP_MINUTES = 15;
export const FINE_STEP_MINUTES = 5;
const LONGEST_MS = 36 * HOUR_MS;

/** A shift moved by a stretch of real time, its start on a step of its zone's clocks. */
export function movedBy(body: ShiftBody, deltaMs: number, stepMinutes: number, zoneData: string): ShiftBody {
  if (deltaMs === 0) return body;
  const target = wallAt(body.zone, snapToWall(body.zone, body.startAt + deltaMs, stepMinutes));
  return movedToWall(body, target, zoneData);
}

/** A shift moved by whole days on its own calendar, at the same wall times. */
export function movedByDays(body: ShiftBody, days: number, zoneData: string): ShiftBody {
  return days === 0 ? body : movedToWall(body, wallOf(body.startLocal) + days * DAY_MS, zoneData);
}

/** A shift moved on its own clocks by as much as another one was on its own. */
export function movedLike(body: ShiftBody, from: ShiftBody, to: ShiftBody, zoneData: string): ShiftBody {
  return movedToWall(body, wallOf(body.startLocal) + wallOf(to.startLocal) - wallOf(from.startLocal), zoneData);
}

function movedToWall(body: ShiftBody, startWall: Wall, zoneData: string): ShiftBody {
  const delta = startWall - wallOf(body.startLocal);
  if (delta === 0) return body;
  return retimed(body, localOfWall(startWall), localOfWall(wallOf(body.endLocal) + delta), zoneData);
}

/** A shift with one end at another time, on a step of its zone's clocks; at least one step long. */
export function resizedTo(body: ShiftBody, edge: 'start' | 'end', at: number, stepMinutes: number, zoneData: string): ShiftBody {
  const step = stepMinutes * MINUTE_MS;
  const snapped = snapToWall(body.zone, at, stepMinutes);
  if (edge === 'start') {
    const start = Math.max(Math.min(snapped, body.endAt - step), body.endAt - LONGEST_MS);
    return start === body.startAt ? body : retimedBetween(body, instant(start), body.endAt, zoneData);
  }
  const end = Math.min(Math.max(snapped, body.startAt + step), body.startAt + LONGEST_MS);
  return end === body.endAt ? body : retimedBetween(body, body.startAt, instant(end), zoneData);
}

/** The stretch between two points in time, on steps of a zone's clocks; null when it is shorter than a step. */
export function stretchBetween(
  zone: string,
  a: number,
  b: number,
  stepMinutes: number,
): { readonly from: Instant; readonly to: Instant } | null {
  const from = snapToWall(zone, Math.min(a, b), stepMinutes);
  const to = snapToWall(zone, Math.min(Math.max(a, b), from + LONGEST_MS), stepMinutes);
  return to - from < stepMinutes * MINUTE_MS ? null : { from, to };
}

/** The zone that a new shift in a row is told by: its person's, else its hub's. */
export function rowZone(row: PlannerRow, fallback: string): string {
  return (row.kind === 'agent' ? row.agent.zone : null) ?? row.hub?.zone ?? fallback;
}

/** A shift as it would be in another row: its person and hub, its wall times in that person's zone when its own was the former person's. */
export function inRow(body: ShiftBody, row: PlannerRow): ShiftBody {
  const hubId = row.hub?.hubId ?? null;
  if (row.kind === 'agent') return { ...body, agentId: row.agent.agentId, hubId };
  return { ...body, agentId: null, hubId };
}

/** A new shift between two instants. */
export function newShift(row: PlannerRow, from: Instant, to: Instant, fallbackZone: string, zoneData: string): ShiftBody {
  const zone = rowZone(row, fallbackZone);
  return {
    ...spanBetween(zone, from, to, zoneData),
    agentId: row.kind === 'agent' ? row.agent.agentId : null,
    hubId: row.hub?.hubId ?? null,
    breaks: [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
  };
}

/** The usual times of a new shift on a day: what the person usually works then, else what the hub's template says, else nine to six. */
export function usualShift(roster: Roster, row: PlannerRow, epochDay: number, fallbackZone: string, zoneData: string): ShiftBody {
  const zone = rowZone(row, fallbackZone);
  const template = usualTemplate(roster, row, epochDay);
  if (template !== null) return shiftOfTemplate(template, row.kind === 'agent' ? row.agent : null, row.hub, epochDay, zoneData);
  const window = row.kind === 'agent' ? row.agent.pattern[weekdayOfEpochDay(epochDay)]?.[0] : undefined;
  const open = window?.openMinute ?? 9 * 60;
  const close = window?.closeMinute ?? 18 * 60;
  const [start, end] = wallsOf(epochDay, open, close);
  const span = wallSpan(zone, localOfWall(start), localOfWall(end), zoneData);
  return { ...newShift(row, span.startAt, span.endAt, fallbackZone, zoneData), ...span };
}

function usualTemplate(roster: Roster, row: PlannerRow, epochDay: number): ShiftTemplate | null {
  if (row.kind === 'agent' && row.agent.pattern[weekdayOfEpochDay(epochDay)]?.[0] !== undefined) return null;
  const hubId = row.hub?.hubId;
  return (
    roster.templates.find(
      (template) =>
        template.isActive && template.hubId === hubId && hubId !== undefined && template.days.includes(weekdayOfEpochDay(epochDay)),
    ) ?? null
  );
}

/** One shift of a template on a date. */
export function shiftOfTemplate(
  template: ShiftTemplate,
  agent: AgentProfile | null,
  hub: Hub | null,
  epochDay: number,
  zoneData: string,
): ShiftBody {
  const [start, end] = wallsOf(epochDay, template.startMinute, template.endMinute);
  const span = wallSpan(template.zone, localOfWall(start), localOfWall(end), zoneData);
  return {
    ...span,
    agentId: agent?.agentId ?? null,
    hubId: template.hubId ?? hub?.hubId ?? null,
    breaks: shiftBreaks(span, template.breaks),
    needs: template.needs,
    source: 'manual',
    templateId: template.templateId,
    rotationId: null,
    note: '',
  };
}

function wallsOf(epochDay: number, openMinute: number, closeMinute: number): readonly [Wall, Wall] {
  const midnight = wallOf(dateOfEpochDay(epochDay));
  const close = closeMinute <= openMinute ? closeMinute + DAY_MINUTES : closeMinute;
  return [midnight + openMinute * MINUTE_MS, midnight + close * MINUTE_MS];
}

/** How much longer (positive) or shorter a shift is than its wall times say, because the clocks change in it. Milliseconds. */
export function seamOf(body: Pick<ShiftBody, 'startLocal' | 'endLocal' | 'startAt' | 'endAt'>): number {
  return body.endAt - body.startAt - (wallOf(body.endLocal) - wallOf(body.startLocal));
}

/** The local day on which a shift starts on the clocks of a zone. */
export function startDayIn(zone: string, body: Pick<ShiftBody, 'startAt'>): number {
  return epochDayAt(zone, body.startAt);
}

function wallAt(zone: string, at: Instant): Wall {
  return at + zoneOffsetMs(zone, at);
}
