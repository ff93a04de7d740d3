import type { AgentId, ShiftId } from '../ids.ts';
import { HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { wallOf } from '../time/local-time.ts';
import { SAME } from './plan.ts';
import type { DraftState, PlanLayer, Publication, PublishedChange, Shift, ShiftBody, ShiftBreak, ShiftChange } from './plan.ts';

/**
 * Drafts, publishing and taking it back. A shift's row that says nothing at all (never published, no draft) does not
 * exist: none of these functions returns one, and a store deletes the row of a shift that was handed in and did not
 * come back. Nothing is lost with it, as its revision is 0; a change brings it back.
 */

/** Shorter notice than this is a late change. */
export const NOTICE_MS = 48 * HOUR_MS;

/** What a shift says on one side of the plan; null when it is not there. */
export function bodyIn(shift: Shift, layer: PlanLayer): ShiftBody | null {
  if (layer === 'published' || shift.draft.kind === 'same') return shift.published;
  return shift.draft.kind === 'changed' ? shift.draft.body : null;
}

/**
 * Applies changes in their order. A change to what is published anyway is no draft. The inverse has one change for each
 * shift, the draft as it was before all of them; applying it restores every draft.
 */
export function applyChanges(
  shifts: readonly Shift[],
  changes: readonly ShiftChange[],
): { readonly shifts: readonly Shift[]; readonly inverse: readonly ShiftChange[] } {
  const rows = new Map(shifts.map((shift) => [shift.shiftId, shift]));
  const former = new Map<ShiftId, DraftState>();
  for (const { shiftId, draft } of changes) {
    const shift = rows.get(shiftId) ?? unknownShift(shiftId);
    if (!former.has(shiftId)) former.set(shiftId, shift.draft);
    rows.set(shiftId, withDraft(shift, draft));
  }
  return {
    shifts: [...rows.values()].filter((shift) => !isNothing(shift)),
    inverse: [...former].map(([shiftId, draft]) => ({ shiftId, draft })),
  };
}

/** What publishing now would do, shift by shift. */
export function draftedChanges(shifts: readonly Shift[]): readonly PublishedChange[] {
  return shifts
    .map((shift) => withDraft(shift, shift.draft))
    .filter((shift) => shift.draft.kind !== 'same')
    .map((shift) => ({ shiftId: shift.shiftId, before: shift.published, after: bodyIn(shift, 'draft') }));
}

/** Publishes every draft. Only shifts that really change get a new revision; one that is taken away leaves a tombstone. */
export function publish(shifts: readonly Shift[]): { readonly shifts: readonly Shift[]; readonly changes: readonly PublishedChange[] } {
  const changes = draftedChanges(shifts);
  const afters = new Map(changes.map((change) => [change.shiftId, change.after]));
  const published = shifts.map((shift) => {
    const after = afters.get(shift.shiftId);
    return after === undefined ? withDraft(shift, SAME) : { ...withPublished(shift, after), draft: SAME };
  });
  return { shifts: published.filter((shift) => !isNothing(shift)), changes };
}

/**
 * Takes a publishing back: what it changed is published as it was before, as a publishing of its own. A shift that was
 * changed since is a conflict and stays as it is. Drafts stay on top. Bodies come back with the instants and the
 * time-zone data of their day; derive them again (`rederiveShifts`) where that data is no longer in use.
 */
export function revert(
  shifts: readonly Shift[],
  publication: Pick<Publication, 'changes'>,
): { readonly shifts: readonly Shift[]; readonly changes: readonly PublishedChange[]; readonly conflicts: readonly ShiftId[] } {
  const rows = new Map(shifts.map((shift) => [shift.shiftId, shift]));
  const changes: PublishedChange[] = [];
  const conflicts: ShiftId[] = [];
  for (const { shiftId, before, after } of publication.changes) {
    const shift = rows.get(shiftId) ?? unknownShift(shiftId);
    if (!sameIntent(shift.published, after)) conflicts.push(shiftId);
    else if (!sameBody(shift.published, before)) {
      changes.push({ shiftId, before: shift.published, after: before });
      const back = withPublished(shift, before);
      rows.set(shiftId, withDraft(back, back.draft));
    }
  }
  return { shifts: [...rows.values()].filter((shift) => !isNothing(shift)), changes, conflicts };
}

export type ToldKind = 'added' | 'removed' | 'moved' | 'changed';

export interface ToldShift {
  readonly shiftId: ShiftId;
  readonly kind: ToldKind;
  /** Told less than 48 hours before the shift starts, or would have started. */
  readonly isLate: boolean;
  /** When this person was to work by it, and when they are now; null for not at all. */
  readonly before: Span | null;
  readonly after: Span | null;
}

export interface ToldAgent {
  readonly agentId: AgentId;
  /** In order of time. */
  readonly shifts: readonly ToldShift[];
}

/** Who has to be told of a publishing, and what of. A shift that passes from one to another is told to both. */
export function toldAgents(changes: readonly PublishedChange[], now: Instant): readonly ToldAgent[] {
  const told = new Map<AgentId, ToldShift[]>();
  const tell = (agentId: AgentId | null, shiftId: ShiftId, kind: ToldKind, was: ShiftBody | null, is: ShiftBody | null): void => {
    if (agentId === null) return;
    const times = { before: timesOf(was), after: timesOf(is) };
    const list = told.get(agentId) ?? [];
    list.push({ shiftId, kind, isLate: firstStart(times) - now < NOTICE_MS, ...times });
    told.set(agentId, list);
  };
  for (const { shiftId, before, after } of changes) {
    if (before !== null && after !== null && before.agentId === after.agentId) {
      if (sameBody(before, after)) continue;
      const isMoved = before.startAt !== after.startAt || before.endAt !== after.endAt;
      tell(after.agentId, shiftId, isMoved ? 'moved' : 'changed', before, after);
      continue;
    }
    if (before !== null) tell(before.agentId, shiftId, 'removed', before, null);
    if (after !== null) tell(after.agentId, shiftId, 'added', null, after);
  }
  return [...told]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([agentId, list]) => ({
      agentId,
      shifts: list.sort((a, b) => firstStart(a) - firstStart(b) || (a.shiftId < b.shiftId ? -1 : 1)),
    }));
}

