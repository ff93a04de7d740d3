import type { Intake } from '../../../../src/shared/domain/message.ts';
import type { ChatSession, ChatView } from '../chat-session.ts';
import { tabMemory } from '../tab-memory.ts';
import type { Words } from '../words/words.ts';
import { avatar } from './bubble.ts';
import type { BubbleTools } from './bubble.ts';
import { composer } from './composer.ts';
import { conversationView } from './conversation-view.ts';
import { h, newName, put, say } from './dom.ts';
import { reportForm, ticketForm } from './forms.ts';
import type { FormView } from './forms.ts';
import type { Formats } from './formats.ts';
import { icon } from './icons.ts';
import type { IconName } from './icons.ts';
import { safetyView } from './safety.ts';
import { checkView, forgetView } from './small-views.ts';

export interface PanelOptions {
  readonly words: Words;
  readonly formats: Formats;
  readonly session: ChatSession;
  /** What the site calls its support. */
  readonly title: string;
  readonly known: Intake;
  readonly now: () => number;
  readonly onClose: () => void;
}

export interface Panel {
  readonly element: HTMLElement;
  readonly update: (view: ChatView) => void;
  /** Called when the panel has come up. */
  readonly opened: (takesFocus: boolean) => void;
}

type Page = 'chat' | 'report' | 'ticket' | 'check' | 'forget';

