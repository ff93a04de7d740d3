import { openSwaps, requestedAbsences, shiftsByUid } from '../store/plan.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Plan } from '../../../shared/domain/coverage/plan.ts';

/** Swaps and absences that wait for an answer, with the shifts that the swaps are about; however far ahead they are. */
export function openRequests(db: ReadDb): Plan {
  const swaps = openSwaps(db);
  const shiftIds = swaps.flatMap(({ shiftId, returnShiftId }) => (returnShiftId === null ? [shiftId] : [shiftId, returnShiftId]));
  return { shifts: shiftsByUid(db, [...new Set(shiftIds)]), overrides: [], absences: requestedAbsences(db), swaps };
}
