import i18next from 'i18next';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';
import { openCase } from '../state/session.ts';
import { showToast } from '../ui/toast.tsx';

const SHOWN_MS = 20_000;

/** Says that a reply which was to leave by itself does not, and leads to it. */
export function tellHeld({ caseId, subject, reason }: Extract<EngineEvent, { type: 'reply-held' }>): void {
  const t = i18next.getFixedT(null, 'sendLater');
  showToast({
    title: t('held.title'),
    description: `${subject}: ${t(`held.${reason}`)}`,
    tone: 'problem',
    durationMs: SHOWN_MS,
    action: { label: t('held.open'), onAction: () => openCase(caseId) },
  });
}
