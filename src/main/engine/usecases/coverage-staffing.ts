import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import type { CoverageBook } from './coverage-book.ts';
import { requirePlanner } from './planner-access.ts';
import { zoneDataInUse } from './zone-data.ts';
import { arrivalsSince, firstArrivalAt } from '../store/arrivals.store.ts';
import { dueWork } from '../store/due-cases.store.ts';
import { readPlan } from '../store/plan.store.ts';
import { readRoster } from '../store/roster.store.ts';
import { me, saveSettingValue, settingValue } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { assignments } from '../../../shared/domain/coverage/assignments.ts';
import type { Demand, StaffingSettings, TicketFeasibility } from '../../../shared/domain/coverage/coverage.ts';
import { DEFAULT_STAFFING, demand } from '../../../shared/domain/coverage/demand.ts';
import { staffedCapacity, ticketFeasibility } from '../../../shared/domain/coverage/feasibility.ts';
import { MOST_WEEKS } from '../../../shared/domain/coverage/forecast.ts';
import { qualifiedAssignments } from '../../../shared/domain/coverage/qualified-assignments.ts';
import { EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { after, DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The setting that holds it. */
export const STAFFING_KEY = 'staffing';

/** What leads said about how channels are staffed, over what is assumed of those they said nothing about. */
export function readStaffing(db: ReadDb): StaffingSettings {
  const stored = settingValue(db, STAFFING_KEY);
  if (stored === null) return DEFAULT_STAFFING;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `saveStaffing` alone, from parsed input
  const saved = JSON.parse(stored) as StaffingSettings;
  return { ...saved, channels: { ...DEFAULT_STAFFING.channels, ...saved.channels } };
}

export function saveStaffing(
  context: UseCaseContext,
  input: Input<'coverage.setStaffing'>,
): Result<{ readonly inverse: StaffingSettings }, CallError> {
  return once(context, input.opId, 'coverage.setStaffing', (tx) => {
    const actor = requirePlanner(tx);
    const inverse = readStaffing(tx);
    context.ledger.recordTeamEvent(tx, 'staffing', 'staffing.saved', { settings: input.settings }, { actor });
    saveSettingValue(tx, STAFFING_KEY, JSON.stringify(input.settings));
    return { value: { inverse } };
  });
}

const MISSED_SHOWN = 200;

/** Whether the open tickets can be worked off in time by the published plan, each as the effort of its channel. Live channels are no queue of work. */
export function feasibility(db: ReadDb, book: CoverageBook, now: Instant): TicketFeasibility {
  const settings = readStaffing(db);
  const jobs = dueWork(db).flatMap(({ caseId, channel, dueAt }) => {
    const staffing = settings.channels[channel];
    return staffing?.model === 'tickets' ? [{ caseId, dueAt, effortMs: staffing.handleSeconds * SECOND_MS }] : [];
  });
  const until = jobs.reduce<Instant>((last, job) => (job.dueAt > last ? job.dueAt : last), now);
  // Nobody counts on what is so far away, and a promise without end must not have years worked out.
  const end = after(now, Math.min(until - now, LONGEST_LOOK_MS));
  const capacity = staffedCapacity(book.assignments(db, now, end), now, end, settings);
  const found = ticketFeasibility(jobs, capacity, now);
  return { ...found, missed: found.missed.slice(0, MISSED_SHOWN) };
}

const LONGEST_LOOK_MS = 120 * DAY_MS;
/** No chart is longer. */
const LONGEST_CHART_MS = 62 * DAY_MS;

/** What is to be expected, what came, who is needed and who is planned. */
export function coverageDemand(db: ReadDb, input: Input<'coverage.demand'>, now: Instant): Demand {
  const { from, bucketMinutes, channels, language, layer } = input;
  const to = after(from, Math.min(input.to - from, LONGEST_CHART_MS));
  if (to <= from) throw new CommandFailure('invalid', 'the stretch is empty');
  const roster = readRoster(db);
  const worked = assignments(roster, readPlan(db, { from, to }), layer, from, to, zoneDataInUse()).assignments;
  const scheduled = language === null ? worked : qualifiedAssignments(roster, worked, { ...EVERYBODY, languages: [language] });
  // Weeks are looked up as far before the stretch as they lie before now, and a little more where clocks were changed.
  const since = after(from < now ? from : now, -(MOST_WEEKS * 7 + 2) * DAY_MS);
  return demand(arrivalsSince(db, since), scheduled, readStaffing(db), {
    from,
    to,
    bucketMs: bucketMinutes * MINUTE_MS,
    now,
    historyFrom: firstArrivalAt(db),
    teamZone: teamZone(db, roster),
    holidays: sharedHolidays(roster),
    channels,
    language,
  });
}

/** The zone of most people, of the person at this desk while there is no roster; for customers whose clocks are not known. */
function teamZone(db: ReadDb, roster: Roster): string {
  const counts = new Map<string, number>();
  for (const agent of roster.agents) if (agent.isActive) counts.set(agent.zone, (counts.get(agent.zone) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0] ?? me(db)?.zone ?? 'UTC';
}

/** Days that are a holiday in every hub: what one hub celebrates is a day like others for the customers of the rest. */
function sharedHolidays(roster: Roster): Roster['hubs'][number]['holidays'][number]['date'][] {
  const [first, ...others] = roster.hubs.filter((hub) => hub.isActive);
  const isSame = (a: { readonly year: number; readonly month: number; readonly day: number }, b: typeof a): boolean =>
    a.year === b.year && a.month === b.month && a.day === b.day;
  return (first?.holidays ?? [])
    .map(({ date }) => date)
    .filter((date) => others.every((hub) => hub.holidays.some((holiday) => isSame(holiday.date, date))));
}
