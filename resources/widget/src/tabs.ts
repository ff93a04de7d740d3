import type { HubState } from './hub-socket.ts';
import type { FromTeam } from '../../../src/shared/domain/chat/chat-wire.ts';

/** What is true only now, as the tab with the connection tells the others. */
export interface Live {
  readonly hub: HubState;
  readonly team: Extract<FromTeam, { readonly t: 'state' }> | null;
  /** Who writes at this moment. */
  readonly typing: string | null;
}

export type Checked = Extract<FromTeam, { readonly t: 'checked' }>;

/** What tabs of one site tell each other. What is kept is in the store; `stored` says that it changed. */
export type TabNews =
  | { readonly t: 'stored' | 'queued' | 'ask' | 'erased' }
  | { readonly t: 'live'; readonly live: Live }
  | { readonly t: 'typing'; readonly on: boolean }
  | { readonly t: 'identity'; readonly token: string | null }
  | { readonly t: 'checked'; readonly checked: Checked };

export interface Tabs {
  tell(news: TabNews): void;
  hear(heard: (news: TabNews) => void): void;
  /** Calls `begin` once this tab is the one that has the connection; when it goes another one takes over. */
  lead(begin: () => void): void;
  close(): void;
}

/** A tab that knows of no other. */
export function loneTab(): Tabs {
  return {
    tell: () => undefined,
    hear: () => undefined,
    lead: (begin) => begin(),
    close: () => undefined,
  };
}

/** Tabs of one browser, by a broadcast channel and a lock (Web Locks): whoever holds the lock has the connection. */
export function browserTabs(name: string): Tabs {
  if (!('BroadcastChannel' in globalThis) || !('locks' in navigator)) return loneTab();
  const channel = new BroadcastChannel(name);
  const ended = new AbortController();
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
    tell: (news) => channel.postMessage(news),
    hear: (heard) => {
      channel.addEventListener('message', ({ data }: MessageEvent<TabNews>) => heard(data));
    },
    lead: (begin) => {
      const held = navigator.locks.request(name, { signal: ended.signal }, async () => {
        begin();
        await new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve(), { once: true }));
      });
      // a tab that closes has no further use for it
      held.catch(() => undefined);
    },
    close: () => {
      ended.abort();
      channel.close();
    },
  };
}
