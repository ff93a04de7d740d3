import type { Input, Output } from '../../../src/shared/contract/contract.ts';
import { assignments } from '../../../src/shared/domain/coverage/assignments.ts';
import { applyChanges, draftedChanges, publish, revert, toldAgents } from '../../../src/shared/domain/coverage/draft.ts';
import type { Absence, Plan, Publication, Shift } from '../../../src/shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../../src/shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Roster, ShiftTemplate } from '../../../src/shared/domain/coverage/roster.ts';
import { draftProblems } from '../../../src/shared/domain/coverage/validate.ts';
import { wallSpan } from '../../../src/shared/domain/coverage/derive.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { DAY_MS, instant } from '../../../src/shared/domain/time.ts';
import type { Instant } from '../../../src/shared/domain/time.ts';
import { dateOfEpochDay, weekdayOfEpochDay } from '../../../src/shared/domain/time/local-time.ts';
import type { FakeEngine } from '../fake-engine.ts';

/**
 * A made-up team of three hubs and its plan, for component tests and the preview. Drafts, publishing and problems are
 * the real rules; coverage answers nothing.
 */
const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
const ZONE_DATA = 'fake';
export const FAKE_ME = makeId('agt', 'me');

function hub(body: string, name: string, zone: string): Hub {
  return { hubId: makeId('hub', body), name, zone, position: null, weekend: ['sat', 'sun'], holidays: [], isActive: true };
}
const HUBS = [hub('sin', 'Singapore', 'Asia/Singapore'), hub('lis', 'Lisbon', 'Europe/Lisbon'), hub('nyc', 'New York', 'America/New_York')];

function person(body: string, name: string, at: Hub, isLead = false): AgentProfile {
  return {
    agentId: makeId('agt', body),
    name,
    hubId: at.hubId,
    zone: at.zone,
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: [{ name: 'en', level: 'good', from: null, until: null }],
    tiers: isLead ? ['L1', 'lead'] : ['L1'],
    pattern: {},
    isActive: true,
  };
}

const NAMES = ['Inês Carvalho', 'Wei Ling Tan', 'Omar Haddad', 'Grace Kim', 'Tomás Ferreira', '陈思远', 'Ana Duarte', 'Joe Brandt'];

/** A team with so many people, spread over the hubs. */
export function fakeRoster(people: number): Roster {
  const agents = Array.from({ length: people }, (_, index) => {
    const at = HUBS[index % HUBS.length] ?? HUBS[0];
    const name = NAMES[index % NAMES.length] ?? '';
    if (at === undefined) throw new Error('no hub');
    return index === 0
      ? { ...person('me', name, at, true) }
      : person(`a${index}`, index < NAMES.length ? name : `${name} ${Math.floor(index / NAMES.length) + 1}`, at);
  });
  const template: ShiftTemplate = {
    templateId: makeId('tpl', 'day'),
    name: 'Day',
    hubId: HUBS[1]?.hubId ?? null,
    zone: 'Europe/Lisbon',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    startMinute: 9 * 60,
    endMinute: 18 * 60,
    cycleWeeks: 1,
    activeWeeks: [0],
    anchorDate: { year: 2026, month: 1, day: 5 },
    validFrom: null,
    validUntil: null,
    breaks: [],
    needs: EVERYBODY,
    onHolidays: 'skip',
    isActive: true,
  };
  return { hubs: HUBS, agents, templates: [template], rotations: [], requirements: [] };
}

/** Nine to six on weekdays for everybody, published, from a day on. */
export function fakeShifts(roster: Roster, firstDay: number, days: number): readonly Shift[] {
  return roster.agents.flatMap((agent) =>
    Array.from({ length: days }, (_, index) => firstDay + index)
      .filter((day) => !['sat', 'sun'].includes(weekdayOfEpochDay(day)))
      .map((day): Shift => {
        const date = dateOfEpochDay(day);
        const span = wallSpan(
          agent.zone,
          { ...date, hour: 9, minute: 0, second: 0 },
          { ...date, hour: 18, minute: 0, second: 0 },
          ZONE_DATA,
        );
        return {
          shiftId: makeId('shf', `${agent.agentId.slice(4)}-${day}`),
          revision: 1,
          published: {
            ...span,
            agentId: agent.agentId,
            hubId: agent.hubId,
            breaks: [],
            needs: EVERYBODY,
            source: 'manual',
            templateId: null,
            rotationId: null,
            note: '',
          },
          cancelled: null,
          draft: { kind: 'same' },
        };
      }),
  );
}

