import { describe, expect, it } from 'vitest';
import { createSampleConnector } from './sample-connector.ts';
import type { SampleConnectorOptions, Wait } from './sample-connector.ts';
import type { SampleThread } from './feed.ts';
import { sampleAccount } from './sample-accounts.ts';
import type { Batch, ChannelConnector, Health, OutboundMessage } from '../channels/connector.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { Channel, NormalizedMessage } from '../../../shared/domain/message.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';

const NOON = Date.UTC(2026, 10, 24, 12, 0, 0);
const signal = new AbortController().signal;

/** A clock that only `wait` moves: the simulation runs through hours at once. */
class HandClock {
  ms = NOON;
  now = (): ReturnType<typeof instant> => instant(this.ms);
  wait: Wait = async (ms, aborted) => {
    if (!aborted.aborted) this.ms += ms;
    // Lets whoever else is waiting run, as a timer would.
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  };
}

const healths: Health[] = [];

function connect(channel: Channel, clock: HandClock, more: Partial<SampleConnectorOptions> = {}): ChannelConnector {
  return createSampleConnector({
    accountId: sampleAccount(channel).accountId,
    channel,
    io: { clock, log: () => {}, onHealth: (health) => healths.push(health) },
    seed: 'test',
    madeAt: instant(NOON),
    threads: () => [],
    wait: clock.wait,
    ...more,
  });
}

function thread(more: Partial<SampleThread> = {}): SampleThread {
  return {
    customer: { address: 'mei@telegram.example', name: '王梅' },
    subject: '提现咨询',
    language: 'zh-Hans',
    zone: 'Asia/Shanghai',
    labels: ['app'],
    awaiting: 'customer',
    waitingSince: null,
    keys: () => ['conversation:1', 'telegram:1'],
    ...more,
  };
}

function outbound(more: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    outboxId: makeId('out', '1'),
    clientKey: '<m.1@aurelia.example>',
    subject: 'Re: 提现咨询',
    to: [{ address: 'mei@telegram.example', name: '王梅' }],
    cc: [],
    text: '请问您的安装编号是多少？',
    parentKeys: ['<conversation:1>', '<telegram:1>'],
    threadToken: null,
    attachments: [],
    writtenAt: instant(NOON),
    ...more,
  };
}

function messagesOf(batch: Batch): NormalizedMessage[] {
  return batch.events.flatMap((event) => (event.kind === 'message' ? [event.message] : []));
}

async function pullAll(connector: ChannelConnector, cursor: string | null): Promise<{ messages: NormalizedMessage[]; cursor: string }> {
  const batch = await connector.pull(cursor, { maxMessages: 100, signal });
  return { messages: messagesOf(batch), cursor: batch.cursor };
}

