import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handoffId, offered } from '../../../../test/handoff/log.ts';
import { formatHlc, HLC_ZERO, nextHlc } from '../hlc.ts';
import type { Hlc } from '../hlc.ts';
import { makeId } from '../ids.ts';
import type { HandoffLogBody, HandoffLogEvent } from '../handoff/handoff-event.ts';
import { foldOwnership } from '../handoff/ownership-fold.ts';
import { DAY_MS, instant, MINUTE_MS, SECOND_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { acceptedHlc, CLOCK_TOLERANCE_MS, confirmedAt, confirmedHlc, correctedAt } from './clock-correction.ts';

const NOW = instant(Date.UTC(2026, 2, 2, 9));
const YEARS = 30 * 365 * DAY_MS;

test('what is written down is put right by the offset that was measured', () => {
  expect(correctedAt(instant(NOW + 5_000), 5_000)).toBe(NOW);
  expect(correctedAt(instant(NOW - DAY_MS), -DAY_MS)).toBe(NOW);
  expect(correctedAt(NOW, null)).toBe(NOW);
  expect(correctedAt(instant(10), 5_000)).toBe(0);
});

test('what is confirmed happened before the log stored it, and after what its author had seen', () => {
  expect(confirmedAt(instant(NOW - 5), NOW)).toBe(NOW - 5);
  expect(confirmedAt(instant(NOW + YEARS), NOW)).toBe(NOW);
  expect(confirmedAt(instant(NOW - YEARS), NOW, instant(NOW - 60))).toBe(NOW - 60);
});

test('a clock from the far future does not pull ours along, and one from the near future does', () => {
  const mine: Hlc = { wallMs: NOW, counter: 3 };
  expect(acceptedHlc(mine, { wallMs: NOW + YEARS, counter: 0 }, NOW)).toEqual(mine);
  expect(acceptedHlc(mine, { wallMs: NOW + CLOCK_TOLERANCE_MS + 1, counter: 0 }, NOW)).toEqual(mine);
  expect(acceptedHlc(mine, { wallMs: NOW + CLOCK_TOLERANCE_MS, counter: 0 }, NOW)).toEqual({
    wallMs: NOW + CLOCK_TOLERANCE_MS,
    counter: 1,
  });
  expect(acceptedHlc(mine, { wallMs: NOW - YEARS, counter: 9 }, NOW)).toEqual({ wallMs: NOW, counter: 4 });
  expect(confirmedHlc({ wallMs: NOW + YEARS, counter: 7 }, NOW)).toEqual({ wallMs: NOW, counter: 0 });
  expect(confirmedHlc({ wallMs: NOW - 1, counter: 7 }, NOW)).toEqual({ wallMs: NOW - 1, counter: 7 });
});

const NAMES = ['mei', 'ana', 'leo'] as const;
type Name = (typeof NAMES)[number];
type Act = 'claim' | 'release' | 'offer' | 'accept' | 'withdraw' | 'decline' | 'sync';
interface Step {
  readonly who: Name;
  readonly act: Act;
  readonly seconds: number;
}
/** How far each clock is ahead, and what of that was measured: null for nothing. */
interface Skew {
  readonly aheadMs: number;
  readonly measured: boolean;
}

interface Desk {
  hlc: Hlc;
  seen: number;
  readonly pending: HandoffLogEvent[];
  /** The newest event that it had seen when each was done. */
  readonly bases: number[];
}

/** People with clocks of their own who share a log. What they do is asked of nobody: the fold has the word. */
function play(
  steps: readonly Step[],
  skews: Readonly<Record<Name, Skew>>,
): { readonly log: readonly HandoffLogEvent[]; readonly bases: readonly number[]; readonly clocks: readonly Hlc[] } {
  let now: Instant = NOW;
  const log: HandoffLogEvent[] = [];
  const bases: number[] = [];
  const desks = new Map<Name, Desk>(NAMES.map((name) => [name, { hlc: HLC_ZERO, seen: 0, pending: [], bases: [] }]));
  let count = 0;
  for (const { who, act, seconds } of steps) {
    now = instant(now + seconds * SECOND_MS);
    const desk = desks.get(who);
    if (desk === undefined) throw new Error(who);
    const { aheadMs, measured } = skews[who];
    const corrected = correctedAt(instant(now + aheadMs), measured ? aheadMs : null);
    if (act === 'sync') {
      for (const [index, event] of desk.pending.splice(0).entries()) {
        const base = desk.bases[index] ?? 0;
        bases.push(base);
        const seenAt = base === 0 ? null : (log[base - 1]?.at ?? null);
        log.push({ ...event, sequence: log.length + 1, at: confirmedAt(event.at, now, seenAt) });
      }
      desk.bases.splice(0);
      for (const event of log.slice(desk.seen)) {
        const [wall = '', counter = ''] = event.hlc.split('-');
        desk.hlc = acceptedHlc(desk.hlc, { wallMs: Number.parseInt(wall, 36), counter: Number.parseInt(counter, 36) }, now);
      }
      desk.seen = log.length;
      continue;
    }
    desk.hlc = nextHlc(desk.hlc, corrected);
    const { ownerId, epoch } = foldOwnership(log.slice(0, desk.seen)).confirmed;
    count += 1;
    desk.pending.push({
      id: `evt_${count}`,
      sequence: null,
      hlc: formatHlc(desk.hlc, who),
      at: corrected,
      author: makeId('agt', who),
      epoch,
      body: bodyOf(act, who, ownerId === null ? 'mei' : ownerId.slice(4), count),
    });
    desk.bases.push(desk.seen);
  }
  return { log, bases, clocks: [...desks.values()].map(({ hlc }) => hlc) };
}

function bodyOf(act: Exclude<Act, 'sync'>, who: Name, owner: string, count: number): HandoffLogBody {
  const known = handoffId('h');
  switch (act) {
    case 'claim':
      return { type: 'case.claimed', agentId: makeId('agt', who) };
    case 'release':
      return { type: 'case.released' };
    case 'offer':
      return offered('h', owner, NAMES[count % 3] ?? 'ana', { expiresAt: instant(NOW + 20 * MINUTE_MS) });
    case 'accept':
      return {
        type: 'handoff.accepted',
        handoffId: known,
        packetVersion: 1,
        lastInboundId: null,
        readBack: null,
        hubId: null,
        isOnShift: true,
      };
    case 'withdraw':
      return { type: 'handoff.withdrawn', handoffId: known };
    case 'decline':
      return { type: 'handoff.declined', handoffId: known, reason: 'busy' };
  }
}

const acts: readonly Act[] = ['claim', 'release', 'offer', 'accept', 'accept', 'withdraw', 'decline', 'sync', 'sync', 'sync', 'sync'];
const script = fc.array(
  fc.record({ who: fc.constantFrom(...NAMES), act: fc.constantFrom(...acts), seconds: fc.integer({ min: 1, max: 120 }) }),
  { minLength: 3, maxLength: 40, size: 'max' },
);
const aheadMs = fc.constantFrom(0, DAY_MS, -DAY_MS, YEARS, -YEARS, 7 * MINUTE_MS);
const skewsOf = (measured: fc.Arbitrary<boolean>): fc.Arbitrary<Readonly<Record<Name, Skew>>> => {
  const skew = fc.record({ aheadMs, measured });
  return fc.record({ mei: skew, ana: skew, leo: skew });
};
const RIGHT: Readonly<Record<Name, Skew>> = Object.fromEntries(NAMES.map((name) => [name, { aheadMs: 0, measured: true }])) as never;

test('whatever the clocks say, the same log has the same order, the same owner and the same winners once their error is known', () => {
  fc.assert(
    fc.property(script, skewsOf(fc.constant(true)), (steps, skews) => {
      const wrong = play(steps, skews).log;
      const right = play(steps, RIGHT).log;
      expect(wrong.map(({ id, at }) => [id, at])).toEqual(right.map(({ id, at }) => [id, at]));
      expect(foldOwnership(wrong)).toEqual(foldOwnership(right));
    }),
    { numRuns: 100 },
  );
});

test('while an error is not known, the log still says who owns a case that is claimed and released', () => {
  const claims = script.map((steps) => steps.filter(({ act }) => act === 'claim' || act === 'release' || act === 'sync'));
  fc.assert(
    fc.property(claims, skewsOf(fc.boolean()), (steps, skews) => {
      const wrong = foldOwnership(play(steps, skews).log).confirmed;
      const right = foldOwnership(play(steps, RIGHT).log).confirmed;
      const plain = ({ ownerId, epoch, isInQueue, outcomes }: typeof wrong): object => ({ ownerId, epoch, isInQueue, outcomes });
      expect(plain(wrong)).toEqual(plain(right));
    }),
    { numRuns: 80 },
  );
});

test('no time between an event and what its author had seen is negative, and nothing is later than the log', () => {
  fc.assert(
    fc.property(script, skewsOf(fc.boolean()), (steps, skews) => {
      const { log, bases } = play(steps, skews);
      const end = NOW + steps.reduce((sum, { seconds }) => sum + seconds * SECOND_MS, 0);
      const durations = log.map((event, index) => event.at - (log[(bases[index] ?? 0) - 1]?.at ?? 0));
      expect(durations.every((each) => each >= 0)).toBe(true);
      expect(log.every(({ at }) => at <= end)).toBe(true);
    }),
    { numRuns: 80 },
  );
});

test('the clocks of those who are right stay right, whoever else is in the log', () => {
  fc.assert(
    fc.property(script, skewsOf(fc.boolean()), (steps, skews) => {
      const { clocks } = play(steps, { ...skews, mei: { aheadMs: 0, measured: true } });
      const end = NOW + steps.reduce((sum, { seconds }) => sum + seconds * SECOND_MS, 0);
      expect(clocks[0]?.wallMs ?? 0).toBeLessThanOrEqual(end + CLOCK_TOLERANCE_MS);
    }),
    { numRuns: 80 },
  );
});
