import type { Intake } from '../../../../src/shared/domain/message.ts';
import type { ChatSession, ChatView } from '../chat-session.ts';
import { tabMemory } from '../tab-memory.ts';
import type { Words } from '../words/words.ts';
import { h, put, say } from './dom.ts';
import { formatsFor } from './formats.ts';
import { icon } from './icons.ts';
import { panel } from './panel.ts';
import { widgetStyles } from './styles.ts';

export interface WidgetOptions {
  readonly words: Words;
  readonly session: ChatSession;
  readonly title: string;
  readonly known: Intake;
  readonly now: () => number;
}

export interface Widget {
  readonly update: (view: ChatView) => void;
  readonly open: () => void;
  readonly close: () => void;
}

/** Puts the widget into the page: a button, and the panel that it opens, shut off from the page's own styles. */
export function mountWidget({ words, session, title, known, now }: WidgetOptions): Widget {
  const host = h('div', { attributes: { id: 'meridian-chat' } });
  const shadow = host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [widgetStyles()];
  const badge = h('span', { class: 'badge', attributes: { hidden: true, 'aria-hidden': 'true' } });
  const launcher = h(
    'button',
    { class: 'launcher', attributes: { type: 'button', 'aria-label': words.open, 'aria-haspopup': 'dialog' } },
    icon('chat'),
    badge,
  );
  const inside = panel({ words, formats: formatsFor(words), session, title, known, now, onClose: close });
  inside.element.hidden = true;
  // the button's place depends on the direction of the page, the words do not
  const root = h('div', { class: 'root', attributes: { lang: words.locale } }, launcher, inside.element);
  shadow.append(root);
  document.body.append(host);
  launcher.addEventListener('click', open);
  document.addEventListener('visibilitychange', seeIt);

  function isShown(): boolean {
    return !inside.element.hidden && document.visibilityState === 'visible';
  }

  function seeIt(): void {
    if (isShown()) void session.markRead();
  }

  function open(): void {
    show(true);
  }

  function show(takesFocus: boolean): void {
    session.activate();
    inside.element.hidden = false;
    launcher.hidden = true;
    tabMemory.rememberOpen(true);
    inside.opened(takesFocus);
    seeIt();
  }

  function close(): void {
    if (inside.element.hidden) return;
    inside.element.hidden = true;
    launcher.hidden = false;
    session.typing(false);
    tabMemory.rememberOpen(false);
    launcher.focus();
  }

  function update(view: ChatView): void {
    inside.update(view);
    badge.hidden = view.unread === 0;
    say(badge, view.unread > 9 ? '9+' : String(view.unread));
    put(launcher, 'aria-label', view.unread === 0 ? words.open : words.openUnread(view.unread));
    if (view.unread > 0) seeIt();
  }

  update(session.view);
  if (tabMemory.wasOpen()) show(false);
  return { update, open, close };
}
