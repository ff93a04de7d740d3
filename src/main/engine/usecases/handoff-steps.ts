import type { HandoffDeps } from './handoff-scene.ts';
import { caseByUid } from '../store/cases.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import type { Duty } from '../../../shared/domain/handoff/duty.ts';
import type { HandoffEventBody } from '../../../shared/domain/handoff/handoff-event.ts';
import type { Ownership } from '../../../shared/domain/handoff/handoff.ts';
import { accountableAt, dueSteps, nextStepAt } from '../../../shared/domain/handoff/standing.ts';
import type { Accountable } from '../../../shared/domain/handoff/standing.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { MINUTE_MS, after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the clock makes of a case, and writes into its log. */

/** Each step leads to the next; more of them would be a mistake, and must not go on for ever. */
const MOST_ROUNDS = 6;

/** Writes what is due at `now`; returns whether anything was. */
export function writeDueSteps(deps: HandoffDeps, tx: WriteDb, caseUid: CaseId, duty: Duty): boolean {
  let hasWritten = false;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const steps = stepsOf(deps, tx, caseUid, duty);
    const [first] = steps;
    if (first === undefined) return hasWritten;
    // one at a time: the next is asked of what this one has made of the case
    deps.ledger.append(tx, caseUid, [first], { actor: null });
    hasWritten = true;
  }
  return hasWritten;
}

function stepsOf(deps: HandoffDeps, db: ReadDb, caseUid: CaseId, duty: Duty): readonly HandoffEventBody[] {
  const state = caseByUid(db, caseUid)?.state;
  if (state === undefined) return [];
  const ownership = deps.ledger.ownership(db, caseUid);
  return dueSteps(ownership, deps.clock.now(), duty).filter((step) => step.type === 'handoff.settled' || !mayStay(state, ownership));
}

/** A case that is solved needs nobody; one that came back and was parked stays with its owner, as they said. */
function mayStay(state: CaseState, ownership: Ownership): boolean {
  if (state.status === 'solved') return true;
  const current = ownership.handoffs.find((each) => each.handoffId === ownership.currentId);
  if (state.parked === null || current === undefined || (current.state !== 'declined' && current.state !== 'returned')) return false;
  const backAt = Math.max(0, ...current.declines.map((each) => each.at), ...current.steps.map((each) => each.at));
  return state.parked.at >= backAt && ownership.bounces < 2;
}

/** Who answers for a case now, whether or not the log has caught up with the clock. */
export function accountableNow(state: CaseState, ownership: Ownership, now: Instant, duty: Duty): Accountable | null {
  const { ownerId } = ownership;
  if (ownerId !== null && mayStay(state, ownership)) return { agentId: ownerId, insteadOfOwner: null };
  return accountableAt(ownership, now, duty);
}

/** When to look at a case again; null when time makes nothing of it. What could not be written now is tried again in a minute. */
export function nextLookAt(deps: HandoffDeps, db: ReadDb, caseUid: CaseId, duty: Duty): Instant | null {
  const now = deps.clock.now();
  if (stepsOf(deps, db, caseUid, duty).length > 0) return after(now, MINUTE_MS);
  return nextStepAt(deps.ledger.ownership(db, caseUid), now, duty);
}
