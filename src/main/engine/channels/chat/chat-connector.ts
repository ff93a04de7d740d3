import { randomUUID } from 'node:crypto';
import type { ChatSettings } from '../../../../shared/contract/channels.contract.ts';
import { CAPABILITIES } from '../../../../shared/domain/channel/capabilities.ts';
import type { FromTeam } from '../../../../shared/domain/chat/chat-wire.ts';
import type { AccountId } from '../../../../shared/domain/ids.ts';
import type { ChatNews } from '../../team/hub-link.ts';
import { ConnectorError } from '../connector.ts';
import type { ChannelConnector, ConnectorIo, Conversations } from '../connector.ts';
import { linkSignals } from '../signals.ts';
import { asConnectorError, chatLine, chatLink, hubNow } from './chat-hub.ts';
import { ChatIntake, storedUpTo } from './chat-intake.ts';
import { ownIdOf } from './chat-messages.ts';
import { ChatOutgoing } from './chat-outgoing.ts';
import { ChatSeals, conversationOf, isPair, visitorFrom, type Visitor } from './chat-seals.ts';
import { readChatSecret } from './chat-secret.ts';
import { ChatVisitors } from './chat-visitors.ts';

export interface ChatConnectorOptions {
  readonly accountId: AccountId;
  readonly settings: ChatSettings;
  /** As `chat-secret.ts` describes it. */
  readonly secret: string;
  readonly io: ConnectorIo;
}

const NEWS_WITHIN_MS = 150;

const NO_CONVERSATIONS: Conversations = {
  sentAfter: () => [],
  standing: () => ({ with: 'nobody', name: null, backAt: null, isOffline: false, newest: null }),
  checkCode: () => null,
};

/**
 * Live chat and web tickets of one site, over the hub of the team. Only this end can open what visitors say. The place in the stream is
 * the cursor; what visitors are told (receipts, what they missed, who is there) follows from what is stored, so a crash loses none of it.
 * Throws a ConnectorError (`site-key-wrong`) for a secret that is none.
 */
