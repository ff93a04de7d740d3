import { describe, expect, test } from 'vitest';
import { foldSend } from './send-fold.ts';
import type { SendEvent, SendEventBody } from './send-fold.ts';
import { FATE_UNKNOWN_AFTER_MS, judgeSettling, outcomeOf, settledBy, SETTLED_AS, unknownFrom } from './send-settling.ts';
import type { Settling, SettlingOutcome } from './send-settling.ts';
import { instant } from '../time.ts';

const log = (...bodies: readonly SendEventBody[]): readonly SendEvent[] =>
  bodies.map((body, index) => ({ id: `evt-${String(index)}`, body }));
const started = (attempt: number): SendEventBody => ({ type: 'send.started', fence: 3, attempt, workstation: 'a' });
const failed = (attempt: number, permanent = false): SendEventBody => ({
  type: 'send.failed',
  fence: 3,
  attempt,
  workstation: 'a',
  code: 'refused',
  permanent,
});
const done: SendEventBody = { type: 'send.done', at: instant(5), key: '<m@example.org>' };
const decided = (as: Settling['as'], attempt = 1): Settling => ({ as, attempt });

describe('what is carried out', () => {
  test.each<readonly [string, readonly SendEventBody[], Settling, 'apply' | 'late']>([
    ['it has no end', [started(1)], decided('again'), 'apply'],
    ['it has no end, and is dropped', [started(1)], decided('dropped'), 'apply'],
    ['the channel took it meanwhile', [started(1), done], decided('again'), 'late'],
    ['it failed meanwhile, and goes by itself', [started(1), failed(1)], decided('again'), 'late'],
    ['it failed meanwhile: it did not arrive', [started(1), failed(1)], decided('sent'), 'late'],
    ['it failed meanwhile, and nobody wants it any more', [started(1), failed(1)], decided('dropped'), 'apply'],
    ['it failed for good, and nobody wants it any more', [started(1), failed(1, true)], decided('dropped'), 'apply'],
    ['a later attempt was begun', [started(1), failed(1), started(2)], decided('dropped'), 'late'],
    ['it says something of an attempt that was never begun', [started(1)], decided('again', 2), 'late'],
    ['the log knows of no attempt', [], decided('sent', 0), 'apply'],
  ])('%s', (_name, bodies, settling, verdict) => {
    expect(judgeSettling(foldSend(log(...bodies)), settling)).toBe(verdict);
  });

  test('of two decisions about one attempt the first counts', () => {
    for (const first of SETTLED_AS)
      for (const second of SETTLED_AS) {
        const state = foldSend(log(started(1), settledBy(decided(first))));
        // nobody is told to send a second time what was not begun a second time, and who drops it after all may
        expect(judgeSettling(state, decided(second))).toBe(first === 'again' && second === 'dropped' ? 'apply' : 'late');
      }
  });
});

test.each<readonly [string, readonly SendEventBody[], Settling, SettlingOutcome]>([
  ['nobody holds the channel', [started(1)], decided('again'), 'waits'],
  ['it was carried out', [started(1), settledBy(decided('again')), started(2)], decided('again'), 'counts'],
  ['the result came first', [started(1), done], decided('dropped'), 'late'],
  ['somebody else was first', [started(1), settledBy(decided('again')), started(2)], decided('sent'), 'late'],
  ['two say the same', [started(1), settledBy(decided('sent'))], decided('sent'), 'counts'],
  ['what is written of an earlier attempt has no effect', [started(1), failed(1), settledBy(decided('again'))], decided('again'), 'late'],
])('what came of it: %s', (_name, bodies, settling, outcome) => {
  expect(outcomeOf(log(...bodies), settling)).toBe(outcome);
});

test('others may decide when two minutes are over', () => {
  expect(unknownFrom(instant(1_000))).toBe(121_000);
  expect(FATE_UNKNOWN_AFTER_MS).toBe(120_000);
});
