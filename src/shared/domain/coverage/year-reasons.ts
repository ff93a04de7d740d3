import type { AgentId, HubId } from '../ids.ts';
import { DAY_MS, after } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { addDays } from '../time/local-time.ts';
import { startOfDay } from '../time/zone.ts';
import type { YearException } from './coverage.ts';
import type { Assignment, EmptyStretch, Plan } from './plan.ts';
import { isAble } from './qualify.ts';
import type { AgentProfile, Hub, Requirement, Roster } from './roster.ts';
import { overlaps } from './spans.ts';
import { templateShifts } from './templates.ts';
import type { ZoneChange } from './year-regimes.ts';

type Reason = Pick<YearException, 'reason' | 'hubIds' | 'agentIds' | 'label'>;

/** A holiday of a hub. */
interface HubDay extends Span {
  readonly hub: Hub;
  readonly name: string;
}

/** A shift that is not made because of a holiday, and who might have had it. */
interface SkippedShift extends HubDay {
  readonly agentIds: readonly AgentId[];
}

/** Changes of clocks that may explain a stretch are at most so far from it. */
const NEAR_CHANGE_MS = DAY_MS;
/** No shift is longer. */
const LONGEST_MS = 7 * DAY_MS;

/** Finds why a stretch is worse than it ordinarily is. Made once for all stretches of a year. */
export class YearReasons {
  readonly #agents: ReadonlyMap<AgentId, AgentProfile>;
  readonly #changes: readonly ZoneChange[];
  readonly #absent: readonly EmptyStretch[];
  /** Ids of people with the absence that is a holiday, at that time. */
  readonly #holidayAbsences: readonly (Span & { readonly agentId: AgentId })[];
  readonly #days: readonly HubDay[];
  readonly #skipped: readonly SkippedShift[];

  constructor(roster: Roster, plan: Plan, empty: readonly EmptyStretch[], changes: readonly ZoneChange[], year: Span) {
    this.#agents = new Map(roster.agents.map((agent) => [agent.agentId, agent]));
    this.#changes = changes;
    this.#absent = empty.filter((each) => each.reason === 'absent');
    this.#holidayAbsences = plan.absences
      .filter((each) => each.kind === 'holiday' && each.state === 'approved')
      .map(({ agentId, startAt, endAt }) => ({ agentId, from: startAt, to: endAt }));
    this.#days = hubDays(roster, year);
    this.#skipped = skippedShifts(roster, year);
  }

  /** @param able the assignments of all who qualify for the requirement, in order of time */
  reasonOf(requirement: Requirement, able: readonly Assignment[], stretch: Span): Reason {
    const canDo = (agentId: AgentId | null): boolean => {
      const agent = agentId === null ? undefined : this.#agents.get(agentId);
      return agent !== undefined && agent.isActive && isAble(agent, requirement.selector, stretch.from);
    };
    const absent = this.#absent.filter((each) => overlaps(each, stretch) && canDo(each.agentId)).flatMap((each) => each.agentId ?? []);
    const isHoliday = (agentId: AgentId): boolean =>
      this.#holidayAbsences.some((each) => each.agentId === agentId && overlaps(each, stretch));
    const today = this.#days.filter((day) => overlaps(day, stretch));
    const closed: readonly HubDay[] = [
      ...this.#skipped.filter((shift) => overlaps(shift, stretch) && shift.agentIds.some(canDo)),
      ...today.filter(({ hub }) => absent.some((agentId) => isHoliday(agentId) && this.#agents.get(agentId)?.hubId === hub.hubId)),
    ];
    const agentIds = [...new Set(absent)].sort();
    if (closed.length > 0) return { ...holidayOf(closed), agentIds };
    if (agentIds.length > 0) return { reason: agentIds.every(isHoliday) ? 'holiday' : 'absence', hubIds: [], agentIds, label: '' };
    const deserted = today.filter(({ hub }) => this.#isDeserted(hub, able, stretch));
    if (deserted.length > 0) return { ...holidayOf(deserted), agentIds };
    const isNearChange = this.#changes.some((each) => each.at > stretch.from - NEAR_CHANGE_MS && each.at < stretch.to + NEAR_CHANGE_MS);
    return { reason: isNearChange ? 'clock-change' : 'plan', hubIds: [], agentIds, label: '' };
  }

  /** Whether nobody of a hub is on who is at this time of the weeks around. */
  #isDeserted(hub: Hub, able: readonly Assignment[], { from, to }: Span): boolean {
    const isOn = (days: number): boolean => {
      const stretch = { from: after(from, days * DAY_MS), to: after(to, days * DAY_MS) };
      for (let index = firstFrom(able, stretch.from - LONGEST_MS); (able[index]?.from ?? stretch.to) < stretch.to; index += 1) {
        const each = able[index];
        if (each !== undefined && overlaps(each, stretch) && this.#agents.get(each.agentId)?.hubId === hub.hubId) return true;
      }
      return false;
    };
    return !isOn(0) && [-14, -7, 7, 14].some(isOn);
  }
}

/** Index of the first assignment that begins at `at` or later. */
function firstFrom(able: readonly Assignment[], at: number): number {
  let low = 0;
  let high = able.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((able[middle]?.from ?? at) >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function holidayOf(days: readonly HubDay[]): Pick<Reason, 'reason' | 'hubIds' | 'label'> {
  const hubIds: readonly HubId[] = [...new Set(days.map(({ hub }) => hub.hubId))].sort();
  return { reason: 'holiday', hubIds, label: [...new Set(days.map(({ name }) => name))].join(', ') };
}

/** The holidays of the year, each from midnight to midnight of its hub's zone. */
function hubDays(roster: Roster, year: Span): readonly HubDay[] {
  return roster.hubs
    .filter((hub) => hub.isActive)
    .flatMap((hub) =>
      hub.holidays.map(({ date, name }) => ({
        hub,
        name,
        from: startOfDay(hub.zone, date),
        to: startOfDay(hub.zone, addDays(date, 1)),
      })),
    )
    .filter((day) => overlaps(day, year));
}

/** The shifts of rotations that would be there if their hubs had no holidays. */
function skippedShifts(roster: Roster, year: Span): readonly SkippedShift[] {
  const rotations = roster.rotations.filter((each) => each.isActive);
  return roster.hubs
    .filter((hub) => hub.isActive)
    .flatMap((hub) => {
      const templates = roster.templates.filter((each) => each.hubId === hub.hubId && each.onHolidays === 'skip');
      return templates.flatMap((template) => {
        const agentIds = rotations.filter((each) => each.templateIds.includes(template.templateId)).flatMap((each) => each.agentIds);
        return hub.holidays.flatMap(({ date, name }) =>
          templateShifts(template, date, date, [])
            .map(({ startAt, endAt }) => ({ hub, name, agentIds, from: startAt, to: endAt }))
            .filter((shift) => overlaps(shift, year)),
        );
      });
    });
}
