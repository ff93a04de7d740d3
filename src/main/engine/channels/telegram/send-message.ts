import { botApi, failureOf, UNNAMED_WAIT_MS } from './bot-api.ts';
import type { BotFailure } from './bot-api.ts';
import { lineError } from './bot-http.ts';
import type { Outgoing, OutgoingCall } from './outgoing.ts';
import type { SendBudget } from './send-budget.ts';
import type { TelegramAccount, TelegramTimings } from './telegram-account.ts';
import type { SendHooks, SendResult } from '../connector.ts';
import { pause } from '../signals.ts';
import { after } from '../../../../shared/domain/time.ts';
import type { Clock } from '../../../../shared/domain/time.ts';

/** A turn within a second is waited for; for a later one the message waits in the outbox, and others may leave. */
const WAITS_HERE_MS = 1_100;

export interface Sending {
  readonly account: TelegramAccount;
  readonly timings: TelegramTimings;
  readonly clock: Clock;
  readonly budget: SendBudget;
  /** The number that the chat has now. */
  readonly chat: string;
  /** The chat has a new number. */
  readonly moved: (to: string) => void;
}

/** What was sent, by the numbers of its messages. */
export type Sent = SendResult & { readonly messages?: readonly number[] };

/**
 * Sends a message in one call, or in two when its words do not fit with its files. The service takes no key that would tell a double:
 * what may have arrived is never sent again.
 */
export async function sendMessage(sending: Sending, outgoing: Outgoing, hooks: SendHooks): Promise<Sent> {
  const { clock, budget } = sending;
  let { chat } = sending;
  let isHandedOver = false;
  const messages: number[] = [];
  const handover = (): void => {
    if (!isHandedOver) hooks.onHandover();
    isHandedOver = true;
  };
  for (const [index, first] of outgoing.calls.entries()) {
    const waitMs = budget.waitMs(chat);
    if (waitMs > WAITS_HERE_MS && index === 0)
      return { status: 'rejected', permanent: false, code: 'rate-limited', detail: '', retryAt: after(clock.now(), waitMs) };
    if (waitMs > 0) await pause(waitMs, hooks.signal);
    let call: OutgoingCall = first;
    // each of the two ways round a refusal is taken once
    for (let isRetried = false; ;) {
      budget.take(chat);
      let hasLeft = false;
      const api = botApi(sending.account, {
        signal: hooks.signal,
        deadlineMs: sending.timings.requestMs + Math.ceil(call.bytes / 1_000_000) * sending.timings.perMegabyteMs,
        beforeLast: () => {
          handover();
          hasLeft = true;
        },
      });
      try {
        messages.push(...(await call.make(api, chat)));
        break;
      } catch (error) {
        const failure = failureOf(error);
        if (failure.own !== null && !hasLeft) throw failure.own;
        const other = isRetried ? null : otherWay(failure, call);
        if (other === null) return outcome(sending, failure, hasLeft, index > 0);
        isRetried = true;
        if (other.chat !== undefined) {
          chat = other.chat;
          sending.moved(chat);
        }
        call = other.call ?? call;
      }
    }
  }
  return { status: 'sent', at: clock.now(), refused: [], messages };
}

/** What a refusal itself offers: the new number of a group, or pictures as files. Nobody has got anything yet. */
function otherWay(failure: BotFailure, call: OutgoingCall): { readonly chat?: string; readonly call?: OutgoingCall } | null {
  if (failure.status !== 400) return null;
  if (failure.movedTo !== null) return { chat: String(failure.movedTo) };
  return call.asFiles !== undefined && /photo|image/iu.test(failure.description) ? { call: call.asFiles } : null;
}

/** @param isRest whether a part of the message has been delivered before */
function outcome({ clock, budget }: Sending, failure: BotFailure, hasLeft: boolean, isRest: boolean): SendResult {
  const result = outcomeAlone(clock, budget, failure, hasLeft);
  if (!isRest || result.status !== 'rejected') return result;
  return { status: 'unknown', detail: `the text was delivered, the files were not: ${result.code}` };
}

function outcomeAlone(clock: Clock, budget: SendBudget, failure: BotFailure, hasLeft: boolean): SendResult {
  const { status, line, description } = failure;
  // a service that failed over a message may have taken it before
  if (hasLeft && (status === null || status >= 500)) return { status: 'unknown', detail: description === '' ? (line ?? '') : description };
  if (status === null) {
    const { code, message } = lineError(line ?? 'failed');
    return { status: 'rejected', permanent: false, code, detail: message };
  }
  if (status === 429) {
    const retryAt = after(clock.now(), failure.retryAfterMs ?? UNNAMED_WAIT_MS);
    budget.block(retryAt);
    return { status: 'rejected', permanent: false, code: 'rate-limited', detail: description, retryAt };
  }
  if (status === 401 || status === 404) return { status: 'rejected', permanent: false, code: 'wrong-token', detail: description };
  return {
    status: 'rejected',
    permanent: status === 400 || status === 403 || status === 413,
    code: refusalCode(status, description),
    detail: description,
  };
}

/** The service has words and no codes for why it refuses. */
function refusalCode(status: number, description: string): string {
  const found = REFUSALS.find(([words]) => words.test(description))?.[1];
  return found ?? (status === 400 || status === 403 ? 'message-refused' : 'server-error');
}

const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/blocked by the user/iu, 'blocked-by-customer'],
  [/user is deactivated/iu, 'customer-gone'],
  [/kicked|not a member/iu, 'removed-from-group'],
  [/can't initiate conversation/iu, 'customer-never-wrote'],
  [/not enough rights|CHAT_WRITE_FORBIDDEN|restricted/iu, 'not-allowed-in-group'],
  [/TOPIC_CLOSED|thread not found/iu, 'topic-closed'],
  [/chat not found/iu, 'chat-not-found'],
  [/too long/iu, 'text-too-long'],
  [/too large|too big/iu, 'file-too-large'],
];
