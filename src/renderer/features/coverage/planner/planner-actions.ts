import i18next from 'i18next';
import type { ShiftBody, ShiftChange } from '../../../../shared/domain/coverage/plan.ts';
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { MINUTE_MS } from '../../../../shared/domain/time.ts';
import { changed, editPlan, newShiftId } from './edit-plan.ts';
import type { Cursor } from './grid-keys.ts';
import type { PlacedShift, PlannerRow } from './planner-rows.ts';
import { focusOn, openDialog, select, usePlanner } from './planner.store.ts';
import { inRow, movedBy, movedByDays, movedLike, resizedTo, startDayIn, STEP_MINUTES, usualShift } from './shift-edit.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';
import { findShift } from './use-planner-drag.ts';

/** What keys, menus and buttons do to shifts. All of them act on the selection, else on the shift at the cursor. */
export interface PlannerActions {
  readonly targets: () => readonly PlacedShift[];
  readonly cursorRow: () => PlannerRow | null;
  readonly open: () => void;
  readonly create: () => void;
  readonly remove: () => void;
  /** Takes drafts back: the shifts are as published again. */
  readonly reset: () => void;
  readonly nudge: (minutes: number) => void;
  readonly resize: (edge: 'start' | 'end', minutes: number) => void;
  readonly moveRow: (direction: -1 | 1) => void;
  readonly copyByDays: (days: number) => void;
  readonly copy: () => void;
  readonly paste: () => void;
  readonly selectAll: () => void;
}

type Done = 'created' | 'moved' | 'resized' | 'copied' | 'removed' | 'reset';