describe('the feed of the sample workspace', () => {
  it('writes something every 20 to 90 seconds over all channels together', async () => {
    const clock = new HandClock();
    const connectors = CHANNELS.map((channel) => connect(channel, clock));
    const cursors = new Map<ChannelConnector, string | null>();
    const times = new Set<number>();
    for (let minute = 0; minute < 120; minute += 10) {
      clock.ms = NOON + (minute + 10) * MINUTE_MS;
      for (const connector of connectors) {
        const pulled = await pullAll(connector, cursors.get(connector) ?? null);
        cursors.set(connector, pulled.cursor);
        for (const message of pulled.messages) {
          expect(message.receivedAt).toBeLessThanOrEqual(clock.ms);
          expect(message.seen).toBe(false);
          times.add(message.receivedAt);
        }
      }
    }
    // Lines of talk that belong together come nine seconds apart; what is left are the slots.
    const sorted = [...times]
      .toSorted((a, b) => a - b)
      .filter((at, index, all) => index === all.length - 1 || (all[index + 1] ?? 0) - at > 10 * SECOND_MS);
    const gaps = sorted.slice(1).map((at, index) => at - (sorted[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20 * SECOND_MS);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * 90 * SECOND_MS);
    expect(sorted.length).toBeGreaterThan((2 * HOUR_MS) / (90 * SECOND_MS));
    expect(sorted.length).toBeLessThan((2 * HOUR_MS) / (20 * SECOND_MS));
  });

  it('is the same for the same seed, channel and time, however it is fetched', async () => {
    const [one, two] = [new HandClock(), new HandClock()];
    const slow = connect('email', one);
    const fast = connect('email', two);
    one.ms = two.ms = NOON + 14 * MINUTE_MS;
    const whole = await pullAll(fast, null);
    let cursor: string | null = null;
    const parts: NormalizedMessage[] = [];
    for (let more = true; more;) {
      const batch: Batch = await slow.pull(cursor, { maxMessages: 1, signal });
      parts.push(...messagesOf(batch));
      ({ cursor, more } = batch);
    }
    expect(whole.messages.length).toBeGreaterThan(2);
    expect(parts).toEqual(whole.messages);
    expect(await pullAll(fast, whole.cursor)).toMatchObject({ messages: [] });
    // Not committed, asked again: the same.
    expect((await pullAll(connect('email', two), null)).messages).toEqual(whole.messages);
  });

  it('catches up a quarter of an hour at most after a long absence', async () => {
    const clock = new HandClock();
    const connector = connect('email', clock);
    clock.ms = NOON + 50 * HOUR_MS;
    const { messages } = await pullAll(connector, JSON.stringify({ v: 1, at: NOON }));
    expect(messages.length).toBeGreaterThan(0);
    expect(Math.min(...messages.map((message) => message.receivedAt))).toBeGreaterThan(clock.ms - 16 * MINUTE_MS);
  });

  it('lets customers go on with open cases, in their language and thread', async () => {
    const clock = new HandClock();
    const connector = connect('telegram', clock, { threads: () => [thread()] });
    clock.ms = NOON + 15 * MINUTE_MS;
    const found: NormalizedMessage[] = [];
    for (let cursor: string | null = null; found.length === 0; clock.ms += 15 * MINUTE_MS) {
      const pulled = await pullAll(connector, cursor);
      ({ cursor } = pulled);
      found.push(...pulled.messages.filter((message) => message.from.address === 'mei@telegram.example'));
    }
    expect(found[0]?.thread.parentKeys).toEqual(['conversation:1', 'telegram:1']);
    expect(found[0]?.language).toBe('zh-Hans');
    expect(found[0]?.text).toMatch(/\p{Script=Han}/u);
  });

  it('writes more English when America wakes, more Japanese when Japan does', async () => {
    const shareAt = async (hourUtc: number, language: string): Promise<number> => {
      const clock = new HandClock();
      const messages: NormalizedMessage[] = [];
      for (let day = 0; day < 60; day += 1) {
        clock.ms = Date.UTC(2026, 10, 1 + day, hourUtc, 15);
        messages.push(...(await pullAll(connect('chat', clock, { madeAt: instant(clock.ms - 15 * MINUTE_MS) }), null)).messages);
      }
      return messages.filter((message) => message.language === language).length / messages.length;
    };
    // 03:15 UTC is a quarter past noon in Tokyo; 17:15 UTC the middle of the night.
    expect(await shareAt(3, 'ja')).toBeGreaterThan(2 * (await shareAt(17, 'ja')));
  });

  it('wakes whoever watches when something is due, and stops when told', async () => {
    const clock = new HandClock();
    const connector = connect('email', clock);
    const stop = new AbortController();
    let cursor: string | null = null;
    const received: number[] = [];
    let pulling: Promise<unknown> = Promise.resolve();
    await connector.watch(() => {
      pulling = pulling.then(async () => {
        const pulled = await pullAll(connector, cursor);
        ({ cursor } = pulled);
        received.push(pulled.messages.length);
        if (received.length === 5) stop.abort();
        return pulled;
      });
    }, stop.signal);
    await pulling;
    expect(received.every((count) => count > 0)).toBe(true);
  });

  it('can be silent', async () => {
    const clock = new HandClock();
    const connector = connect('email', clock, { pace: 'silent', answerChance: 1 });
    await connector.send(outbound(), { onHandover: () => {}, signal });
    clock.ms += 12 * MINUTE_MS;
    expect((await pullAll(connector, null)).messages).toEqual([]);
  });
});

describe('sending on a sample channel', () => {
  it('takes between 0.4 and 1.5 seconds and hands over once, at the end', async () => {
    const clock = new HandClock();
    const handovers: number[] = [];
    const result = await connect('email', clock).send(outbound(), { onHandover: () => handovers.push(clock.ms), signal });
    expect(result).toEqual({ status: 'sent', at: clock.ms, refused: [] });
    expect(handovers).toEqual([clock.ms]);
    expect(clock.ms - NOON).toBeGreaterThanOrEqual(400);
    expect(clock.ms - NOON).toBeLessThanOrEqual(1_500);
  });

  it('hands nothing over once it was told to stop', async () => {
    const stop = new AbortController();
    const clock = new HandClock();
    const connector = connect('email', clock, {
      wait: async () => {
        stop.abort();
        return Promise.resolve();
      },
    });
    let handovers = 0;
    await expect(connector.send(outbound(), { onHandover: () => (handovers += 1), signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
      retryable: true,
    });
    expect(handovers).toBe(0);
  });

  it('is answered after 20 to 60 seconds by the customer, in the same thread', async () => {
    const clock = new HandClock();
    const connector = connect('telegram', clock, { threads: () => [thread()], answerChance: 1 });
    await connector.send(outbound(), { onHandover: () => {}, signal });
    const sentAt = clock.ms;
    clock.ms = sentAt + 19 * SECOND_MS;
    const early = await pullAll(connector, null);
    const isAnswer = (message: NormalizedMessage): boolean => message.thread.parentKeys.includes('m.1@aurelia.example');
    expect(early.messages.filter(isAnswer)).toEqual([]);
    clock.ms = sentAt + 61 * SECOND_MS;
    const late = await pullAll(connector, early.cursor);
    const answers = late.messages.filter(isAnswer);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers[0]?.from.address).toBe('mei@telegram.example');
    expect(answers[0]?.language).toBe('zh-Hans');
    expect((answers[0]?.receivedAt ?? 0) - sentAt).toBeGreaterThanOrEqual(20 * SECOND_MS);
    // Asked again before the commit, it is still there; after it, it is gone.
    expect((await pullAll(connector, early.cursor)).messages.filter(isAnswer)).toEqual(answers);
    await connector.commit?.(late.cursor);
    expect((await pullAll(connector, early.cursor)).messages.filter(isAnswer)).toEqual([]);
  });

  it('answers what became of a reply, but for the channel that can not know', async () => {
    const clock = new HandClock();
    expect(await connect('email', clock).reconcile('<m.1@aurelia.example>', signal)).toBe('sent');
    expect(await connect('telegram', clock).reconcile('<m.1@aurelia.example>', signal)).toBe('undecidable');
    expect(connect('telegram', clock).capabilities().sendIdempotency).toBe('none');
  });

  it('is healthy once connected', async () => {
    healths.length = 0;
    await connect('chat', new HandClock()).connect(signal);
    expect(healths).toEqual([{ state: 'ok', since: NOON, code: null, detail: '' }]);
  });
});
