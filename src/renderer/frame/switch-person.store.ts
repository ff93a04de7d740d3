import { create } from 'zustand';
import i18next from 'i18next';
import { call, newOperationId } from '../bridge/client.ts';
import type { AgentId } from '../../shared/domain/ids.ts';
import { clock } from '../state/clock-store.ts';
import { errorText } from '../i18n/error-text.ts';
import { formatsFor } from '../i18n/formats.ts';
import { checkCases, useSession } from '../state/session.ts';
import { showToast } from '../ui/toast.tsx';

/** Whether somebody is being asked who sits at this desk. */
export const useSwitchPerson = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }));

export function setSwitchPersonOpen(isOpen: boolean): void {
  useSwitchPerson.setState({ isOpen });
}

interface Person {
  readonly agentId: AgentId;
  readonly name: string;
}

/** Another person sits down at this desk; says who sits here now, and offers the way back. */
export async function sitDown(person: Person, before: Person | null): Promise<void> {
  const t = i18next.getFixedT(null, 'desk');
  const answer = await call('workspace.sitDown', { opId: newOperationId(), agentId: person.agentId });
  if (!answer.ok) {
    const { code } = answer.error;
    const description = code === 'not-active' ? t('switch.not-active') : errorText(i18next.getFixedT(null, 'errors'), code);
    showToast({ title: t('switch.failed'), description, tone: 'problem' });
    return;
  }
  // What somebody else has checked is not theirs to act on.
  checkCases([]);
  const { name, hub, zone } = answer.value;
  const time = formatsFor(useSession.getState().locale, zone).weekdayTimeIn(clock.now(), zone);
  showToast({
    title: t('switch.done', { name }),
    description: hub === '' ? time : t('switch.doneDetail', { place: hub, time }),
    tone: 'ok',
    ...(before === null ? {} : { action: { label: t('switch.back', { name: before.name }), onAction: () => void sitDown(before, null) } }),
  });
}
