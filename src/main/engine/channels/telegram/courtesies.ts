import { botApi, failureOf, UNNAMED_WAIT_MS } from './bot-api.ts';
import { greetingText } from './greeting-text.ts';
import type { Greeting } from './read-updates.ts';
import type { SendBudget } from './send-budget.ts';
import type { TelegramAccount, TelegramTimings } from './telegram-account.ts';
import type { ConnectorIo } from '../connector.ts';
import { after } from '../../../../shared/domain/time.ts';

/** What is done on the side and told once or not at all: it never takes the place of a message. */
export interface Courtesies {
  /** Answers `/start` and `/help`. Never rejects. */
  greet(greeting: Greeting): Promise<void>;
  /** Shows that somebody types. */
  type(chat: string, topic: string | null): Promise<void>;
}

/** "The status is set for 5 seconds or less" (Bot API, sendChatAction). */
const TYPING_EVERY_MS = 4_000;

export function createCourtesies(
  account: TelegramAccount,
  timings: TelegramTimings,
  deps: Pick<ConnectorIo, 'clock' | 'log'> & { readonly budget: SendBudget; readonly signal: AbortSignal },
): Courtesies {
  const { budget, clock, log, signal } = deps;
  const typedAt = new Map<string, number>();
  /** Whoever asks us to wait is not written to meanwhile by any way. */
  async function patiently(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { status, retryAfterMs } = failureOf(error);
      if (status === 429) budget.block(after(clock.now(), retryAfterMs ?? UNNAMED_WAIT_MS));
      throw error;
    }
  }
  const api = (): ReturnType<typeof botApi> => botApi(account, { signal, deadlineMs: timings.requestMs });
  const inTopic = (topic: string | null): { readonly message_thread_id?: number } =>
    topic === null ? {} : { message_thread_id: Number(topic) };

  return {
    greet: async ({ chat, topic, language }) => {
      if (budget.waitMs(chat) > 0) return;
      budget.take(chat);
      try {
        await patiently(async () => api().sendMessage(Number(chat), greetingText(language, account.name), inTopic(topic)));
      } catch (error) {
        log('info', 'a command could not be answered', { status: failureOf(error).status });
      }
    },
    type: async (chat, topic) => {
      const now = clock.now();
      const key = `${chat}/${topic ?? ''}`;
      if (budget.blockedUntil() !== null || now - (typedAt.get(key) ?? 0) < TYPING_EVERY_MS) return;
      for (const [each, at] of typedAt) if (now - at > TYPING_EVERY_MS) typedAt.delete(each);
      typedAt.set(key, now);
      await patiently(async () => api().sendChatAction(Number(chat), 'typing', inTopic(topic)));
    },
  };
}
