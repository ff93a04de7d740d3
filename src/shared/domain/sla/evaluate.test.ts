import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { BusinessCalendar, OpenHours } from '../time/calendar.ts';
import type { Instance } from './clock.ts';
import { SlaFold, evaluate, nextBoundaryAt, nextDue } from './evaluate.ts';
import type { Policy } from './policy.ts';
import { coverageId, promisedTime } from './promise.ts';
import { PLAIN_ATTRIBUTES } from './sla-event.ts';
import type { SlaEvent, SlaEventBody } from './sla-event.ts';
import { timeLeft, usedShare } from './time-left.ts';

const WHOLE = [{ openMinute: 0, closeMinute: 1440 }];
const OFFICE = [{ openMinute: 540, closeMinute: 1020 }];

function calendar(id: string, zone: string, windows: typeof WHOLE): BusinessCalendar {
  const week = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows, sat: windows, sun: windows };
  return { id, name: id, versions: [{ effectiveFrom: instant(0), zone, week, exceptions: [] }] };
}

const HOURS: readonly OpenHours[] = [
  calendar('always', 'UTC', WHOLE),
  calendar('office', 'Europe/Berlin', OFFICE),
  calendar('never', 'UTC', []),
  { id: coverageId('night'), spans: [{ from: instant(Date.UTC(2026, 5, 1, 20)), to: instant(Date.UTC(2026, 5, 2, 4)) }] },
];

function policy(change: Partial<Policy> = {}): Policy {
  const slow = { 'first-reply': 4 * HOUR_MS, 'next-reply': 4 * HOUR_MS, resolution: 48 * HOUR_MS, 'handoff-acceptance': HOUR_MS };
  const fast = { 'first-reply': HOUR_MS, 'next-reply': 2 * HOUR_MS, resolution: 8 * HOUR_MS };
  return {
    id: 'standard',
    version: 1,
    name: 'Standard',
    position: 1,
    effectiveFrom: instant(0),
    isActive: true,
    conditions: {},
    promise: { kind: 'calendars', calendarIds: ['always'] },
    targets: { low: { resolution: 96 * HOUR_MS }, normal: slow, high: fast, urgent: { 'first-reply': 8 * MINUTE_MS } },
    defaultPriority: 'normal',
    pauseOn: ['pending'],
    reopenWindowMs: 72 * HOUR_MS,
    ...change,
  };
}

const POLICIES = [
  policy(),
  policy({
    id: 'vip',
    position: 0,
    conditions: { tiers: ['vip'] },
    targets: { low: {}, normal: { 'first-reply': 20 * MINUTE_MS }, high: {}, urgent: {} },
  }),
];

const START = Date.UTC(2026, 5, 1, 8);
/** Minutes after the case's begin. */
const minute = (count: number): Instant => instant(START + count * MINUTE_MS);

type Short = readonly [
  at: number,
  body: SlaEventBody | (SlaEventBody['type'] & ('customer-message' | 'note' | 'human-requested' | 'no-reply-needed')),
];

function log(...short: readonly Short[]): SlaEvent[] {
  return short.map(([at, body], index) => ({
    id: `event-${String(index)}`,
    sequence: index,
    at: minute(at),
    body: typeof body === 'string' ? { type: body } : body,
  }));
}

const by = (who: 'human' | 'bot' | 'auto'): SlaEventBody => ({ type: 'our-message', by: who });
const status = (to: 'open' | 'pending' | 'hold' | 'solved' | 'closed'): SlaEventBody => ({ type: 'status-changed', to });
const priority = (to: 'low' | 'normal' | 'high' | 'urgent'): SlaEventBody => ({ type: 'attributes-changed', to: { priority: to } });
const opened = (isHeldByBot = false): SlaEventBody => ({ type: 'opened', attributes: PLAIN_ATTRIBUTES, isHeldByBot });

/** `metric#number state from [due] ended`, in minutes after the begin. */
function lines(events: readonly SlaEvent[], at: number, policies: readonly Policy[] = POLICIES): string[] {
  return evaluate(events, policies, HOURS, minute(at)).map(line);
}

function line(instance: Instance): string {
  const since = (value: Instant | null) => (value === null ? '-' : String((value - START) / MINUTE_MS));
  const { metric, number, state, startedAt, dueAt, endedAt } = instance;
  return `${metric}#${String(number)} ${state} ${since(startedAt)} ${since(dueAt)} ${since(endedAt)}`;
}

