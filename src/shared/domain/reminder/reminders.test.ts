import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../case-actions.ts';
import type { CaseAction } from '../case-actions.ts';
import { CaseFold, projectCase } from '../case.ts';
import type { CaseEvent, CaseEventBody, CaseState } from '../case.ts';
import { makeId } from '../ids.ts';
import { HOUR_MS, instant } from '../time.ts';
import { followUpAt } from './follow-up.ts';
import { reminded } from './reminders.ts';

const at = (hour: number) => instant(Date.UTC(2026, 5, 1) + hour * HOUR_MS);
const ME = makeId('agt', 'me');
const ANA = makeId('agt', 'ana');
const FIRST = makeId('rem', 'one');
const SECOND = makeId('rem', 'two');

const OPENED: CaseEventBody = {
  type: 'case.opened',
  channel: 'email',
  accountId: makeId('acc', 'a'),
  contactId: makeId('con', 'c'),
  subject: '',
};
const wrote = (hour: number, preview = 'My deposit is missing'): CaseEventBody => ({
  type: 'case.messageReceived',
  messageId: makeId('msg', `in${String(hour)}`),
  contactId: makeId('con', 'c'),
  at: at(hour),
  auto: 'none',
  preview,
  subject: '',
});
const answered = (hour: number): CaseEventBody => ({
  type: 'case.replySent',
  messageId: makeId('msg', `out${String(hour)}`),
  at: at(hour),
});
const remind = (reminderId = FIRST, hour = 48, more: Partial<Extract<CaseEventBody, { type: 'reminder.set' }>> = {}): CaseEventBody => ({
  type: 'reminder.set',
  reminderId,
  at: at(hour),
  note: 'call the bank',
  forId: null,
  isForSilence: false,
  ...more,
});

function log(...timed: readonly (readonly [number, CaseEventBody])[]): readonly CaseEvent[] {
  return ([[0, OPENED], ...timed] as const).map(([hour, body], index) => ({
    id: `evt_${String(index)}`,
    sequence: index + 1,
    isPending: false,
    hlc: String(index).padStart(6, '0'),
    epoch: null,
    at: at(hour),
    actor: ME,
    body,
  }));
}
function fold(...timed: readonly (readonly [number, CaseEventBody])[]): CaseState {
  const state = projectCase(log(...timed));
  if (state === null) throw new Error('not opened');
  return state;
}
const idsOf = (state: CaseState) => (state.reminders ?? []).map((each) => each.reminderId);

test('reminders of a case stand by time, are moved under their id, cleared, and come back', () => {
  expect(fold([1, wrote(1)]).reminders).toBeUndefined();
  const two = [
    [1, remind(FIRST, 48)],
    [2, remind(SECOND, 24)],
  ] as const;
  expect(idsOf(fold(...two))).toEqual([SECOND, FIRST]);
  expect(idsOf(fold(...two, [3, remind(SECOND, 72)]))).toEqual([FIRST, SECOND]);
  expect(idsOf(fold(...two, [3, { type: 'reminder.cleared', reminderId: SECOND, as: 'done' }]))).toEqual([FIRST]);
  expect(idsOf(fold(...two, [3, { type: 'reminder.cleared', reminderId: SECOND, as: 'done' }], [4, remind(SECOND, 24)]))).toEqual([
    SECOND,
    FIRST,
  ]);
});

test('one for silence ends with what the customer writes, and with nothing else', () => {
  const quiet = [
    [1, wrote(1)],
    [2, remind(FIRST, 48, { isForSilence: true })],
    [2, remind(SECOND, 48)],
  ] as const;
  expect(idsOf(fold(...quiet, [5, answered(5)]))).toEqual([FIRST, SECOND]);
  expect(idsOf(fold(...quiet, [5, wrote(5)]))).toEqual([SECOND]);
  // a machine that answers for them breaks no silence
  expect(idsOf(fold(...quiet, [5, { ...wrote(5), auto: 'auto-reply' } as CaseEventBody]))).toEqual([FIRST, SECOND]);
  // what is fetched later and is older breaks none, either
  expect(idsOf(fold(...quiet, [5, wrote(0)]))).toEqual([FIRST, SECOND]);
  expect(idsOf(fold([2, remind(FIRST, 48, { isForSilence: true })], [5, wrote(5)]))).toEqual([]);
});

test('it is for a person, or for whoever answers for the case then', () => {
  expect(reminded({ forId: ANA, by: ME }, ME)).toBe(ANA);
  expect(reminded({ forId: null, by: ME }, ANA)).toBe(ANA);
  expect(reminded({ forId: null, by: ME }, null)).toBe(ME);
  expect(reminded({ forId: null, by: null }, null)).toBeNull();
});

test('24 hours without news: from their message, and from our last answer for who asks again; more asking moves nothing', () => {
  const due = (...timed: readonly (readonly [number, CaseEventBody])[]) => fold(...timed).followUpAt;
  expect(due([1, wrote(1)])).toBe(at(25));
  expect(due([1, wrote(1)], [9, wrote(9, 'any update??')])).toBe(at(25));
  expect(due([1, wrote(1)], [2, answered(2)])).toBeNull();
  const again = [
    [1, wrote(1)],
    [2, answered(2)],
    [10, wrote(10, 'I have sent the document')],
  ] as const;
  expect(due(...again)).toBe(at(34));
  expect(due(...again, [12, wrote(12, 'any update??')])).toBe(at(26));
  expect(due(...again, [12, wrote(12, 'any update??')], [14, wrote(14, 'hello?')])).toBe(at(26));
  // who asks again after a day of silence has heard nothing for a day
  expect(due(...again, [30, wrote(30, 'any update??')])).toBe(at(30));
  expect(due(...again, [30, wrote(30, 'any update??')], [31, answered(31)])).toBeNull();
  // a decision that no reply is needed is no news, but nothing waits any more
  expect(due(...again, [12, { type: 'case.noReplyNeeded' }])).toBeNull();
});

