import type { HubId } from '../ids.ts';
import { DAY_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { unitedSpans } from '../time/calendar-spans.ts';
import type { SpanPair } from '../time/calendar-spans.ts';
import type { Span } from '../time/calendar.ts';
import { epochDayAt, localDateOf, offsetsOf, startOfEpochDay } from '../time/zone.ts';
import type { Roster, Rotation, ShiftTemplate } from './roster.ts';
import { holidaysOf } from './rotations.ts';
import { templateShifts } from './templates.ts';

/**
 * The hours of a hub as promises count them: when somebody of it works by the published plan, and, where nothing was
 * planned, when somebody would. A stretch without a shift for longer than this is one that nobody has planned, not one in
 * which nobody is to work.
 */
export const UNPLANNED_AFTER_MS = 8 * DAY_MS;

/** The week that is repeated where there is no rotation. */
const WEEK_MS = 7 * DAY_MS;

/** A stretch that somebody works. */
export interface WorkedStretch extends Span {
  /** When its shift begins: the stretch may be what is left of it after a break. */
  readonly begunAt: Instant;
}

/**
 * The worked stretches of a hub with its pattern in every stretch that nobody planned, up to `until`: the templates of
 * its rotations go on there; a hub without any repeats its last planned week by its own clocks. The pattern begins on the
 * day after the last shift, because that day was planned. Before its first shift there was nothing. A promise that
 * reaches behind the plan so has a due time, which the plan corrects when it comes.
 */
export function continuedHours(roster: Roster, hubId: HubId, worked: readonly WorkedStretch[], until: Instant): readonly SpanPair[] {
  const zone = roster.hubs.find((hub) => hub.hubId === hubId)?.zone ?? 'UTC';
  const planned = unitedSpans(worked.map((each): SpanPair => [each.from, each.to]));
  const continued = [...planned];
  planned.forEach((span, index) => {
    const next = planned[index + 1];
    if (next !== undefined && next[0] - span[1] <= UNPLANNED_AFTER_MS) return;
    const within = worked.filter((each) => each.to > span[0] && each.to <= span[1]);
    const last = within.reduce((latest, each) => (each.begunAt > latest ? each.begunAt : latest), instant(0));
    const begin = startOfEpochDay(zone, epochDayAt(zone, last) + 1);
    continued.push(...patternOf(roster, hubId, planned, begin, Math.min(until, next?.[0] ?? until)));
  });
  return unitedSpans(continued);
}

function patternOf(roster: Roster, hubId: HubId, worked: readonly SpanPair[], from: number, to: number): readonly SpanPair[] {
  if (from >= to || roster.hubs.find((hub) => hub.hubId === hubId)?.isActive === false) return [];
  const rotated = clipped(rotationSpans(roster, hubId, from, to), from, to);
  return rotated.length > 0 ? rotated : clipped(repeatedWeek(roster, hubId, worked, from, to), from, to);
}

/** When the templates of the hub's rotations have shifts, whoever takes them; breaks are taken off as they are of shifts. */
function rotationSpans(roster: Roster, hubId: HubId, from: number, to: number): readonly SpanPair[] {
  const templates = new Map(roster.templates.map((template) => [template.templateId, template]));
  return roster.rotations.flatMap((rotation) => {
    if (!rotation.isActive || !rotation.agentIds.some((id) => roster.agents.some((agent) => agent.agentId === id && agent.isActive)))
      return [];
    return rotation.templateIds.flatMap((id) => {
      const template = templates.get(id);
      return template?.hubId === hubId ? templateSpans(roster, rotation, template, from, to) : [];
    });
  });
}

function templateSpans(roster: Roster, rotation: Rotation, template: ShiftTemplate, from: number, to: number): readonly SpanPair[] {
  const first = localDateOf(template.zone, instant(from));
  const last = localDateOf(template.zone, instant(to));
  const bounded = {
    ...template,
    validFrom: laterDate(template.validFrom, rotation.from),
    validUntil: earlierDate(template.validUntil, rotation.until),
  };
  return templateShifts(bounded, first, last, holidaysOf(roster, template.hubId)).flatMap(({ startAt, endAt, breaks }) => {
    // What began before is the plan's to tell.
    if (startAt < from) return [];
    const spans: SpanPair[] = [];
    let begin = startAt;
    for (const each of breaks) {
      if (each.startAt > begin) spans.push([begin, each.startAt]);
      begin = each.endAt;
    }
    if (endAt > begin) spans.push([begin, endAt]);
    return spans;
  });
}

/** The seven local days before `from`, again and again. */
function repeatedWeek(roster: Roster, hubId: HubId, worked: readonly SpanPair[], from: number, to: number): readonly SpanPair[] {
  const offsets = offsetsOf(roster.hubs.find((hub) => hub.hubId === hubId)?.zone ?? 'UTC');
  const wall = (at: number): number => at + offsets.offsetAt(at);
  const end = wall(from);
  const week = clipped(
    worked.filter((span) => span[1] > from - 2 * WEEK_MS && span[0] < from).map((span): SpanPair => [wall(span[0]), wall(span[1])]),
    end - WEEK_MS,
    end,
  );
  const spans: SpanPair[] = [];
  for (let shift = WEEK_MS; end - WEEK_MS + shift < to + 2 * DAY_MS; shift += WEEK_MS)
    spans.push(...week.map((span): SpanPair => [offsets.first(span[0] + shift), offsets.first(span[1] + shift)]));
  return spans;
}

function clipped(spans: readonly SpanPair[], from: number, to: number): readonly SpanPair[] {
  return spans.map((span): SpanPair => [Math.max(span[0], from), Math.min(span[1], to)]).filter((span) => span[0] < span[1]);
}

type DateLimit = ShiftTemplate['validFrom'];

function numberOf(date: NonNullable<DateLimit>): number {
  return (date.year * 12 + date.month) * 31 + date.day;
}
function laterDate(one: DateLimit, other: DateLimit): DateLimit {
  if (one === null || other === null) return one ?? other;
  return numberOf(one) > numberOf(other) ? one : other;
}
function earlierDate(one: DateLimit, other: DateLimit): DateLimit {
  if (one === null || other === null) return one ?? other;
  return numberOf(one) < numberOf(other) ? one : other;
}
