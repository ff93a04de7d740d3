import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { mayPlan, requirePlanner } from './planner-access.ts';
import { recordTeam } from './team-events.ts';
import type { Deed, TeamEvent } from './team-events.ts';
import { readRoster } from '../store/roster.store.ts';
import { me, settingValue } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { zoneDataInUse } from './zone-data.ts';
import type { RosterChange, RosterView } from '../../../shared/contract/coverage.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { closeRotation } from '../../../shared/domain/coverage/rotations.ts';
import type { AgentProfile, Hub, Requirement, Roster, Rotation, Selector, ShiftTemplate } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId, HubId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { addDays, epochDayOf, isLocalDate } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone, localDateOf } from '../../../shared/domain/time/zone.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What a change of the law did to shifts to come, until a lead has seen it; JSON, empty once it was seen. */
export const ZONE_NOTICE_KEY = 'zone-notice';

/** The team as it was set up, and what the person at this desk may do with it. */
export function rosterView(db: ReadDb): RosterView {
  const roster = readRoster(db);
  const agent = me(db)?.agentId ?? null;
  const notice = settingValue(db, ZONE_NOTICE_KEY) ?? '';
  return {
    roster,
    me: agent,
    canPlan: mayPlan(roster.agents, agent),
    zoneData: zoneDataInUse(),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
    zoneNotice: notice === '' ? null : (JSON.parse(notice) as RosterView['zoneNotice']),
  };
}

/** Things are saved before what names them. */
const ORDER: readonly RosterChange['kind'][] = ['hub', 'agent', 'template', 'rotation', 'requirement'];

/** Saves what leads set up, all or nothing. What is as it was already is left alone. */
export function saveRoster(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly changes: readonly RosterChange[] },
): Result<{ readonly inverse: readonly RosterChange[] }, CallError> {
  return once(context, input.opId, 'roster.save', (tx) => {
    const actor = requirePlanner(tx);
    const now = context.clock.now();
    const roster = new RosterDraft(readRoster(tx));
    const inverse: RosterChange[] = [];
    for (const change of input.changes.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))) {
      inverse.unshift(...saveOne(roster, change, { now, newRotationId: () => context.ids.next('rot') }));
    }
    const deed: Deed = { actor, at: now };
    for (const event of roster.events) recordTeam(context, tx, event, deed);
    return { value: { inverse } };
  });
}

interface Saving {
  readonly now: Instant;
  readonly newRotationId: () => Rotation['rotationId'];
}

/** The roster while a save goes on, and what is to be recorded of it. */
class RosterDraft {
  readonly hubs: Map<string, Hub>;
  readonly agents: Map<string, AgentProfile>;
  readonly templates: Map<string, ShiftTemplate>;
  readonly rotations: Map<string, Rotation>;
  readonly requirements: Map<string, Requirement>;
  readonly events: TeamEvent[] = [];

  constructor(roster: Roster) {
    this.hubs = new Map(roster.hubs.map((each) => [each.hubId, each]));
    this.agents = new Map(roster.agents.map((each) => [each.agentId, each]));
    this.templates = new Map(roster.templates.map((each) => [each.templateId, each]));
    this.rotations = new Map(roster.rotations.map((each) => [each.rotationId, each]));
    this.requirements = new Map(roster.requirements.map((each) => [each.requirementId, each]));
  }
}

/** Checks and notes one change; returns what takes it back. */
function saveOne(draft: RosterDraft, change: RosterChange, saving: Saving): readonly RosterChange[] {
  switch (change.kind) {
    case 'hub': {
      const { hub } = change;
      checkHub(draft, hub);
      const before = put(draft, draft.hubs, hub.hubId, hub, { type: 'hub.saved', hub });
      return before === 'same' ? [] : [{ kind: 'hub', hub: before ?? { ...hub, isActive: false } }];
    }
    case 'agent': {
      const { agent } = change;
      checkZone(agent.zone);
      if (agent.hubId !== null) checkHubs(draft, [agent.hubId]);
      checkDates([
        agent.contract.from,
        agent.contract.until,
        ...[...agent.skills, ...agent.languages].flatMap((each) => [each.from, each.until]),
      ]);
      const before = put(draft, draft.agents, agent.agentId, agent, { type: 'agent.saved', profile: agent });
      return before === 'same' ? [] : [{ kind: 'agent', agent: before ?? { ...agent, isActive: false } }];
    }
    case 'template': {
      const { template } = change;
      checkZone(template.zone);
      if (template.hubId !== null) checkHubs(draft, [template.hubId]);
      checkSelector(draft, template.needs);
      checkDates([template.anchorDate, template.validFrom, template.validUntil]);
      const before = put(draft, draft.templates, template.templateId, template, { type: 'template.saved', template });
      return before === 'same' ? [] : [{ kind: 'template', template: before ?? { ...template, isActive: false } }];
    }
    case 'rotation':
      return saveOneRotation(draft, change.rotation, saving);
    case 'requirement': {
      const { requirement } = change;
      checkRequirement(draft, requirement);
      const before = put(draft, draft.requirements, requirement.requirementId, requirement, { type: 'requirement.saved', requirement });
      return before === 'same' ? [] : [{ kind: 'requirement', requirement: before ?? { ...requirement, isActive: false } }];
    }
  }
}

