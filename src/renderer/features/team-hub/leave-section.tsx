import { DoorOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { TeamView } from '../../../shared/contract/team.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { AlertDialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast.tsx';

/** The way out, with everything that it means said before it is gone. */
export function LeaveSection({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const tErrors = useWords('errors');
  const formats = useFormats();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { hub, onLeave, pending, openConflicts } = team;
  const leave = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('team.leave', { opId: newOperationId() });
    setBusy(false);
    setAsking(false);
    if (answer.ok) showToast({ title: t('leave.done', { hub: hub.name }), tone: 'ok' });
    else showToast({ title: t('leave.failed'), description: errorText(tErrors, answer.error.code), tone: 'problem' });
  };
  const policy = t(onLeave === 'keep' ? 'leave.keepText' : 'leave.eraseText');
  const losses = [
    ...(pending.count > 0 ? [t('leave.pending', { count: pending.count })] : []),
    ...(openConflicts > 0 ? [t('leave.conflicts', { count: openConflicts })] : []),
  ];
  return (
    <section className="m-section team-leave">
      <div>
        <h3>{t('leave.title')}</h3>
        <p className="muted">{[policy, t('leave.held'), t('leave.rejoin')].join(formats.locale === 'en' ? ' ' : '')}</p>
      </div>
      <div>
        <Button icon={<DoorOpen aria-hidden="true" />} onClick={() => setAsking(true)}>
          {t('leave.button', { hub: hub.name })}
        </Button>
      </div>
      <AlertDialog
        danger
        open={isAsking}
        onOpenChange={setAsking}
        title={t('leave.confirmTitle', { hub: hub.name })}
        description={[policy, ...losses, t('leave.held')].map((sentence) => (
          <span key={sentence} className="team-consequence" data-loss={losses.includes(sentence) || undefined}>
            {sentence}
          </span>
        ))}
        confirmLabel={t(onLeave === 'keep' ? 'leave.confirmKeep' : 'leave.confirmErase')}
        loading={isBusy}
        onConfirm={() => void leave()}
      />
    </section>
  );
}