const only = (metric: string, all: readonly string[]) => all.filter((each) => each.startsWith(metric));

describe('first reply', () => {
  test('runs from the first customer message to the first human one', () => {
    const events = log(
      [0, 'customer-message'],
      [10, by('auto')],
      [11, by('bot')],
      [12, 'note'],
      [30, 'customer-message'],
      [60, by('human')],
    );
    expect(only('first', lines(events, 59))).toEqual(['first-reply#1 running 0 240 -']);
    expect(only('first', lines(events, 60))).toEqual(['first-reply#1 met 0 240 60']);
    expect(only('next', lines(events, 60))).toEqual([]);
  });

  test('is met at its due time, breached after it, and running until then', () => {
    const late = (at: number) => only('first', lines(log([0, 'customer-message'], [at, by('human')]), at));
    expect(late(240)).toEqual(['first-reply#1 met 0 240 240']);
    expect(late(240.5)).toEqual(['first-reply#1 breached 0 240 240.5']);
    const waiting = log([0, 'customer-message']);
    expect(only('first', lines(waiting, 240))).toEqual(['first-reply#1 running 0 240 -']);
    expect(only('first', lines(waiting, 240 + 1 / 60_000))).toEqual(['first-reply#1 overdue 0 240 -']);
  });

  test('waits for a person to be asked for while a bot holds the case', () => {
    const events = log([0, opened(true)], [0, 'customer-message'], [5, by('bot')], [9, 'no-reply-needed'], [20, 'human-requested']);
    expect(only('first', lines(events, 19))).toEqual([]);
    expect(only('first', lines(events, 20))).toEqual(['first-reply#1 running 20 260 -']);
  });

  test('is not started by asking for a person where no bot holds the case', () => {
    const events = log([0, 'note'], [5, 'human-requested'], [9, 'customer-message']);
    expect(only('first', lines(events, 8))).toEqual([]);
    expect(only('first', lines(events, 9))).toEqual(['first-reply#1 running 9 249 -']);
  });

  test('is settled without a clock by a person or by solving while a bot holds the case', () => {
    for (const settled of [by('human'), status('solved')]) {
      const events = log([0, opened(true)], [0, 'customer-message'], [5, settled], [8, 'human-requested'], [9, 'customer-message']);
      expect(only('first', lines(events, 10))).toEqual([]);
      expect(only('next', lines(events, 10))).toEqual(['next-reply#1 running 9 249 -']);
    }
  });

  test('is none in a case that an agent began: the answer starts next reply', () => {
    expect(lines(log([0, by('human')], [5, 'customer-message']), 6)).toEqual([
      'next-reply#1 running 5 245 -',
      'resolution#1 running 0 2880 -',
    ]);
  });

  test('without a target gets no clock, also not when it gains one, until a person replies', () => {
    const events = log(
      [0, { ...opened(), attributes: { ...PLAIN_ATTRIBUTES, priority: 'low' } } as SlaEventBody],
      [0, 'customer-message'],
      [1, priority('normal')],
      [2, 'customer-message'],
      [3, by('human')],
      [4, 'customer-message'],
    );
    expect(only('first', lines(events, 9))).toEqual([]);
    expect(only('next', lines(events, 3))).toEqual([]);
    expect(only('next', lines(events, 9))).toEqual(['next-reply#1 running 4 244 -']);
  });

  test('never restarts', () => {
    const events = log([0, 'customer-message'], [1, status('solved')], [2, 'customer-message'], [3, by('human')], [4, 'customer-message']);
    expect(only('first', lines(events, 9))).toEqual(['first-reply#1 waived 0 240 1']);
    expect(only('next', lines(events, 9))).toEqual(['next-reply#1 met 2 242 3', 'next-reply#2 running 4 244 -']);
  });
});

