import type { CaseLedger } from './case-ledger.ts';
import { caseIdFor } from '../identity.ts';
import { caseByUid } from '../store/cases.store.ts';
import { readPolicies } from '../store/sla.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { AccountId, CaseId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';
import { reopensCase } from '../../../shared/domain/sla/policy.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The case that is over for good when a customer comes back to it after the reopen window of its policy; else null. */
export function followedCase(ledger: CaseLedger, tx: WriteDb, found: CaseId, message: NormalizedMessage, at: Instant): CaseId | null {
  const byPerson = message.auto === 'none' || message.auto === 'list';
  const state = caseByUid(tx, found)?.state;
  if (message.direction !== 'in' || !byPerson || state === undefined || state.status !== 'solved' || state.solvedAt === null) return null;
  const last = ledger.clocks(tx, found).at(-1);
  const policy = readPolicies(tx).find((each) => each.id === last?.policyId && each.version === last.policyVersion) ?? null;
  return reopensCase(policy, state.solvedAt, at) ? null : found;
}

/** A follow-up of the case that is still open: the customer who answers the old mail twice gets one case, not two. */
function openFollowUp(tx: WriteDb, follows: CaseId): CaseId | null {
  const row = tx.get<{ uid: CaseId }>(
    `SELECT c.uid FROM cases c WHERE c.contact_id = (SELECT contact_id FROM cases WHERE uid = @follows)
       AND c.state ->> '$.follows' = @follows AND c.status < 3 AND c.merged_into IS NULL ORDER BY c.id DESC LIMIT 1`,
    { follows },
  );
  return row?.uid ?? null;
}

/** The case in which a customer goes on who came back to one that is over: an open follow-up, else a new one. */
export function followUpOf(tx: WriteDb, account: AccountId, follows: CaseId, nativeKey: string): CaseId {
  return openFollowUp(tx, follows) ?? caseIdFor(account, `follows ${nativeKey}`);
}

/** A follow-up and the case before it are two cases on purpose: a mail that names both belongs to the newer one. */
export function dropFollowed(tx: WriteDb, found: Set<CaseId>): void {
  for (const uid of Array.from(found)) {
    let before = caseByUid(tx, uid)?.state.follows ?? null;
    // Bounded against a damaged chain.
    for (let hops = 0; before !== null && hops < 50; hops += 1) {
      found.delete(before);
      before = caseByUid(tx, before)?.state.follows ?? null;
    }
  }
}
