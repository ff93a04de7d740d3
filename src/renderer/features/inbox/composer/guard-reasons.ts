import { create } from 'zustand';
import type { CaseId } from '../../../../shared/domain/ids.ts';

/** Why a reply that the guardrails refuse may leave, by case; kept in memory alone, until it was sent. */
interface GuardReasons {
  readonly reasons: Readonly<Record<CaseId, string>>;
}

export const useGuardReasons = create<GuardReasons>()((): GuardReasons => ({ reasons: {} }));

/** Null until somebody said that it is a warning. */
export function reasonOf({ reasons }: GuardReasons, caseId: CaseId): string | null {
  return reasons[caseId] ?? null;
}

export function setReason(caseId: CaseId, reason: string): void {
  useGuardReasons.setState(({ reasons }) => ({ reasons: { ...reasons, [caseId]: reason } }));
}

export function forgetReason(caseId: CaseId): void {
  useGuardReasons.setState(({ reasons }) => ({ reasons: Object.fromEntries(Object.entries(reasons).filter(([each]) => each !== caseId)) }));
}