describe('next reply', () => {
  test('counts from the oldest unanswered message', () => {
    const events = log([0, 'customer-message'], [1, by('human')], [2, 'customer-message'], [50, 'customer-message'], [60, by('human')]);
    expect(only('next', lines(events, 55))).toEqual(['next-reply#1 running 2 242 -']);
    expect(only('next', lines(events, 61))).toEqual(['next-reply#1 met 2 242 60']);
  });

  test('starts for no later message when the oldest had no target', () => {
    const events = log(
      [0, by('human')],
      [1, priority('urgent')],
      [2, 'customer-message'],
      [3, priority('normal')],
      [4, 'customer-message'],
      [5, by('human')],
      [6, 'customer-message'],
    );
    expect(only('next', lines(events, 5))).toEqual([]);
    expect(only('next', lines(events, 6))).toEqual(['next-reply#1 running 6 246 -']);
  });

  test('is waived by a person who says so', () => {
    const events = log([0, by('human')], [1, 'customer-message'], [2, 'no-reply-needed'], [3, 'customer-message']);
    expect(only('next', lines(events, 4))).toEqual(['next-reply#1 waived 1 241 2', 'next-reply#2 running 3 243 -']);
  });
});

describe('resolution', () => {
  const pending = log([0, 'customer-message'], [60, status('pending')], [120, status('open')], [180, status('pending')]);

  test('stands still while the status says so, and tells no due time then', () => {
    expect(only('res', lines(pending, 90))).toEqual(['resolution#1 paused 0 - -']);
    expect(only('res', lines(pending, 150))).toEqual(['resolution#1 running 0 2940 -']);
  });

  test('gets its due time when it ends during a pause', () => {
    expect(only('res', lines([...pending, ...log([240, status('solved')])], 999))).toEqual(['resolution#1 met 0 3000 240']);
  });

  test('goes on when the customer writes, and does so on hold by itself', () => {
    expect(only('res', lines(log([0, 'note'], [60, status('pending')], [90, 'customer-message']), 91))).toEqual([
      'resolution#1 running 0 2910 -',
    ]);
    const onHold = [policy({ pauseOn: ['hold'] })];
    expect(only('res', lines(log([0, 'note'], [60, status('hold')], [90, 'customer-message']), 91, onHold))).toEqual([
      'resolution#1 paused 0 - -',
    ]);
  });

  test('ends when it is first solved and does not start again', () => {
    const events = log([0, 'note'], [60, status('solved')], [90, 'customer-message'], [95, status('solved')]);
    expect(only('res', lines(events, 100))).toEqual(['resolution#1 met 0 2880 60']);
  });

  test('ends when the case is closed too, and nothing starts after that', () => {
    const events = log([0, by('human')], [60, status('closed')], [90, 'customer-message']);
    expect(lines(events, 100)).toEqual(['resolution#1 met 0 2880 60']);
  });

  test('a pause hides nothing that is overdue', () => {
    const events = log([0, 'note'], [2881, status('pending')]);
    expect(only('res', lines(events, 2900))).toEqual(['resolution#1 overdue 0 2880 -']);
    expect(only('res', lines(log([0, 'note'], [2880, status('pending')]), 2900))).toEqual(['resolution#1 overdue 0 2880 -']);
    expect(only('res', lines(log([0, 'note'], [2879, status('pending')]), 2900))).toEqual(['resolution#1 paused 0 - -']);
  });

  test('reply clocks never stand still', () => {
    expect(only('first', lines(log([0, 'customer-message'], [1, status('pending')]), 9))).toEqual(['first-reply#1 running 0 240 -']);
  });
});

