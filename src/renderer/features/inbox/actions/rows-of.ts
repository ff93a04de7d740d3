import { useMemo } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useInbox } from '../inbox-store.ts';

/** The rows of the cases that are on screen; what is chosen already is told from them. */
export function useRowsOf(caseIds: readonly CaseId[]): readonly CaseRow[] {
  const rows = useInbox((state) => state.rows);
  const detail = useLiveValue('cases.detail', caseIds.length === 1 && caseIds[0] !== undefined ? { caseId: caseIds[0] } : null, null);
  return useMemo(() => (detail === null ? rows.filter((row) => caseIds.includes(row.caseId)) : [detail]), [detail, rows, caseIds]);
}