export function createChatConnector({ accountId, settings, secret, io }: ChatConnectorOptions): ChannelConnector {
  const { site } = settings;
  const own = readChatSecret(secret);
  const conversations = io.conversations ?? NO_CONVERSATIONS;
  let made: Promise<ChatSeals> | null = null;
  const seals = async (): Promise<ChatSeals> => (made ??= ChatSeals.make(site, own.key));
  const visitors = new ChatVisitors({ conversations, newId: randomUUID, tell });
  const intake = new ChatIntake({ site, identitySecret: own.identitySecret, io, seals, visitors });
  const outgoing = new ChatOutgoing({ site, siteName: settings.name, io, seals, visitors });
  let newsTimer: ReturnType<typeof setTimeout> | null = null;
  let telling: Promise<void> = Promise.resolve();
  let isClosed = false;
  const closing = new AbortController();

  async function tell(visitor: Visitor, told: FromTeam, id: string): Promise<void> {
    const data = await (await seals()).seal('chat', visitor, told);
    await chatLine(io).publish({ site, visitor: visitor.name, id, data });
  }

  /** One thing after the other. What fails is told with the next news, or when the visitor says hello again. */
  function later(work: () => Promise<void>): void {
    const before = telling;
    const next = async (): Promise<void> => {
      await before;
      try {
        if (!isClosed) await work();
      } catch (error) {
        io.log('debug', 'live chat: visitors could not be told', { site, error });
      }
    };
    telling = next();
  }

  async function answerDue(upTo: number): Promise<void> {
    for (const { hellos, checks } of intake.ready(upTo)) {
      for (const { visitor, check } of checks) {
        const found = conversations.checkCode(check.code);
        const checked = { ok: found !== null, name: found?.name ?? null, until: found?.until ?? null };
        await tell(visitor, { t: 'checked', code: check.code, ...checked }, `checked-${visitor.name}-${check.id}`);
      }
      for (const { visitor, hello } of hellos.values()) await visitors.greet(visitor, hello, hubNow(io));
    }
    await visitors.tellNews(hubNow(io));
  }

  async function heard(news: Extract<ChatNews, { readonly t: 'live' }>): Promise<void> {
    const opened = await (await seals()).open('live', news.visitor, news.data);
    if (typeof opened === 'string' || opened.said.t !== 'typing') return;
    visitors.see(opened.visitor, hubNow(io));
    io.onTyping?.(conversationOf(opened.visitor), opened.said.on);
  }

  async function watch(wake: () => void, signal: AbortSignal): Promise<void> {
    const link = chatLink(io);
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const stops = [
      link.chat.listen(site, (news) => {
        if (news.t === 'stored') wake();
        else heard(news).catch((error: unknown) => io.log('debug', 'live chat: a word was not heard', { site, error }));
      }),
      link.onState(({ state }) => {
        if (state !== 'online') end();
      }),
    ];
    using both = linkSignals(signal, closing.signal);
    both.signal.addEventListener('abort', end, { once: true });
    if (both.signal.aborted || link.state().state !== 'online') end();
    // what came between the last look and now rings nobody
    else wake();
    await ended;
    for (const stop of stops) stop();
  }

  return {
    accountId,
    capabilities: () => CAPABILITIES.chat,
    connect: async (signal) => {
      await unlessStopped(checkChat(settings, secret, io), signal, closing.signal);
      io.onHealth({ state: 'ok', since: io.clock.now(), code: null, detail: '' });
    },
    pull: async (cursor, { maxMessages, signal }) => {
      try {
        const batch = await unlessStopped(intake.pull(cursor, maxMessages, signal), signal, closing.signal);
        // who has said it types it no longer, whatever becomes of the word that says so
        for (const event of batch.events)
          if (event.kind === 'message' && event.message.origin !== undefined) io.onTyping?.(event.message.origin.conversation, false);
        return batch;
      } catch (error) {
        throw asConnectorError(error);
      }
    },
    commit: async (cursor) => {
      later(async () => answerDue(storedUpTo(cursor)));
      return Promise.resolve();
    },
    watch,
    send: async (message, hooks) => {
      try {
        return await unlessStopped(outgoing.send(message, hooks), hooks.signal, closing.signal);
      } catch (error) {
        throw asConnectorError(error);
      }
    },
    reconcile: async (clientKey, signal, hint) => unlessStopped(outgoing.reconcile(clientKey, hint), signal, closing.signal),
    typing: (conversation, isTyping, authorName) => {
      const visitor = visitorFrom(conversation);
      if (visitor === null) return;
      later(async () => {
        const data = await (await seals()).seal('live', visitor, { t: 'typing', on: isTyping, name: authorName });
        chatLine(io).tell(site, visitor.name, data);
      });
    },
    markRead: (conversation, nativeKey) => {
      const visitor = visitorFrom(conversation);
      if (visitor !== null) later(async () => tell(visitor, { t: 'got', upTo: ownIdOf(nativeKey), isRead: true }, `got-${randomUUID()}`));
    },
    standingsChanged: () => {
      if (newsTimer !== null || isClosed) return;
      newsTimer = setTimeout(() => {
        newsTimer = null;
        later(async () => visitors.tellNews(hubNow(io)));
      }, NEWS_WITHIN_MS);
      newsTimer.unref();
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      closing.abort();
      if (newsTimer !== null) clearTimeout(newsTimer);
      await telling;
    },
  };
}

/** The link has deadlines of its own, for which nobody who quits should have to wait. */
async function unlessStopped<T>(work: Promise<T>, ...signals: readonly AbortSignal[]): Promise<T> {
  using link = linkSignals(...signals);
  const { signal } = link;
  work.catch(() => {});
  // awaited here: what links the signals lives as long as this call
  return await Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      const stop = (): void => reject(new ConnectorError('cancelled', { health: 'offline', retryable: true, detail: 'stopped' }));
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }),
  ]);
}

/** Whether the key is that of the site, and the hub is there and lets us read its chats. Throws a ConnectorError. */
export async function checkChat(settings: ChatSettings, secret: string, io: Pick<ConnectorIo, 'hub'>): Promise<void> {
  if (!(await isPair(readChatSecret(secret).key, settings.publicKey)))
    throw new ConnectorError('site-key-wrong', { health: 'auth', retryable: false, detail: 'the key does not belong to the site' });
  try {
    await chatLine(io).identity();
  } catch (error) {
    throw asConnectorError(error);
  }
}