describe('a change of target', () => {
  test('keeps start and pauses', () => {
    const events = log([0, 'note'], [60, status('pending')], [120, status('open')], [130, priority('high')]);
    expect(only('res', lines(events, 131))).toEqual(['resolution#1 running 0 540 -']);
  });

  test('that would breach at once leaves a quarter, and the next one counts from the start again', () => {
    const events = log([0, 'note'], [600, priority('high')], [610, priority('normal')], [620, priority('high')]);
    expect(only('res', lines(events, 601))).toEqual(['resolution#1 running 0 720 -']);
    expect(only('res', lines(events, 611))).toEqual(['resolution#1 running 0 2880 -']);
    expect(only('res', lines(events, 621))).toEqual(['resolution#1 running 0 740 -']);
    // at the very due time counts as past
    expect(only('res', lines(log([0, 'note'], [480, priority('high')]), 480))).toEqual(['resolution#1 running 0 600 -']);
  });

  test('counts the quarter in open time', () => {
    const office = [policy({ promise: { kind: 'calendars', calendarIds: ['office'] } })];
    // 10:00 in Berlin; at 16:00 the 8 h are not used, of 1 h a quarter is left for first reply; open until 17:00
    const events = log([0, 'customer-message'], [230, priority('high')]);
    expect(only('first', lines(events, 231, office))).toEqual(['first-reply#1 running 0 245 -']);
    // after hours: the quarter counts from the next morning on
    const slow = [
      policy({
        promise: { kind: 'calendars', calendarIds: ['office'] },
        targets: { ...policy().targets, normal: { 'first-reply': 20 * HOUR_MS } },
      }),
    ];
    expect(only('first', lines(log([0, 'customer-message'], [600, priority('high')]), 601, slow))).toEqual([
      'first-reply#1 running 0 1395 -',
    ]);
  });

  test('leaves alone what is past due, also when nothing is promised any more', () => {
    const events = log([0, 'customer-message'], [240, priority('low')]);
    expect(only('first', lines(events, 241))).toEqual(['first-reply#1 overdue 0 240 -']);
    const early = log([0, 'customer-message'], [239, priority('low')], [241, priority('normal')], [242, 'customer-message']);
    expect(only('first', lines(early, 300))).toEqual(['first-reply#1 cancelled 0 240 239']);
  });

  test('to the same priority is none', () => {
    const events = log([0, 'note'], [600, priority('high')], [610, priority('high')]);
    expect(only('res', lines(events, 611))).toEqual(['resolution#1 running 0 720 -']);
  });

  test('while paused is judged as if the pause ended then', () => {
    const paused = (at: number) => log([0, 'note'], [470, status('pending')], [at, priority('high')], [1000, status('open')]);
    // 470 of 480 minutes are used: no quarter
    expect(only('res', lines(paused(900), 950))).toEqual(['resolution#1 paused 0 - -']);
    expect(only('res', lines(paused(900), 1000))).toEqual(['resolution#1 running 0 1010 -']);
    const used = log([0, 'note'], [500, status('pending')], [900, priority('high')], [1000, status('open')]);
    expect(only('res', lines(used, 950))).toEqual(['resolution#1 paused 0 - -']);
    expect(only('res', lines(used, 1000))).toEqual(['resolution#1 running 0 1120 -']);
    const cancelled = log([0, 'note'], [500, status('pending')], [900, priority('urgent')]);
    expect(only('res', lines(cancelled, 950))).toEqual(['resolution#1 cancelled 0 3280 900']);
  });
});

describe('policies', () => {
  test('are chosen anew when an attribute changes', () => {
    const vip: SlaEventBody = { type: 'attributes-changed', to: { tier: 'vip' } };
    expect(lines(log([0, 'customer-message'], [5, vip]), 6)).toEqual(['first-reply#1 running 0 20 -', 'resolution#1 cancelled 0 2880 5']);
  });

  const edited = [
    ...POLICIES,
    policy({ version: 2, effectiveFrom: minute(10), targets: { ...policy().targets, normal: { 'first-reply': HOUR_MS } } }),
  ];

  test('an open case keeps its version, also when an attribute changes within the policy', () => {
    const events = log(
      [0, 'customer-message'],
      [20, { type: 'attributes-changed', to: { labels: ['refund'] } }],
      [21, priority('high')],
      [22, priority('normal')],
    );
    expect(only('first', lines(events, 30, edited))).toEqual(['first-reply#1 running 0 240 -']);
    expect(only('first', lines(log([10, 'customer-message']), 30, edited))).toEqual(['first-reply#1 running 10 70 -']);
  });

  test('a lead applies a version to an open case', () => {
    const applied: SlaEventBody = { type: 'policy-applied', policyId: 'standard', version: 2 };
    expect(lines(log([0, 'customer-message'], [20, applied]), 30, edited)).toEqual([
      'first-reply#1 running 0 60 -',
      'resolution#1 cancelled 0 2880 20',
    ]);
    expect(only('first', lines(log([0, 'customer-message'], [90, applied]), 95, edited))).toEqual(['first-reply#1 running 0 105 -']);
  });

  test('pause by the statuses of the policy that the case has now', () => {
    const withHold = [...POLICIES, policy({ version: 2, effectiveFrom: minute(10), pauseOn: ['hold'] })];
    const applied: SlaEventBody = { type: 'policy-applied', policyId: 'standard', version: 2 };
    const onHold = log([0, 'note'], [5, status('hold')], [20, applied]);
    expect(lines(onHold, 30, withHold)).toEqual(['resolution#1 paused 0 - -']);
    const pending = log([0, 'note'], [5, status('pending')], [20, applied]);
    expect(lines(pending, 30, withHold)).toEqual(['resolution#1 running 0 2895 -']);
  });

  test('promise the hours of a team when they say so', () => {
    const night = [policy({ promise: { kind: 'coverage', team: 'night' } })];
    expect(only('first', lines(log([0, 'customer-message']), 1, night))).toEqual(['first-reply#1 running 0 960 -']);
  });

  test.each([
    ['never', 'never-opens'],
    ['lost', 'unknown-hours'],
  ] as const)('with hours that do not work (%s) run without a due time and say why', (id, problem) => {
    const broken = [policy({ promise: { kind: 'calendars', calendarIds: [id] } })];
    const [first] = evaluate(log([0, 'customer-message']), broken, HOURS, minute(5));
    expect(first).toMatchObject({ state: 'running', dueAt: null, problem });
  });
});

