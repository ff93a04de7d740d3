import { StickyNote } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { MessageText } from './message-text.tsx';
import { usePeople } from './use-people.ts';

type NoteItem = Extract<TimelineItem, { kind: 'note' }>;

/** A note among colleagues, on its own ground so that nobody takes it for a reply. */
export const NoteCard = memo(function NoteCard({ item }: { readonly item: NoteItem }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const people = usePeople();
  return (
    <article className="ib-message ib-note" data-message-id={item.messageId}>
      <header className="ib-message-head">
        <Avatar name={people.ownNameOf(item.agentId)} />
        <span className="ib-message-toggle">
          <strong className="truncate">{people.nameOf(item.agentId)}</strong>
        </span>
        <Badge tone="soon" icon={<StickyNote aria-hidden="true" />} title={t('conversation.notePrivate')}>
          {t('conversation.note')}
        </Badge>
        <time className="ib-message-time tabular" dateTime={new Date(item.at).toISOString()} title={formats.dateTimeFull(item.at)}>
          {formats.time(item.at)}
        </time>
      </header>
      <div className="ib-message-body">
        <MessageText text={item.text} isDefanged />
      </div>
    </article>
  );
});
