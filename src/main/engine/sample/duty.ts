import type { HubName } from './hubs.ts';
import { sampleRoster } from './roster.ts';
import type { Random } from './random.ts';
import { SAMPLE_TEAM } from './team.ts';
import type { SampleAgent } from './team.ts';
import type { SampleLanguage } from './texts/phrases.ts';
import { localHour } from './zone-clock.ts';
import { rotationShifts } from '../../../shared/domain/coverage/rotations.ts';
import type { RotationShift } from '../../../shared/domain/coverage/rotations.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS, HOUR_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { dateOfEpochDay } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../shared/domain/time/local-time.ts';

/** Who of the sample team works when: by the shifts that its rotations make, which the workspace also publishes. */

/** The shifts that start on these local dates, in order of time. */
export function turnsOfTeam(from: LocalDate, to: LocalDate, zoneData: string): readonly RotationShift[] {
  const roster = sampleRoster(from.year);
  return roster.rotations
    .flatMap((rotation) => rotationShifts(roster, rotation, from, to, zoneData))
    .sort((a, b) => a.body.startAt - b.body.startAt || (a.shiftId < b.shiftId ? -1 : 1));
}

interface Duty {
  readonly agent: SampleAgent;
  readonly from: Instant;
  readonly to: Instant;
}

const WEEK_DAYS = 7;
const people = new Map<AgentId, SampleAgent>(SAMPLE_TEAM.map((each) => [each.agentId, each]));
/** By weeks since 1970; what is asked for lies within some months. */
const weeks = new Map<number, readonly Duty[]>();

/** Every turn that may run or begin within a day of `at`. */
function dutiesAround(at: Instant): readonly Duty[] {
  const week = Math.floor(at / DAY_MS / WEEK_DAYS);
  const known = weeks.get(week);
  if (known !== undefined) return known;
  const duties = turnsOfTeam(dateOfEpochDay(week * WEEK_DAYS - 2), dateOfEpochDay(week * WEEK_DAYS + WEEK_DAYS + 3), '').flatMap(
    ({ body }) => {
      const agent = body.agentId === null ? undefined : people.get(body.agentId);
      return agent === undefined ? [] : [{ agent, from: body.startAt, to: body.endAt }];
    },
  );
  weeks.set(week, duties);
  return duties;
}

/** True from the start of somebody's turn until half an hour after it: who is in the middle of something stays. */
export function isOnDuty(agent: SampleAgent, at: Instant): boolean {
  return dutiesAround(at).some((duty) => duty.agent === agent && duty.from <= at && at < duty.to + HOUR_MS / 2);
}

/** Somebody at work at this time, preferably one who writes the customer's language. In a gap the first to come answers. */
export function agentOnDuty(at: Instant, language: SampleLanguage | 'ar', random: Random): SampleAgent {
  const duties = dutiesAround(at);
  const working = duties.filter((duty) => duty.from <= at && at < duty.to);
  const next = duties.filter((duty) => duty.from > at).reduce((first, duty) => Math.min(first, duty.from), Infinity);
  const present = working.length > 0 ? working : duties.filter((duty) => duty.from === next);
  return random.weighted(
    present.map(({ agent }) => [agent, agent.languages.includes(language) ? (agent.languages[0] === language ? 12 : 6) : 1]),
  );
}

/** The turn that somebody is in at this time, else their last one before; null when there was none in the days before. */
export function turnOf(agent: SampleAgent, at: Instant): { readonly from: Instant; readonly to: Instant } | null {
  const begun = [...dutiesAround(after(at, -3 * DAY_MS)), ...dutiesAround(at)].filter((duty) => duty.agent === agent && duty.from <= at);
  return begun.reduce<Duty | null>((last, duty) => (last === null || duty.from > last.from ? duty : last), null);
}

/** Everybody who is in a turn at this time, by when it ends. */
export function onDutyAt(at: Instant): readonly SampleAgent[] {
  return dutiesAround(at)
    .filter((duty) => duty.from <= at && at < duty.to)
    .toSorted((a, b) => a.to - b.to || (a.agent.agentId < b.agent.agentId ? -1 : 1))
    .map((duty) => duty.agent);
}

/** The lead who is on at this time, of this hub before others. */
export function leadOnDuty(at: Instant, hub: HubName): SampleAgent | null {
  const leads = onDutyAt(at).filter((each) => each.mayBeMe);
  return leads.find((each) => each.hub === hub) ?? leads[0] ?? null;
}

/** Office hours by the clock on the wall, the same in every hub. */
const OFFICE_FROM = 9;
const OFFICE_TO = 18;

/** Who sits at this desk: the lead of the hub at work now (of the one that began last, where two overlap), else of the next to begin. */
export function meAt(now: Instant): SampleAgent {
  const into = (each: SampleAgent): number => localHour(each.zone, now) - OFFICE_FROM;
  const until = (each: SampleAgent): number => (24 - into(each)) % 24;
  const leads = SAMPLE_TEAM.filter((each) => each.mayBeMe);
  const working = leads.filter((each) => into(each) >= 0 && into(each) < OFFICE_TO - OFFICE_FROM).toSorted((a, b) => into(a) - into(b));
  const found = working[0] ?? leads.toSorted((a, b) => until(a) - until(b))[0];
  if (found === undefined) throw new Error('the sample team has nobody for this desk');
  return found;
}
