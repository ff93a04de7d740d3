import { sameBody } from '../../../../shared/domain/coverage/draft.ts';
import type { PlanLayer, Shift, ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import type { AgentProfile, Hub, Roster } from '../../../../shared/domain/coverage/roster.ts';
import type { AgentId, HubId, ShiftId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { zoneOffsetMs } from '../../../../shared/domain/time/zone.ts';

/** The rows of the plan: hubs from west to east, below each its open shifts and its people. */

export type RowKey = string;

interface RowBase {
  readonly key: RowKey;
  readonly groupKey: RowKey;
  /** Null: people without a hub. */
  readonly hub: Hub | null;
}
export interface HubRow extends RowBase {
  readonly kind: 'hub';
  readonly people: number;
  readonly isCollapsed: boolean;
}
/** Shifts that nobody has yet. */
export interface OpenRow extends RowBase {
  readonly kind: 'open';
}
export interface AgentRow extends RowBase {
  readonly kind: 'agent';
  readonly agent: AgentProfile;
}
export type PlannerRow = HubRow | OpenRow | AgentRow;

/** What a lead's draft does to a shift, as it is shown. */
export type ShiftLook = 'published' | 'new' | 'moved' | 'changed' | 'removed';

export interface PlacedShift {
  readonly shift: Shift;
  readonly shiftId: ShiftId;
  readonly body: ShiftBody;
  readonly look: ShiftLook;
  /** Where it was, while it is drafted to be somewhere else: shown as a shadow only. */
  readonly former: ShiftBody | null;
}

export interface LanedShift extends PlacedShift {
  /** Which of the row's lanes it is in, from 0; shifts of one person overlap only by mistake. */
  readonly lane: number;
}

export interface RowShifts {
  readonly shifts: readonly LanedShift[];
  /** Where shifts were that are drafted to be elsewhere. */
  readonly shadows: readonly PlacedShift[];
  readonly lanes: number;
}

export const EMPTY_ROW: RowShifts = { shifts: [], shadows: [], lanes: 1 };

const NO_HUB = 'none';

export function hubKey(hubId: HubId | null): RowKey {
  return `hub:${hubId ?? NO_HUB}`;
}

export function openKey(hubId: HubId | null): RowKey {
  return `open:${hubId ?? NO_HUB}`;
}

export function agentKey(agentId: AgentId): RowKey {
  return `agent:${agentId}`;
}

/**
 * Rows of the plan.
 * @param now hubs are ordered by their offset at this time, from east to west as the sun reaches them
 * @param busy people with a shift in the window are shown also when they have left the team
 */
export function plannerRows(
  roster: Roster,
  now: Instant,
  collapsed: ReadonlySet<RowKey>,
  busy: ReadonlySet<RowKey>,
): readonly PlannerRow[] {
  const hubs: (Hub | null)[] = roster.hubs
    .filter((hub) => hub.isActive || roster.agents.some((agent) => agent.hubId === hub.hubId && isShown(agent, busy)))
    .sort((a, b) => zoneOffsetMs(b.zone, now) - zoneOffsetMs(a.zone, now) || (a.name < b.name ? -1 : 1));
  const known = new Set(hubs.map((hub) => hub?.hubId));
  const rows: PlannerRow[] = [];
  for (const hub of [...hubs, null]) {
    const people = roster.agents
      .filter((agent) => (hub === null ? agent.hubId === null || !known.has(agent.hubId) : agent.hubId === hub.hubId))
      .filter((agent) => isShown(agent, busy))
      .sort((a, b) => a.name.localeCompare(b.name));
    const open = openKey(hub?.hubId ?? null);
    if (hub === null && people.length === 0 && !busy.has(open)) continue;
    const key = hubKey(hub?.hubId ?? null);
    const isCollapsed = collapsed.has(key);
    rows.push({ kind: 'hub', key, groupKey: key, hub, people: people.length, isCollapsed });
    if (isCollapsed) continue;
    rows.push({ kind: 'open', key: open, groupKey: key, hub });
    for (const agent of people) rows.push({ kind: 'agent', key: agentKey(agent.agentId), groupKey: key, hub, agent });
  }
  return rows;
}

function isShown(agent: AgentProfile, busy: ReadonlySet<RowKey>): boolean {
  return agent.isActive || busy.has(agentKey(agent.agentId));
}

/** The row that a shift stands in: its person's, or the open ones of its hub. */
export function rowKeyOf(body: ShiftBody): RowKey {
  return body.agentId === null ? openKey(body.hubId) : agentKey(body.agentId);
}

const cache = new WeakMap<Shift, { readonly [Layer in PlanLayer]?: PlacedShift | null }>();

/** How a shift is shown on a side of the plan; null when it is not there. The same shift gives the same object. */
export function placed(shift: Shift, layer: PlanLayer): PlacedShift | null {
  const known = cache.get(shift)?.[layer];
  if (known !== undefined) return known;
  const made = place(shift, layer);
  cache.set(shift, { ...cache.get(shift), [layer]: made });
  return made;
}

function place(shift: Shift, layer: PlanLayer): PlacedShift | null {
  const { shiftId, published, draft } = shift;
  const shown = (body: ShiftBody, look: ShiftLook, former: ShiftBody | null = null): PlacedShift => ({
    shift,
    shiftId,
    body,
    look,
    former,
  });
  if (layer === 'published' || draft.kind === 'same') return published === null ? null : shown(published, 'published');
  if (draft.kind === 'removed') return published === null ? null : shown(published, 'removed');
  if (published === null) return shown(draft.body, 'new');
  if (sameBody(published, draft.body)) return shown(published, 'published');
  const isMoved =
    published.startAt !== draft.body.startAt || published.endAt !== draft.body.endAt || rowKeyOf(published) !== rowKeyOf(draft.body);
  return shown(draft.body, isMoved ? 'moved' : 'changed', isMoved ? published : null);
}

/**
 * Shifts by row within `[from, to)`, in order of time, side by side where they overlap. Rows in which nothing changed
 * since `before` stay the same objects.
 */
export function shiftsByRow(
  shifts: readonly Shift[],
  layer: PlanLayer,
  from: Instant,
  to: Instant,
  before: ReadonlyMap<RowKey, RowShifts>,
): ReadonlyMap<RowKey, RowShifts> {
  const shown = new Map<RowKey, PlacedShift[]>();
  const shadows = new Map<RowKey, PlacedShift[]>();
  const add = (map: Map<RowKey, PlacedShift[]>, body: ShiftBody, one: PlacedShift): void => {
    if (body.startAt >= to || body.endAt <= from) return;
    const key = rowKeyOf(body);
    const list = map.get(key);
    if (list === undefined) map.set(key, [one]);
    else list.push(one);
  };
  for (const shift of shifts) {
    const one = placed(shift, layer);
    if (one === null) continue;
    add(shown, one.body, one);
    if (one.former !== null) add(shadows, one.former, one);
  }
  const rows = new Map<RowKey, RowShifts>();
  for (const key of new Set([...shown.keys(), ...shadows.keys()])) {
    const made = laned(shown.get(key) ?? [], shadows.get(key) ?? []);
    const old = before.get(key);
    rows.set(key, old !== undefined && isSameRow(old, made) ? old : made);
  }
  return rows;
}

function laned(shifts: readonly PlacedShift[], shadows: readonly PlacedShift[]): RowShifts {
  const ends: number[] = [];
  const inOrder = [...shifts].sort(
    (a, b) => a.body.startAt - b.body.startAt || a.body.endAt - b.body.endAt || (a.shiftId < b.shiftId ? -1 : 1),
  );
  const result = inOrder.map((one): LanedShift => {
    const free = ends.findIndex((end) => end <= one.body.startAt);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = one.body.endAt;
    return { ...one, lane };
  });
  return { shifts: result, shadows, lanes: Math.max(1, ends.length) };
}

function isSameRow(a: RowShifts, b: RowShifts): boolean {
  return (
    a.lanes === b.lanes &&
    a.shifts.length === b.shifts.length &&
    a.shadows.length === b.shadows.length &&
    a.shifts.every(
      (one, index) => one.shift === b.shifts[index]?.shift && one.lane === b.shifts[index].lane && one.body === b.shifts[index].body,
    ) &&
    a.shadows.every((one, index) => one === b.shadows[index])
  );
}
