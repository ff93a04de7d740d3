import i18next from 'i18next';
import type { IntakeRules } from '../../../shared/domain/intake/checklist.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { errorText } from '../../i18n/error-text.ts';
import { offerUndo } from '../../state/undo.ts';
import { showToast } from '../../ui/toast.tsx';

export type KindDeed = 'added' | 'changed' | 'removed' | 'restored';

/** What is saved: null is what Meridian comes with. */
export type SavedRules = IntakeRules | null;

/** Saves the checklists as they are to be, and offers to put back what was; false when that could not be. */
export async function saveChecklists(
  before: SavedRules,
  after: SavedRules,
  deed: KindDeed,
  names: { readonly name: string; readonly nameOf: (kindId: string) => string },
): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('intake.save', { opId, rules: after });
  if (!answer.ok) {
    tellFailure(answer.error.code, names.nameOf(answer.error.detail));
    return false;
  }
  const t = i18next.getFixedT(null, 'intake');
  offerUndo({ opId, label: t(`settings.done.${deed}`, { name: names.name }), takeBack: async () => putBack(before, after) });
  return true;
}

/** What somebody else has saved meanwhile is not thrown away. Answers the code of why not, else null. */
async function putBack(before: SavedRules, after: SavedRules): Promise<string | null> {
  const now = await call('intake.rules', {});
  if (!now.ok) return now.error.code;
  const { rules, isDefault } = now.value;
  const isSame = after === null ? isDefault : !isDefault && JSON.stringify(rules) === JSON.stringify(after);
  if (!isSame) return 'nothing-to-undo';
  const answer = await call('intake.save', { opId: newOperationId(), rules: before });
  return answer.ok ? null : answer.error.code;
}

const PROBLEMS = ['asks-for-secret', 'echoes-secret', 'unofficial-link', 'unconfirmed-address', 'doubled', 'no-question'] as const;

function tellFailure(code: string, kind: string): void {
  const t = i18next.getFixedT(null, 'intake');
  const known = PROBLEMS.find((each) => each === code);
  const other = code === 'not-allowed' ? t('settings.onlyLeads') : errorText(i18next.getFixedT(null, 'errors'), code);
  const description = known === undefined ? other : t(`settings.problem.${known}`, { kind });
  showToast({ title: t('settings.failed'), description, tone: 'problem' });
}
