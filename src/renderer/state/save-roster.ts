import i18next from 'i18next';
import { call, newOperationId } from '../bridge/client.ts';
import type { RosterChange } from '../../shared/contract/coverage.contract.ts';
import { errorText } from '../i18n/error-text.ts';
import { offerUndo } from './undo.ts';
import { showToast } from '../ui/toast.tsx';

const FAILURES = [
  'not-a-lead',
  'unknown-zone',
  'unknown-hub',
  'unknown-agent',
  'name-taken',
  'target-below-minimum',
  'never-opens',
] as const;

/** Saves what leads set up (people, hubs, requirements, patterns of shifts) as one, and offers to take them back. Returns whether it worked; says why when not. */
export async function saveRoster(changes: readonly RosterChange[], label: string): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('roster.save', { opId, changes });
  if (!answer.ok) {
    const known = FAILURES.find((code) => code === answer.error.code);
    const description =
      known === undefined ? errorText(i18next.getFixedT(null, 'errors'), answer.error.code) : i18next.t(`team:failures.${known}`);
    showToast({ title: i18next.t('team:bar.failed'), description, tone: 'problem' });
    return false;
  }
  const { inverse } = answer.value;
  offerUndo({
    opId,
    label,
    takeBack: async () => put(inverse),
    doAgain: async () => put(changes),
  });
  return true;
}

async function put(changes: readonly RosterChange[]): Promise<string | null> {
  const answer = await call('roster.save', { opId: newOperationId(), changes });
  return answer.ok ? null : answer.error.code;
}
