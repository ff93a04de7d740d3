import { useEffect, useMemo, useState } from 'react';
import { useLive } from '../../../bridge/use-live.ts';
import type { CoverageWindow, PlanWindow, RosterView } from '../../../../shared/contract/coverage.contract.ts';
import type { Absence, Override, PlanLayer, Shift } from '../../../../shared/domain/coverage/plan.ts';
import { EMPTY_ROSTER } from '../../../../shared/domain/coverage/roster.ts';
import type { Roster } from '../../../../shared/domain/coverage/roster.ts';
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { localDateOf } from '../../../../shared/domain/time/zone.ts';
import type { Live } from '../../../bridge/live-queries.ts';
import { useRosterView } from '../../../state/roster.ts';
import { clock } from '../../../state/clock-store.ts';
import { useSession } from '../../../state/session.ts';
import type { TimeAxis } from '../../../ui/time-axis.ts';
import { forgetAnswered, withPending } from './edit-plan.ts';
import { EMPTY_ROW, agentKey, plannerRows, shiftsByRow } from './planner-rows.ts';
import type { PlannerRow, RowKey, RowShifts } from './planner-rows.ts';
import { shownAxis, usePlanner } from './planner.store.ts';

export interface PlannerData {
  readonly view: Live<RosterView>;
  readonly roster: Roster;
  readonly canPlan: boolean;
  readonly zoneData: string;
  readonly zone: string;
  readonly axis: TimeAxis;
  readonly plan: Live<PlanWindow>;
  /** With what is on its way laid over them. */
  readonly shifts: readonly Shift[];
  readonly rows: readonly PlannerRow[];
  readonly shiftsOf: (key: RowKey) => RowShifts;
  readonly absencesOf: (key: RowKey) => readonly Absence[];
  readonly overridesOf: (shiftId: ShiftId) => readonly Override[];
  readonly coverage: CoverageWindow | null;
  /** Shifts with a draft, in all the plan. */
  readonly drafted: number;
}

const NO_ABSENCES: readonly Absence[] = [];
const NO_OVERRIDES: readonly Override[] = [];

/** The zone whose days are shown. */
export function usePlannerZone(): string {
  const own = useSession((state) => state.zone);
  return usePlanner((state) => state.zone) ?? own;
}

/** Everything that the planner shows, live. */
export function usePlannerData(): PlannerData {
  const view = useRosterView();
  const zone = usePlannerZone();
  const scale = usePlanner((state) => state.scale);
  const chosen = usePlanner((state) => state.date);
  const layer = usePlanner((state) => state.layer);
  const collapsed = usePlanner((state) => state.collapsed);
  const pending = usePlanner((state) => state.pending);
  const roster = view.state === 'ready' ? view.value.roster : EMPTY_ROSTER;

  const today = localDateOf(zone, clock.now());
  const { year, month, day } = chosen ?? today;
  const axis = useMemo(() => shownAxis(scale, { year, month, day }, zone), [scale, year, month, day, zone]);
  const plan = useLive('plan.window', { from: axis.from, to: axis.to });
  const latest = useLatest(plan);
  const coverageLive = useLive('coverage.window', { from: axis.from, to: axis.to, layer });
  useEffect(() => {
    if (plan.state === 'ready') forgetAnswered(plan.value.shifts);
  }, [plan]);

  const shifts = useMemo(() => withPending(latest?.shifts ?? [], pending), [latest, pending]);
  const [memory] = useState(() => new RowMemory());
  const byRow = useMemo(() => memory.rows(shifts, layer, axis), [memory, shifts, layer, axis]);
  const absences = useMemo(() => grouped(latest?.absences ?? [], ({ agentId }) => agentKey(agentId)), [latest?.absences]);
  const overrides = useMemo(
    () => grouped(latest?.overrides.filter((each) => !each.isCancelled) ?? [], ({ shiftId }) => shiftId),
    [latest?.overrides],
  );
  const busy = useBusyKeys(byRow);
  // The order of hubs by their clocks may change in the night; it is looked at when the window does.
  const rows = useMemo(() => plannerRows(roster, axis.from, collapsed, busy), [roster, axis, collapsed, busy]);
  return {
    view,
    roster,
    canPlan: view.state === 'ready' && view.value.canPlan,
    zoneData: view.state === 'ready' ? view.value.zoneData : '',
    zone,
    axis,
    plan,
    shifts,
    rows,
    shiftsOf: useMemo(() => (key) => byRow.get(key) ?? EMPTY_ROW, [byRow]),
    absencesOf: useMemo(() => (key) => absences.get(key) ?? NO_ABSENCES, [absences]),
    overridesOf: useMemo(() => (shiftId) => overrides.get(shiftId) ?? NO_OVERRIDES, [overrides]),
    coverage: coverageLive.state === 'ready' ? coverageLive.value : null,
    drafted: latest?.drafted ?? 0,
  };
}

/** Keeps the rows that were made last, so that those in which nothing changed stay the same. */
class RowMemory {
  #former: ReadonlyMap<RowKey, RowShifts> = new Map();

  rows(shifts: readonly Shift[], layer: PlanLayer, axis: TimeAxis): ReadonlyMap<RowKey, RowShifts> {
    this.#former = shiftsByRow(shifts, layer, axis.from, axis.to, this.#former);
    return this.#former;
  }
}

/** The newest answer, also while another window is loaded: shifts of the old one are simply elsewhere. */
function useLatest(plan: Live<PlanWindow>): PlanWindow | null {
  const [latest, setLatest] = useState<PlanWindow | null>(null);
  if (plan.state === 'ready' && plan.value !== latest) setLatest(plan.value);
  return plan.state === 'error' ? null : plan.state === 'ready' ? plan.value : latest;
}

/** Keys of rows with shifts; the same set as long as they are the same. */
function useBusyKeys(byRow: ReadonlyMap<RowKey, RowShifts>): ReadonlySet<RowKey> {
  const key = [...byRow.keys()].sort().join(' ');
  return useMemo(() => new Set(key === '' ? [] : key.split(' ')), [key]);
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const list = groups.get(keyOf(item));
    if (list === undefined) groups.set(keyOf(item), [item]);
    else list.push(item);
  }
  return groups;
}