describe('handoff acceptance', () => {
  const offer = (handoffId: string): SlaEventBody => ({ type: 'handoff-offered', handoffId });
  const end = (handoffId: string, how: 'accepted' | 'expired'): SlaEventBody => ({ type: 'handoff-ended', handoffId, how });
  test('has a clock for each offer, which nothing else ends', () => {
    const events = log([0, offer('a')], [5, offer('b')], [10, status('solved')], [20, end('b', 'accepted')], [70, end('a', 'expired')]);
    expect(only('hand', lines(events, 80))).toEqual(['handoff-acceptance#1 breached 0 60 70', 'handoff-acceptance#2 met 5 65 20']);
  });
});

test('an offer ends once', () => {
  const events = log(
    [0, { type: 'handoff-offered', handoffId: 'a' }],
    [20, { type: 'handoff-ended', handoffId: 'a', how: 'accepted' }],
    [90, { type: 'handoff-ended', handoffId: 'a', how: 'expired' }],
  );
  expect(only('hand', lines(events, 99))).toEqual(['handoff-acceptance#1 met 0 60 20']);
});

describe('the log', () => {
  test('a message that failed has never been', () => {
    const events = log(
      [0, 'customer-message'],
      [10, by('human')],
      [20, 'customer-message'],
      [30, { type: 'message-failed', messageEventId: 'event-1' }],
    );
    expect(lines(events, 25)).toEqual(['first-reply#1 met 0 240 10', 'next-reply#1 running 20 260 -', 'resolution#1 running 0 2880 -']);
    expect(lines(events, 30)).toEqual(['first-reply#1 running 0 240 -', 'resolution#1 running 0 2880 -']);
  });

  test('simultaneous events apply in its order', () => {
    const reply: Short = [5, by('human')];
    const message: Short = [5, 'customer-message'];
    expect(only('next', lines(log([0, 'customer-message'], reply, message), 5))).toEqual(['next-reply#1 running 5 245 -']);
    expect(only('next', lines(log([0, 'customer-message'], message, reply), 5))).toEqual([]);
  });

  test('an opening that was written down late holds from the first message on', () => {
    const events = log(
      [0, 'customer-message'],
      [30, { type: 'opened', attributes: { ...PLAIN_ATTRIBUTES, tier: 'vip' }, isHeldByBot: false }],
    );
    expect(lines(events, 10)).toEqual(['first-reply#1 running 0 20 -']);
    expect(lines(events, 40)).toEqual(['first-reply#1 overdue 0 20 -']);
    expect(lines(events, -1)).toEqual([]);
  });

  test('every step names the event that caused it', () => {
    const events = log([0, 'note'], [60, status('pending')], [70, status('open')], [600, priority('high')], [610, status('solved')]);
    const [resolution] = evaluate(events, POLICIES, HOURS, minute(700));
    expect(resolution?.steps.map(({ kind, eventId, at }) => [kind, eventId, (at - START) / MINUTE_MS])).toEqual([
      ['started', 'event-0', 0],
      ['paused', 'event-1', 60],
      ['resumed', 'event-2', 70],
      ['tightened', 'event-3', 600],
      ['ended', 'event-4', 610],
    ]);
    expect(resolution).toMatchObject({
      countedFrom: minute(600),
      targetMs: 2 * HOUR_MS,
      policyId: 'standard',
      policyVersion: 1,
      priority: 'high',
    });
  });
});