export interface FakePlanOptions {
  readonly people?: number;
  readonly canPlan?: boolean;
  /** Shifts from a week before now on. */
  readonly days?: number;
  readonly now: Instant;
}

/** Handlers of the calls that the planner makes. */
export function fakePlan(
  engine: () => FakeEngine,
  { people = 9, canPlan = true, days = 42, now }: FakePlanOptions,
): ConstructorParameters<typeof FakeEngine>[0] {
  const roster = fakeRoster(people);
  let shifts = fakeShifts(roster, Math.floor(now / DAY_MS) - 10, days);
  let publications: Publication[] = [];
  const absences: Absence[] = [];
  const changed = (): void => void engine().changed('plan.window', 'plan.diff', 'plan.publications', 'coverage.window');
  const plan = (): Plan => ({ shifts, overrides: [], absences, swaps: [] });
  const within = (from: Instant, to: Instant): readonly Shift[] =>
    shifts.filter((shift) => {
      const bodies = [shift.published, shift.draft.kind === 'changed' ? shift.draft.body : null];
      return bodies.some((body) => body !== null && body.startAt < to && body.endAt > from);
    });
  const edit = (changes: Input<'plan.edit'>['changes']): Output<'plan.edit'> => {
    const applied = applyChanges(shifts, changes);
    ({ shifts } = applied);
    changed();
    return { inverse: applied.inverse };
  };
  return {
    'roster.get': () => ok({ roster, me: FAKE_ME, canPlan, zoneData: ZONE_DATA, zoneNotice: null }),
    'plan.window': ({ from, to }) => ok({ ...plan(), shifts: within(from, to), drafted: draftedChanges(shifts).length }),
    'plan.edit': ({ changes }) => ok(edit(changes)),
    'plan.diff': () => {
      const changes = draftedChanges(shifts);
      return ok({
        changes,
        told: toldAgents(changes, now),
        problems: draftProblems(roster, plan(), { now, zoneData: ZONE_DATA }),
        opened: [],
        closed: [],
      });
    },
    'plan.publish': ({ note }) => {
      const done = publish(shifts);
      ({ shifts } = done);
      const publicationId = makeId('pub', `p${publications.length}`);
      publications = [{ publicationId, at: now, by: FAKE_ME, note, reverts: null, changes: done.changes }, ...publications];
      changed();
      return ok({ publicationId, changed: done.changes.length });
    },
    'plan.discard': () =>
      ok(
        edit(
          shifts
            .filter((shift) => shift.draft.kind !== 'same')
            .map((shift) => ({ shiftId: shift.shiftId, draft: { kind: 'same' as const } })),
        ),
      ),
    'plan.publications': () =>
      ok(publications.map(({ changes, ...rest }) => ({ ...rest, changed: changes.length, byName: 'Inês Carvalho', isRevertible: true }))),
    'plan.revert': ({ publicationId }) => {
      const found = publications.find((each) => each.publicationId === publicationId);
      if (found === undefined) return { ok: false, error: { code: 'nothing-to-revert', detail: '' } };
      const done = revert(shifts, found);
      ({ shifts } = done);
      const id = makeId('pub', `p${publications.length}`);
      publications = [
        { publicationId: id, at: now, by: FAKE_ME, note: '', reverts: publicationId, changes: done.changes },
        ...publications,
      ];
      changed();
      return ok({ publicationId: id, changed: done.changes.length, conflicts: done.conflicts });
    },
    'coverage.window': ({ from, to, layer }) =>
      ok({ requirements: [], issues: [], ...assignments(roster, plan(), layer, from, to, ZONE_DATA) }),
    'coverage.candidates': () => ok([]),
  };
}

export const fakeNow = instant(Date.parse('2026-11-04T10:00:00Z'));
