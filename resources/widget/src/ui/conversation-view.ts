import type { ChatItem } from '../chat-store.ts';
import type { ChatView } from '../chat-session.ts';
import type { Words } from '../words/words.ts';
import { avatar, authorName, ownBubble, teamBubble } from './bubble.ts';
import type { BubbleTools } from './bubble.ts';
import { h, say } from './dom.ts';
import { icon } from './icons.ts';

export interface ConversationView {
  readonly element: HTMLElement;
  readonly update: (view: ChatView, now: number) => void;
  readonly toEnd: () => void;
}

const NEAR_END_PX = 80;

interface Row {
  readonly key: string;
  /** What it looks like: the same means that it stays. */
  readonly look: string;
  readonly make: () => HTMLElement;
}

/** The messages, who writes, and the answers that can be chosen. What did not change is not touched, so that it is not read out again. */
export function conversationView(
  tools: BubbleTools,
  onOption: (text: string) => void,
  starts: readonly { readonly text: string; readonly choose: () => void }[],
): ConversationView {
  const { words, formats } = tools;
  const log = h('div', { class: 'log', attributes: { role: 'log', 'aria-label': words.messages, tabindex: 0 } });
  const newest = h(
    'button',
    { class: 'newest', attributes: { type: 'button', hidden: true }, on: { click: () => toEnd() } },
    icon('down'),
    words.newMessage,
  );
  const typingText = h('span');
  const dots = h('span', { class: 'dots', attributes: { 'aria-hidden': 'true' } }, h('i'), h('i'), h('i'));
  const typing = h('div', { class: 'typing', attributes: { role: 'status', hidden: true } }, dots, typingText);
  const options = h('div', { class: 'options', attributes: { role: 'group', 'aria-label': words.options, hidden: true } });
  const element = h('div', { class: 'log-frame' }, h('div', { class: 'log-frame' }, log, newest), typing, options);
  const shown = new Map<string, { readonly look: string; readonly element: HTMLElement }>();
  let last = '';
  let offered = '';

  let isAtEnd = true;
  let lastTop = 0;
  log.addEventListener('scroll', () => {
    const left = log.scrollHeight - log.scrollTop - log.clientHeight;
    // a picture that grows below moves the end away, too; only the reader goes up
    if (left < NEAR_END_PX) isAtEnd = true;
    else if (log.scrollTop < lastTop) isAtEnd = false;
    lastTop = log.scrollTop;
    if (isAtEnd) newest.hidden = true;
  });
  // a picture that has loaded, a warning that has come up: whoever was at the end stays there
  const sizes = new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  });
  sizes.observe(log);

  function toEnd(): void {
    log.scrollTop = log.scrollHeight;
    isAtEnd = true;
    newest.hidden = true;
  }

  function update({ items, live }: ChatView, now: number): void {
    const wasAtEnd = isAtEnd;
    place(rowsOf(items, now));
    say(typingText, live.typing === null ? '' : words.typing(live.typing === '' ? words.agent : live.typing));
    typing.hidden = live.typing === null;
    showOptions(items.at(-1));
    const newestId = items.at(-1)?.id ?? '';
    if (newestId !== last) {
      if (wasAtEnd || items.at(-1)?.side === 'visitor' || last === '') toEnd();
      else newest.hidden = false;
    } else if (wasAtEnd) toEnd();
    last = newestId;
  }

  function rowsOf(items: readonly ChatItem[], now: number): readonly Row[] {
    if (items.length === 0) return [{ key: 'welcome', look: '', make: () => welcome(words, starts) }];
    const rows: Row[] = [];
    let day = '';
    let before: ChatItem | null = null;
    for (const item of items) {
      const itsDay = formats.day(item.at, now);
      if (itsDay !== day) {
        rows.push({ key: `day ${item.id}`, look: itsDay, make: () => h('div', { class: 'day', text: itsDay }) });
      }
      const isFirst = itsDay !== day || before?.side !== 'team' || item.side !== 'team' || signature(before) !== signature(item);
      day = itsDay;
      before = item;
      rows.push({
        key: item.id,
        look: `${JSON.stringify(item)} ${String(isFirst)}`,
        make: () => (item.side === 'team' ? teamBubble(item, isFirst, tools) : ownBubble(item, tools)),
      });
    }
    return rows;
  }

  function place(rows: readonly Row[]): void {
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { element: old }] of shown) {
      if (keys.has(key)) continue;
      old.remove();
      shown.delete(key);
    }
    for (const [at, { key, look, make }] of rows.entries()) {
      let there = shown.get(key);
      if (there === undefined || there.look !== look) {
        const made = make();
        there?.element.replaceWith(made);
        sizes.observe(made);
        there = { look, element: made };
        shown.set(key, there);
      }
      if (log.children[at] !== there.element) log.insertBefore(there.element, log.children[at] ?? null);
    }
  }

  function showOptions(item: ChatItem | undefined): void {
    const offers = item?.side === 'team' ? item.options : [];
    const key = `${item?.id ?? ''} ${offers.join('\n')}`;
    options.hidden = offers.length === 0;
    if (key === offered) return;
    offered = key;
    options.replaceChildren(
      ...offers.map((text) =>
        h('button', { class: 'chip', text, attributes: { type: 'button', dir: 'auto' }, on: { click: () => onOption(text) } }),
      ),
    );
  }

  function signature(item: ChatItem): string {
    return item.side === 'team' ? `${item.author.kind} ${authorName(item, words)}` : '';
  }

  return { element, update, toEnd };
}

function welcome(words: Words, starts: readonly { readonly text: string; readonly choose: () => void }[]): HTMLElement {
  return h(
    'div',
    { class: 'welcome' },
    avatar('', 'bot', false),
    h('h2', { text: words.welcome }),
    h('p', { text: words.welcomeText }),
    h(
      'div',
      { class: 'starts' },
      ...starts.map(({ text, choose }) => h('button', { class: 'chip', text, attributes: { type: 'button' }, on: { click: choose } })),
    ),
  );
}
