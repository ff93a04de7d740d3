import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { AccountRow } from '../../../../shared/contract/workspace.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { NeedReason } from '../../../../shared/domain/routing/need-reasons.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { NeedList } from '../../../ui/need/need-list.tsx';

const NO_REASONS: readonly NeedReason[] = [];
const NO_ACCOUNTS: readonly AccountRow[] = [];

/** What the case asks of the person who takes it, and why; nothing where everybody can. */
export function NeedSection({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('routing');
  const reasons = useLiveValue('routing.need', { caseId }, NO_REASONS);
  const accounts = useLiveValue('accounts.list', {}, NO_ACCOUNTS);
  const names = useMemo(
    () => new Map(accounts.map(({ accountId, name, address }) => [accountId, name === '' ? address : name])),
    [accounts],
  );
  if (reasons.length === 0) return null;
  return (
    <section className="ib-context-part" aria-label={t('need.title')}>
      <h3>{t('need.title')}</h3>
      <NeedList reasons={reasons} accountNames={names} label={t('need.title')} />
    </section>
  );
}
