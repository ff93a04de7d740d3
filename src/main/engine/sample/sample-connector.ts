import { z } from 'zod';
import { followUp, messagesOfSlot, nextSlotAt, slotsBetween, USUAL_PACE } from './feed.ts';
import type { FeedPace, SampleThread } from './feed.ts';
import { seededRandom } from './random.ts';
import { ConnectorError } from '../channels/connector.ts';
import type { Batch, ChannelConnector, ConnectorIo, OutboundMessage, SendHooks, SendResult } from '../channels/connector.ts';
import { CAPABILITIES } from '../../../shared/domain/channel/capabilities.ts';
import { detectLanguage } from '../../../shared/domain/language.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Channel, NormalizedMessage } from '../../../shared/domain/message.ts';
import { bareSubject } from '../../../shared/domain/mail-headers.ts';
import { after, instant, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Waits; resolves early, and never rejects, when the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface SampleConnectorOptions {
  readonly accountId: AccountId;
  readonly channel: Channel;
  readonly io: ConnectorIo;
  /** The seed of the workspace: the feed is a function of it and of the time. */
  readonly seed: string;
  /** When the workspace was made: nothing arrives that is older. */
  readonly madeAt: Instant;
  /** Unsolved cases of this account, with which customers may go on. */
  readonly threads: () => readonly SampleThread[];
  readonly pace?: FeedPace;
  /** How often somebody answers a reply, from 0 to 1. */
  readonly answerChance?: number;
  readonly wait?: Wait;
}

/** After a longer absence only this much is caught up: a day of invented mail would bury what the person was doing. */
const CATCH_UP_MS = 15 * MINUTE_MS;
/** At least this often `watch` looks at the clock again: a computer that slept has missed its timers. */
const LONGEST_WAIT_MS = 30 * SECOND_MS;

const cursorSchema = z.object({ v: z.literal(1), at: z.number() });

interface Due {
  readonly at: Instant;
  readonly messages: readonly NormalizedMessage[];
}

/**
 * A SIMULATED channel of the sample workspace: no network, no server, nobody there. Invented customers write at invented
 * times, and what is sent goes nowhere. It keeps the contract of a real connector, so that everything behind it is real.
 *
 * What arrives is decided by seed, account and time. Answers to replies are kept in memory only: those that are not due
 * when the app closes are never written.
 */
export function createSampleConnector(options: SampleConnectorOptions): ChannelConnector {
  const { io, channel, seed } = options;
  const pace = options.pace ?? USUAL_PACE;
  const wait = options.wait ?? waitWithTimer;
  let answers: Due[] = [];
  let answersChanged = new AbortController();

  function startOf(cursor: string | null): Instant {
    const stored = cursor === null ? options.madeAt : instant(cursorSchema.parse(JSON.parse(cursor)).at);
    return instant(Math.max(stored, options.madeAt, io.clock.now() - CATCH_UP_MS));
  }

  function dueSince(from: Instant, until: Instant): Due[] {
    const slots = slotsBetween(seed, pace, channel, from, until).map((slot) => ({
      at: slot.at,
      messages: messagesOfSlot(seed, slot, options.threads),
    }));
    return [...slots, ...answers.filter((each) => each.at > from && each.at <= until)].toSorted((left, right) => left.at - right.at);
  }

  function nextAt(now: Instant): Instant {
    const candidates = [nextSlotAt(seed, pace, channel, now), ...answers.map((each) => each.at)].filter((at) => at !== null && at > now);
    return instant(Math.min(now + LONGEST_WAIT_MS, ...candidates.map(Number)));
  }

  function scheduleAnswer(message: OutboundMessage): void {
    const random = seededRandom(`sample answer ${seed} ${message.clientKey}`);
    const customer = message.to[0];
    if (pace === 'silent' || customer === undefined || !random.chance(options.answerChance ?? 0.45)) return;
    const thread = threadOf(message, options.threads());
    const asked = /[?？]/u.test(message.text);
    const turn = asked ? random.pick(['detail', 'detail', 'more'] as const) : random.pick(['thanks', 'thanks', 'more'] as const);
    const at = after(io.clock.now(), random.int(20, 60) * SECOND_MS);
    answers.push({ at, messages: followUp(thread, { at, channel }, turn, random) });
    answersChanged.abort();
    answersChanged = new AbortController();
  }

  return {
    accountId: options.accountId,
    capabilities: () => CAPABILITIES[channel],
    connect: async () => {
      io.onHealth({ state: 'ok', since: io.clock.now(), code: null, detail: '' });
      return Promise.resolve();
    },
    pull: async (cursor, { maxMessages }): Promise<Batch> => {
      const from = startOf(cursor);
      const now = io.clock.now();
      const due = dueSince(from, now);
      const taken = takeUpTo(due, maxMessages);
      const more = taken.length < due.length;
      // What is cut off stays for the next call: the cursor stands at the last thing that was taken.
      const until = more ? (taken.at(-1)?.at ?? from) : now;
      return Promise.resolve({
        events: taken
          .flatMap((each) => each.messages)
          .map((message) => ({ kind: 'message', message, remoteRef: `feed/${message.nativeKey}` })),
        cursor: JSON.stringify({ v: 1, at: until }),
        more,
        backfill: null,
      });
    },
    commit: async (cursor) => {
      const { at } = cursorSchema.parse(JSON.parse(cursor));
      answers = answers.filter((each) => each.at > at);
      return Promise.resolve();
    },
    watch: async (wake, signal) => {
      while (!signal.aborted) {
        const now = io.clock.now();
        const target = nextAt(now);
        // One after the other: the wait is the work.
        await wait(target - now, AbortSignal.any([signal, answersChanged.signal]));
        if (!signal.aborted && dueSince(now, io.clock.now()).length > 0) wake();
      }
    },
    send: async (message: OutboundMessage, hooks: SendHooks): Promise<SendResult> => {
      await wait(seededRandom(`sample delay ${message.clientKey}`).int(400, 1_500), hooks.signal);
      if (hooks.signal.aborted)
        throw new ConnectorError('cancelled', { health: 'ok', retryable: true, detail: 'stopped before anything was sent' });
      hooks.onHandover();
      // nobody answers a machine
      if (message.automatic === undefined) scheduleAnswer(message);
      return { status: 'sent', at: io.clock.now(), refused: [] };
    },
    reconcile: async () => Promise.resolve(CAPABILITIES[channel].sendIdempotency === 'none' ? 'undecidable' : 'sent'),
    [Symbol.asyncDispose]: async () => {
      answers = [];
      return Promise.resolve();
    },
  };
}

/** Whole slots only: their messages belong together. At least one, or nothing would ever move. */
function takeUpTo(due: readonly Due[], maxMessages: number): Due[] {
  const taken: Due[] = [];
  let count = 0;
  for (const each of due) {
    if (taken.length > 0 && count + each.messages.length > maxMessages) break;
    taken.push(each);
    count += each.messages.length;
  }
  return taken;
}

/** The case that a reply belongs to, as its customer knows it; made up from the reply itself when it is not among the open ones. */
function threadOf(message: OutboundMessage, threads: readonly SampleThread[]): SampleThread {
  const customer = message.to[0] ?? { address: '', name: '' };
  const keys = [...message.parentKeys, message.clientKey].map((key) => key.replace(/^<(.*)>$/u, '$1'));
  const known = threads.find((each) => each.customer.address === customer.address && each.subject === bareSubject(message.subject));
  return {
    customer: known?.customer ?? customer,
    subject: known?.subject ?? bareSubject(message.subject),
    language: known?.language ?? detectLanguage(message.text),
    zone: known?.zone ?? null,
    labels: known?.labels ?? [],
    awaiting: 'customer',
    waitingSince: null,
    keys: () => keys,
  };
}

async function waitWithTimer(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener('abort', done, { once: true });
  });
}
