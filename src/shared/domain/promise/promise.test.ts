import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeId } from '../ids.ts';
import { HOUR_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { toLocal } from '../time/zone.ts';
import { nextOpenPromise, promisesAt, promisesDueBefore, promisesHoldUntil } from './promise.ts';
import type { PromiseEvent, PromiseEventBody } from './promise.ts';

const ana = makeId('agt', 'ana');
const bo = makeId('agt', 'bo');
const call = makeId('prm', 'call');
const refund = makeId('prm', 'refund');
const mail = (name: string) => makeId('msg', name);
const hour = (hours: number): Instant => instant(1_700_000_000_000 + hours * HOUR_MS);

let sequence = 0;
function event(at: number, body: PromiseEventBody, actor = ana): PromiseEvent {
  sequence += 1;
  return { id: `evt_${String(sequence)}`, sequence, at: hour(at), actor, body };
}

function made(at: number, due: number, part: Partial<Extract<PromiseEventBody, { type: 'promise-made' }>> = {}): PromiseEvent {
  const dueLocal = toLocal('Asia/Tokyo', hour(due));
  return event(at, {
    type: 'promise-made',
    promiseId: call,
    text: 'by 14:00',
    zone: 'Asia/Tokyo',
    dueAt: hour(due),
    dueLocal,
    messageId: null,
    source: 'typed',
    ...part,
  });
}
const accepted = (at: number, name: string, by: 'human' | 'auto' = 'human') =>
  event(at, { type: 'message-accepted', messageId: mail(name), by });
const failed = (at: number, name: string) => event(at, { type: 'message-failed', messageId: mail(name) });
const kept = (at: number) => event(at, { type: 'promise-kept', promiseId: call });
const released = (at: number, reason: 'withdrawn' | 'replaced' | 'not-a-promise') =>
  event(at, { type: 'promise-released', promiseId: call, reason });
const owned = (at: number, ownerId: typeof ana | null) => event(at, { type: 'owner-changed', ownerId });
const inMail = { messageId: mail('promise') };

function stateAt(events: readonly PromiseEvent[], at: number): string {
  const [promise] = promisesAt(events, hour(at));
  return promise === undefined ? 'none' : promise.settlement === null ? promise.state : `${promise.state} by ${promise.settlement.by}`;
}

describe('a promise', () => {
  test.each<[string, readonly PromiseEvent[], number, string]>([
    ['is not there before it is made', [made(1, 5)], 0.9, 'none'],
    ['is open until it is due, that instant included', [made(1, 5)], 5, 'open'],
    ['is broken once the due instant is past', [made(1, 5)], 5.0001, 'broken by time'],
    ['is kept by a message of a person', [made(1, 5), accepted(4, 'answer')], 6, 'kept by message'],
    ['is kept by a message at the very due instant', [made(1, 5), accepted(5, 'answer')], 6, 'kept by message'],
    ['is not kept by a message after it', [made(1, 5), accepted(5.0001, 'answer')], 6, 'broken by time'],
    ['is not kept by a message of before', [accepted(0.5, 'earlier'), made(1, 5)], 6, 'broken by time'],
    ['is not kept by a machine', [made(1, 5), accepted(4, 'answer', 'auto')], 6, 'broken by time'],
    ['is kept by word', [made(1, 5), kept(4)], 6, 'kept by agent'],
    ['is not kept by word when it is too late', [made(1, 5), kept(5.5)], 6, 'broken by time'],
    ['is released', [made(1, 5), released(4, 'withdrawn')], 6, 'released by agent'],
    [
      'stays released when an answer comes all the same',
      [made(1, 5), released(3, 'replaced'), accepted(4, 'answer')],
      6,
      'released by agent',
    ],
    ['stays kept when it is released later', [made(1, 5), accepted(3, 'answer'), released(4, 'withdrawn')], 6, 'kept by message'],
    ['can not be withdrawn once it is broken', [made(1, 5), released(5.5, 'withdrawn')], 6, 'broken by time'],
    ['that was none is put right even later', [made(1, 5), released(5.5, 'not-a-promise')], 6, 'released by agent'],
    ['that was none was broken until then', [made(1, 5), released(5.5, 'not-a-promise')], 5.2, 'broken by time'],
    ['is not kept by the message that makes it', [made(1, 5, inMail), accepted(2, 'promise')], 6, 'broken by time'],
    [
      'is not kept by its own message seen twice',
      [made(1, 5, inMail), accepted(2, 'promise'), accepted(3, 'promise')],
      6,
      'broken by time',
    ],
    ['counts from when the customer got it', [made(1, 5, inMail), accepted(2, 'other'), accepted(3, 'promise')], 6, 'broken by time'],
    [
      'is kept by an answer after the message with it',
      [made(1, 5, inMail), accepted(2, 'promise'), accepted(3, 'answer')],
      6,
      'kept by message',
    ],
    ['that never left us was never made', [made(1, 5, inMail), accepted(3, 'answer')], 6, 'released by time'],
    ['that left us too late is broken', [made(1, 5, inMail), accepted(5.5, 'promise')], 6, 'broken by time'],
    ['is not kept by a message that came back', [made(1, 5), accepted(3, 'answer'), failed(4, 'answer')], 6, 'broken by time'],
    [
      'is kept by a message that was sent again',
      [made(1, 5), accepted(2, 'answer'), failed(3, 'answer'), accepted(4, 'answer')],
      6,
      'kept by message',
    ],
    ['is made once', [made(1, 5), made(2, 9)], 6, 'broken by time'],
  ])('%s', (_name, events, at, state) => {
    expect(stateAt(events, at)).toBe(state);
    expect(stateAt([...events].reverse(), at)).toBe(state);
  });

  test('is inherited by the next owner until it is settled', () => {
    const events = [owned(0, null), made(1, 5), owned(2, bo), accepted(3, 'answer'), owned(4, ana)];
    const ownerAt = (at: number) => promisesAt(events, hour(at))[0]?.ownerId;
    expect([1, 2, 3, 4].map(ownerAt)).toEqual([ana, bo, bo, bo]);
    expect(promisesAt([made(1, 5), owned(2, bo), owned(3, null)], hour(4))[0]?.ownerId).toBeNull();
  });

  test('tells what ended it', () => {
    expect(promisesAt([made(1, 5), accepted(3, 'answer')], hour(9))[0]?.settlement).toEqual({
      at: hour(3),
      by: 'message',
      messageId: mail('answer'),
      actor: ana,
      reason: null,
    });
    expect(promisesAt([made(1, 5)], hour(9))[0]).toMatchObject({ state: 'broken', settlement: { at: hour(5), by: 'time' } });
  });
});

test('the ledger answers what is due next and what is due before a time', () => {
  const events = [made(1, 9), made(1, 5, { promiseId: refund }), kept(2)];
  const promises = promisesAt([...events, made(1, 7, { promiseId: makeId('prm', 'third') })], hour(3));
  expect(promises.map((each) => each.promiseId)).toEqual([refund, 'prm_third', call]);
  expect(nextOpenPromise(promises)?.promiseId).toBe(refund);
  expect(promisesHoldUntil(promises)).toBe(hour(5));
  expect(promisesDueBefore(promises, hour(5))).toEqual([]);
  expect(promisesDueBefore(promises, hour(20)).map((each) => each.promiseId)).toEqual([refund, 'prm_third']);
  expect(nextOpenPromise([])).toBeNull();
});

/** Events at distinct whole hours, so that none is at the same instant as another. */
const history = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 14 }).chain((hours) =>
  fc.tuple(
    ...hours.map((at) =>
      fc.oneof(
        fc.integer({ min: 1, max: 30 }).map((by) => made(at, at + by + 0.5)),
        fc.integer({ min: 1, max: 30 }).map((by) => made(at, at + by + 0.5, { promiseId: refund, ...inMail })),
        fc.constantFrom('promise', 'answer', 'other').map((name) => accepted(at, name)),
        fc.constant(accepted(at, 'machine', 'auto')),
        fc.constant(kept(at)),
        fc.constantFrom('withdrawn' as const, 'replaced' as const, 'not-a-promise' as const).map((reason) => released(at, reason)),
        fc.constantFrom(ana, bo, null).map((ownerId) => owned(at, ownerId)),
      ),
    ),
  ),
);

