import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { requirePlanner } from './planner-access.ts';
import { recordShift, unknownShift } from './team-events.ts';
import { countDrafted, draftedShifts, readPlan, shiftByUid, shiftsByUid, shiftText } from '../store/plan.store.ts';
import type { Stretch } from '../store/plan.store.ts';
import { readRoster } from '../store/roster.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { zoneDataInUse } from './zone-data.ts';
import { MOST_CHANGES } from '../../../shared/contract/coverage-schemas.ts';
import type { PlanWindow } from '../../../shared/contract/coverage.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { retimed } from '../../../shared/domain/coverage/derive.ts';
import { applyChanges } from '../../../shared/domain/coverage/draft.ts';
import { SAME } from '../../../shared/domain/coverage/plan.ts';
import type { DraftState, Shift, ShiftBody, ShiftChange } from '../../../shared/domain/coverage/plan.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import { rotationChanges } from '../../../shared/domain/coverage/rotations.ts';
import type { AgentId, OperationId, RotationId, ShiftId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { daysBetween, isLocalDate, wallOf } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate, LocalDateTime } from '../../../shared/domain/time/local-time.ts';
import { instantOfWall, isKnownZone } from '../../../shared/domain/time/zone.ts';

/** The plan of a stretch of time. */
export function planWindow(db: ReadDb, stretch: Stretch): PlanWindow {
  return { ...readPlan(db, stretch), drafted: countDrafted(db) };
}

/** Changes the draft. What instants follow from the wall times is worked out here, whatever the page made of them. */
export function editPlan(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly changes: readonly ShiftChange[] },
): Result<{ readonly inverse: readonly ShiftChange[] }, CallError> {
  return once(context, input.opId, 'plan.edit', (tx) => {
    const actor = requirePlanner(tx);
    const check = new BodyCheck(readRoster(tx), context.clock.now());
    const changes = input.changes.map(({ shiftId, draft }): ShiftChange => ({ shiftId, draft: check.derived(draft) }));
    return { value: { inverse: draftChanges(context, tx, changes, actor) } };
  });
}

/** Makes the shifts of rotations as a draft. A shift that is there stays as it is. */
export function generatePlan(
  context: UseCaseContext,
  input: {
    readonly opId: OperationId;
    readonly rotationIds: readonly RotationId[];
    readonly from: LocalDate;
    readonly to: LocalDate;
  },
): Result<{ readonly made: number; readonly inverse: readonly ShiftChange[] }, CallError> {
  return once(context, input.opId, 'plan.generate', (tx) => {
    const actor = requirePlanner(tx);
    const { from, to } = input;
    if (!isLocalDate(from) || !isLocalDate(to)) throw new CommandFailure('invalid', 'no such date');
    if (daysBetween(from, to) > LONGEST_DAYS) throw new CommandFailure('too-long');
    if (instantOfWall('UTC', wallOf(to)) > context.clock.now() + FARTHEST_MS) throw new CommandFailure('beyond-plan');
    const roster = readRoster(tx);
    // Zones are at most 14 hours from UTC, and shifts may have been moved by some days since they were made.
    const stretch = { from: after(instantOfWall('UTC', wallOf(from)), -AROUND_MS), to: after(instantOfWall('UTC', wallOf(to)), AROUND_MS) };
    const { shifts } = readPlan(tx, stretch);
    const changes = input.rotationIds.flatMap((id) => {
      const rotation = roster.rotations.find((each) => each.rotationId === id);
      if (rotation === undefined) throw new CommandFailure('not-found', id);
      return withStored(tx, rotationChanges(roster, rotation, shifts, from, to, zoneDataInUse()));
    });
    // What is made must be sent back in one piece when it is taken back.
    if (changes.length > MOST_CHANGES) throw new CommandFailure('too-long', `${String(changes.length)} shifts`);
    const inverse = draftChanges(context, tx, changes, actor);
    return { value: { made: changes.filter(({ draft }) => draft.kind === 'changed').length, inverse } };
  });
}

/** A year, with a margin. */
const LONGEST_DAYS = 400;
const AROUND_MS = 15 * DAY_MS;
/** The plan is worked out day by day to its end, and windows are looked up by the longest shift: a wrong year must not get in. */
const FARTHEST_MS = 5 * 366 * DAY_MS;
const LONGEST_SHIFT_MS = 31 * DAY_MS;