describe('boundaries', () => {
  test('are half, four fifths, the due time, and what is just after it', () => {
    const at = (now: number) => {
      const found = nextBoundaryAt(
        evaluate(
          log([0, 'customer-message']),
          [policy({ targets: { ...policy().targets, normal: { 'first-reply': HOUR_MS } } })],
          HOURS,
          minute(now),
        ),
        minute(now),
      );
      return found === null ? null : (found - START) / MINUTE_MS;
    };
    expect([0, 29, 30, 48, 60].map(at)).toEqual([30, 30, 48, 60, 60 + 1 / 60_000]);
    expect(at(61)).toBeNull();
  });

  test('are walked to in open time', () => {
    const office = [
      policy({
        promise: { kind: 'calendars', calendarIds: ['office'] },
        targets: { ...policy().targets, normal: { 'first-reply': 10 * HOUR_MS } },
      }),
    ];
    // 10:00 in Berlin: five hours are used at 15:00, eight at 10:00 and ten at 12:00 of the next day
    const [first] = evaluate(log([0, 'customer-message']), office, HOURS, minute(0));
    expect([first?.halfAt, first?.fourFifthsAt, first?.dueAt]).toEqual([minute(300), minute(24 * 60), minute(26 * 60)]);
  });

  test('the next due clock is the earliest that still goes on', () => {
    const events = log([0, 'customer-message'], [1, status('pending')]);
    expect(nextDue(evaluate(events, POLICIES, HOURS, minute(300)))?.metric).toBe('first-reply');
    expect(nextDue(evaluate([...events, ...log([2, by('human')])], POLICIES, HOURS, minute(300)))).toBeNull();
  });
});

describe('time left', () => {
  const left = (events: readonly SlaEvent[], at: number, index = 0) => {
    const time = promisedTime({ kind: 'calendars', calendarIds: ['office'] }, HOURS);
    const instance = evaluate(events, [policy({ promise: { kind: 'calendars', calendarIds: ['office'] } })], HOURS, minute(at))[index];
    if (time === null || instance === undefined) throw new Error('no clock');
    return [(timeLeft(instance, time, minute(at)) ?? Number.NaN) / MINUTE_MS, usedShare(instance, time, minute(at))];
  };
  test('is open time, negative once overdue', () => {
    expect(left(log([0, 'customer-message']), 60)).toEqual([180, 0.25]);
    expect(left(log([0, 'customer-message']), 240 + 24 * 60)).toEqual([-480, 3]);
    expect(left(log([0, 'customer-message'], [60, by('human')]), 999)).toEqual([180, 0.25]);
  });
  test('stays as it is during a pause', () => {
    const paused = log([0, 'note'], [48, status('pending')]);
    expect(left(paused, 60)[0]).toBe(48 * 60 - 48);
    expect(left(paused, 6000)[0]).toBe(48 * 60 - 48);
  });
});

