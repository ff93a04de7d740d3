import { ChevronsUpDown, Code, Copy, Download, ExternalLink, Link, Quote, Search, ShieldCheck, StickyNote } from 'lucide-react';
import { useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import i18next from 'i18next';
import { useWords } from '../../../i18n/use-words.ts';
import { create } from 'zustand';
import type { AttachmentRow, TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { defang } from '../../../../shared/domain/guard/defang.ts';
import type { CaseId, MessageId } from '../../../../shared/domain/ids.ts';
import { splitQuotedText } from '../../../../shared/domain/quotes.ts';
import { openView, setSearchText } from '../../../state/session.ts';
import { ContextMenu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { quoted, quoteInto } from '../composer/quotes.ts';
import { startWriting } from '../inbox-store.ts';
import { askAboutLink } from '../mail-body/link-store.ts';
import { saveAttachment } from './attachment-cards.tsx';
import { usePeople } from './use-people.ts';

type MessageItem = Extract<TimelineItem, { kind: 'message' }>;
type NoteItem = Extract<TimelineItem, { kind: 'note' }>;

/** The message whose source is shown; one window for all of them. */
export const useSource = create<{ readonly messageId: MessageId | null }>(() => ({ messageId: null }));

/** Puts a text on the clipboard and says so; says so, too, when it could not be. */
export async function copyText(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ title: said, tone: 'ok' });
  } catch {
    showToast({ title: i18next.t('keys:menu.copyFailed'), tone: 'problem' });
  }
}

/** What customers wrote lands in notes and in other people's chats: its addresses must lead nowhere there. */
function harmless(item: MessageItem | NoteItem): string {
  return item.kind === 'message' && item.direction === 'in' ? defang(item.text) : item.text;
}

/** The words of a message by whoever wrote it, without what they quote. */
function ownText(item: MessageItem | NoteItem): string {
  const own = splitQuotedText(harmless(item))
    .blocks.filter((block) => block.kind === 'own')
    .map((block) => block.text)
    .join('')
    .trim();
  return own === '' ? harmless(item).trim() : own;
}

const SEARCHED_WORDS = 8;

/** The longest words of a text, in their order: what is rare in it finds others like it. */
export function tellingWords(text: string): string {
  const words = [...new Set(text.match(/[\p{L}\p{N}]{4,}|\p{Script=Han}{2,6}/gu) ?? [])];
  const longest = new Set([...words].sort((a, b) => b.length - a.length).slice(0, SEARCHED_WORDS));
  return words
    .filter((word) => longest.has(word))
    .slice(0, 4)
    .join(' ');
}

interface MessageMenuProps {
  readonly item: MessageItem | NoteItem;
  readonly caseId: CaseId;
  readonly name: string;
  /** Opens a message that is closed to a line, and closes it; null for what is always open. */
  readonly onToggle: (() => void) | null;
  readonly isOpen: boolean;
}

/** What can be done with one message: the same in its own menu and on a right click. */
export function MessageMenuItems({ item, caseId, name, onToggle, isOpen }: MessageMenuProps): ReactNode {
  const t = useWords('keys');
  const tInbox = useWords('inbox');
  const noted = `${t('menu.noteFrom', { name })}\n${quoted(ownText(item))}`;
  const words = tellingWords(ownText(item));
  return (
    <>
      {onToggle !== null && (
        <MenuItem icon={<ChevronsUpDown aria-hidden="true" />} onSelect={onToggle}>
          {t(isOpen ? 'menu.closeMessage' : 'menu.openMessage')}
        </MenuItem>
      )}
      <MenuItem
        icon={<Quote aria-hidden="true" />}
        onSelect={() => {
          startWriting(caseId, 'reply');
          quoteInto({ caseId, kind: 'reply', text: quoted(ownText(item)) });
        }}
      >
        {t('menu.quote')}
      </MenuItem>
      <MenuItem
        icon={<StickyNote aria-hidden="true" />}
        onSelect={() => {
          startWriting(caseId, 'note');
          quoteInto({ caseId, kind: 'note', text: noted });
        }}
      >
        {t('menu.note')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Copy aria-hidden="true" />} onSelect={() => void copyText(harmless(item), tInbox('message.copied'))}>
        {t('menu.copyText')}
      </MenuItem>
      <MenuItem
        icon={<Link aria-hidden="true" />}
        onSelect={() => void copyText(`meridian://case/${caseId}#${item.messageId}`, t('menu.linkCopied'))}
      >
        {t('menu.copyLink')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Search aria-hidden="true" />}
        disabled={words === ''}
        onSelect={() => {
          openView('all');
          setSearchText(words);
        }}
      >
        {t('menu.similar')}
      </MenuItem>
      {item.kind === 'message' && item.hasSource && (
        <MenuItem icon={<Code aria-hidden="true" />} onSelect={() => useSource.setState({ messageId: item.messageId })}>
          {tInbox('message.source')}
        </MenuItem>
      )}
    </>
  );
}

