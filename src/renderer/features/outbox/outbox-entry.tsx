import { CircleAlert, CircleCheck, CircleHelp, Clock3, Hand, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import type { OutboxRow } from '../../../shared/contract/outbox.contract.ts';
import type { CallResult } from '../../../shared/contract/define.ts';
import { refusalText } from '../../i18n/channel-problem.ts';
import { nextRelativeChange } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import { askForTime, timeProblem } from '../../state/reply-times.ts';
import { openCase } from '../../state/session.ts';
import { useTeamNames } from '../../state/team-names.ts';
import { Badge } from '../../ui/badge.tsx';
import type { BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { FateChoices } from '../../ui/fate-choices.tsx';
import { sendTimeWords } from '../../ui/send-time/send-time-words.ts';
import { showToast } from '../../ui/toast.tsx';
import { explain, waitsForTime } from './outbox-text.ts';

const TONE: Readonly<Record<OutboxRow['state'], BadgeTone>> = {
  queued: 'neutral',
  sending: 'accent',
  sent: 'ok',
  failed: 'breach',
  unknown: 'soon',
  held: 'soon',
  cancelled: 'paused',
};

/** One reply: to whom, what it says, why it is here, and what can be done about it. */
export function OutboxEntry({ row }: { readonly row: OutboxRow }): ReactNode {
  const t = useWords('frame');
  const tChannels = useWords('channels');
  const tErrors = useWords('errors');
  const tLater = useWords('sendLater');
  const tInbox = useWords('inbox');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow((current) => nextRelativeChange(row.sendAt > current ? row.sendAt : (row.nextAttemptAt ?? row.writtenAt), current));
  const { laterAt } = row;
  const customer = { name: row.contactName, zone: row.contactZone, offsetMinutes: row.contactOffsetMinutes };
  const when =
    laterAt === null
      ? null
      : laterAt > now
        ? tLater('leaves', { when: sendTimeWords(tLater, formats, laterAt, now, customer) })
        : tLater('leavesSoon');
  return (
    <article className="outbox-entry">
      <div className="outbox-entry-head">
        <Badge tone={row.bounced === null ? TONE[row.state] : 'breach'} icon={<StateIcon row={row} />}>
          {waitsForTime(row) ? tLater('badge') : t(`outbox.states.${row.bounced === null ? row.state : 'failed'}`)}
        </Badge>
        <h3 className="truncate">{row.subject}</h3>
        <span className="outbox-meta tabular">
          {row.agentId !== null && row.agentId !== names.me && `${tLater('by', { name: names.agent(row.agentId) })} · `}
          {t('outbox.written', { when: formats.relative(row.writtenAt, now) })}
        </span>
      </div>
      <p className="outbox-to truncate">
        {t('outbox.to', { names: formats.list(row.to.map((party) => (party.name === '' ? party.address : party.name))) })}
      </p>
      <p className="outbox-preview">{row.preview}</p>
      <p className="outbox-reason">
        {[explain(row, t, formats, now, when), refusalText(tChannels, tErrors, row.code)]
          .filter((text) => text !== null)
          .join(formats.locale === 'zh-CN' ? '' : ' ')}
      </p>
      {row.thenStatus !== null && row.state !== 'sent' && row.state !== 'cancelled' && (
        <p className="outbox-reason">{tLater('afterwards.held', { status: tInbox(`status.${row.thenStatus}`) })}</p>
      )}
      {(row.bounced !== null || row.detail !== '') && (
        <p className="outbox-detail">{t('outbox.serverSays', { text: row.bounced?.diagnostic ?? row.detail })}</p>
      )}
      {row.state === 'queued' && row.attempts > 0 && (
        <p className="outbox-meta">
          {t('outbox.attempts', { count: row.attempts })}
          {row.nextAttemptAt !== null && `, ${t('outbox.nextAttempt', { when: formats.relative(row.nextAttemptAt, now) })}`}
        </p>
      )}
      <Actions row={row} />
    </article>
  );
}

function StateIcon({ row }: { readonly row: OutboxRow }): ReactNode {
  if (row.bounced !== null || row.state === 'failed') return <CircleAlert aria-hidden="true" />;
  if (row.state === 'unknown') return <CircleHelp aria-hidden="true" />;
  if (row.state === 'held') return <Hand aria-hidden="true" />;
  if (row.state === 'sent') return <CircleCheck aria-hidden="true" />;
  return row.state === 'sending' ? <Send aria-hidden="true" /> : <Clock3 aria-hidden="true" />;
}

function Actions({ row }: { readonly row: OutboxRow }): ReactNode {
  const t = useWords('frame');
  const names = useTeamNames();
  const tLater = useWords('sendLater');
  const { outboxId, state, laterAt, caseId } = row;
  const isGuarded = state === 'held' && row.holdReason === 'guard';
  const act = async (work: Promise<CallResult<unknown, string>>): Promise<void> => {
    const answer = await work;
    if (answer.ok) return;
    const text = answer.error.code === 'too-late' ? t('outbox.tooLate') : timeProblem(answer.error.code);
    showToast({ title: text, tone: 'problem' });
  };
  const takeBack = async (): Promise<void> => {
    await act(call('outbox.cancel', { opId: newOperationId(), outboxId }));
    openCase(row.caseId);
  };
  const sendNow = (): void => void act(call('outbox.sendNow', { opId: newOperationId(), outboxId }));
  return (
    <div className="outbox-actions">
      {state === 'held' && (
        <Button size="sm" variant="primary" onClick={() => openCase(row.caseId)}>
          {t('outbox.actions.openCase')}
        </Button>
      )}
      {state === 'held' && !isGuarded && (
        <Button size="sm" onClick={sendNow}>
          {t('outbox.actions.sendAnyway')}
        </Button>
      )}
      {state === 'failed' && (
        <Button size="sm" variant="primary" onClick={sendNow}>
          {t('outbox.actions.retry')}
        </Button>
      )}
      {state === 'unknown' && (
        <FateChoices
          waiting={
            row.settling === null ? null : { as: row.settling.as, name: row.settling.by === null ? '' : names.agent(row.settling.by) }
          }
          onSettle={(as) => void act(call('outbox.settle', { opId: newOperationId(), outboxId, as, attempt: row.attempt }))}
        />
      )}
      {state === 'queued' && (
        <Button size="sm" onClick={sendNow}>
          {t('outbox.actions.sendNow')}
        </Button>
      )}
      {laterAt !== null && (state === 'queued' || state === 'held') && !isGuarded && (
        <Button size="sm" onClick={() => askForTime({ outboxId, caseId, laterAt })}>
          {tLater('changeTime')}
        </Button>
      )}
      {(state === 'queued' || state === 'held' || state === 'failed') && (
        <Button size="sm" onClick={() => void takeBack()}>
          {t('outbox.actions.takeBack')}
        </Button>
      )}
      {state !== 'held' && (
        <Button size="sm" variant="ghost" onClick={() => openCase(row.caseId)}>
          {t('outbox.actions.openCase')}
        </Button>
      )}
    </div>
  );
}
