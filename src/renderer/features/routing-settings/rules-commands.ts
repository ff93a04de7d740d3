import i18next from 'i18next';
import type { RoutingRule } from '../../../shared/domain/routing/rules.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { errorText } from '../../i18n/error-text.ts';
import { offerUndo } from '../../state/undo.ts';
import { showToast } from '../../ui/toast.tsx';

export type RuleDeed = 'added' | 'changed' | 'removed' | 'moved' | 'on' | 'off';

/** Saves the rules as they are to be, and offers to put back what was; false when that could not be. */
export async function saveRules(
  before: readonly RoutingRule[],
  after: readonly RoutingRule[],
  deed: RuleDeed,
  skill: string,
): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('routing.save', { opId, rules: after });
  if (!answer.ok) {
    tellFailure(answer.error.code);
    return false;
  }
  offerUndo({
    opId,
    label: i18next.t(`routing:done.${deed}`, { skill }),
    takeBack: async () => putBack(before, after),
    doAgain: async () => putBack(after, before),
  });
  return true;
}

/** What somebody else has saved meanwhile is not thrown away. Answers the code of why not, else null. */
async function putBack(before: readonly RoutingRule[], after: readonly RoutingRule[]): Promise<string | null> {
  const now = await call('routing.rules', {});
  if (!now.ok) return now.error.code;
  if (JSON.stringify(now.value.rules) !== JSON.stringify(after)) return 'nothing-to-undo';
  const answer = await call('routing.save', { opId: newOperationId(), rules: before });
  return answer.ok ? null : answer.error.code;
}

function tellFailure(code: string): void {
  const description = code === 'not-allowed' ? i18next.t('routing:onlyLeads') : errorText(i18next.getFixedT(null, 'errors'), code);
  showToast({ title: i18next.t('routing:failed'), description, tone: 'problem' });
}