describe('properties', () => {
  const bodies: fc.Arbitrary<SlaEventBody> = fc.oneof(
    { weight: 5, arbitrary: fc.constant<SlaEventBody>({ type: 'customer-message' }) },
    { weight: 4, arbitrary: fc.constantFrom(by('human'), by('human'), by('bot'), by('auto')) },
    { weight: 4, arbitrary: fc.constantFrom(status('open'), status('pending'), status('hold'), status('solved')) },
    { weight: 4, arbitrary: fc.constantFrom(priority('low'), priority('normal'), priority('high'), priority('urgent')) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<SlaEventBody>(
        { type: 'attributes-changed', to: { tier: 'vip' } },
        { type: 'attributes-changed', to: { tier: 'standard' } },
        { type: 'policy-applied', policyId: 'standard', version: 2 },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<SlaEventBody>(
        { type: 'note' },
        { type: 'human-requested' },
        { type: 'no-reply-needed' },
        opened(true),
        opened(false),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.nat(12).map((index): SlaEventBody => ({ type: 'message-failed', messageEventId: `event-${String(index)}` })),
    },
  );
  const logs = fc
    .array(fc.tuple(fc.oneof(fc.nat(60), fc.nat(4000)), bodies), { minLength: 1, maxLength: 14 })
    .map((parts) =>
      log(...parts.filter(([, body], index) => body.type !== 'opened' || parts.findIndex((part) => part[1].type === 'opened') === index)),
    );
  const rules = fc.constantFrom(['always'], ['office'], ['never']).map((calendarIds) => [
    ...POLICIES.map((each): Policy => ({ ...each, promise: { kind: 'calendars', calendarIds } })),
    policy({
      version: 2,
      effectiveFrom: minute(500),
      targets: { ...policy().targets, normal: { 'first-reply': HOUR_MS, resolution: 3 * HOUR_MS } },
      pauseOn: ['hold', 'pending'],
    }),
  ]);
  const times = fc.nat(6000);

  test('the order of arrival plays no part', () => {
    fc.assert(
      fc.property(
        logs.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))),
        rules,
        times,
        ([events, shuffled], policies, at) => {
          expect(evaluate(shuffled, policies, HOURS, minute(at))).toEqual(evaluate(events, policies, HOURS, minute(at)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('event by event gives what all at once does, in any order and at any time', () => {
    fc.assert(
      fc.property(
        logs.chain((events) =>
          fc.tuple(fc.constant(events), fc.oneof(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))),
        ),
        rules,
        fc.array(times, { minLength: 20, maxLength: 20 }),
        fc.boolean(),
        ([, arriving], policies, asked, isSteady) => {
          const fold = new SlaFold(policies, HOURS);
          const known: SlaEvent[] = [];
          const moments = isSteady ? asked.toSorted((a, b) => a - b) : asked;
          arriving.forEach((event, index) => {
            fold.append(event);
            known.push(event);
            for (const at of [moments[index] ?? 0, (event.at - START) / MINUTE_MS]) {
              const now = minute(at);
              expect(fold.instances(now)).toEqual(evaluate(known, policies, HOURS, now));
              expect(fold.nextBoundaryAt(now)).toBe(nextBoundaryAt(evaluate(known, policies, HOURS, now), now));
            }
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a change of target never breaches in the same second', () => {
    fc.assert(
      fc.property(
        logs,
        rules,
        bodies.filter((body) => body.type === 'attributes-changed' || body.type === 'policy-applied'),
        times,
        (events, policies, change, at) => {
          const now = minute(at);
          const past = events.filter((event) => event.at <= now);
          const before = evaluate(past, policies, HOURS, now);
          const changed = [...past, { id: 'change', sequence: 99, at: now, body: change }];
          const overdue = (all: readonly Instance[]) => all.filter((each) => each.state === 'overdue' || each.state === 'breached').length;
          const later = instant(now + 1000);
          // what was due within that second anyway may be overdue after it
          const anyway = evaluate(past, policies, HOURS, later);
          expect(overdue(evaluate(changed, policies, HOURS, now))).toBe(overdue(before));
          expect(overdue(evaluate(changed, policies, HOURS, later))).toBeLessThanOrEqual(overdue(anyway));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('later is never better: what is breached stays breached, what has ended does not change', () => {
    fc.assert(
      fc.property(
        logs.map((events) => events.filter((event) => event.body.type !== 'message-failed')),
        rules,
        times,
        fc.nat(3000),
        (events, policies, at, more) => {
          const earlier = evaluate(events, policies, HOURS, minute(at));
          const later = evaluate(events, policies, HOURS, minute(at + more));
          const sameOf = (instance: Instance) => later.find((each) => each.metric === instance.metric && each.number === instance.number);
          const ended = earlier.filter((instance) => instance.endedAt !== null);
          expect(ended.map(sameOf)).toEqual(ended);
          const overdue = earlier.filter((instance) => instance.state === 'overdue').map((instance) => sameOf(instance)?.state);
          expect(overdue.filter((state) => state !== 'overdue' && state !== 'breached' && state !== 'waived')).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('nothing changes by itself between two boundaries', () => {
    fc.assert(
      fc.property(logs, rules, times, fc.double({ min: 0, max: 1, noNaN: true }), (events, policies, at, share) => {
        const now = minute(at);
        const known = events.filter((event) => event.at <= now);
        const boundary = nextBoundaryAt(evaluate(known, policies, HOURS, now), now);
        const until = boundary ?? instant(now + 1e9);
        const between = instant(now + Math.floor((until - 1 - now) * share));
        expect(evaluate(known, policies, HOURS, between)).toEqual(evaluate(known, policies, HOURS, now));
      }),
      { numRuns: 300 },
    );
  });
});
