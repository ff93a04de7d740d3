import { caseByUid, currentCaseUid, moveCaseContents } from '../store/cases.store.ts';
import { moveStreams } from '../store/events.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { caseRow } from '../store/team-rows.store.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';

/**
 * Moves what belongs to a case whose fold says that it was merged, as the workstation did that found the threads to be one. Nothing
 * is moved while the other case is not known here (its opening brings it in then), into a case of another account, or into one
 * with a larger id: the smaller stays, so that two workstations never merge two cases into each other.
 * @param caseId the case that was merged into another
 * @returns the case that has more now; none when nothing was moved
 */
export function mergeIntoTold(tx: WriteDb, caseId: number): readonly CaseId[] {
  const from = caseRow(tx, caseId);
  const named = from?.mergedInto ?? null;
  if (from === undefined || named === null) return [];
  const uid = currentCaseUid(tx, named);
  const into = caseByUid(tx, uid);
  if (into === undefined || uid >= from.uid || into.state.accountId !== from.accountId) return [];
  moveStreams(tx, from.uid, uid);
  moveCaseContents(tx, caseId, into.id, from.uid, uid);
  return [uid];
}