/** What lies under the pointer, or has the focus, within a message. */
interface Target {
  readonly selection: string;
  readonly url: string | null;
  readonly attachment: AttachmentRow | null;
}

interface TimelineMenuProps {
  readonly items: readonly TimelineItem[];
  readonly caseId: CaseId;
  readonly isOpen: (item: MessageItem) => boolean;
  readonly onToggle: (item: MessageItem) => void;
  readonly children: ReactNode;
}

interface Chosen extends Target {
  readonly item: MessageItem | NoteItem;
}

/**
 * Messages and notes with their menu on right click, on the menu key and on Shift+F10; what is under the pointer, or has the focus, comes
 * first in it. One menu for all of them: a conversation may be long.
 */
export function TimelineMenu({ items, caseId, isOpen, onToggle, children }: TimelineMenuProps): ReactNode {
  const people = usePeople();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const onContextMenu = (event: MouseEvent & { readonly preventBaseUIHandler?: () => void }): void => {
    const node = event.target instanceof Element ? event.target : null;
    const area = node?.closest<HTMLElement>('[data-message-id]') ?? null;
    const item = items.find((each) => each.kind !== 'event' && each.messageId === area?.dataset['messageId']);
    if (area === null || item === undefined || item.kind === 'event') {
      event.preventBaseUIHandler?.();
      return;
    }
    setChosen({ item, ...targetOf(node, area, item) });
  };
  const item = chosen?.item ?? null;
  return (
    <ContextMenu
      className="ib-timeline-area"
      onContextMenu={onContextMenu}
      items={
        chosen !== null &&
        item !== null && (
          <>
            <TargetItems target={chosen} />
            <MessageMenuItems
              item={item}
              caseId={caseId}
              name={senderOf(item, people)}
              isOpen={item.kind === 'note' || isOpen(item)}
              onToggle={item.kind === 'note' ? null : () => onToggle(item)}
            />
          </>
        )
      }
    >
      {children}
    </ContextMenu>
  );
}

function senderOf(item: MessageItem | NoteItem, people: ReturnType<typeof usePeople>): string {
  if (item.agentId !== null) return people.ownNameOf(item.agentId);
  if (item.kind === 'note') return '';
  return item.from.name === '' ? item.from.address : item.from.name;
}

function targetOf(node: Element | null, area: HTMLElement, item: MessageItem | NoteItem): Target {
  const selection = window.getSelection();
  const isInside = selection?.anchorNode !== null && selection !== null && area.contains(selection.anchorNode);
  const attachmentId = node?.closest<HTMLElement>('[data-attachment]')?.dataset['attachment'];
  return {
    selection: isInside ? selection.toString().trim() : '',
    url: node?.closest<HTMLElement>('[data-url]')?.dataset['url'] ?? null,
    attachment: item.kind === 'message' ? (item.attachments.find((each) => each.attachmentId === attachmentId) ?? null) : null,
  };
}

function TargetItems({ target: { selection, url, attachment } }: { readonly target: Target }): ReactNode {
  const t = useWords('keys');
  const tInbox = useWords('inbox');
  if (selection === '' && url === null && attachment === null) return null;
  return (
    <>
      {selection !== '' && (
        <MenuItem icon={<Copy aria-hidden="true" />} shortcut="mod+c" onSelect={() => void copyText(selection, t('menu.copied'))}>
          {t('menu.copySelection')}
        </MenuItem>
      )}
      {url !== null && (
        <>
          <MenuItem icon={<ExternalLink aria-hidden="true" />} onSelect={() => askAboutLink(url, url)}>
            {t('menu.openLink')}
          </MenuItem>
          <MenuItem icon={<ShieldCheck aria-hidden="true" />} onSelect={() => void copyText(defang(url), tInbox('link.copied'))}>
            {t('menu.copyLinkSafe')}
          </MenuItem>
        </>
      )}
      {attachment !== null && (
        <>
          <MenuItem icon={<Download aria-hidden="true" />} onSelect={() => void saveAttachment(attachment)}>
            {t('menu.saveFile')}
          </MenuItem>
          <MenuItem icon={<Copy aria-hidden="true" />} onSelect={() => void copyText(attachment.name, t('menu.copied'))}>
            {t('menu.copyFileName')}
          </MenuItem>
        </>
      )}
      <MenuSeparator />
    </>
  );
}
