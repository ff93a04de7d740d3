import { Megaphone } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { neverFirstText } from '../../../../shared/domain/guard/customer-warning.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import './guard-reveal.css';

/** "Our staff never write first", where everybody can read: as the customers see it. */
export function NeverFirst({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const isPublic = detail.origin !== null && !detail.origin.isPrivate;
  const view = useLiveValue('guard.view', isPublic ? {} : null, null);
  if (view === null || !isPublic || !view.rules.neverFirst.isOn) return null;
  return (
    <p className="ib-never-first" lang={detail.language ?? undefined} dir="auto">
      <Megaphone aria-hidden="true" />
      {neverFirstText(detail.language, view.rules.neverFirst.texts)}
    </p>
  );
}
