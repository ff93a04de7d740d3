import i18next from 'i18next';
import { CircleAlert, CircleCheck, CircleHelp, CircleX, Hand, MailX, Send, Timer } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { DeliveryRow } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId, OutboxId } from '../../../../shared/domain/ids.ts';
import { DROPPED } from '../../../../shared/domain/outbox.ts';
import type { SettledAs } from '../../../../shared/domain/team/send-settling.ts';
import { instant, SECOND_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { refusalText } from '../../../i18n/channel-problem.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useNow } from '../../../state/clock-store.ts';
import { sendReplyNow } from '../../../state/reply-times.ts';
import { endUndoSend } from '../../../state/undo-send.ts';
import { useShownDeliveries } from '../../../state/shown-deliveries.ts';
import { Button } from '../../../ui/button.tsx';
import { FateChoices } from '../../../ui/fate-choices.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { CompareHeld } from '../collision/compare-held.tsx';
import { reloadDraft } from '../composer/use-draft.ts';
import { secondsText } from '../format/seconds.ts';
import { startWriting } from '../inbox-store.ts';
import { usePeople } from './use-people.ts';
import { LeftLate, TimeChoices, WaitsForTime } from './waits-for-time.tsx';

interface DeliveryProps {
  readonly delivery: DeliveryRow;
  readonly caseId: CaseId;
  /** When the channel took it, of one that was sent. */
  readonly sentAt?: Instant | undefined;
}

/** How far a reply got, and what can be done about it. */
export function DeliveryState({ delivery, caseId, sentAt }: DeliveryProps): ReactNode {
  const shown = useShown(delivery);
  return (
    <>
      <State delivery={shown} caseId={caseId} sentAt={sentAt} />
      {delivery.bounced !== null && <Bounce bounced={delivery.bounced} />}
    </>
  );
}

function useShown(delivery: DeliveryRow): DeliveryRow {
  const rows = useMemo(() => [delivery], [delivery]);
  return useShownDeliveries(rows)[0] ?? delivery;
}

/** Nobody knows whether it arrived: whoever sent it here, or at another workstation, got no answer. */
function UnknownFate({ delivery }: { readonly delivery: DeliveryRow }): ReactNode {
  const t = useWords('inbox');
  const tFate = useWords('fate');
  const people = usePeople();
  const { settling, underwaySince, outboxId, attempt } = delivery;
  const isElsewhere = underwaySince !== null;
  return (
    <DeliveryProblem
      tone="soon"
      icon={<CircleHelp aria-hidden="true" />}
      title={isElsewhere ? tFate('unknown') : t('delivery.unknown')}
      text={isElsewhere ? tFate('elsewhere') : t('delivery.unknownText')}
    >
      <FateChoices
        waiting={settling === null ? null : { as: settling.as, name: settling.by === null ? '' : people.nameOf(settling.by) }}
        onSettle={(as) => void settle(outboxId, as, attempt)}
      />
    </DeliveryProblem>
  );
}

/** Why a reply was not taken, by mail or by a channel. */
function useWhyNot(): (code: string | null) => string {
  const tChannels = useWords('channels');
  const tErrors = useWords('errors');
  return (code) => refusalText(tChannels, tErrors, code) ?? errorText(tErrors, code);
}

function State({ delivery, caseId, sentAt }: DeliveryProps): ReactNode {
  const t = useWords('inbox');
  const tLater = useWords('sendLater');
  const whyNot = useWhyNot();
  const { outboxId } = delivery;
  switch (delivery.state) {
    case 'queued':
      return delivery.laterAt === null || delivery.code !== null ? (
        <Queued delivery={delivery} caseId={caseId} />
      ) : (
        <WaitsForTime delivery={delivery} laterAt={delivery.laterAt} caseId={caseId} onTakeBack={() => void takeBack(outboxId, caseId)} />
      );
    case 'sending':
      return (
        <p className="ib-delivery" role="status">
          <Send aria-hidden="true" />
          {t('delivery.sending')}
        </p>
      );
    case 'sent':
      return delivery.bounced === null ? (
        <p className="ib-delivery" data-tone="ok">
          <CircleCheck aria-hidden="true" />
          {t('delivery.sent')}
          {delivery.laterAt !== null && sentAt !== undefined && <LeftLate delivery={delivery} sentAt={sentAt} caseId={caseId} />}
        </p>
      ) : null;
    case 'failed':
      return (
        <DeliveryProblem
          tone="breach"
          icon={<CircleX aria-hidden="true" />}
          title={t('delivery.failed')}
          text={`${whyNot(delivery.code)} ${delivery.detail}`.trim()}
        >
          <Button size="sm" onClick={() => void sendReplyNow(outboxId)}>
            {t('delivery.retry')}
          </Button>
          <Button size="sm" onClick={() => void takeBack(outboxId, caseId)}>
            {t('delivery.edit')}
          </Button>
        </DeliveryProblem>
      );
    case 'unknown':
      return <UnknownFate delivery={delivery} />;
    case 'held':
      return (
        <DeliveryProblem
          tone="soon"
          icon={<Hand aria-hidden="true" />}
          title={t('delivery.held')}
          text={[
            delivery.holdReason === null ? '' : t(`delivery.hold.${delivery.holdReason}`),
            delivery.thenStatus === null ? '' : tLater('afterwards.held', { status: t(`status.${delivery.thenStatus}`) }),
          ]
            .filter((each) => each !== '')
            .join(' ')}
        >
          <CompareHeld
            caseId={caseId}
            outboxId={outboxId}
            onSend={() => void sendReplyNow(outboxId)}
            onEdit={() => void takeBack(outboxId, caseId)}
          />
          {delivery.holdReason !== 'guard' && (
            <Button size="sm" onClick={() => void sendReplyNow(outboxId)}>
              {t('delivery.sendAnyway')}
            </Button>
          )}
          <TimeChoices delivery={delivery} caseId={caseId} />
          <Button size="sm" variant="primary" onClick={() => void takeBack(outboxId, caseId)}>
            {t('delivery.edit')}
          </Button>
        </DeliveryProblem>
      );
    case 'cancelled':
      return (
        <p className="ib-delivery">
          <CircleX aria-hidden="true" />
          {t(delivery.code === DROPPED ? 'delivery.dropped' : 'delivery.cancelled')}
        </p>
      );
  }
}

/** Waiting for its time, for the network, or for the next attempt; it can be taken back until it leaves. */
function Queued({ delivery, caseId }: DeliveryProps): ReactNode {
  const t = useWords('inbox');
  const whyNot = useWhyNot();
  const formats = useFormats();
  const { sendAt, nextAttemptAt, outboxId, code } = delivery;
  const now = useNow((current) => (current < sendAt ? instant(Math.min(sendAt, (Math.floor(current / SECOND_MS) + 1) * SECOND_MS)) : null));
  const leftMs = sendAt - now;
  const seconds = Math.ceil(leftMs / SECOND_MS);
  let words: string = t('delivery.queuedNow');
  if (leftMs > 0) words = t('delivery.queued', { time: seconds > 90 ? formats.duration(leftMs) : secondsText(seconds, formats.locale) });
  else if (code === 'offline') words = t('delivery.queuedOffline');
  else if (nextAttemptAt !== null && nextAttemptAt > now) words = t('delivery.queuedRetry', { at: formats.time(nextAttemptAt) });
  return (
    <div className="ib-delivery" data-tone={code === null ? 'accent' : 'soon'}>
      <Timer aria-hidden="true" />
      <span className="tabular">
        {words}
        {code !== null && code !== 'offline' && ` · ${whyNot(code)}`}
        {delivery.attempts > 1 && ` · ${t('delivery.attempts', { count: delivery.attempts })}`}
      </span>
      <Button size="sm" onClick={() => void takeBack(outboxId, caseId)}>
        {t('delivery.undo')}
      </Button>
      {(leftMs > 0 || code !== null) && (
        <Button size="sm" variant="ghost" onClick={() => void sendReplyNow(outboxId)}>
          {t('delivery.sendNow')}
        </Button>
      )}
    </div>
  );
}

interface ProblemProps {
  readonly tone: 'breach' | 'soon';
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function DeliveryProblem({ tone, icon, title, text, children }: ProblemProps): ReactNode {
  return (
    <div className="ib-delivery ib-delivery-problem" data-tone={tone} role="alert">
      {icon}
      <div>
        <strong>{title}</strong>
        {text !== '' && <p>{text}</p>}
        <div className="ib-delivery-buttons">{children}</div>
      </div>
    </div>
  );
}

function Bounce({ bounced }: { readonly bounced: NonNullable<DeliveryRow['bounced']> }): ReactNode {
  const t = useWords('inbox');
  return (
    <div className="ib-delivery ib-delivery-problem" data-tone="breach" role="alert">
      <MailX aria-hidden="true" />
      <div>
        <strong>
          {bounced.recipient === null ? t('delivery.bouncedUnknown') : t('delivery.bounced', { recipient: bounced.recipient })}
        </strong>
        {bounced.diagnostic !== '' && <p className="ib-delivery-words">{bounced.diagnostic}</p>}
      </div>
    </div>
  );
}

function tellProblem(code: string): void {
  const isLate = code === 'too-late';
  showToast({
    title: isLate ? i18next.t('inbox:delivery.tooLate') : i18next.t('inbox:done.failed'),
    description: isLate ? undefined : errorText(i18next.getFixedT(null, 'errors'), code),
    tone: 'problem',
  });
}

/** Takes a reply back and opens it as a draft. */
export async function takeBack(outboxId: OutboxId, caseId: CaseId): Promise<void> {
  const answer = await call('outbox.cancel', { opId: newOperationId(), outboxId });
  if (!answer.ok) {
    tellProblem(answer.error.code);
    return;
  }
  endUndoSend(outboxId);
  await reloadDraft(caseId, 'reply');
  showToast({ title: i18next.t('inbox:composer.restored'), tone: 'ok' });
  startWriting(caseId, 'reply');
}

async function settle(outboxId: OutboxId, as: SettledAs, attempt: number): Promise<void> {
  const answer = await call('outbox.settle', { opId: newOperationId(), outboxId, as, attempt });
  if (!answer.ok) tellProblem(answer.error.code);
}

/** An icon that stands for trouble in a reply, for collapsed messages. */
export function DeliveryMark({ delivery: told }: { readonly delivery: DeliveryRow }): ReactNode {
  const t = useWords('inbox');
  const delivery = useShown(told);
  if (delivery.bounced !== null || delivery.state === 'failed')
    return <CircleAlert className="ib-delivery-mark" data-tone="breach" aria-label={t('delivery.failed')} />;
  if (delivery.state === 'held' || delivery.state === 'unknown')
    return (
      <CircleHelp
        className="ib-delivery-mark"
        data-tone="soon"
        aria-label={delivery.state === 'held' ? t('delivery.held') : t('delivery.unknown')}
      />
    );
  return null;
}
