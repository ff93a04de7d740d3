import { Crown, Eye, MailOpen, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { LaneRow } from '../../../../shared/contract/handoff.contract.ts';
import { currentVersion } from '../../../../shared/domain/handoff/handoff.ts';
import type { ChangedSinceRead } from '../../../../shared/domain/handoff/handoff.ts';
import { openCase } from '../../../state/session.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { PacketView } from '../../../ui/packet/packet-view.tsx';
import { WaitingReplyNote } from '../../../ui/send-time/waiting-reply-note.tsx';
import { markFirstRead, markRead } from '../handoffs.store.ts';
import type { Read } from '../handoffs.store.ts';
import { possibleFor } from '../lanes/lanes-model.ts';
import type { Placed } from '../lanes/lanes-model.ts';
import { isReadBackOutdated, useReading } from '../lanes/reading.ts';
import './detail.css';
import { AnswerColumn } from './answer-column.tsx';
import { Facts } from './facts.tsx';
import { NewestMessage } from './newest-message.tsx';

export interface HandoffDetailProps {
  readonly placed: Placed;
  readonly names: TeamNames;
  readonly onMovedOn: () => void;
}

/** A handoff with its whole packet on one screen, what came since it was read, and what can be done about it. */
export function HandoffDetail({ placed, names, onMovedOn }: HandoffDetailProps): ReactNode {
  const t = useWords('lanes');
  const { lane, row } = placed;
  const { read, change } = useReading(placed);
  const { handoff, packet } = row;
  useEffect(() => markFirstRead(row), [row]);
  const isReadBackDue = isReadBackOutdated(placed);
  const possible = possibleFor(placed, names.me, isReadBackDue);
  const before =
    change === null || read === undefined ? null : (handoff.versions.find((each) => each.version === read.packetVersion)?.packet ?? null);
  return (
    <div className="hd-frame">
      <article className="hd" aria-label={row.row.subject}>
        <header className="hd-header">
          <h2 className="truncate">
            <bdi>{row.row.subject}</bdi>
          </h2>
          {row.row.tier !== 'standard' && (
            <Badge tone="vip" icon={<Crown aria-hidden="true" />}>
              VIP
            </Badge>
          )}
          <span className="hd-customer truncate muted">{row.row.contactName === '' ? row.row.contactAddress : row.row.contactName}</span>
          <Button size="sm" icon={<MailOpen aria-hidden="true" />} shortcut="o" onClick={() => openCase(row.row.caseId)}>
            {t('action.openCase')}
          </Button>
        </header>
        <Facts row={row} names={names} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key */}
        <div className="hd-main" tabIndex={0} role="region" aria-label={t('detail.packet')}>
          {change !== null && read !== undefined && (
            <Changed row={row} read={read} change={change} isReadBackDue={lane === 'accepted' && isReadBackDue} />
          )}
          <h3 className="visually-hidden">{t('detail.packet')}</h3>
          <WaitingReplyNote row={row.row} />
          <PacketView packet={packet} before={before} />
          <NewestMessage caseId={row.row.caseId} since={handoff.messagesSince.length} isNew={(change?.newMessages.length ?? 0) > 0} />
        </div>
        <AnswerColumn placed={placed} possible={possible} names={names} isUnseen={change !== null} onMovedOn={onMovedOn} />
      </article>
    </div>
  );
}

interface ChangedProps {
  readonly row: LaneRow;
  readonly read: Read;
  readonly change: ChangedSinceRead;
  readonly isReadBackDue: boolean;
}

function Changed({ row, read, change, isReadBackDue }: ChangedProps): ReactNode {
  const t = useWords('lanes');
  return (
    <div className="hd-changed" role="status">
      <RefreshCw aria-hidden="true" />
      <div>
        <strong>{t('changed.title')}</strong>
        {change.isEdited && <p>{t('changed.edited', { now: currentVersion(row.handoff).version, before: read.packetVersion })}</p>}
        {change.newMessages.length > 0 && <p>{t('changed.wrote', { count: change.newMessages.length })}</p>}
        {isReadBackDue && <p>{t('changed.readBackDue')}</p>}
      </div>
      <Button size="sm" icon={<Eye aria-hidden="true" />} shortcut="m" onClick={() => markRead(row)}>
        {t('changed.look')}
      </Button>
    </div>
  );
}
