import { Anchor, Handshake, Hourglass, RotateCcw, TriangleAlert, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { CaseOwnershipView } from '../../../../shared/contract/handoff.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { openPacket } from '../../../state/packet-dialog.ts';
import { useParked } from '../../../state/parked.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { offerUndo } from '../../../state/undo.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { Countdown } from '../../../ui/packet/countdown.tsx';
import { tellFailure } from '../tell-failure.ts';

export interface OwnerPartProps {
  readonly detail: CaseDetail;
  /** Null while it is not known. */
  readonly ownership: CaseOwnershipView | null;
  readonly hasFailed: boolean;
}

/** The one person who answers for the case, why it may be another than its owner, and what is going on with it. */
export function OwnerPart({ detail, ownership, hasFailed }: OwnerPartProps): ReactNode {
  const t = useWords('handoff');
  const parked = useParked(detail.caseId);
  const standing = ownership?.handoffs.find((each) => each.state === 'offered' || each.state === 'expired') ?? null;
  const names = useTeamNames();
  return (
    <section className="hc-part" aria-label={t('owner.title')}>
      <h3>{t('owner.title')}</h3>
      {hasFailed && <p className="muted">{t('owner.failed')}</p>}
      {ownership !== null && <Accountable ownership={ownership} names={names} />}
      {standing !== null && (
        <p className="hc-line">
          <Handshake aria-hidden="true" />
          <span>{t('owner.offered', { to: names.recipient(standing.to) })}</span>
          <Countdown expiresAt={standing.expiresAt} isShort />
        </p>
      )}
      {ownership !== null && ownership.bounces > 0 && (
        <p className="hc-line">
          <RotateCcw aria-hidden="true" />
          <span>{t('owner.bounces', { count: ownership.bounces })}</span>
        </p>
      )}
      {ownership?.doubleReplies.map((double) => (
        <p key={double.eventIds.join(' ')} className="hc-double" role="status">
          <TriangleAlert aria-hidden="true" />
          <span>
            <strong>{t('double.title')}</strong>
            {t('double.text', { one: names.agent(double.authors[0]), other: names.agent(double.authors[1]) })}
          </span>
        </p>
      ))}
      {parked !== null && <ParkedLine caseId={detail.caseId} parked={parked} names={names} />}
      {detail.status !== 'solved' && (
        <div>
          <Button size="sm" variant="ghost" shortcut="h" onClick={() => openPacket([detail.caseId])}>
            {t(standing === null ? 'owner.handOver' : 'owner.editPacket')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Accountable({ ownership, names }: { readonly ownership: CaseOwnershipView; readonly names: TeamNames }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const { accountable, ownerId, isInQueue, ownedSince, isAcceptPending } = ownership;
  const who = accountable?.agentId ?? ownerId;
  if (who === null) return <p className="muted">{t('owner.nobody')}</p>;
  const name = names.agent(who);
  const isMe = who === names.me;
  const why = accountable?.insteadOfOwner ?? null;
  const sentence = isInQueue ? t(isMe ? 'owner.queueYou' : 'owner.queue', { name }) : isMe ? t('owner.you') : t('owner.who', { name });
  return (
    <>
      <p className="hc-owner">
        {isInQueue && why === null ? <Users aria-hidden="true" /> : <Avatar name={names.ownName(who)} size="sm" />}
        <span>
          {why === null ? sentence : t(`owner.instead.${why}`, { name, owner: names.agent(ownerId) })}
          {ownedSince !== null && why === null && (
            <span className="muted tabular"> {t('owner.since', { at: formats.dateTime(ownedSince) })}</span>
          )}
        </span>
      </p>
      {isAcceptPending && (
        <p className="hc-line" data-tone="soon" role="status">
          <Hourglass aria-hidden="true" />
          <span>{t('owner.acceptPending', { name: names.agent(ownerId) })}</span>
        </p>
      )}
    </>
  );
}

function ParkedLine({
  caseId,
  parked,
  names,
}: {
  readonly caseId: CaseId;
  readonly parked: NonNullable<ReturnType<typeof useParked>>;
  readonly names: TeamNames;
}): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const takeUp = async (): Promise<void> => {
    const opId = newOperationId();
    const answer = await call('cases.apply', { opId, caseIds: [caseId], action: { kind: 'unpark' } });
    if (!answer.ok) tellFailure(answer.error.code, answer.error.detail);
    else if (answer.value.undoable) offerUndo({ opId, label: t('park.undone', { count: answer.value.changed }) });
  };
  return (
    <div className="hc-parked">
      <p className="hc-line">
        <Anchor aria-hidden="true" />
        <span dir="auto">{t('owner.parked', { reason: parked.reason })}</span>
      </p>
      <p className="muted tabular">{t('owner.parkedBy', { name: names.agent(parked.by), at: formats.soonTime(parked.at, now) })}</p>
      <Button size="sm" variant="ghost" onClick={() => void takeUp()}>
        {t('owner.unpark')}
      </Button>
    </div>
  );
}
