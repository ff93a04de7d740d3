import { Plus, TimerOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LeavingList } from './leaving-list.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { PolicyList } from './policy-list.tsx';
import { leaving } from './rules-changes.ts';
import { newPolicy, newRuleId } from './rules-draft.ts';
import { RulesPage } from './rules-page.tsx';
import type { Rules } from './rules-page.tsx';
import { addPolicy, putBackPolicy, useRules } from './rules.store.ts';

/** The ordered list of SLA policies: who is promised what. */
export function PoliciesPage(): ReactNode {
  const t = useWords('rules');
  return (
    <RulesPage title={t('tabs.policies')} lead={t('policies.lead')}>
      {(rules) => <Policies {...rules} />}
    </RulesPage>
  );
}

function Policies({ base, draft }: Rules): ReactNode {
  const t = useWords('rules');
  const policyId = useRules((state) => state.policyId);
  const shown = draft.policies.find((each) => each.id === policyId) ?? draft.policies[0];
  const [firstCalendar] = draft.calendars;
  const add = (): void =>
    addPolicy(newPolicy(newRuleId('policy'), t('policies.newName'), firstCalendar === undefined ? [] : [firstCalendar.id]), null);
  const addButton = (
    <Button icon={<Plus aria-hidden="true" />} onClick={add}>
      {t('policies.add')}
    </Button>
  );
  const leavingList = <LeavingList parts={leaving(base.policies, draft.policies)} onPutBack={putBackPolicy} />;
  if (shown === undefined)
    return (
      <>
        <EmptyState icon={<TimerOff />} title={t('policies.emptyTitle')} description={t('policies.emptyText')} actions={addButton} />
        {leavingList}
      </>
    );
  return (
    <div className="m-columns">
      <div className="m-side">
        <PolicyList policies={draft.policies} calendars={draft.calendars} saved={base.policies} shownId={shown.id} />
        {addButton}
        {leavingList}
      </div>
      <PolicyEditor key={shown.id} policy={shown} calendars={draft.calendars} />
    </div>
  );
}
