import { webSealing } from '../../../src/shared/domain/chat/web-sealing.ts';
import { browserFacts } from './browser-facts.ts';
import { BrowserStore } from './browser-store.ts';
import { ChatSession } from './chat-session.ts';
import { MemoryStore } from './chat-store.ts';
import type { ChatStore } from './chat-store.ts';
import { HubSocket } from './hub-socket.ts';
import { readSettings } from './settings.ts';
import type { WidgetSettings } from './settings.ts';
import { browserTabs } from './tabs.ts';
import { mountWidget } from './ui/widget.ts';
import type { Widget } from './ui/widget.ts';
import { wordsFor } from './words/languages.ts';

/** What a page may ask of the widget (`window.Meridian`). Calls before it is there are made up for. */
export interface MeridianApi {
  /** Says who is signed in, by a token that the site's own server signed; null: nobody is. */
  identify(token: string | null): void;
  open(): void;
  close(): void;
  /** Deletes conversation and keys from this browser, as when somebody signs out on a shared computer. */
  forget(): void;
}

declare global {
  interface Window {
    Meridian?: MeridianApi;
  }
}

async function openStore(site: string): Promise<ChatStore> {
  // a private window or a frame without storage: it works, and is gone with the page
  return BrowserStore.open(`meridian-chat-${site}`).catch(() => new MemoryStore());
}

async function begin(settings: WidgetSettings): Promise<{ readonly session: ChatSession; readonly widget: Widget }> {
  const { site, siteKey, hub, user, password, languages, name, appVersion } = settings;
  const words = wordsFor(languages);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const encoder = new TextEncoder();
  let show: Widget['update'] = () => undefined;
  const session = new ChatSession({
    site,
    siteKey,
    crypto,
    sealing: webSealing(crypto),
    utf8: { encode: (text) => encoder.encode(text), decode: (bytes) => decoder.decode(bytes) },
    store: await openStore(site),
    tabs: browserTabs(`meridian-chat-${site}`),
    connect: (onState) => new HubSocket({ url: hub, user, password, open: (url) => new WebSocket(url), random: Math.random, onState }),
    now: () => Date.now(),
    sender: () => ({
      locale: words.locale,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      offsetMinutes: -new Date().getTimezoneOffset(),
    }),
    // what follows may be a secret of the page
    page: () => `${location.origin}${location.pathname}`.slice(0, 2_000),
    onView: (view) => show(view),
  });
  const facts = browserFacts(navigator.userAgent, navigator.maxTouchPoints);
  const known = { ...facts, ...(appVersion === '' ? {} : { appVersion }) };
  const widget = mountWidget({ words, session, title: name === '' ? words.title : name, known, now: () => Date.now() });
  show = widget.update;
  addEventListener('online', () => session.nudge());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') session.nudge();
  });
  await session.resume();
  return { session, widget };
}

function start(script: HTMLScriptElement | null): void {
  if (script === null || window.Meridian !== undefined) return;
  if (!isSecureContext) throw new Error('Meridian chat: the page must be served over HTTPS');
  const settings = readSettings(script.dataset, [document.documentElement.lang, ...navigator.languages]);
  const ready = new Promise<void>((resolve) => {
    if (document.body === null) document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
    else resolve();
  }).then(async () => begin(settings));
  const later = (work: (begun: Awaited<typeof ready>) => void): void => void ready.then(work);
  window.Meridian = {
    identify: (token) => later(({ session }) => session.identify(token)),
    open: () => later(({ widget }) => widget.open()),
    close: () => later(({ widget }) => widget.close()),
    forget: () => later(({ session }) => void session.forget()),
  };
}

const { currentScript } = document;
start(currentScript instanceof HTMLScriptElement ? currentScript : null);