test('the order in which events arrive makes no difference, nor does their coming twice', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), fc.integer({ min: 0, max: 80 }), (events, keys, at) => {
      const order = new Map(events.map((each) => [each, keys.next().value ?? 0]));
      const shuffled = [...events, ...events].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
      expect(promisesAt(shuffled, hour(at))).toEqual(promisesAt(events, hour(at)));
    }),
  );
});

test('a kept promise is never broken, and nothing that ended changes by itself', () => {
  fc.assert(
    fc.property(history, (events) => {
      const wrong: string[] = [];
      for (let at = 0; at < 80; at += 1) {
        const later = promisesAt(events, hour(at + 1));
        for (const promise of promisesAt(events, hour(at))) {
          const then = later.find((each) => each.promiseId === promise.promiseId);
          const isSame = JSON.stringify(then) === JSON.stringify(promise);
          const isAllowed = {
            open: promise.dueAt >= hour(at),
            kept: isSame,
            broken: isSame || then?.settlement?.reason === 'not-a-promise',
            released: isSame || promise.settlement?.reason === 'not-sent',
          }[promise.state];
          if (!isAllowed) wrong.push(`${promise.state} at ${String(at)}, then ${String(then?.state)}`);
        }
      }
      expect(wrong).toEqual([]);
    }),
  );
});