/** Notes what is to be recorded. Returns what was there, or that it is the same. */
function put<T>(draft: RosterDraft, map: Map<string, T>, id: string, value: T, event: TeamEvent): T | 'same' | undefined {
  const before = map.get(id);
  if (before !== undefined && isEqual(before, value)) return 'same';
  map.set(id, value);
  draft.events.push(event);
  return before;
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const entries = Object.entries(a).filter(([, value]) => value !== undefined);
  const others = new Map(Object.entries(b).filter(([, value]) => value !== undefined));
  return entries.length === others.size && entries.every(([key, value]) => others.has(key) && isEqual(value, others.get(key)));
}

function saveOneRotation(draft: RosterDraft, rotation: Rotation, saving: Saving): readonly RosterChange[] {
  checkRotation(draft, rotation);
  const stored = draft.rotations.get(rotation.rotationId);
  const save = (each: Rotation): void => {
    put(draft, draft.rotations, each.rotationId, each, { type: 'rotation.saved', rotation: each });
  };
  if (stored === undefined) {
    save(rotation);
    return [{ kind: 'rotation', rotation: { ...rotation, isActive: false } }];
  }
  const kept: Rotation = { ...rotation, version: stored.version, supersedes: stored.supersedes };
  if (isEqual(stored, kept)) return [];
  const today = todayOf(draft, stored, saving.now);
  const hasBegun = epochDayOf(stored.from) <= epochDayOf(today);
  if (!hasBegun || isEqual({ ...stored, name: kept.name, until: kept.until, isActive: kept.isActive }, kept)) {
    save(kept);
    return [{ kind: 'rotation', rotation: stored }];
  }
  const { rotationId: _id, version: _version, supersedes: _supersedes, from, ...change } = kept;
  const { closed, opened } = closeRotation(stored, startOf(from, stored.from, today), change, saving.newRotationId());
  save(closed);
  save(opened);
  return [
    { kind: 'rotation', rotation: { ...opened, isActive: false } },
    { kind: 'rotation', rotation: stored },
  ];
}

/** A new version begins when the change says so, not before today; one that does not say so begins tomorrow. */
function startOf(wanted: LocalDate, began: LocalDate, today: LocalDate): LocalDate {
  if (epochDayOf(wanted) <= epochDayOf(began)) return addDays(today, 1);
  return epochDayOf(wanted) < epochDayOf(today) ? today : wanted;
}

/** Today by the clocks of the rotation's templates; where they differ, the later date. */
function todayOf(draft: RosterDraft, rotation: Rotation, now: Instant): LocalDate {
  const zones = rotation.templateIds.flatMap((id) => draft.templates.get(id)?.zone ?? []);
  return (zones.length === 0 ? ['UTC'] : zones)
    .map((zone) => localDateOf(zone, now))
    .reduce((latest, date) => (epochDayOf(date) > epochDayOf(latest) ? date : latest));
}

function checkHub(draft: RosterDraft, hub: Hub): void {
  checkZone(hub.zone);
  checkDates(hub.holidays.map((holiday) => holiday.date));
  const name = hub.name.toLowerCase();
  // People and files name a hub by its name, so it must be one hub's alone.
  for (const other of draft.hubs.values())
    if (hub.isActive && other.isActive && other.hubId !== hub.hubId && other.name.toLowerCase() === name)
      throw new CommandFailure('name-taken', hub.name);
}

function checkRotation(draft: RosterDraft, rotation: Rotation): void {
  for (const id of rotation.templateIds) if (!draft.templates.has(id)) throw new CommandFailure('not-found', id);
  checkAgents(draft, rotation.agentIds);
  checkDates([rotation.anchorDate, rotation.from, rotation.until]);
}

function checkRequirement(draft: RosterDraft, requirement: Requirement): void {
  checkSelector(draft, requirement.selector);
  if (requirement.target < requirement.minimum) throw new CommandFailure('target-below-minimum', requirement.name);
  if (requirement.window === null) return;
  checkZone(requirement.window.zone);
  if (!Object.values(requirement.window.week).some((windows) => windows.length > 0))
    throw new CommandFailure('never-opens', requirement.name);
}

function checkSelector(draft: RosterDraft, selector: Selector): void {
  checkHubs(draft, selector.hubs);
}

function checkHubs(draft: RosterDraft, hubIds: readonly HubId[]): void {
  for (const id of hubIds) if (!draft.hubs.has(id)) throw new CommandFailure('unknown-hub', id);
}

function checkAgents(draft: RosterDraft, agentIds: readonly AgentId[]): void {
  for (const id of agentIds) if (!draft.agents.has(id)) throw new CommandFailure('unknown-agent', id);
}

function checkZone(zone: string): void {
  if (!isKnownZone(zone)) throw new CommandFailure('unknown-zone', zone);
}

/** The schema knows no calendar: 30 February is for us to refuse. */
function checkDates(dates: readonly (LocalDate | null)[]): void {
  for (const date of dates) if (date !== null && !isLocalDate(date)) throw new CommandFailure('invalid', JSON.stringify(date));
}
