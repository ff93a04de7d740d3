import type { Assignment } from '../../../shared/domain/coverage/plan.ts';
import type { AgentProfile, Roster } from '../../../shared/domain/coverage/roster.ts';
import { earlier, later } from '../../../shared/domain/coverage/spans.ts';
import { unsocialMinutes } from '../../../shared/domain/coverage/unsocial.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { dateOfEpochDay, formatLocalDate, formatLocalTime } from '../../../shared/domain/time/local-time.ts';
import { epochDayAt, startOfEpochDay, toLocal, zoneOffsetMs } from '../../../shared/domain/time/zone.ts';
import { writeCsv } from './csv.ts';

export interface HoursQuestion {
  readonly roster: Roster;
  /** What is worked, with breaks, overrides and absences already taken out. */
  readonly assignments: readonly Assignment[];
  readonly from: Instant;
  readonly to: Instant;
  /** The zone whose clocks tell dates, times and weeks; the header names it. */
  readonly zone: string;
}

/**
 * Who works when in `[from, to)`, a line for each unbroken stretch, as a table (RFC 4180). Times stand twice: as ISO 8601
 * with their offset, which means the same everywhere, and as the zone's clocks show them, for people.
 */
export function shiftsCsv({ roster, assignments, from, to, zone }: HoursQuestion): string {
  const names = namesOf(roster);
  const rows = clipped(assignments, from, to).map((each) => [
    each.agentId,
    names.agent(each.agentId),
    names.hub(each.hubId),
    isoText(zone, each.from),
    isoText(zone, each.to),
    localText(zone, each.from),
    localText(zone, each.to),
    hoursText(each.to - each.from),
    each.isOverride ? 'yes' : 'no',
    each.shiftId,
  ]);
  return writeCsv([
    ['agent id', 'agent', 'hub', 'start (ISO 8601)', 'end (ISO 8601)', `start (${zone})`, `end (${zone})`, 'hours', 'override', 'shift id'],
    ...rows,
  ]);
}

/**
 * Hours of each person and week in `[from, to)` as a table. A week runs from Monday to Monday by the clocks of `zone`, and
 * has the number of ISO 8601. Night (22:00 to 06:00), weekend and holiday are by the person's own clocks. Who works
 * nothing in a week of the window has a line with zeros.
 */
export function hoursCsv({ roster, assignments, from, to, zone }: HoursQuestion): string {
  const weeks = weeksOf(from, to, zone);
  const byAgent = new Map<AgentId, Assignment[]>();
  for (const each of clipped(assignments, from, to)) byAgent.set(each.agentId, [...(byAgent.get(each.agentId) ?? []), each]);
  const names = namesOf(roster);
  const people = roster.agents.filter((agent) => agent.isActive || byAgent.has(agent.agentId));
  const rows = people.flatMap((agent) =>
    weeks.map((week) => {
      const own = clipped(byAgent.get(agent.agentId) ?? [], week.from, week.to);
      const total = totalsOf(agent, roster, own);
      return [
        agent.agentId,
        agent.name,
        names.hub(agent.hubId),
        week.name,
        week.monday,
        hoursText(total.workedMs),
        agent.contract.hoursPerWeek.toFixed(2),
        hoursText(total.nightMs),
        hoursText(total.weekendMs),
        hoursText(total.holidayMs),
      ];
    }),
  );
  return writeCsv([
    [
      'agent id',
      'agent',
      'hub',
      `week (${zone})`,
      `Monday (${zone})`,
      'hours',
      'contract hours',
      'night hours (agent’s zone)',
      'weekend hours (agent’s zone)',
      'holiday hours (agent’s zone)',
    ],
    ...rows,
  ]);
}

function clipped(assignments: readonly Assignment[], from: Instant, to: Instant): readonly Assignment[] {
  return assignments
    .map((each) => ({ ...each, from: later(each.from, from), to: earlier(each.to, to) }))
    .filter((each) => each.from < each.to);
}

function totalsOf(
  agent: AgentProfile,
  roster: Roster,
  worked: readonly Assignment[],
): { readonly workedMs: number; readonly nightMs: number; readonly weekendMs: number; readonly holidayMs: number } {
  const hub = roster.hubs.find((each) => each.hubId === agent.hubId) ?? null;
  const total = { workedMs: 0, nightMs: 0, weekendMs: 0, holidayMs: 0 };
  for (const { from, to } of worked) {
    const unsocial = unsocialMinutes(agent, hub, from, to);
    total.workedMs += to - from;
    total.nightMs += unsocial.night * MINUTE_MS;
    total.weekendMs += unsocial.weekend * MINUTE_MS;
    total.holidayMs += unsocial.holiday * MINUTE_MS;
  }
  return total;
}

interface Week {
  /** `2026-W23`. */
  readonly name: string;
  readonly monday: string;
  readonly from: Instant;
  readonly to: Instant;
}

function weeksOf(from: Instant, to: Instant, zone: string): readonly Week[] {
  const weeks: Week[] = [];
  // 1970-01-01 was a Thursday: the Monday of its week is day -3
  for (let day = Math.floor((epochDayAt(zone, from) + 3) / 7) * 7 - 3; startOfEpochDay(zone, day) < to; day += 7) {
    weeks.push({
      name: weekName(day),
      monday: formatLocalDate(dateOfEpochDay(day)),
      from: startOfEpochDay(zone, day),
      to: startOfEpochDay(zone, day + 7),
    });
  }
  return weeks;
}

/** The ISO 8601 week of a Monday: it belongs to the year of its Thursday. */
function weekName(monday: number): string {
  const { year } = dateOfEpochDay(monday + 3);
  const dayOfYear = monday + 3 - Math.round(Date.UTC(year, 0, 1) / DAY_MS);
  return `${String(year)}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}

function hoursText(ms: number): string {
  return (ms / HOUR_MS).toFixed(2);
}

/** `2026-06-01T09:00:00+05:45`. */
function isoText(zone: string, at: Instant): string {
  const local = toLocal(zone, at);
  const minutes = Math.round(zoneOffsetMs(zone, at) / MINUTE_MS);
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${formatLocalDate(local)}T${[local.hour, local.minute, local.second].map(two).join(':')}${offset}`;
}

/** `2026-06-01 09:00`. */
function localText(zone: string, at: Instant): string {
  const local = toLocal(zone, at);
  return `${formatLocalDate(local)} ${formatLocalTime(local)}`;
}

function namesOf(roster: Roster): { readonly agent: (id: AgentId) => string; readonly hub: (id: Assignment['hubId']) => string } {
  return {
    agent: (id) => roster.agents.find((each) => each.agentId === id)?.name ?? '',
    hub: (id) => roster.hubs.find((each) => each.hubId === id)?.name ?? '',
  };
}
