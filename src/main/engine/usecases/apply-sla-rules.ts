import { readCalendars, readPolicies, saveCalendar, savePolicy } from '../store/sla.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Policy } from '../../../shared/domain/sla/policy.ts';
import type { BusinessCalendar } from '../../../shared/domain/time/calendar.ts';

/**
 * Takes rules over that somebody else saved. A version of a policy that is there is never changed: cases have counted by it. Where two
 * leads made the same version of a policy without knowing of each other, that of the later in the log becomes the next one. The rules
 * that a workspace starts with (nobody saved them) count only where there are none.
 * @returns whether anything is another than it was
 */
export function applyRules(
  tx: WriteDb,
  { policies, calendars }: { readonly policies: readonly Policy[]; readonly calendars: readonly BusinessCalendar[] },
  actor: AgentId | null,
): boolean {
  const known = readPolicies(tx);
  if (actor === null && known.length > 0) return false;
  let isChanged = false;
  for (const policy of policies) {
    const versions = readPolicies(tx).filter(({ id }) => id === policy.id);
    if (versions.some((each) => isSame({ ...each, version: policy.version }, policy))) continue;
    const isTaken = versions.some(({ version }) => version === policy.version);
    savePolicy(tx, isTaken ? { ...policy, version: Math.max(...versions.map(({ version }) => version)) + 1 } : policy);
    isChanged = true;
  }
  const stored = new Map(readCalendars(tx).map((each) => [each.id, each]));
  for (const calendar of calendars) {
    const before = stored.get(calendar.id);
    if (before !== undefined && isSame(before, calendar)) continue;
    saveCalendar(tx, calendar);
    isChanged = true;
  }
  return isChanged;
}

function isSame(one: object, other: object): boolean {
  return stable(one) === stable(other);
}

/** JSON with sorted keys: equal content gives equal text. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
