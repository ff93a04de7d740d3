import { create } from 'zustand';
import type { CaseId } from '../../shared/domain/ids.ts';

/** A person who has not typed for so long is not writing any more. */
export const WRITING_MS = 20_000;
/** For so long a reply that was begun stays theirs without a key being pressed: who looks something up comes back to it. */
export const HOLDING_MS = 120_000;

/** What is being written in this window right now; colleagues are told, and nothing stores it. */
export const useWriting = create<{
  /** Into whose reply keys are being pressed. */
  readonly caseId: CaseId | null;
  /** Whose reply was begun, and is not sent, thrown away or left. */
  readonly heldCaseId: CaseId | null;
}>(() => ({ caseId: null, heldCaseId: null }));

let writingTimer: ReturnType<typeof setTimeout> | undefined;
let holdingTimer: ReturnType<typeof setTimeout> | undefined;

/** Words were typed into the reply to this case. */
export function noteWriting(caseId: CaseId): void {
  clearTimeout(writingTimer);
  clearTimeout(holdingTimer);
  writingTimer = setTimeout(() => useWriting.setState({ caseId: null }), WRITING_MS);
  holdingTimer = setTimeout(() => stopWriting(caseId), HOLDING_MS);
  const before = useWriting.getState();
  if (before.caseId !== caseId || before.heldCaseId !== caseId) useWriting.setState({ caseId, heldCaseId: caseId });
}

/** The reply was sent, thrown away or left, or a colleague has it now. */
export function stopWriting(caseId: CaseId): void {
  if (useWriting.getState().heldCaseId !== caseId) return;
  clearTimeout(writingTimer);
  clearTimeout(holdingTimer);
  useWriting.setState({ caseId: null, heldCaseId: null });
}