/** A shift that was moved far away is not in the window, but it is there. */
function withStored(db: ReadDb, changes: readonly ShiftChange[]): readonly ShiftChange[] {
  return changes.filter(({ shiftId, draft }) => {
    if (draft.kind !== 'changed') return true;
    const stored = shiftByUid(db, shiftId);
    return stored === undefined || (stored.published === null && stored.draft.kind === 'same') || stored.draft.kind === 'removed';
  });
}

/** Throws the draft away. */
export function discardPlan(
  context: UseCaseContext,
  input: { readonly opId: OperationId },
): Result<{ readonly inverse: readonly ShiftChange[] }, CallError> {
  return once(context, input.opId, 'plan.discard', (tx) => {
    const actor = requirePlanner(tx);
    const drafted = draftedShifts(tx);
    if (drafted.length === 0) throw new CommandFailure('nothing-drafted');
    const changes = drafted.map(({ shiftId }): ShiftChange => ({ shiftId, draft: SAME }));
    return { value: { inverse: draftChanges(context, tx, changes, actor, drafted) } };
  });
}

/** Records changed drafts and answers what brings the former ones back. */
function draftChanges(
  context: UseCaseContext,
  tx: WriteDb,
  changes: readonly ShiftChange[],
  actor: AgentId | null,
  known: readonly Shift[] | null = null,
): readonly ShiftChange[] {
  const ids = [...new Set(changes.map((change) => change.shiftId))];
  const before = new Map((known ?? shiftsByUid(tx, ids)).map((shift) => [shift.shiftId, shift]));
  const { shifts, inverse } = applyChanges([...before.values()], changes);
  const next = new Map(shifts.map((shift) => [shift.shiftId, shift]));
  const deed = { actor, at: context.clock.now() };
  const changed = new Set<ShiftId>();
  for (const shiftId of ids) {
    const shift = before.get(shiftId) ?? unknownShift(shiftId);
    const draft = next.get(shiftId)?.draft ?? SAME;
    if (isSameDraft(shift.draft, draft)) continue;
    changed.add(shiftId);
    recordShift(context, tx, shift, { type: 'shift.drafted', shiftId, draft }, deed);
  }
  return inverse.filter(({ shiftId }) => changed.has(shiftId));
}

function isSameDraft(a: DraftState, b: DraftState): boolean {
  if (a.kind === 'changed' && b.kind === 'changed') return shiftText(a.body) === shiftText(b.body);
  return a.kind === b.kind;
}

/** Refuses what the roster does not know, and derives instants. Answers are kept: edits come by the thousand. */
class BodyCheck {
  private readonly agents: ReadonlySet<string>;
  private readonly hubs: ReadonlySet<string>;
  private readonly zones = new Set<string>();
  private readonly zoneData = zoneDataInUse();
  private readonly now: Instant;

  constructor(roster: Roster, now: Instant) {
    this.now = now;
    this.agents = new Set(roster.agents.map((agent) => agent.agentId));
    this.hubs = new Set(roster.hubs.map((hub) => hub.hubId));
  }

  derived(draft: DraftState): DraftState {
    if (draft.kind !== 'changed') return draft;
    const { body } = draft;
    this.check(body);
    const again = retimed(body, body.startLocal, body.endLocal, this.zoneData);
    if (Math.abs(again.endAt - again.startAt) > LONGEST_SHIFT_MS || again.startAt > this.now + FARTHEST_MS)
      throw new CommandFailure('beyond-plan');
    return { kind: 'changed', body: again };
  }

  private check(body: ShiftBody): void {
    if (!this.zones.has(body.zone)) {
      if (!isKnownZone(body.zone)) throw new CommandFailure('unknown-zone', body.zone);
      this.zones.add(body.zone);
    }
    if (body.agentId !== null && !this.agents.has(body.agentId)) throw new CommandFailure('unknown-agent', body.agentId);
    if (body.hubId !== null && !this.hubs.has(body.hubId)) throw new CommandFailure('invalid', body.hubId);
    const walls: readonly LocalDateTime[] = [
      body.startLocal,
      body.endLocal,
      ...body.breaks.flatMap((each) => [each.startLocal, each.endLocal]),
    ];
    for (const wall of walls) if (!isLocalDate(wall)) throw new CommandFailure('invalid', JSON.stringify(wall));
  }
}
