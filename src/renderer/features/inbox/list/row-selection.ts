import type { CaseId } from '../../../../shared/domain/ids.ts';

/** Ids from `from` to `to` in list order, both included; only `to` when `from` is not in the list any more. */
export function rangeBetween(order: readonly CaseId[], from: CaseId | null, to: CaseId): readonly CaseId[] {
  const end = order.indexOf(to);
  const start = from === null ? -1 : order.indexOf(from);
  if (end === -1) return [];
  if (start === -1) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/**
 * Which case is looked at next when some leave the list: the first one after the current case that stays, else the last
 * one before it, else none. The current case itself is kept when it stays.
 */
export function nextAfterLeaving(order: readonly CaseId[], current: CaseId | null, leaving: ReadonlySet<CaseId>): CaseId | null {
  if (current === null || !leaving.has(current)) return current;
  const at = order.indexOf(current);
  if (at === -1) return null;
  const stays = (id: CaseId): boolean => !leaving.has(id);
  return order.slice(at + 1).find(stays) ?? order.slice(0, at).findLast(stays) ?? null;
}

/** The neighbour `step` rows away, stopping at the ends; the first row when none is current. */
export function neighbour(order: readonly CaseId[], current: CaseId | null, step: number): CaseId | null {
  if (order.length === 0) return null;
  const at = current === null ? -1 : order.indexOf(current);
  if (at === -1) return order[0] ?? null;
  return order[Math.min(order.length - 1, Math.max(0, at + step))] ?? null;
}

/** Whose turn it is: the checked rows that are in the list, in its order; without any, the current row. */
export function targetsOf(order: readonly CaseId[], checked: ReadonlySet<CaseId>, current: CaseId | null): readonly CaseId[] {
  const chosen = order.filter((id) => checked.has(id));
  if (chosen.length > 0) return chosen;
  return current === null ? [] : [current];
}
