import type { ReactNode } from 'react';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { useLive } from '../../../bridge/use-live.ts';
import './case-parts.css';
import { HistoryPart } from './history-part.tsx';
import { OwnerPart } from './owner-part.tsx';
import { PromisesPart } from './promises-part.tsx';

/** What the panel of a case tells of who answers for it, what is promised, and how it changed hands. */
export function CaseParts({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const ownership = useLive('handoffs.ofCase', { caseId: detail.caseId });
  const known = ownership.state === 'ready' ? ownership.value : null;
  return (
    <>
      <OwnerPart detail={detail} ownership={known} hasFailed={ownership.state === 'error'} />
      <PromisesPart detail={detail} />
      {known !== null && known.handoffs.length > 0 && <HistoryPart ownership={known} />}
    </>
  );
}
