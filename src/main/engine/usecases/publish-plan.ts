import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { requirePlanner } from './planner-access.ts';
import { recordShift, recordTeam, unknownShift } from './team-events.ts';
import { draftedShifts, readPlan, shiftsByUid } from '../store/plan.store.ts';
import type { Stretch } from '../store/plan.store.ts';
import { changesOfPublication, listPublications, publicationByUid, standingChanges } from '../store/publications.store.ts';
import { profileByUid, readRoster } from '../store/roster.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { zoneDataInUse } from './zone-data.ts';
import type { PublicationRow } from '../../../shared/contract/coverage.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { rederiveShifts } from '../../../shared/domain/coverage/derive.ts';
import { bodyIn, draftedChanges, revert, toldAgents } from '../../../shared/domain/coverage/draft.ts';
import type { Plan, PublishedChange, Shift } from '../../../shared/domain/coverage/plan.ts';
import { draftProblems } from '../../../shared/domain/coverage/validate.ts';
import type { ShiftProblem } from '../../../shared/domain/coverage/validate.ts';
import type { AgentId, OperationId, PublicationId, ShiftId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { after, DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Everything that is drafted, on both sides of the plan; null when nothing is. */
export function draftedStretch(shifts: readonly Shift[]): Stretch | null {
  const ends = shifts.flatMap((shift) =>
    [shift.published, bodyIn(shift, 'draft')].flatMap((body) => (body === null ? [] : [body.startAt, body.endAt])),
  );
  if (ends.length === 0) return null;
  const [from, to] = ends.reduce<[number, number]>(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [Infinity, -Infinity]);
  return { from: instant(from), to: instant(to) };
}

/** Rest and length of turns look at what is around a shift. */
const AROUND_MS = 3 * DAY_MS;

export function planAround(db: ReadDb, stretch: Stretch): Plan {
  return readPlan(db, { from: after(stretch.from, -AROUND_MS), to: after(stretch.to, AROUND_MS) });
}

/** What a lead should know before publishing, of every drafted shift. */
export function problemsOfDraft(
  db: ReadDb,
  plan: Plan,
  now: Instant,
): readonly { readonly shiftId: ShiftId; readonly problem: ShiftProblem }[] {
  return draftProblems(readRoster(db), plan, { now, zoneData: zoneDataInUse() });
}

/** Publishes every draft. Refused with `has-errors` while one of them can not be worked as it stands. */
export function publishPlan(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly note: string },
): Result<{ readonly publicationId: PublicationId; readonly changed: number }, CallError> {
  return once(context, input.opId, 'plan.publish', (tx) => {
    const actor = requirePlanner(tx);
    const drafted = draftedShifts(tx);
    const stretch = draftedStretch(drafted);
    if (stretch === null) throw new CommandFailure('nothing-drafted');
    const error = problemsOfDraft(tx, planAround(tx, stretch), context.clock.now()).find(({ problem }) => problem.severity === 'error');
    if (error !== undefined) throw new CommandFailure('has-errors', `${error.shiftId}: ${error.problem.code}`);
    const publicationId = context.ids.next('pub');
    const changes = draftedChanges(drafted);
    record(context, tx, { publicationId, actor, shifts: drafted, changes, note: input.note, reverts: null });
    return { value: { publicationId, changed: changes.length } };
  });
}

interface Reverted {
  readonly publicationId: PublicationId | null;
  readonly changed: number;
  readonly conflicts: readonly ShiftId[];
}

/** Takes a publishing back, by a publishing. Shifts that were changed since are left alone and named. */
export function revertPlan(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly publicationId: PublicationId },
): Result<Reverted, CallError> {
  return once<Reverted>(context, input.opId, 'plan.revert', (tx) => {
    const actor = requirePlanner(tx);
    const publication = publicationByUid(tx, input.publicationId);
    if (publication === undefined) throw new CommandFailure('not-found', input.publicationId);
    const undone = { changes: changesOfPublication(tx, input.publicationId) };
    const shifts = shiftsByUid(
      tx,
      undone.changes.map(({ shiftId }) => shiftId),
    );
    const { changes, conflicts } = revert(shifts, undone);
    if (changes.length === 0 && conflicts.length === 0) throw new CommandFailure('nothing-to-revert');
    if (changes.length === 0) return { value: { publicationId: null, changed: 0, conflicts } };
    const publicationId = context.ids.next('pub');
    const now = inForce(changes, context.clock.now());
    record(context, tx, { publicationId, actor, shifts, changes: now, note: '', reverts: input.publicationId });
    return { value: { publicationId, changed: now.length, conflicts } };
  });
}

