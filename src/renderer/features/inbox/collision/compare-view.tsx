import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Badge } from '../../../ui/badge.tsx';
import { EventLine } from '../conversation/event-line.tsx';
import { MessageText } from '../conversation/message-text.tsx';
import { usePeople } from '../conversation/use-people.ts';
import './collision.css';

interface CompareViewProps {
  readonly items: readonly TimelineItem[];
  readonly mine: string;
  readonly mineTitle: string;
}

/** What is new beside what one wrote, each scrolling by itself. */
export function CompareView({ items, mine, mineTitle }: CompareViewProps): ReactNode {
  const t = useWords('collision');
  return (
    <div className="ib-compare">
      <section aria-label={t('news.theirs')}>
        <h3>{t('news.theirs')}</h3>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and the keyboard has to reach it */}
        <div className="ib-compare-side" role="group" aria-label={t('news.theirs')} tabIndex={0}>
          {items.length === 0 && <p className="muted">{t('news.nothing')}</p>}
          {items.map((item) => (
            <NewsItem key={item.kind === 'event' ? item.id : item.messageId} item={item} />
          ))}
        </div>
      </section>
      <section aria-label={mineTitle}>
        <h3>{mineTitle}</h3>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and the keyboard has to reach it */}
        <div className="ib-compare-side ib-compare-mine" role="group" aria-label={mineTitle} tabIndex={0} dir="auto">
          {mine.trim()}
        </div>
      </section>
    </div>
  );
}

function NewsItem({ item }: { readonly item: TimelineItem }): ReactNode {
  const t = useWords('collision');
  const formats = useFormats();
  const people = usePeople();
  if (item.kind === 'event') return <EventLine item={item} />;
  const name = item.kind === 'message' && item.direction === 'in' ? nameOf(item.from) : people.nameOf(item.agentId);
  const isReply = item.kind === 'message' && item.direction === 'out';
  const who = item.kind === 'note' ? t('news.noteBy', { name }) : isReply ? t('news.replyBy', { name }) : name;
  return (
    <article className="ib-compare-item" data-kind={item.kind === 'note' ? 'note' : item.direction}>
      <header>
        <strong className="truncate">{who}</strong>
        {item.kind === 'message' && item.editedAt !== null && <Badge>{t('news.edited')}</Badge>}
        {item.kind === 'message' && item.removedOnServer && <Badge>{t('news.removed')}</Badge>}
        <time className="tabular" dateTime={new Date(item.at).toISOString()} title={formats.dateTimeFull(item.at)}>
          {formats.time(item.at)}
        </time>
      </header>
      <MessageText text={item.text} isDefanged />
    </article>
  );
}

function nameOf({ name, address }: { readonly name: string; readonly address: string }): string {
  return name === '' ? address : name;
}
