import { ArrowDown, CircleAlert, History, SearchX } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail, TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId, MessageId } from '../../../../shared/domain/ids.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { clock } from '../../../state/clock-store.ts';
import { rememberCase, useSession } from '../../../state/session.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { markRead } from '../actions/apply-actions.ts';
import { shownName } from '../channel/author-marks.tsx';
import { TypingLine } from '../channel/typing-line.tsx';
import { Composer } from '../composer/composer.tsx';
import { closeCase, useInbox } from '../inbox-store.ts';
import { FindBar } from '../search/find-bar.tsx';
import { FindQuery, foundIn, useSearchedWords } from '../search/find-query.ts';
import { ConversationHeader } from './conversation-header.tsx';
import './conversation.css';
import { EventLine } from './event-line.tsx';
import { useKeptAtEnd } from './kept-at-end.ts';
import { NeverFirst } from './never-first.tsx';
import { MessageCard } from './message-card.tsx';
import { TimelineMenu } from './message-menu.tsx';
import { ShownSource } from './source-dialog.tsx';
import { NoteCard } from './note-card.tsx';
import { useOpenUnasked } from './open-messages.ts';
import { ChaserLine } from './chaser-line.tsx';
import { PutOffStrips } from './put-off-strips.tsx';
import { ThanksOffer } from './thanks-offer.tsx';
import { usePeople } from './use-people.ts';
import { useWantedMessage } from './use-wanted-message.ts';
import { chaserIds, foldChasers, groupByDay, isShown, itemKey, NEWEST_SHOWN, newestOf, secretIds } from './timeline-groups.ts';
import type { MessageItem } from './timeline-groups.ts';

/** How long a case must be looked at before it counts as read. */
const READ_AFTER_MS = 700;

/** One case: header, messages, composer. Made anew for each case. */
export function Conversation({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('inbox');
  const tErrors = useWords('errors');
  const detail = useLive('cases.detail', { caseId });
  const timeline = useLive('cases.timeline', { caseId });
  useReading(detail.state === 'ready' ? detail.value : null);
  if (detail.state === 'error' || timeline.state === 'error') {
    const code = detail.state === 'error' ? detail.error.code : timeline.state === 'error' ? timeline.error.code : '';
    return (
      <EmptyState
        tone="problem"
        icon={<CircleAlert />}
        title={t('conversation.errorTitle')}
        description={errorText(tErrors, code)}
        actions={<Button onClick={closeCase}>{t('action.close')}</Button>}
      />
    );
  }
  if (detail.state === 'loading' || timeline.state === 'loading')
    return <div className="ib-conversation" aria-busy="true" aria-label={t('conversation.loading')} />;
  if (detail.value === null)
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('conversation.gone')}
        description={t('conversation.goneText')}
        actions={<Button onClick={closeCase}>{t('action.close')}</Button>}
      />
    );
  return (
    <section className="ib-conversation" aria-label={t('conversation.title')}>
      <ConversationHeader detail={detail.value} />
      <FoundTimeline items={timeline.value} detail={detail.value} />
      {detail.value.origin !== null && (
        <TypingLine
          caseId={caseId}
          name={shownName({ name: detail.value.contactName, address: detail.value.contactAddress }, detail.value.origin)}
        />
      )}
      <PutOffStrips detail={detail.value} />
      <ThanksOffer detail={detail.value} items={timeline.value} />
      <Composer detail={detail.value} />
    </section>
  );
}