/** Everything but the button that opens it: head, what is always true, what is true now, and one of the pages. */
export function panel(options: PanelOptions): Panel {
  const { words, formats, session, title, known, now, onClose } = options;
  const titleId = newName();
  let page: Page = 'chat';
  let other: FormView | null = null;
  let wasOffered = false;

  const tools: BubbleTools = {
    words,
    formats,
    bytesOf: async (file, side) => (side === 'team' ? session.received(file) : session.file(file.fileId)),
    withdraw: (itemId) => void session.withdraw(itemId),
  };
  const conversation = conversationView(tools, (text) => void session.send(text, []), [
    { text: words.report, choose: () => go('report') },
    { text: words.check, choose: () => go('check') },
  ]);
  const write = composer({
    words,
    formats,
    send: async (text, files) => {
      await session.send(text, files);
      conversation.toEnd();
    },
    onTyping: (on) => session.typing(on),
    onDraft: tabMemory.keepDraft,
  });
  write.restore(tabMemory.draft());
  const face = h('span');
  const name = h('div', { class: 'head-title', attributes: { id: titleId, dir: 'auto' } });
  const line = h('div', { class: 'head-line' });
  const back = tool('back', words.back, () => go('chat'));
  const more = tool('more', words.menu, () => toggleMenu(menu.hidden === true));
  put(more, 'aria-expanded', 'false');
  const close = tool('close', words.close, onClose);
  const menu = h(
    'div',
    { class: 'menu', attributes: { hidden: true } },
    entry('flag', words.report, () => go('report')),
    entry('mail', words.ticket, () => go('ticket')),
    entry('badge', words.check, () => go('check')),
    entry('bin', words.forget, () => go('forget')),
  );
  const head = h('div', { class: 'head' }, back, face, h('div', { class: 'head-text' }, name, line), more, close, menu);
  const safety = safetyView(words);
  const noticeText = h('span');
  const noticeButton = h('button', { text: words.offline, attributes: { type: 'button' }, on: { click: () => go('ticket') } });
  const notice = h(
    'div',
    { class: 'notice', attributes: { role: 'status' } },
    icon('warning'),
    h('div', {}, noticeText, ' ', noticeButton),
  );
  const chat = h('div', { class: 'view' }, conversation.element, write.element);
  const drop = h('div', { class: 'drop', text: words.dropHere, attributes: { hidden: true } });
  const elsewhere = h('div', { class: 'view', attributes: { hidden: true } });
  const element = h(
    'div',
    { class: 'panel', attributes: { role: 'dialog', 'aria-labelledby': titleId, tabindex: -1 } },
    head,
    safety.element,
    notice,
    chat,
    elsewhere,
    drop,
  );

  function tool(name: IconName, label: string, act: () => void): HTMLButtonElement {
    return h(
      'button',
      { class: 'tool', attributes: { type: 'button', 'aria-label': label, title: label }, on: { click: act } },
      icon(name),
    );
  }

  function entry(name: IconName, label: string, act: () => void): HTMLButtonElement {
    return h('button', { attributes: { type: 'button' }, on: { click: act } }, icon(name), label);
  }

  function toggleMenu(isOpen: boolean): void {
    menu.hidden = !isOpen;
    put(more, 'aria-expanded', String(isOpen));
    if (isOpen) menu.querySelector('button')?.focus();
  }

  function go(next: Page): void {
    toggleMenu(false);
    page = next;
    other = formOf(next);
    elsewhere.replaceChildren(...(other === null ? [] : [other.element]));
    show();
    if (other === null) write.focus();
    else other.focus();
  }

  function formOf(next: Page): FormView | null {
    const shared = { words, formats, known, onDone: () => go('chat') };
    switch (next) {
      case 'chat':
        return null;
      case 'report':
        return reportForm(shared, async (text, files, intake) => session.send(text, files, intake));
      case 'ticket': {
        const { marks, live } = session.view;
        return ticketForm(shared, marks, live.team, async (ticket, files, intake) => session.sendTicket(ticket, files, intake));
      }
      case 'check':
        return checkView(words, formats, now, async (code) => session.check(code));
      case 'forget':
        return forgetView(
          words,
          () => {
            go('chat');
            onClose();
            tabMemory.keepDraft('');
            void session.forget();
          },
          () => go('chat'),
        );
    }
  }

  function show(): void {
    const { live, items } = session.view;
    chat.hidden = page !== 'chat';
    elsewhere.hidden = page === 'chat';
    back.hidden = page === 'chat';
    face.hidden = page !== 'chat';
    showHead();
    safety.show(live.team?.official ?? null);
    const waiting = items.filter((item) => item.side === 'visitor' && item.delivery === 'waiting' && !item.isRefused).length;
    const text = noticeOf(live.hub, waiting, live.team?.isOffline === true && page !== 'ticket');
    say(noticeText, text);
    notice.hidden = text === '';
    noticeButton.hidden = text !== words.ticketOffline;
    // with nobody there and nothing said, the form is where one begins
    if (live.team?.isOffline === true && !wasOffered && items.length === 0 && page === 'chat' && element.isConnected && !element.hidden) {
      wasOffered = true;
      go('ticket');
    }
  }

  function noticeOf(hub: ChatView['live']['hub'], waiting: number, isOffline: boolean): string {
    if (hub === 'refused') return words.refused;
    if (hub === 'offline') return waiting === 0 ? words.lost : words.lostQueued(waiting);
    if (hub === 'connecting') return words.connecting;
    return isOffline ? words.ticketOffline : '';
  }

  function showHead(): void {
    const { team, hub } = session.view.live;
    const isAgent = team?.with === 'agent';
    // who was there when the line was cut may have gone
    const isCut = hub === 'offline' || hub === 'refused';
    const isThere = team !== null && team.with !== 'nobody' && !isCut;
    say(name, isAgent && team.name !== null ? team.name : title);
    say(line, isCut ? '' : lineOf(team));
    const look = isAgent ? 'agent' : 'bot';
    const seen = `${look} ${team?.name ?? ''} ${String(isThere)}`;
    if (face.dataset['seen'] === seen) return;
    face.dataset['seen'] = seen;
    const picture = avatar(isAgent ? (team.name ?? '') : '', look, false);
    if (team !== null) picture.append(h('span', { class: isThere ? 'dot on' : 'dot' }));
    face.replaceChildren(picture);
  }

  function lineOf(team: ChatView['live']['team']): string {
    if (team === null) return '';
    if (team.with === 'agent') return words.agentHere(team.name ?? words.agent);
    const later = team.backAt === null ? '' : words.backAt(formats.soon(team.backAt, now()));
    if (team.with === 'bot') return later === '' ? words.botHere : later;
    return later === '' ? words.nobodyHere : later;
  }

  element.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') keepFocus(element, event);
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    if (menu.hidden !== true) {
      toggleMenu(false);
      more.focus();
    } else if (page === 'chat') onClose();
    else go('chat');
  });
  element.addEventListener('click', (event) => {
    if (menu.hidden !== true && event.target instanceof Node && !menu.contains(event.target) && !more.contains(event.target))
      toggleMenu(false);
  });
  takeDrops(element, drop, () => page === 'chat', write.addFiles);
  show();
  return {
    element,
    update: (view) => {
      conversation.update(view, now());
      show();
    },
    opened: (takesFocus) => {
      conversation.toEnd();
      show();
      if (!takesFocus) return;
      if (other === null) write.focus();
      else other.focus();
    },
  };
}

/** On a small screen the panel covers the page: the focus stays in it. */
function keepFocus(element: HTMLElement, event: KeyboardEvent): void {
  if (!matchMedia('(max-width: 520px)').matches) return;
  const all = [...element.querySelectorAll<HTMLElement>('button, input, textarea, summary, a[href], [tabindex="0"]')].filter(
    (each) => each.tabIndex >= 0 && each.getClientRects().length > 0,
  );
  const root = element.getRootNode();
  const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (active !== from) return;
  event.preventDefault();
  to?.focus();
}

function takeDrops(element: HTMLElement, sign: HTMLElement, takes: () => boolean, add: (files: Iterable<File>) => void): void {
  const hasFiles = (event: DragEvent): boolean => takes() && event.dataTransfer?.types.includes('Files') === true;
  element.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    sign.hidden = false;
  });
  element.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node) || !element.contains(event.relatedTarget)) sign.hidden = true;
  });
  element.addEventListener('drop', (event) => {
    sign.hidden = true;
    if (!hasFiles(event)) return;
    event.preventDefault();
    add(event.dataTransfer?.files ?? []);
  });
}
