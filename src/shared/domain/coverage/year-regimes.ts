import { DAY_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { zoneTransitions } from '../time/zone.ts';
import type { ZoneTransition } from '../time/zone.ts';
import type { YearRegime } from './coverage.ts';
import type { Roster } from './roster.ts';

export type RegimeSpan = Omit<YearRegime, 'requirements'>;

export interface ZoneChange extends ZoneTransition {
  readonly zone: string;
}

/** Every zone whose clocks matter to what a team plans. */
export function zonesOf(roster: Roster): readonly string[] {
  const zones = [
    ...roster.hubs.filter((each) => each.isActive).map((each) => each.zone),
    ...roster.templates.filter((each) => each.isActive).map((each) => each.zone),
    ...roster.agents.filter((each) => each.isActive).map((each) => each.zone),
    ...roster.requirements.filter((each) => each.isActive).flatMap((each) => each.window?.zone ?? []),
  ];
  return [...new Set(zones)].sort();
}

/** The changes of their clocks in `[from, to)`, in order of time. */
export function changesOf(zones: readonly string[], from: Instant, to: Instant): readonly ZoneChange[] {
  return zones
    .flatMap((zone) => zoneTransitions(zone, from, to).map((transition) => ({ zone, ...transition })))
    .sort((a, b) => a.at - b.at);
}

/**
 * The stretches of `[from, to)` between changes of clocks. Changes within a day of the first of them are one: a
 * continent sets its clocks hour after hour.
 */
export function regimeSpans(changes: readonly ZoneChange[], from: Instant, to: Instant): readonly RegimeSpan[] {
  const groups: (readonly [Instant, ...ZoneChange[]])[] = [[from]];
  for (const change of changes) {
    if (change.at <= from || change.at >= to) continue;
    const last = groups.at(-1);
    if (groups.length > 1 && last !== undefined && change.at - last[0] < DAY_MS) groups[groups.length - 1] = [...last, change];
    else groups.push([change.at, change]);
  }
  return groups.map(([begin, ...own], index) => ({
    from: begin,
    to: groups[index + 1]?.[0] ?? to,
    changes: own.map(({ zone, beforeMs, afterMs }) => ({ zone, beforeMs, afterMs })),
  }));
}