/** Marks the case as read once it was looked at, and keeps it in the list of recent ones. */
function useReading(detail: CaseDetail | null): void {
  const caseId = detail?.caseId ?? null;
  const unread = detail?.unread ?? false;
  const isKept = useInbox((state) => caseId !== null && state.keptUnread.has(caseId));
  useEffect(() => {
    if (caseId === null || !unread || isKept) return undefined;
    const timer = setTimeout(() => void markRead([caseId], true), READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, [caseId, unread, isKept]);
  const subject = detail?.subject ?? '';
  const contactName = detail?.contactName ?? '';
  useEffect(() => {
    if (caseId !== null) rememberCase({ caseId, subject, contactName });
  }, [caseId, subject, contactName]);
}

/** The timeline; while words are searched for, with the marks of where they are. */
function FoundTimeline(props: { readonly items: readonly TimelineItem[]; readonly detail: CaseDetail }): ReactNode {
  const searched = useSearchedWords();
  const [hidden, setHidden] = useState<Query | null>(null);
  const query = searched === hidden ? null : searched;
  return (
    <FindQuery value={query}>
      <Timeline {...props} query={query} onHideFound={() => setHidden(searched)} />
    </FindQuery>
  );
}

interface TimelineProps {
  readonly items: readonly TimelineItem[];
  readonly detail: CaseDetail;
  readonly query: Query | null;
  readonly onHideFound: () => void;
}

function Timeline({ items, detail, query, onHideFound }: TimelineProps): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const { me } = usePeople();
  const { scroller, hasNews, toEnd, keepPlace, leaveEnd } = useKeptAtEnd(items, me);
  const [shown, setShown] = useState(NEWEST_SHOWN);
  const [toggled, setToggled] = useState<ReadonlyMap<MessageId, boolean>>(new Map());
  const visible = useMemo(() => items.filter(isShown), [items]);
  // what was searched for is shown, however old it is
  const found = useMemo(() => foundIn(visible, query), [visible, query]);
  const newest = useMemo(() => newestOf(visible, Math.max(shown, found.reach)), [visible, shown, found]);
  const chasers = useMemo(() => chaserIds(visible), [visible]);
  const withSecrets = useMemo(() => secretIds(items), [items]);
  const groups = useMemo(() => groupByDay(newest.items, { zone: formats.zone }), [newest.items, formats.zone]);
  const unasked = useOpenUnasked(visible, detail.origin !== null);
  const openAtFirst = useMemo(() => new Set([...unasked, ...found.messageIds]), [unasked, found]);
  const toggle = useCallback(
    (item: MessageItem) =>
      setToggled((before) => new Map([...before, [item.messageId, !(before.get(item.messageId) ?? openAtFirst.has(item.messageId))]])),
    [openAtFirst],
  );
  useConversationFocus(detail.caseId, scroller);
  const showWanted = useCallback((messageId: MessageId) => {
    setShown(Number.POSITIVE_INFINITY);
    setToggled((before) => new Map([...before, [messageId, true]]));
  }, []);
  useWantedMessage(detail.caseId, scroller, showWanted);
  const now = clock.now();
  const messageCount = visible.filter((item) => item.kind === 'message').length;
  const allOpen = visible.every((item) => item.kind !== 'message' || (toggled.get(item.messageId) ?? openAtFirst.has(item.messageId)));
  const toggleAll = (): void =>
    setToggled(
      new Map(
        visible.flatMap((item) =>
          item.kind === 'message' ? [[item.messageId, !allOpen || openAtFirst.has(item.messageId)] as const] : [],
        ),
      ),
    );

  const draw = (item: TimelineItem): ReactNode => (
    <Item
      key={itemKey(item)}
      item={item}
      detail={detail}
      isOpen={item.kind === 'message' && (toggled.get(item.messageId) ?? openAtFirst.has(item.messageId))}
      hadSecret={item.kind === 'message' && withSecrets.has(item.messageId)}
      onToggle={toggle}
    />
  );

  const timeline = (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="ib-timeline" ref={scroller} tabIndex={0} role="region" aria-label={t('conversation.messages')}>
      <NeverFirst detail={detail} />
      {(newest.hidden > 0 || messageCount > openAtFirst.size) && (
        <div className="ib-timeline-tools">
          {newest.hidden > 0 && (
            <Button
              size="sm"
              icon={<History aria-hidden="true" />}
              onClick={() => {
                keepPlace();
                setShown(shown + NEWEST_SHOWN);
              }}
            >
              {t('conversation.earlier', { count: newest.hidden })}
            </Button>
          )}
          {messageCount > openAtFirst.size && (
            <Button size="sm" variant="ghost" onClick={toggleAll}>
              {allOpen ? t('conversation.collapseAll') : t('conversation.expandAll')}
            </Button>
          )}
        </div>
      )}
      {groups.map((group) => (
        <section key={group.day} className="ib-day">
          <h3 className="ib-day-name">
            <span>{formats.dayHeading(group.at, now)}</span>
          </h3>
          {foldChasers(group.items, chasers).map((line) =>
            line.kind === 'chasers' ? <ChaserLine key={line.items[0]?.messageId} items={line.items} draw={draw} /> : draw(line),
          )}
        </section>
      ))}
      {hasNews && (
        <div className="ib-timeline-news">
          <Button size="sm" icon={<ArrowDown aria-hidden="true" />} onClick={toEnd}>
            {t('conversation.news')}
          </Button>
        </div>
      )}
    </div>
  );
  return (
    <>
      {query !== null && <FindBar query={query} scroller={scroller} onLead={leaveEnd} onHide={onHideFound} />}
      <TimelineMenu
        items={visible}
        caseId={detail.caseId}
        isOpen={(item) => toggled.get(item.messageId) ?? openAtFirst.has(item.messageId)}
        onToggle={toggle}
      >
        {timeline}
      </TimelineMenu>
      <ShownSource />
    </>
  );
}

interface ItemProps {
  readonly item: TimelineItem;
  readonly detail: CaseDetail;
  readonly isOpen: boolean;
  readonly hadSecret: boolean;
  readonly onToggle: (item: MessageItem) => void;
}

function Item({ item, detail, isOpen, hadSecret, onToggle }: ItemProps): ReactNode {
  if (item.kind === 'event') return <EventLine item={item} detail={detail} />;
  if (item.kind === 'note') return <NoteCard item={item} />;
  return (
    <MessageCard item={item} caseId={detail.caseId} channel={detail.channel} isOpen={isOpen} hadSecret={hadSecret} onToggle={onToggle} />
  );
}

/** How often the focus was asked for and given: a conversation that is drawn because of it comes after it was asked. */
let focused = 0;

/** The messages that went had the keyboard, and another case takes their place. */
let isReadOn = false;

/** Takes the keyboard's focus when a case was opened with Enter, or follows one whose messages had it. */
function useConversationFocus(caseId: CaseId, scroller: { readonly current: HTMLDivElement | null }): void {
  const asked = useInbox((state) => state.conversationFocus);
  useEffect(() => {
    // it was not asked of the conversation that goes
    if (useSession.getState().selectedCaseId !== caseId) return;
    if (asked > focused) scroller.current?.focus({ preventScroll: true });
    focused = asked;
  }, [asked, caseId, scroller]);
  useLayoutEffect(() => {
    const node = scroller.current;
    if (isReadOn && document.activeElement === document.body) node?.focus({ preventScroll: true });
    isReadOn = false;
    return () => {
      isReadOn = node?.contains(document.activeElement) === true && useSession.getState().selectedCaseId !== null;
    };
  }, [scroller]);
}