function timesOf(body: ShiftBody | null): Span | null {
  return body === null ? null : { from: body.startAt, to: body.endAt };
}

/** A notice has one of them at least. */
function firstStart({ before, after }: Pick<ToldShift, 'before' | 'after'>): number {
  return Math.min(before?.from ?? Number.POSITIVE_INFINITY, after?.from ?? Number.POSITIVE_INFINITY);
}

/** Equal in all that people see; only the name of the time-zone data may differ. */
export function sameBody(a: ShiftBody | null, b: ShiftBody | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    sameIntent(a, b) &&
    a.startAt === b.startAt &&
    a.endAt === b.endAt &&
    a.breaks.every((each, index) => each.startAt === b.breaks[index]?.startAt && each.endAt === b.breaks[index].endAt)
  );
}

/** Equal in what was meant, whatever instants a law made of it. */
export function sameIntent(a: ShiftBody | null, b: ShiftBody | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.agentId === b.agentId &&
    a.hubId === b.hubId &&
    a.zone === b.zone &&
    wallOf(a.startLocal) === wallOf(b.startLocal) &&
    wallOf(a.endLocal) === wallOf(b.endLocal) &&
    a.source === b.source &&
    a.templateId === b.templateId &&
    a.rotationId === b.rotationId &&
    a.note === b.note &&
    sameList(a.needs.skills, b.needs.skills) &&
    sameList(a.needs.languages, b.needs.languages) &&
    sameList(a.needs.tiers, b.needs.tiers) &&
    sameList(a.needs.hubs, b.needs.hubs) &&
    a.breaks.length === b.breaks.length &&
    a.breaks.every((each, index) => sameBreak(each, b.breaks[index]))
  );
}

function sameBreak(a: ShiftBreak, b: ShiftBreak | undefined): boolean {
  return b !== undefined && wallOf(a.startLocal) === wallOf(b.startLocal) && wallOf(a.endLocal) === wallOf(b.endLocal);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

function unknownShift(shiftId: ShiftId): Shift {
  return { shiftId, revision: 0, published: null, cancelled: null, draft: SAME };
}

function isNothing(shift: Shift): boolean {
  return shift.published === null && shift.cancelled === null && shift.draft.kind === 'same';
}

function withDraft(shift: Shift, draft: DraftState): Shift {
  const isSame =
    draft.kind === 'same' ||
    (draft.kind === 'changed' && sameBody(draft.body, shift.published)) ||
    (draft.kind === 'removed' && shift.published === null);
  return { ...shift, draft: isSame ? SAME : draft };
}

function withPublished(shift: Shift, after: ShiftBody | null): Shift {
  return { ...shift, revision: shift.revision + 1, published: after, cancelled: after === null ? shift.published : null };
}
