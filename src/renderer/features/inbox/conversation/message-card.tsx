import { Bot, CheckCheck, ChevronDown, MoreHorizontal, Pencil, Trash2, TriangleAlert, Type } from 'lucide-react';
import { memo, use, useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Channel } from '../../../../shared/domain/message.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Menu } from '../../../ui/menu.tsx';
import { HtmlBody } from '../mail-body/html-body.tsx';
import type { HtmlProblem } from '../mail-body/html-body.tsx';
import { AuthorMarks } from '../channel/author-marks.tsx';
import { BotOffer } from '../channel/bot-offer.tsx';
import { IntakeList } from '../channel/intake-list.tsx';
import { MessageVersions } from '../channel/message-versions.tsx';
import { FindQuery, useIsFound } from '../search/find-query.ts';
import { AttachmentCards } from './attachment-cards.tsx';
import { SecretBar } from './guard-reveal.tsx';
import { DeliveryMark, DeliveryState } from './delivery-state.tsx';
import { MessageDetails } from './message-details.tsx';
import { MessageMenuItems } from './message-menu.tsx';
import { MessageText } from './message-text.tsx';
import { usePeople } from './use-people.ts';
import { isLoud, warningText } from './warning-text.ts';

type MessageItem = Extract<TimelineItem, { kind: 'message' }>;

interface MessageCardProps {
  readonly item: MessageItem;
  readonly caseId: CaseId;
  readonly channel: Channel;
  readonly isOpen: boolean;
  /** Its case was told of a secret in it, which may have stood in a file. */
  readonly hadSecret?: boolean;
  readonly onToggle: (item: MessageItem) => void;
}

/** One message, closed to a line or open with everything that belongs to it. */
export const MessageCard = memo(function MessageCard({
  item,
  caseId,
  channel,
  isOpen,
  hadSecret = false,
  onToggle,
}: MessageCardProps): ReactNode {
  return (
    <article
      className={classNames('ib-message', item.direction === 'out' && 'ib-message-ours')}
      data-message-id={item.messageId}
      data-open={isOpen}
    >
      <MessageHead item={item} caseId={caseId} channel={channel} isOpen={isOpen} onToggle={onToggle} />
      {isOpen && <MessageBody item={item} hadSecret={hadSecret || item.text.includes('⟦redacted:')} />}
      {item.delivery !== null && (isOpen ? !isSaidByRead(item) : item.delivery.state !== 'sent') && (
        <DeliveryState delivery={item.delivery} caseId={caseId} sentAt={item.at} />
      )}
    </article>
  );
});

/** What was read has been sent. */
function isSaidByRead({ readAt, delivery }: MessageItem): boolean {
  return readAt !== null && delivery?.state === 'sent' && delivery.bounced === null && delivery.laterAt === null;
}

function useSenderName(item: MessageItem): string {
  const people = usePeople();
  if (item.agentId !== null) return people.nameOf(item.agentId);
  return item.from.name === '' ? item.from.address : item.from.name;
}

function MessageHead({ item, caseId, channel, isOpen, onToggle }: MessageCardProps): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const people = usePeople();
  const name = useSenderName(item);
  const avatarName = item.agentId === null ? name : people.ownNameOf(item.agentId);
  const others = item.to.length + item.cc.length - 1;
  const first = item.to[0];
  // what our own account is called among the engine's addresses says nothing to anybody
  const isNameless = item.origin !== null && first?.name === '';
  const recipients =
    first === undefined || isNameless
      ? ''
      : `${t('conversation.toCustomer', { names: first.name === '' ? first.address : first.name })}${others > 0 ? ` ${t('conversation.moreRecipients', { count: others })}` : ''}`;
  return (
    <header className="ib-message-head">
      <Avatar name={avatarName} />
      <button
        type="button"
        className="ib-message-toggle"
        aria-expanded={isOpen}
        title={isOpen ? t('conversation.collapse') : t('conversation.open')}
        onClick={() => onToggle(item)}
      >
        <span className="ib-message-from">
          <strong className="truncate">{name}</strong>
          {item.agentId === null && item.from.name !== '' && (
            <span className="ib-message-address truncate">
              {item.origin === null ? item.from.address : (item.origin.author.handle ?? '')}
            </span>
          )}
        </span>
        {isOpen ? (
          <span className="ib-message-to truncate">{recipients}</span>
        ) : (
          <span className="ib-message-to truncate">{item.text.replaceAll(/\s+/gu, ' ').slice(0, 160)}</span>
        )}
      </button>
      <MessageMarks item={item} channel={channel} isOpen={isOpen} />
      {!isOpen && item.delivery !== null && <DeliveryMark delivery={item.delivery} />}
      <time className="ib-message-time tabular" dateTime={new Date(item.at).toISOString()} title={formats.dateTimeFull(item.at)}>
        {formats.time(item.at)}
      </time>
      {isOpen ? (
        <>
          <MessageDetails item={item} />
          <MessageMenu item={item} caseId={caseId} onToggle={onToggle} />
        </>
      ) : (
        <ChevronDown className="ib-message-chevron" aria-hidden="true" />
      )}
    </header>
  );
}

