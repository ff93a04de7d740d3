import i18next from 'i18next';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';
import type { CaseId } from '../../shared/domain/ids.ts';
import { formatsFor } from '../i18n/formats.ts';
import { openCase, useSession } from '../state/session.ts';
import { showToast } from '../ui/toast.tsx';
import type { ToastHandle } from '../ui/toast.tsx';

const MOST_REMEMBERED = 50;
const shown = new Map<CaseId, ToastHandle>();

/** Tells in the corner that a clock runs out; a later warning of the same case takes the place of the earlier one. Toasts are read out politely. */
export function warn(event: Extract<EngineEvent, { type: 'sla-warning' }>): void {
  const t = i18next.getFixedT(null, 'frame');
  const { locale, zone } = useSession.getState();
  const subject = event.subject.trim() === '' ? t('announce.noSubject') : event.subject;
  shown.get(event.caseId)?.close();
  shown.delete(event.caseId);
  const handle = showToast({
    title: t(`slaWarning.${event.level}`, { metric: t(`slaWarning.metric.${event.metric}`) }),
    description: t('slaWarning.detail', { subject, at: formatsFor(locale, zone).dateTime(event.dueAt) }),
    durationMs: event.level === 'breach' ? 12_000 : 8_000,
    action: {
      label: t('slaWarning.open'),
      onAction: () => openCase(event.caseId),
    },
  });
  shown.set(event.caseId, handle);
  const [oldest] = shown.keys();
  if (shown.size > MOST_REMEMBERED && oldest !== undefined) shown.delete(oldest);
}
