import type { AgentId } from '../ids.ts';
import { DAY_MS, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { dateOfEpochDay, epochDayOf, localOfWall, weekdayOfEpochDay } from '../time/local-time.ts';
import type { LocalDate, LocalDateTime } from '../time/local-time.ts';
import { offsetsOf, startOfEpochDay } from '../time/zone.ts';
import { shiftBreaks, wallSpan } from './derive.ts';
import type { ShiftBody, ShiftBreak } from './plan.ts';
import type { Holiday, ShiftTemplate } from './roster.ts';

/** One shift that a template makes. `date` is the local date on which it starts by the template's clocks. */
export interface TemplateShift {
  readonly date: LocalDate;
  readonly startLocal: LocalDateTime;
  readonly endLocal: LocalDateTime;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly breaks: readonly ShiftBreak[];
}

/**
 * The shifts of a template that start on the local dates from `fromDate` to `toDate`, both included, in order.
 * @param holidays those of the template's hub; they count by the local date on which a shift starts
 */
export function templateShifts(
  template: ShiftTemplate,
  fromDate: LocalDate,
  toDate: LocalDate,
  holidays: readonly Holiday[],
): readonly TemplateShift[] {
  if (!template.isActive) return [];
  const closed = new Set(template.onHolidays === 'skip' ? holidays.map((each) => epochDayOf(each.date)) : []);
  const first = Math.max(epochDayOf(fromDate), template.validFrom === null ? Number.NEGATIVE_INFINITY : epochDayOf(template.validFrom));
  const last = Math.min(epochDayOf(toDate), template.validUntil === null ? Number.POSITIVE_INFINITY : epochDayOf(template.validUntil));
  const shifts: TemplateShift[] = [];
  for (let day = first; day <= last; day += 1) {
    if (!template.days.includes(weekdayOfEpochDay(day)) || !isActiveWeek(template, day) || closed.has(day)) continue;
    const shift = shiftOfDay(template, day);
    if (shift !== null) shifts.push(shift);
  }
  return shifts;
}

/** Weeks of the cycle are seven local days each, counted from the anchor date in both directions. */
function isActiveWeek(template: ShiftTemplate, day: number): boolean {
  if (template.cycleWeeks <= 1) return true;
  const week = Math.floor((day - epochDayOf(template.anchorDate)) / 7);
  return template.activeWeeks.includes(((week % template.cycleWeeks) + template.cycleWeeks) % template.cycleWeeks);
}

/** Null when the clocks leave nothing of it: the whole date or all of the shift's hours were skipped. */
function shiftOfDay(template: ShiftTemplate, day: number): TemplateShift | null {
  const { zone, startMinute, endMinute } = template;
  const startLocal = localOfWall(day * DAY_MS + startMinute * MINUTE_MS);
  const endLocal = localOfWall((endMinute <= startMinute ? day + 1 : day) * DAY_MS + endMinute * MINUTE_MS);
  const { startAt, endAt } = wallSpan(zone, startLocal, endLocal, '');
  if (endAt <= startAt || !isRealDate(zone, day, startAt, startMinute)) return null;
  return {
    date: dateOfEpochDay(day),
    startLocal,
    endLocal,
    startAt,
    endAt,
    breaks: shiftBreaks({ zone, startLocal, endLocal, startAt, endAt }, template.breaks),
  };
}

/** False for a date that a zone never had, such as 30 December 2011 in Apia: the shift would double the next day's. */
function isRealDate(zone: string, day: number, startAt: Instant, startMinute: number): boolean {
  if (startAt + offsetsOf(zone).offsetAt(startAt) === day * DAY_MS + startMinute * MINUTE_MS) return true;
  return startOfEpochDay(zone, day) < startOfEpochDay(zone, day + 1);
}

/** A shift as a template makes it, for somebody or for nobody yet. */
export function templateBody(template: ShiftTemplate, shift: TemplateShift, agentId: AgentId | null, zoneData: string): ShiftBody {
  return {
    zone: template.zone,
    startLocal: shift.startLocal,
    endLocal: shift.endLocal,
    startAt: shift.startAt,
    endAt: shift.endAt,
    zoneData,
    agentId,
    hubId: template.hubId,
    breaks: shift.breaks,
    needs: template.needs,
    source: 'manual',
    templateId: template.templateId,
    rotationId: null,
    note: '',
  };
}