/** What is unusual about a message, in words: who vouches for its author, and what became of it. */
function MessageMarks({ item, channel, isOpen }: Pick<MessageCardProps, 'item' | 'channel' | 'isOpen'>): ReactNode {
  const t = useWords('inbox');
  const tChannel = useWords('channel');
  const formats = useFormats();
  const isTakenBack = item.removedOnServer && item.origin !== null;
  return (
    <>
      {item.auto !== 'none' && <Badge icon={<Bot aria-hidden="true" />}>{t(`auto.${item.auto}`)}</Badge>}
      {isOpen && item.origin !== null && item.direction === 'in' && <AuthorMarks origin={item.origin} channel={channel} />}
      {item.removedOnServer && (
        <Badge icon={<Trash2 aria-hidden="true" />} title={isTakenBack ? tChannel('takenBackHint') : t('message.removedOnServerHint')}>
          {isTakenBack ? tChannel('takenBack') : t('message.removedOnServer')}
        </Badge>
      )}
      {item.editedAt !== null && (
        <Badge icon={<Pencil aria-hidden="true" />} title={tChannel('editedHint', { at: formats.dateTime(item.editedAt) })}>
          {tChannel('edited')}
        </Badge>
      )}
      {item.readAt !== null && (
        <Badge tone="ok" icon={<CheckCheck aria-hidden="true" />} title={formats.dateTimeFull(item.readAt)}>
          {tChannel('read', { at: formats.time(item.readAt) })}
        </Badge>
      )}
    </>
  );
}

function MessageMenu({ item, caseId, onToggle }: Pick<MessageCardProps, 'item' | 'caseId' | 'onToggle'>): ReactNode {
  const t = useWords('inbox');
  const name = useSenderName(item);
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t('message.menu')} icon={<MoreHorizontal aria-hidden="true" />} />}>
      <MessageMenuItems item={item} caseId={caseId} name={name} isOpen onToggle={() => onToggle(item)} />
    </Menu>
  );
}

function MessageBody({ item, hadSecret }: { readonly item: MessageItem; readonly hadSecret: boolean }): ReactNode {
  const t = useWords('inbox');
  const query = use(FindQuery);
  const isFound = useIsFound(item.text);
  const [unmarked, setUnmarked] = useState<Query | null>(null);
  const [choice, setAsHtml] = useState<boolean | null>(null);
  // what only the text has (the address behind a link, another wording) is shown in the text
  const asHtml = choice ?? (item.hasHtml && !(isFound && unmarked === query));
  const [problem, setProblem] = useState<HtmlProblem | null>(null);
  const name = useSenderName(item);
  const onProblem = useCallback((found: HtmlProblem) => {
    setProblem(found);
    setAsHtml(false);
  }, []);
  const loud = item.warnings.filter(isLoud);
  const files = item.attachments.filter((attachment) => !attachment.inline || !asHtml);
  return (
    <div className="ib-message-body">
      {loud.length > 0 && (
        <ul className="ib-message-warnings">
          {loud.map((code) => (
            <li key={code}>
              <TriangleAlert aria-hidden="true" />
              {warningText(t, code)}
            </li>
          ))}
        </ul>
      )}
      {hadSecret && <SecretBar messageId={item.messageId} />}
      {problem !== null && (
        <p className="ib-message-note muted" role="status">
          {t(`message.${problem}`)}
        </p>
      )}
      {asHtml ? (
        <HtmlBody messageId={item.messageId} senderName={name} onProblem={onProblem} onUnmarked={setUnmarked}>
          <MessageText text={item.text} language={item.language} />
        </HtmlBody>
      ) : (
        <MessageText text={item.text} language={item.language} isDefanged={item.direction === 'in' && item.origin !== null} />
      )}
      {item.hasHtml && problem === null && (
        <button type="button" className="ib-view-switch" onClick={() => setAsHtml(!asHtml)}>
          <Type aria-hidden="true" />
          {asHtml ? t('message.textView') : t('message.htmlView')}
        </button>
      )}
      {item.offered !== undefined && <BotOffer offered={item.offered} />}
      {item.origin?.intake !== undefined && <IntakeList intake={item.origin.intake} />}
      <MessageVersions item={item} />
      <AttachmentCards attachments={files} />
    </div>
  );
}
