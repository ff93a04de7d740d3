import { describe, expect, test } from 'vitest';
import { prefilledPacket, severityOf, snippet } from './handoff-packet.ts';
import type { PacketFacts } from './handoff-packet.ts';
import { handoffWords } from './handoff-words.ts';
import { missingOf } from '../../../shared/domain/handoff/packet.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import { after, HOUR_MS, instant } from '../../../shared/domain/time.ts';

/** A Tuesday, 12:00 UTC. */
const NOW = instant(Date.UTC(2026, 10, 24, 12));

const FACTS: PacketFacts = {
  now: NOW,
  subject: 'Re: Fwd: Withdrawal is stuck',
  status: 'open',
  snoozedUntil: null,
  isVip: false,
  waitingSince: after(NOW, -HOUR_MS),
  preview: 'Any news?',
  lastMessageAt: after(NOW, -HOUR_MS),
  lastDirection: 'in',
  failedReplies: 0,
  dueAt: after(NOW, 20 * HOUR_MS),
  runwayMs: HOUR_MS,
  nextAt: after(NOW, HOUR_MS),
  promises: [],
  reminders: [],
  said: [],
};

function promised(hours: number): CustomerPromise {
  const dueAt = after(NOW, hours * HOUR_MS);
  return {
    promiseId: makeId('prm', String(hours)),
    text: 'We will call you back',
    zone: 'Asia/Tokyo',
    dueAt,
    dueLocal: { year: 2026, month: 11, day: 24, hour: 12, minute: 0, second: 0 },
    madeAt: NOW,
    madeBy: null,
    messageId: null,
    source: 'typed',
    toldAt: NOW,
    ownerId: null,
    state: 'open',
    settlement: null,
  };
}

describe('a packet that is filled in', () => {
  const words = handoffWords('en');

  test('tells what the customer has told, and what is missing', () => {
    const intake = {
      known: [
        { field: 'network', value: 'TRC20' },
        { field: 'transaction', value: 'a'.repeat(64) },
      ],
      missing: ['address', 'Bank'],
    };
    expect(prefilledPacket({ ...FACTS, intake }, words).state).toContain(
      `Known: network TRC20; transaction ID ${'a'.repeat(44)}. Missing: public address, Bank.`,
    );
    expect(prefilledPacket({ ...FACTS, intake }, handoffWords('zh-CN')).state).toContain('缺少：公开地址、Bank。');
    expect(prefilledPacket({ ...FACTS, intake: { known: [], missing: [] } }, words).state).not.toContain('Known');
  });

  test('of a stable case lacks nothing', () => {
    const packet = prefilledPacket(FACTS, words);
    expect(missingOf(packet, [])).toEqual([]);
    expect(packet).toMatchObject({
      severity: 'stable',
      goal: 'Withdrawal is stuck',
      state: 'Open. The customer has waited since Tue 24 Nov, 11:00 UTC: “Any news?”',
      actions: [{ what: 'Answer the customer: “Any news?”', dueAt: FACTS.dueAt }],
      waitingOn: [],
      ifThen: [],
      isSituationPlain: false,
    });
  });

  test('names every promise, and puts what is due first to the front', () => {
    const packet = prefilledPacket({ ...FACTS, promises: [promised(30), promised(3), { ...promised(1), state: 'kept' }] }, words);
    expect(packet.severity).toBe('watcher');
    expect(packet.promises.map((each) => each.promiseId)).toEqual([makeId('prm', '30'), makeId('prm', '3')]);
    expect(packet.actions.map((each) => each.dueAt)).toEqual([after(NOW, 3 * HOUR_MS), FACTS.dueAt, after(NOW, 30 * HOUR_MS)]);
    expect(missingOf(packet, [])).toEqual([{ part: 'situation', field: 'if-then' }]);
  });

  test('brings the reminders along, with what to think of', () => {
    const at = after(NOW, HOUR_MS);
    const packet = prefilledPacket(
      {
        ...FACTS,
        reminders: [
          { at, note: 'call the bank' },
          { at, note: '' },
        ],
      },
      words,
    );
    expect(packet.actions).toEqual(
      expect.arrayContaining([
        { what: 'Reminder: call the bank', dueAt: at },
        { what: 'Look at the case again: there is a reminder', dueAt: at },
      ]),
    );
  });

  test('tells what was tried and what came of it', () => {
    const said = [
      { kind: 'in', text: 'It is stuck' },
      { kind: 'out', text: 'Please send the reference' },
      { kind: 'in', text: 'It is 4711\n> Please send the reference' },
      { kind: 'note', text: 'Asked payments' },
      { kind: 'out', text: 'We are looking into it' },
    ] as const;
    const packet = prefilledPacket({ ...FACTS, waitingSince: null, lastDirection: 'out', status: 'pending', said }, words);
    expect(packet.tried).toEqual([
      { what: 'Replied: “Please send the reference”', result: 'Customer: “It is 4711”' },
      { what: 'Note: Asked payments', result: '' },
      { what: 'Replied: “We are looking into it”', result: 'No answer yet' },
    ]);
    expect(packet.actions).toEqual([{ what: 'Answer when the customer writes', dueAt: FACTS.dueAt }]);
    expect(packet.waitingOn).toEqual(['The customer’s answer']);
  });

  test('is written in the language of its sender', () => {
    const packet = prefilledPacket({ ...FACTS, subject: '', waitingSince: null, status: 'hold', preview: '' }, handoffWords('zh-CN'));
    expect(packet).toMatchObject({ goal: '客户请求协助', state: '暂停中。', waitingOn: ['团队之外的一方'] });
  });
});

test('how bad a case is follows from what is due and who is there', () => {
  const at = (change: Partial<PacketFacts>): string => severityOf({ ...FACTS, ...change });
  expect(at({})).toBe('stable');
  expect(at({ dueAt: null })).toBe('stable');
  expect(at({ dueAt: NOW })).toBe('critical');
  expect(at({ promises: [promised(0)] })).toBe('critical');
  expect(at({ isVip: true })).toBe('watcher');
  expect(at({ isVip: true, dueAt: after(NOW, 7 * HOUR_MS), runwayMs: 0 })).toBe('critical');
  expect(at({ isVip: true, dueAt: after(NOW, 9 * HOUR_MS), runwayMs: 0 })).toBe('watcher');
  expect(at({ dueAt: after(NOW, 7 * HOUR_MS), runwayMs: 0 })).toBe('watcher');
  expect(at({ dueAt: after(NOW, 2 * HOUR_MS), nextAt: after(NOW, 3 * HOUR_MS) })).toBe('watcher');
});

test('a snippet is one line, ends at a word, and counts characters', () => {
  expect(snippet('a\n> b\n c')).toBe('a c');
  expect(snippet('word '.repeat(40))).toMatch(/^(?:word )+word…$/u);
  expect([...snippet('请'.repeat(300))]).toHaveLength(111);
});
