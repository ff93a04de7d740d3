import { describe, expect, test } from 'vitest';
import type { CaseEvent, CaseEventBody } from '../case.ts';
import { makeId } from '../ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../time.ts';
import { slaEventsOf } from './case-sla-events.ts';
import { evaluate } from './evaluate.ts';
import type { Policy } from './policy.ts';

/** What the clocks make of the bot's time, from the events of a case as they are in the log. */

const ALWAYS = [{ openMinute: 0, closeMinute: 1440 }];
const HOURS = [
  {
    id: 'always',
    name: 'always',
    versions: [
      {
        effectiveFrom: instant(0),
        zone: 'UTC',
        week: { mon: ALWAYS, tue: ALWAYS, wed: ALWAYS, thu: ALWAYS, fri: ALWAYS, sat: ALWAYS, sun: ALWAYS },
        exceptions: [],
      },
    ],
  },
];
const TARGETS = { 'first-reply': HOUR_MS, 'next-reply': HOUR_MS };
const POLICY: Policy = {
  id: 'p',
  version: 1,
  name: 'p',
  position: 0,
  effectiveFrom: instant(0),
  isActive: true,
  conditions: {},
  promise: { kind: 'calendars', calendarIds: ['always'] },
  targets: { low: TARGETS, normal: TARGETS, high: TARGETS, urgent: TARGETS },
  defaultPriority: 'normal',
  pauseOn: [],
  reopenWindowMs: HOUR_MS,
};

const START = Date.UTC(2026, 5, 1);
const minute = (count: number) => instant(START + count * MINUTE_MS);
const MEI = makeId('con', 'mei');
const ANA = makeId('agt', 'ana');
const ASKED = makeId('msg', 'asked');
const REPLY = makeId('msg', 'reply');

const opened: CaseEventBody = { type: 'case.opened', channel: 'chat', accountId: makeId('acc', 'a'), contactId: MEI, subject: '' };
const wrote = (at: number): CaseEventBody => ({
  type: 'case.messageReceived',
  messageId: makeId('msg', `m${String(at)}`),
  contactId: MEI,
  at: minute(at),
  auto: 'none',
  preview: '',
  subject: '',
});
const begun = (at: number): CaseEventBody => ({ type: 'case.botStarted', playbook: 'p', messageId: ASKED, at: minute(at) });
const ended = (at: number, reason: 'asked' | 'solved' | 'agent' = 'asked'): CaseEventBody => ({
  type: 'case.botEnded',
  reason,
  messageId: reason === 'agent' ? null : ASKED,
  at: minute(at),
});
const queued: CaseEventBody = { type: 'case.replyQueued', messageId: REPLY, outboxId: makeId('out', 'o'), preview: '' };
const sent = (at: number, auto?: 'bot'): CaseEventBody => ({
  type: 'case.replySent',
  messageId: REPLY,
  at: minute(at),
  ...(auto === undefined ? {} : { auto }),
});

/** Clocks by what was told at these minutes: metric, begin, state, end. */
function clocks(told: readonly (readonly [at: number, body: CaseEventBody, actor?: typeof ANA])[], now = 600): string[] {
  const events = told.map(([at, body, actor], index): CaseEvent => ({
    id: `evt_${String(index)}`,
    sequence: index + 1,
    isPending: false,
    hlc: '',
    epoch: 0,
    at: minute(at),
    actor: actor ?? null,
    body,
  }));
  const asMinute = (at: number | null): string => (at === null ? '-' : String((at - START) / MINUTE_MS));
  return evaluate(slaEventsOf(events), [POLICY], HOURS, minute(now)).map(
    ({ metric, startedAt, state, endedAt }) => `${metric} ${asMinute(startedAt)} ${state} ${asMinute(endedAt)}`,
  );
}

describe('while the bot has a conversation', () => {
  test('nobody owes a first reply, whatever the bot says', () => {
    // the channel's time counts, also when all of it is written down a minute later
    expect(
      clocks([
        [1, opened],
        [1, begun(0)],
        [1, wrote(0)],
        [2, sent(2, 'bot')],
        [5, wrote(5)],
      ]),
    ).toEqual([]);
  });

  test('it is owed from the moment in which a person is asked for', () => {
    expect(
      clocks(
        [
          [1, opened],
          [1, begun(0)],
          [1, wrote(0)],
          [6, wrote(5)],
          [6, ended(5)],
        ],
        10,
      ),
    ).toEqual(['first-reply 5 running -']);
    expect(
      clocks([
        [1, opened],
        [1, begun(0)],
        [1, wrote(0)],
        [6, ended(5)],
        [9, queued, ANA],
        [10, sent(10)],
      ]),
    ).toEqual(['first-reply 5 met 10']);
  });

  test('a person who simply answers settles it without a clock, and the next message starts the next reply', () => {
    const answered = [
      [0, opened],
      [0, begun(0)],
      [0, wrote(0)],
      [3, queued, ANA],
      [3, ended(3, 'agent'), ANA],
      [4, sent(4)],
    ] as const;
    expect(clocks(answered)).toEqual([]);
    expect(clocks([...answered, [8, wrote(8)]], 10)).toEqual(['next-reply 8 running -']);
  });

  test('an answer that never arrives settles nothing', () => {
    const taken = [
      [0, opened],
      [0, begun(0)],
      [0, wrote(0)],
      [3, queued, ANA],
      [3, ended(3, 'agent'), ANA],
    ] as const;
    expect(clocks([...taken, [7, { type: 'case.replyFailed', messageId: REPLY, reason: 'x' }]], 10)).toEqual(['first-reply 7 running -']);
    expect(clocks([...taken, [7, { type: 'case.replyCancelled', messageId: REPLY }, ANA]], 10)).toEqual(['first-reply 7 running -']);
    const bounced = { type: 'case.deliveryFailed', messageId: REPLY, recipient: null, diagnostic: '', permanent: true } as const;
    expect(clocks([...taken, [4, sent(4)], [9, bounced]], 10)).toEqual(['first-reply 9 running -']);
  });

  test('whoever takes it without answering owes it from then on, also where nobody tells that the bot let go', () => {
    const begin = [
      [0, opened],
      [0, begun(0)],
      [0, wrote(0)],
    ] as const;
    const claimed = { type: 'case.claimed', agentId: ANA } as const;
    expect(clocks([...begin, [4, claimed, ANA], [4, ended(4, 'agent'), ANA]], 10)).toEqual(['first-reply 4 running -']);
    expect(clocks([...begin, [4, claimed, ANA]], 10)).toEqual(['first-reply 4 running -']);
  });

  test('solving settles it, by a person as by the bot', () => {
    const begin = [
      [0, opened],
      [0, begun(0)],
      [0, wrote(0)],
    ] as const;
    const solved = { type: 'case.statusChanged', to: 'solved' } as const;
    expect(clocks([...begin, [4, solved, ANA], [4, ended(4, 'agent'), ANA]])).toEqual([]);
    expect(clocks([...begin, [4, ended(4, 'solved')], [4, solved]])).toEqual([]);
    expect(clocks([...begin, [4, ended(4, 'solved')], [4, solved], [9, wrote(9)]], 10)).toEqual(['next-reply 9 running -']);
  });

  test('giving a conversation back stops no clock that runs', () => {
    expect(
      clocks(
        [
          [0, opened],
          [0, wrote(0)],
          [3, { type: 'case.botStarted', playbook: 'p', messageId: null, at: minute(3) }, ANA],
        ],
        10,
      ),
    ).toEqual(['first-reply 0 running -']);
  });
});
