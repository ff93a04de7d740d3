import { Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import type { ChannelRow } from '../../../shared/contract/channels.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { channelState, STATE_TONE } from '../../frame/sync-state.tsx';
import { channelProblemText } from '../../i18n/channel-problem.ts';
import { errorText } from '../../i18n/error-text.ts';
import { nextRelativeChange } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { AlertDialog } from '../../ui/dialog.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { showToast } from '../../ui/toast.tsx';
import { KindIcon } from './kind-icon.tsx';

/** One channel: its state, who runs it, what is left of its requests, and what can be done with it. */
export function ChannelCard({ row, onEdit }: { readonly row: ChannelRow; readonly onEdit: () => void }): ReactNode {
  const { t } = useTranslation(['channels', 'frame']);
  const tErrors = useWords('errors');
  const [isRemoving, setRemoving] = useState(false);
  const state = channelState(row);
  const remove = async (): Promise<void> => {
    setRemoving(false);
    const answer = await call('accounts.remove', { opId: newOperationId(), accountId: row.accountId });
    showToast(answer.ok ? { title: t('removed', { name: row.name }) } : { title: errorText(tErrors, answer.error.code), tone: 'problem' });
  };
  return (
    <article className="channel-card" aria-label={`${t(`kind.${row.kind}`)}: ${row.name}`}>
      <span className="channel-icon">
        <KindIcon kind={row.kind} />
      </span>
      <div className="channel-title">
        <strong className="truncate">{row.name === '' ? row.address : row.name}</strong>
        <span className="muted truncate">
          {t(`kind.${row.kind}`)} · {row.address}
        </span>
        {!row.isElsewhere && <Badge tone={STATE_TONE[state]}>{t(`frame:sync.${state}`)}</Badge>}
        {row.isElsewhere && <Badge>{t('elsewhere')}</Badge>}
      </div>
      <div className="channel-buttons">
        {row.isElsewhere && row.kind !== 'sample' && (
          <Button size="sm" onClick={onEdit}>
            {t('connectHere')}
          </Button>
        )}
        {row.settings !== null && (
          <>
            <IconButton
              label={t('syncNow')}
              icon={<RefreshCw aria-hidden="true" />}
              onClick={() => void call('accounts.syncNow', { opId: newOperationId(), accountId: row.accountId })}
            />
            <IconButton label={t('edit')} icon={<Pencil aria-hidden="true" />} onClick={onEdit} />
            <IconButton label={t('remove')} icon={<Trash2 aria-hidden="true" />} onClick={() => setRemoving(true)} />
          </>
        )}
      </div>
      <div className="channel-details">
        <Health row={row} />
      </div>
      <AlertDialog
        open={isRemoving}
        onOpenChange={setRemoving}
        title={t('removeTitle', { name: row.name })}
        description={[t('removeText'), ...(row.queued > 0 ? [t('removeQueued', { count: row.queued })] : [])].join(' ')}
        confirmLabel={t('remove')}
        danger
        onConfirm={() => void remove()}
      />
    </article>
  );
}

function Health({ row }: { readonly row: ChannelRow }): ReactNode {
  const { t } = useTranslation(['channels', 'frame']);
  const tChannels = useWords('channels');
  const tErrors = useWords('errors');
  const formats = useFormats();
  const now = useNow((current) => nextRelativeChange(row.nextAttemptAt ?? row.lastSyncAt ?? row.since, current));
  const isDown = row.state === 'offline' || row.state === 'problem';
  return (
    <>
      <Holder row={row} />
      {row.code !== null && (
        <p className="channel-line" data-problem={channelState(row) === 'problem' || undefined}>
          {channelProblemText(tChannels, tErrors, row.code)}
        </p>
      )}
      {row.code !== null && row.detail !== '' && <p className="channel-line muted">{row.detail}</p>}
      {isDown && row.nextAttemptAt !== null && (
        <p className="channel-line">{t('nextAttempt', { when: formats.relative(row.nextAttemptAt, now) })}</p>
      )}
      {!isDown && row.lastSyncAt !== null && (
        <p className="channel-line">{t('lastSync', { when: formats.relative(row.lastSyncAt, now) })}</p>
      )}
      {row.lagMs !== null && row.lagMs > 0 && <p className="channel-line">{t('lag', { age: formats.duration(row.lagMs) })}</p>}
      {row.queued > 0 && <p className="channel-line">{t('queued', { count: row.queued })}</p>}
      {row.setAside > 0 && (
        <p className="channel-line" data-problem>
          {t('setAside', { count: row.setAside })}
        </p>
      )}
      {row.budget !== null && row.budget.limit > 0 && <Budget budget={row.budget} />}
      {row.backfill !== null && <ProgressBar label={t('frame:sync.backfill')} done={row.backfill.done} total={row.backfill.total} />}
    </>
  );
}

/** Where it runs; in a workspace of one there is nothing to say. */
function Holder({ row: { holder, isElsewhere } }: { readonly row: ChannelRow }): ReactNode {
  const t = useWords('channels');
  if (holder === null) return isElsewhere ? <p className="channel-line">{t('holderNobody')}</p> : null;
  const who = `${holder.user} (${holder.workstation})`;
  return <p className="channel-line">{holder.isHere ? t('holderHere') : t('holder', { who })}</p>;
}

function Budget({ budget }: { readonly budget: NonNullable<ChannelRow['budget']> }): ReactNode {
  const t = useWords('channels');
  const formats = useFormats();
  return (
    <div className="channel-budget">
      <meter
        aria-label={t('budgetLabel')}
        min={0}
        max={budget.limit}
        low={budget.limit * 0.2}
        optimum={budget.limit}
        value={Math.max(0, budget.left)}
      />
      <span className="channel-line tabular">
        {t('budget', {
          left: formats.number(Math.max(0, budget.left)),
          limit: formats.number(budget.limit),
          at: formats.time(budget.resetAt),
        })}
      </span>
    </div>
  );
}
