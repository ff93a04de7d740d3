import type { RateBudget } from '../connector.ts';
import { instant } from '../../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../../shared/domain/time.ts';

/** So many messages in so much time. */
interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** What the service asks bots to keep to (Bots FAQ, "My bot is hitting limits"): one message a second in a chat, 20 a minute in a group, about 30 a second in all. */
const IN_ALL: Rate = { count: 30, perMs: 1_000 };
const IN_A_CHAT: Rate = { count: 1, perMs: 1_000 };
const IN_A_GROUP: Rate = { count: 20, perMs: 60_000 };

/** Chats that nothing was sent to for so long are forgotten. */
const FORGET_MS = 120_000;

/** Counts what is sent. One for an account, whoever writes. */
export interface SendBudget {
  /** Milliseconds until a message may go to this chat; 0: now. */
  waitMs(chat: string): number;
  /** One message goes to this chat. */
  take(chat: string): void;
  /** The service said when to come back. */
  block(until: Instant): void;
  /** When the service lets us send again; null when it has not stopped us. */
  blockedUntil(): Instant | null;
  left(): RateBudget;
}

export function createSendBudget(clock: Clock): SendBudget {
  const all: number[] = [];
  const chats = new Map<string, number[]>();
  let blocked = 0;

  function waitFor(times: readonly number[], { count, perMs }: Rate, now: number): number {
    const nth = times.at(-count);
    return nth === undefined ? 0 : Math.max(0, nth + perMs - now);
  }

  /** Numbers of groups are negative. */
  function limitsOf(chat: string): readonly Rate[] {
    return chat.startsWith('-') ? [IN_A_CHAT, IN_A_GROUP] : [IN_A_CHAT];
  }

  return {
    waitMs: (chat) => {
      const now = clock.now();
      const times = chats.get(chat) ?? [];
      return Math.max(0, blocked - now, waitFor(all, IN_ALL, now), ...limitsOf(chat).map((rate) => waitFor(times, rate, now)));
    },
    take: (chat) => {
      const now = clock.now();
      all.push(now);
      if (all.length > IN_ALL.count) all.shift();
      const times = chats.get(chat) ?? [];
      times.push(now);
      if (times.length > IN_A_GROUP.count) times.shift();
      chats.set(chat, times);
      for (const [each, sent] of chats) if ((sent.at(-1) ?? 0) < now - FORGET_MS) chats.delete(each);
    },
    block: (until) => {
      blocked = Math.max(blocked, until);
    },
    blockedUntil: () => (blocked > clock.now() ? instant(blocked) : null),
    left: () => {
      const now = clock.now();
      const recent = all.filter((at) => at > now - IN_ALL.perMs);
      const resetAt = Math.max(blocked, (recent.at(-1) ?? now - IN_ALL.perMs) + IN_ALL.perMs);
      return { left: blocked > now ? 0 : IN_ALL.count - recent.length, limit: IN_ALL.count, resetAt: instant(resetAt) };
    },
  };
}