export function plannerActions(data: PlannerData, words: ShiftWords): PlannerActions {
  const canEdit = (): boolean => data.canPlan && usePlanner.getState().layer === 'draft';
  const targets = (): readonly PlacedShift[] => {
    const { selected, cursor } = usePlanner.getState();
    const ids = selected.size > 0 ? [...selected] : cursor === null || cursor.shiftId === null ? [] : [cursor.shiftId];
    return ids.map((id) => findShift(data, id)).filter((each) => each !== null);
  };
  const living = (): readonly PlacedShift[] => (canEdit() ? targets().filter((each) => each.look !== 'removed') : []);
  const cursorRow = (): PlannerRow | null => data.rows.find((row) => row.key === usePlanner.getState().cursor?.rowKey) ?? null;
  const rowOf = (placed: PlacedShift): PlannerRow | null =>
    data.rows.find((row) =>
      placed.body.agentId === null
        ? row.kind === 'open' && (row.hub?.hubId ?? null) === placed.body.hubId
        : row.kind === 'agent' && row.agent.agentId === placed.body.agentId,
    ) ?? null;

  const told = (done: Done, bodies: readonly ShiftBody[]): string => {
    const [first] = bodies;
    return bodies.length === 1 && first !== undefined
      ? i18next.t(`plan:done.${done}`, { who: words.who(first.agentId), when: words.when(first) })
      : i18next.t(`plan:done.${done}Many`, { count: bodies.length });
  };
  const change = (edit: (body: ShiftBody) => ShiftBody, done: Done): void => {
    const edited = living()
      .map((placed) => ({ placed, body: edit(placed.body) }))
      .filter(({ placed, body }) => body !== placed.body);
    if (edited.length === 0) return;
    follow(edited[0]?.placed ?? null, edited[0]?.body ?? null);
    void editPlan(
      edited.map(({ placed, body }) => changed(placed.shiftId, body)),
      told(
        done,
        edited.map(({ body }) => body),
      ),
    );
  };
  /** The cursor goes with the shift that it is on. */
  const follow = (placed: PlacedShift | null, body: ShiftBody | null): void => {
    const { cursor } = usePlanner.getState();
    if (placed === null || body === null || cursor?.shiftId !== placed.shiftId) return;
    const row = rowOf({ ...placed, body });
    if (row !== null) focusOn({ rowKey: row.key, epochDay: startDayIn(data.zone, body), shiftId: placed.shiftId });
  };
  const add = (bodies: readonly ShiftBody[], label: string): void => {
    const made = bodies.map((body) => ({ shiftId: newShiftId(), body }));
    const [first] = made;
    if (first === undefined) return;
    void editPlan(
      made.map(({ shiftId, body }) => changed(shiftId, body)),
      label,
    );
    select(made.map(({ shiftId }) => shiftId));
    const row = rowOf({
      shift: { shiftId: first.shiftId, revision: 0, published: null, cancelled: null, draft: { kind: 'same' } },
      ...first,
      look: 'new',
      former: null,
    });
    if (row !== null) focusOn({ rowKey: row.key, epochDay: startDayIn(data.zone, first.body), shiftId: first.shiftId });
  };
  const copied = (body: ShiftBody): ShiftBody => ({ ...body, source: 'manual', rotationId: null });

  return {
    targets,
    cursorRow,
    open: () => {
      const [first] = targets();
      const row = cursorRow();
      const { cursor } = usePlanner.getState();
      if (first !== undefined) openDialog({ kind: 'shift', shiftId: first.shiftId, body: first.body });
      else if (canEdit() && row !== null && row.kind !== 'hub' && cursor !== null) {
        openDialog({ kind: 'shift', shiftId: null, body: usualShift(data.roster, row, cursor.epochDay, data.zone, data.zoneData) });
      }
    },
    create: () => {
      const row = cursorRow();
      const { cursor } = usePlanner.getState();
      if (!canEdit() || row === null || row.kind === 'hub' || cursor === null) return;
      const body = usualShift(data.roster, row, cursor.epochDay, data.zone, data.zoneData);
      add([body], told('created', [body]));
    },
    remove: () => {
      const going = living();
      if (going.length === 0) return;
      const { cursor } = usePlanner.getState();
      const changes = going.map(({ shift, shiftId }): ShiftChange => ({
        shiftId,
        draft: { kind: shift.published === null ? 'same' : 'removed' },
      }));
      void editPlan(
        changes,
        told(
          'removed',
          going.map(({ body }) => body),
        ),
      );
      select([]);
      const isGone = going.some(({ shiftId, shift }) => shiftId === cursor?.shiftId && shift.published === null);
      if (cursor !== null) focusOn(isGone ? { ...cursor, shiftId: null } : cursor);
    },
    reset: () => {
      const drafted = canEdit() ? targets().filter((each) => each.look !== 'published') : [];
      if (drafted.length === 0) return;
      const changes = drafted.map(({ shiftId }): ShiftChange => ({ shiftId, draft: { kind: 'same' } }));
      void editPlan(
        changes,
        told(
          'reset',
          drafted.map(({ body }) => body),
        ),
      );
    },
    nudge: (minutes) => change((body) => movedBy(body, minutes * MINUTE_MS, STEP_MINUTES, data.zoneData), 'moved'),
    resize: (edge, minutes) =>
      change(
        (body) => resizedTo(body, edge, (edge === 'start' ? body.startAt : body.endAt) + minutes * MINUTE_MS, STEP_MINUTES, data.zoneData),
        'resized',
      ),
    moveRow: (direction) => {
      const places = data.rows.filter((row) => row.kind !== 'hub');
      change((body) => {
        const index = places.findIndex((row) =>
          body.agentId === null
            ? row.kind === 'open' && (row.hub?.hubId ?? null) === body.hubId
            : row.kind === 'agent' && row.agent.agentId === body.agentId,
        );
        const target = places[index + direction];
        return index === -1 || target === undefined ? body : inRow(body, target);
      }, 'moved');
    },
    copyByDays: (days) => {
      const bodies = living().map(({ body }) => copied(movedByDays(body, days, data.zoneData)));
      if (bodies.length > 0) add(bodies, told('copied', bodies));
    },
    copy: () => {
      const bodies = targets().map(({ body }) => body);
      if (bodies.length === 0) return;
      usePlanner.setState({ clipboard: [...bodies].sort((a, b) => a.startAt - b.startAt) });
      usePlanner.setState({ spoken: i18next.t('plan:done.clipboard', { count: bodies.length }) });
    },
    paste: () => {
      const { clipboard, cursor } = usePlanner.getState();
      const row = cursorRow();
      const [first] = clipboard;
      if (!canEdit() || first === undefined || cursor === null || row === null || row.kind === 'hub') return;
      const days = cursor.epochDay - startDayIn(data.zone, first);
      const moved = movedByDays(first, days, data.zoneData);
      const isOneRow = clipboard.every((body) => body.agentId === first.agentId && (body.agentId !== null || body.hubId === first.hubId));
      const bodies = clipboard
        .map((body) => (body === first ? moved : movedLike(body, first, moved, data.zoneData)))
        .map((body) => copied(isOneRow ? inRow(body, row) : body));
      add(bodies, told('copied', bodies));
    },
    selectAll: () => select(data.rows.flatMap((row) => data.shiftsOf(row.key).shifts.map(({ shiftId }) => shiftId))),
  };
}

/** Selects the shift of a cursor, or all between the former cursor and it in the same row when `isExtending`. */
export function selectAt(data: PlannerData, cursor: Cursor, former: Cursor | null, isExtending: boolean): void {
  if (!isExtending) {
    select(cursor.shiftId === null ? [] : [cursor.shiftId]);
    return;
  }
  const { selected } = usePlanner.getState();
  const ids: ShiftId[] = [...selected];
  if (former !== null && former.rowKey === cursor.rowKey) {
    const [from, to] = [Math.min(former.epochDay, cursor.epochDay), Math.max(former.epochDay, cursor.epochDay)];
    for (const { shiftId, body } of data.shiftsOf(cursor.rowKey).shifts) {
      const day = startDayIn(data.zone, body);
      if (day >= from && day <= to) ids.push(shiftId);
    }
  } else if (cursor.shiftId !== null) {
    ids.push(cursor.shiftId);
  }
  select(ids);
}