test('a follow-up is never due before they wait, nor later than a day after', () => {
  const hour = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(hour, hour, fc.option(hour), (since, asked, answer) => {
      const waitingSince = at(since);
      const due = followUpAt({
        waitingSince,
        firstAskedAt: at(since + asked),
        lastAnswerAt: answer === null ? null : at(Math.min(answer, since)),
      });
      expect(due).toBeGreaterThanOrEqual(waitingSince);
      expect(due).toBeLessThanOrEqual(at(since + 24));
    }),
  );
});

test('that no reply is needed counts until somebody replies, and is taken back with its reason', () => {
  const decided = fold([1, wrote(1)], [2, { type: 'case.noReplyNeeded', reason: 'thanks' }]);
  expect(decided).toMatchObject({ waitingSince: null, noReply: { eventId: 'evt_2', reason: 'thanks', by: ME, at: at(2) } });
  const back = decide(decided, { kind: 'reply-needed' }, ME);
  expect(back).toEqual({ events: [{ type: 'case.replyNeeded' }], inverse: [{ kind: 'no-reply-needed', reason: 'thanks' }] });
  const undone = fold([1, wrote(1)], [2, { type: 'case.noReplyNeeded', reason: 'thanks' }], [3, { type: 'case.replyNeeded' }]);
  expect(undone).toMatchObject({ waitingSince: at(1), noReply: null, followUpAt: at(25) });
  expect(decide(undone, { kind: 'reply-needed' }, ME).events).toEqual([]);
  // the next message waits for itself; taking it back would give the first one back
  const later = fold([1, wrote(1)], [2, { type: 'case.noReplyNeeded' }], [3, wrote(3)]);
  expect(later).toMatchObject({ waitingSince: at(3), noReply: { eventId: 'evt_2' } });
  expect(fold([1, wrote(1)], [2, { type: 'case.noReplyNeeded' }], [3, answered(3)]).noReply).toBeNull();
});

test('what a case sleeps for is kept, and given back by undo', () => {
  const asleep = fold([1, wrote(1)], [2, { type: 'case.snoozed', until: at(400), awaits: 'reply' }]);
  expect(asleep).toMatchObject({ snoozedUntil: at(400), snoozedFor: 'reply' });
  const wake = decide(asleep, { kind: 'wake' }, ME);
  expect(wake.inverse).toEqual([{ kind: 'snooze', until: at(400), awaits: 'reply' }]);
  const solve = decide(asleep, { kind: 'status', to: 'solved' }, ME);
  expect(solve.inverse).toEqual([
    { kind: 'status', to: 'open' },
    { kind: 'snooze', until: at(400), awaits: 'reply' },
  ]);
  expect(decide(asleep, { kind: 'snooze', until: at(9) }, ME)).toEqual({
    events: [{ type: 'case.snoozed', until: at(9) }],
    inverse: [{ kind: 'snooze', until: at(400), awaits: 'reply' }],
  });
  expect(fold([2, { type: 'case.snoozed', until: at(400), awaits: 'reply' }], [3, wrote(3)])).toMatchObject({
    snoozedUntil: null,
    snoozedFor: null,
  });
});

test('whatever is done to reminders, its inverse leads back', () => {
  const terms = fc.record({
    at: fc.integer({ min: 1, max: 400 }).map(at),
    note: fc.constantFrom('', 'look', 'call'),
    forId: fc.constantFrom(null, ME, ANA),
    isForSilence: fc.boolean(),
  });
  const id = fc.constantFrom(FIRST, SECOND);
  const action: fc.Arbitrary<CaseAction> = fc.oneof(
    fc.tuple(id, terms).map(([reminderId, each]): CaseAction => ({ kind: 'remind', reminderId, ...each })),
    fc.option(id).map((reminderId): CaseAction => ({ kind: 'clear-reminder', reminderId, as: 'done' })),
  );
  const bare = (state: CaseState | null) =>
    (state?.reminders ?? []).map(({ reminderId, at: when, note, forId, isForSilence }) => ({
      reminderId,
      when,
      note,
      forId,
      isForSilence,
    }));
  fc.assert(
    fc.property(fc.array(action, { maxLength: 6 }), action, (before, last) => {
      const events = [...log()];
      const run = (each: CaseAction): readonly CaseAction[] => {
        const state = projectCase(events);
        if (state === null) throw new Error('not opened');
        const { events: bodies, inverse } = decide(state, each, ME);
        for (const body of bodies) {
          const [opened] = events;
          if (opened !== undefined) events.push({ ...opened, id: `evt_${String(events.length)}`, sequence: events.length + 1, body });
        }
        return inverse;
      };
      for (const each of before) run(each);
      const stood = bare(new CaseFold(events).state);
      for (const each of run(last)) run(each);
      expect(bare(projectCase(events))).toEqual(stood);
    }),
  );
});