/** What taking a publishing back would do. A conflict is told as what the publishing made of a shift and what it is now. */
export function revertDiff(
  db: ReadDb,
  publicationId: PublicationId,
): { readonly changes: readonly PublishedChange[]; readonly conflicts: readonly PublishedChange[] } {
  const done = changesOfPublication(db, publicationId);
  const found = shiftsByUid(
    db,
    done.map(({ shiftId }) => shiftId),
  );
  const shifts = new Map(found.map((shift) => [shift.shiftId, shift]));
  const { changes, conflicts } = revert(found, { changes: done });
  const left = new Set(conflicts);
  return {
    changes,
    conflicts: done
      .filter(({ shiftId }) => left.has(shiftId))
      .map(({ shiftId, after: made }) => ({ shiftId, before: made, after: shifts.get(shiftId)?.published ?? null })),
  };
}

/** What comes back was worked out with the time-zone data of its day. */
function inForce(changes: readonly PublishedChange[], now: Instant): readonly PublishedChange[] {
  return changes.map((change) => {
    if (change.after === null) return change;
    const [again] = rederiveShifts([{ ...unknownShift(change.shiftId), published: change.after }], zoneDataInUse(), now).changed;
    return again === undefined ? change : { ...change, after: again.published };
  });
}

interface Publishing {
  readonly publicationId: PublicationId;
  readonly actor: AgentId | null;
  /** The shifts of the changes, as they are. */
  readonly shifts: readonly Shift[];
  readonly changes: readonly PublishedChange[];
  readonly note: string;
  readonly reverts: PublicationId | null;
}

function record(context: UseCaseContext, tx: WriteDb, publishing: Publishing): void {
  const { publicationId, actor, changes, note, reverts } = publishing;
  const deed = { actor, at: context.clock.now() };
  const shifts = new Map(publishing.shifts.map((shift) => [shift.shiftId, shift]));
  for (const { shiftId, after } of changes) {
    const shift = shifts.get(shiftId) ?? unknownShift(shiftId);
    if (after === null) recordShift(context, tx, shift, { type: 'shift.cancelled', shiftId, publicationId }, deed);
    else recordShift(context, tx, shift, { type: 'shift.published', shiftId, publicationId, body: after }, deed);
  }
  const told = toldAgents(changes, deed.at);
  recordTeam(context, tx, { type: 'publication.made', publicationId, note, reverts, changed: changes.length, told }, deed);
}

/** The newest publishings, with whether they can be taken back. */
export function publicationRows(db: ReadDb, limit: number): readonly PublicationRow[] {
  return listPublications(db, limit).map((publication) => ({
    ...publication,
    byName: publication.by === null ? null : (profileByUid(db, publication.by)?.name ?? null),
    isRevertible: isRevertible(db, publication.publicationId),
  }));
}

/** Something of it still stands as it left it. */
function isRevertible(db: ReadDb, publicationId: PublicationId): boolean {
  for (const limit of [1, 1_000_000]) {
    const changes = standingChanges(db, publicationId, limit);
    const shifts = shiftsByUid(
      db,
      changes.map(({ shiftId }) => shiftId),
    );
    if (revert(shifts, { changes }).changes.length > 0) return true;
    if (changes.length < limit) return false;
  }
  return false;
}
