import { instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { BusinessCalendar, Span } from '../time/calendar.ts';
import { openSpans } from '../time/calendar-spans.ts';
import type { RequirementCoverage, Segment } from './coverage.ts';
import type { Assignment } from './plan.ts';
import { qualifiedAssignments } from './qualified-assignments.ts';
import type { Requirement, RequirementWindow, Roster } from './roster.ts';
import { sweepWindows } from './sweep.ts';

const calendars = new WeakMap<RequirementWindow, BusinessCalendar>();

/**
 * When a requirement counts within `[from, to)`: by the same rules as business hours, so past midnight, and with the
 * repeated hour when clocks are set back. Sorted, none touching another.
 */
export function requirementWindows(requirement: Requirement, from: Instant, to: Instant): readonly Span[] {
  if (to <= from) return [];
  const { window } = requirement;
  if (window === null) return [{ from, to }];
  let calendar = calendars.get(window);
  if (calendar === undefined) {
    calendar = { id: '', name: '', versions: [{ effectiveFrom: instant(0), zone: window.zone, week: window.week, exceptions: [] }] };
    calendars.set(window, calendar);
  }
  return openSpans(calendar, from, to).map(([begin, end]) => ({ from: instant(begin), to: instant(end) }));
}

/** How well a requirement is met within `[from, to)` by those who qualify for it at each time. */
export function requirementCoverage(
  requirement: Requirement,
  roster: Roster,
  assignments: readonly Assignment[],
  from: Instant,
  to: Instant,
): RequirementCoverage {
  const able = qualifiedAssignments(roster, assignments, requirement.selector);
  const segments = sweepWindows(requirementWindows(requirement, from, to), requirement.minimum, requirement.target, able);
  return { requirementId: requirement.requirementId, segments, totals: totalsOf(segments) };
}

function totalsOf(segments: readonly Segment[]): RequirementCoverage['totals'] {
  const totals = { gap: 0, thin: 0, low: 0, ok: 0 };
  for (const { from, to, state } of segments) totals[state] += to - from;
  return totals;
}
