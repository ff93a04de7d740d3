import { create } from 'zustand';
import type { CaseId } from '../../shared/domain/ids.ts';

/** A person who has not typed for so long is not writing any more. */
export const WRITING_MS = 20_000;

/** Which case's reply is being written in this window right now; colleagues are told, and nothing stores it. */
export const useWriting = create<{ readonly caseId: CaseId | null }>(() => ({ caseId: null }));

let timer: ReturnType<typeof setTimeout> | undefined;

/** Words were typed into the reply to this case. */
export function noteWriting(caseId: CaseId): void {
  clearTimeout(timer);
  timer = setTimeout(() => stopWriting(caseId), WRITING_MS);
  if (useWriting.getState().caseId !== caseId) useWriting.setState({ caseId });
}

/** The reply was sent, thrown away or left. */
export function stopWriting(caseId: CaseId): void {
  if (useWriting.getState().caseId !== caseId) return;
  clearTimeout(timer);
  useWriting.setState({ caseId: null });
}
