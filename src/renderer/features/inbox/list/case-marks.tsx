import type { ReactNode } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { Status, Tier } from '../../../../shared/domain/case.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import type { Channel } from '../../../../shared/domain/message.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import type { BadgeTone } from '../../../ui/badge.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { HandoffMark, PromiseMark } from './handoff-marks.tsx';
import { LaterMark } from './later-mark.tsx';
import { Mark, pictureOf } from './mark.tsx';
import { useWords } from '../../../i18n/use-words.ts';
import { FollowUpMark, ReminderMark, SnoozeMark } from './put-off-marks.tsx';
import { rowIcons } from './row-icons.ts';

export const STATUS_ICONS: Readonly<Record<Status, ReactNode>> = {
  open: rowIcons.circleDot,
  pending: rowIcons.timer,
  hold: rowIcons.circlePause,
  solved: rowIcons.circleCheck,
};
const STATUS_TONES: Readonly<Record<Status, BadgeTone>> = { open: 'accent', pending: 'paused', hold: 'soon', solved: 'ok' };

export function StatusBadge({ status }: { readonly status: Status }): ReactNode {
  const t = useWords('inbox');
  return (
    <Badge tone={STATUS_TONES[status]} icon={STATUS_ICONS[status]}>
      {t(`status.${status}`)}
    </Badge>
  );
}

const CHANNEL_ICONS: Readonly<Record<Channel, ReactNode>> = {
  email: rowIcons.mail,
  chat: rowIcons.messageSquare,
  telegram: rowIcons.send,
  x: rowIcons.hash,
  web: rowIcons.globe,
  community: rowIcons.users,
};

export function ChannelIcon({ channel }: { readonly channel: Channel }): ReactNode {
  const t = useWords('inbox');
  return <Mark text={t(`channel.${channel}`)}>{CHANNEL_ICONS[channel] ?? rowIcons.messageCircle}</Mark>;
}

/** Gold crown and word for a VIP; nothing for everybody else. */
export function TierMark({ tier }: { readonly tier: Tier }): ReactNode {
  const t = useWords('inbox');
  if (tier === 'standard') return null;
  return (
    <Badge tone="vip" icon={rowIcons.crown} className="ib-tier">
      {t(`tier.${tier}`)}
    </Badge>
  );
}

export function LanguageMark({ language }: { readonly language: string | null }): ReactNode {
  const formats = useFormats();
  if (language === null) return null;
  const name = formats.languageName(language);
  return (
    <span className="ib-language" title={name} {...pictureOf(name)}>
      {language.slice(0, 2).toUpperCase()}
    </span>
  );
}

/** Who has the case: initials, ringed when it is the reader; dashed while the team's log has not confirmed it. */
export function AssigneeMark({
  assigneeId,
  assigneeName,
  me,
  isPending = false,
  withName = false,
}: {
  readonly assigneeId: AgentId | null;
  readonly assigneeName: string | null;
  readonly me: AgentId | null;
  readonly isPending?: boolean;
  readonly withName?: boolean;
}): ReactNode {
  const t = useWords('inbox');
  const tHub = useWords('hub');
  if (assigneeId === null) {
    const nobody = t('person.unassigned');
    return (
      <span className="ib-assignee ib-assignee-none" title={nobody} {...(withName ? {} : pictureOf(nobody))}>
        {rowIcons.circleUserRound}
        {withName && <span className="truncate">{nobody}</span>}
      </span>
    );
  }
  const name = assigneeName ?? t('conversation.colleague');
  const isMine = assigneeId === me;
  const shown = isMine ? t('person.you') : name;
  return (
    <span
      className={classNames('ib-assignee', isMine && 'ib-assignee-mine')}
      data-pending={isPending || undefined}
      title={isPending ? tHub('pending.owner') : isMine ? t('person.mine') : t('person.assignedTo', { name })}
      {...(withName ? {} : pictureOf(isPending ? `${shown}, ${tHub('pending.ownerShort')}` : shown))}
    >
      <Avatar name={name} size="sm" />
      {withName && <span className="truncate">{shown}</span>}
      {withName && isPending && (
        <span className="ib-owner-pending">
          {rowIcons.hourglass}
          {tHub('pending.ownerShort')}
        </span>
      )}
    </span>
  );
}

export function LabelChip({ label }: { readonly label: string }): ReactNode {
  return <span className="ib-label truncate">{label}</span>;
}

const PRIORITY_TONES = { low: 'low', normal: 'normal', high: 'high', urgent: 'urgent' } as const;

/** Small marks of a row: what is on its way, what failed, what is not finished. Each has its words for screen readers and on hover. */
export function FlagMarks({ row }: { readonly row: CaseRow }): ReactNode {
  const t = useWords('inbox');
  const marks: { readonly key: string; readonly icon: ReactNode; readonly text: string; readonly tone: string }[] = [];
  if (row.failedReplies > 0)
    marks.push({
      key: 'failed',
      icon: rowIcons.triangleAlert,
      text: t('flag.failed', { count: row.failedReplies }),
      tone: 'breach',
    });
  if (row.queuedReplies > 0 && row.sendsAt === null)
    marks.push({ key: 'queued', icon: rowIcons.send, text: t('flag.queued', { count: row.queuedReplies }), tone: 'soon' });
  if (row.priority === 'high' || row.priority === 'urgent') {
    marks.push({
      key: 'priority',
      icon: rowIcons.flag,
      text: t('flag.priority', { priority: t(`priority.${row.priority}`) }),
      tone: PRIORITY_TONES[row.priority],
    });
  }
  if (row.hasDraft) marks.push({ key: 'draft', icon: rowIcons.penLine, text: t('flag.draft'), tone: 'accent' });
  if (row.hasAttachments) marks.push({ key: 'attachment', icon: rowIcons.paperclip, text: t('flag.attachment'), tone: 'quiet' });
  return (
    <span className="ib-flags">
      <FollowUpMark row={row} />
      {row.asked !== null && <AskedMark asked={row.asked} />}
      {row.reminders.length > 0 && <ReminderMark row={row} />}
      <SnoozeMark row={row} />
      {row.sendsAt !== null && <LaterMark row={row} at={row.sendsAt} />}
      {row.handoff !== null && <HandoffMark offer={row.handoff} />}
      {row.nextPromise !== null && <PromiseMark promise={row.nextPromise} />}
      {marks.map((mark) => (
        <Mark key={mark.key} text={mark.text} tone={mark.tone}>
          {mark.icon}
        </Mark>
      ))}
    </span>
  );
}

/** How often the customer has asked again without an answer. */
function AskedMark({ asked }: { readonly asked: NonNullable<CaseRow['asked']> }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const text = t('chaser.mark', { count: asked.count, at: formats.dateTime(asked.lastAt) });
  return (
    <Mark text={text} tone="soon" className="ib-asked tabular">
      {rowIcons.messageSquareMore}
      {formats.number(asked.count)}
    </Mark>
  );
}

/** A blue dot and a word for screen readers. */
export function UnreadDot({ unread }: { readonly unread: boolean }): ReactNode {
  const t = useWords('inbox');
  if (!unread) return <span className="ib-unread-space" />;
  return <span className="ib-unread" title={t('flag.unread')} {...pictureOf(t('flag.unread'))} />;
}
