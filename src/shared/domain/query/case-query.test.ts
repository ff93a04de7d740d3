import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../time.ts';
import { startOfDay } from '../time/zone.ts';
import { CASE_STATES, CASE_THINGS, CHOICES } from './case-query.ts';
import type { CaseQuery, Condition } from './case-query.ts';
import { formatCaseQuery } from './format-case-query.ts';
import { ownChoices, ownNamesOf } from './own-names.ts';
import { DEFAULT_RULES } from '../intake/checklist.ts';
import { formatDuration, parseDuration, resolveMoment } from './moment.ts';
import { parseCaseQuery, queryPartAt } from './parse-case-query.ts';

const PEOPLE = [
  { agentId: '01AGENTANA', name: 'Ana Silva' },
  { agentId: '01AGENTANB', name: 'Ana-Maria Ng' },
  { agentId: '01AGENTLI', name: '李明' },
];
const HOUR = 3_600_000;

function read(text: string): readonly Condition[] {
  const parsed = parseCaseQuery(text, PEOPLE);
  expect(parsed.problems).toEqual([]);
  return parsed.conditions;
}

describe('reading a query', () => {
  it('takes operators apart from the text to look for', () => {
    expect(parseCaseQuery('refund from:ana status:open,pending -label:spam "due:today" not:this', PEOPLE)).toEqual({
      conditions: [
        { field: 'from', not: false, values: ['ana'] },
        { field: 'status', not: false, values: ['open', 'pending'] },
        { field: 'label', not: true, values: ['spam'] },
      ],
      text: 'refund "due:today" not:this',
      problems: [],
    });
  });

  it.each(['status:open,,,', 'status:,open', 'status:open,,pending，', 'status:open,'])(
    'takes %s for its values, not for a word of commas',
    (typed) => {
      const { conditions, text, problems } = parseCaseQuery(`${typed} refund`, PEOPLE);
      expect({ text, problems }).toEqual({ text: 'refund', problems: [] });
      expect(conditions).toEqual([{ field: 'status', not: false, values: typed.includes('pending') ? ['open', 'pending'] : ['open'] }]);
    },
  );

  it('takes an operator with nothing but commas for one that is being written', () => {
    expect(parseCaseQuery('status:,,', PEOPLE)).toMatchObject({ conditions: [], text: '', problems: [{ code: 'empty' }] });
  });

  it('reads quoted values with spaces, commas and quotes, and values in any order of quotes', () => {
    expect(read('from:"Silva, Ana",bo subject:"say \\"hi\\""')).toEqual([
      { field: 'from', not: false, values: ['Silva, Ana', 'bo'] },
      { field: 'subject', not: false, values: ['say "hi"'] },
    ]);
  });

  it('reads due times ahead of now and ages back from it', () => {
    expect(read('due<2h due>1d12h due<-30m waiting>4h quiet<3d age>1w')).toEqual([
      { field: 'due', not: false, side: 'before', moment: { kind: 'offset', ms: 2 * HOUR } },
      { field: 'due', not: false, side: 'from', moment: { kind: 'offset', ms: 36 * HOUR } },
      { field: 'due', not: false, side: 'before', moment: { kind: 'offset', ms: -HOUR / 2 } },
      { field: 'waiting', not: false, side: 'before', moment: { kind: 'offset', ms: -4 * HOUR } },
      { field: 'updated', not: false, side: 'from', moment: { kind: 'offset', ms: -72 * HOUR } },
      { field: 'opened', not: false, side: 'before', moment: { kind: 'offset', ms: -168 * HOUR } },
    ]);
  });

  it('takes a duration without a sign as people mean it', () => {
    expect(read('due:2h')).toEqual(read('due<2h'));
    expect(read('waiting:4h')).toEqual(read('waiting>4h'));
  });

  it('reads days, months and years as ranges', () => {
    expect(read('on:2026-02')).toEqual([
      { field: 'updated', not: false, side: 'from', moment: { kind: 'date', date: '2026-02-01' } },
      { field: 'updated', not: false, side: 'before', moment: { kind: 'date', date: '2026-03-01' } },
    ]);
    expect(read('due:tomorrow')).toEqual([
      { field: 'due', not: false, side: 'from', moment: { kind: 'day', days: 1 } },
      { field: 'due', not: false, side: 'before', moment: { kind: 'day', days: 2 } },
    ]);
    expect(read('before:2026 after:7d')).toEqual([
      { field: 'updated', not: false, side: 'before', moment: { kind: 'date', date: '2026-01-01' } },
      { field: 'updated', not: false, side: 'from', moment: { kind: 'offset', ms: -168 * HOUR } },
    ]);
  });

  it('reads Chinese operators, values, colons and units', () => {
    expect(read('渠道：邮件 状态:未解决 等待>4小时 负责人:我')).toEqual(read('channel:email status:unsolved waiting>4h assignee:me'));
  });

  it('finds agents by a word of their name, and the exact one when there is one', () => {
    expect(read('assignee:ana')).toEqual([{ field: 'assignee', not: false, values: ['01AGENTANA', '01AGENTANB'] }]);
    expect(read('assignee:"ana silva",李明,nobody')).toEqual([
      { field: 'assignee', not: false, values: ['01AGENTANA', '01AGENTLI', 'nobody'] },
    ]);
  });

  it('says what it can not read, where it stands and why', () => {
    const typed = 'x status:opne assignee:zoe due<soon due: channel:fax';
    expect(parseCaseQuery(typed, PEOPLE).problems.map(({ code, start, end }) => [code, typed.slice(start, end)])).toEqual([
      ['unknown-value', 'status:opne'],
      ['unknown-person', 'assignee:zoe'],
      ['not-a-time', 'due<soon'],
      ['empty', 'due:'],
      ['unknown-value', 'channel:fax'],
    ]);
  });

  it('leaves addresses, links and times of the clock to the text', () => {
    const text = 'https://example.org/a:b at 10:30 mailto:ana@example.org a:b';
    expect(parseCaseQuery(text, PEOPLE)).toEqual({ conditions: [], text, problems: [] });
  });

  it('never throws, and every problem lies in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (typed) => {
        for (const { start, end } of parseCaseQuery(typed, PEOPLE).problems) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(typed.length);
        }
      }),
    );
  });
});

const word = fc
  .string({ minLength: 1, maxLength: 12 })
  .map((text) => text.replaceAll(/[\s\p{C}]/gu, ' ').trim())
  .filter((text) => text !== '');
const offset = fc.integer({ min: -5_000, max: 5_000 }).map((minutes) => ({ kind: 'offset' as const, ms: minutes * 60_000 }));
const day = fc.integer({ min: -400, max: 400 }).map((days) => ({ kind: 'day' as const, days }));
const date = fc
  .tuple(fc.integer({ min: 1990, max: 2090 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, of]) => ({
    kind: 'date' as const,
    date: `${year}-${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}`,
  }));
const choice = fc
  .constantFrom('channel' as const, 'status' as const, 'priority' as const, 'tier' as const, 'is' as const, 'has' as const)
  .chain((field) =>
    fc.tuple(fc.constant(field), fc.boolean(), fc.uniqueArray(fc.constantFrom(...(CHOICES[field] ?? [])), { minLength: 1 })),
  )
  .map(([field, not, values]): Condition => ({ field, not, values }));
const free = fc
  .tuple(
    fc.constantFrom('from' as const, 'subject' as const, 'label' as const),
    fc.boolean(),
    fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
  )
  .map(([field, not, values]): Condition => ({ field, not, values }));
const agent = fc
  .tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom('me', 'nobody', 'bot', ...PEOPLE.map((one) => one.agentId)), { minLength: 1 }))
  .map(([not, values]): Condition => ({ field: 'assignee', not, values }));
const ahead = fc
  .tuple(
    fc.constantFrom('due' as const, 'snoozed' as const),
    fc.boolean(),
    fc.constantFrom('before' as const, 'from' as const),
    fc.oneof(offset, day, date),
  )
  .map(([field, not, side, moment]): Condition => ({ field, not, side, moment }));
const back = fc
  .tuple(
    fc.constantFrom('waiting' as const, 'updated' as const, 'opened' as const),
    fc.boolean(),
    fc.constantFrom('before' as const, 'from' as const),
    fc.oneof(offset, day, date),
  )
  .map(([field, not, side, moment]): Condition => ({ field, not, side, moment }));
const anyQuery: fc.Arbitrary<CaseQuery> = fc.record({
  conditions: fc.array(fc.oneof(choice, free, agent, ahead, back), { maxLength: 8 }),
  text: fc.constantFrom('', 'refund', '退款 failed', '"two words" again'),
});

describe('writing a query', () => {
  it('writes what it reads as the same query', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const typed = formatCaseQuery(query, PEOPLE);
        expect(parseCaseQuery(typed, PEOPLE)).toEqual({ ...query, problems: [] });
      }),
    );
  });

  it('has a word for every flag and thing', () => {
    for (const value of CASE_STATES) expect(read(`is:${value}`)).toEqual([{ field: 'is', not: false, values: [value] }]);
    for (const value of CASE_THINGS) expect(read(`has:${value}`)).toEqual([{ field: 'has', not: false, values: [value] }]);
  });

  it('writes durations that it reads', () => {
    fc.assert(
      fc.property(offset, ({ ms }) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});

describe('what a team has made itself', () => {
  const custom = { labels: [], words: [], isActive: true } as const;
  const own = ownNamesOf({
    kinds: [
      ...DEFAULT_RULES.kinds.map((kind) => (kind.id === 'deposit' ? { ...kind, name: 'Top-up' } : kind)),
      { ...custom, id: 'own-1', name: 'Card dispute', items: [{ field: 'own-F2', isNeeded: true, name: 'Card, last "four"' }] },
      { ...custom, id: 'own-3', name: '商户入驻', items: [{ field: 'own-F4', isNeeded: true, name: '营业执照' }] },
      { ...custom, id: 'own-5', name: 'Deposit', items: [] },
      { ...custom, id: 'own-6', name: 'Left', isActive: false, items: [{ field: 'own-f7', isNeeded: true, name: 'Passport' }] },
    ],
  });
  const readOwn = (typed: string): readonly (readonly string[])[] => {
    const { conditions, problems } = parseCaseQuery(typed, PEOPLE, own);
    expect(problems).toEqual([]);
    return conditions.map((condition) => ('values' in condition ? condition.values : []));
  };

  it('is asked for by its name, or by the name that the team gave to what everybody has', () => {
    expect(readOwn('kind:"card DISPUTE",商户入驻,top-up kind:deposit')).toEqual([['own-1', 'own-3', 'deposit'], ['deposit']]);
    expect(readOwn('missing:营业执照,"Card, last \\"four\\"",anything,errorText')).toEqual([['own-f4', 'own-f2', 'anything', 'errortext']]);
    expect(parseCaseQuery('kind:dispute missing:card', PEOPLE, own).problems.map(({ code }) => code)).toEqual([
      'unknown-value',
      'unknown-value',
    ]);
  });

  it('is written so that it is read as the same, also when it is gone or called like something else', () => {
    const conditions: readonly Condition[] = [
      { field: 'kind', not: true, values: ['own-1', 'own-3', 'own-5', 'own-6', 'deposit', 'own-gone'] },
      { field: 'missing', not: false, values: ['own-f2', 'own-f4', 'own-f7', 'anything', 'transaction'] },
    ];
    const typed = formatCaseQuery({ conditions, text: '' }, PEOPLE, own);
    expect(typed).toContain('kind:"Card dispute",商户入驻,own-5,Left,deposit,own-gone');
    expect(parseCaseQuery(typed, PEOPLE, own)).toEqual({ conditions, text: '', problems: [] });
    // whoever does not know the names yet keeps what was meant
    expect(parseCaseQuery(formatCaseQuery({ conditions, text: '' }, PEOPLE), PEOPLE)).toEqual({ conditions, text: '', problems: [] });
  });

  it('is offered while it is used', () => {
    expect(ownChoices('kind', own).map(({ id }) => id)).toEqual(['own-1', 'own-3', 'own-5']);
    expect(ownChoices('missing', own).map(({ name }) => name)).toEqual(['Card, last "four"', '营业执照']);
  });
});

describe('moments', () => {
  it('are days of the zone of who asks, across a change of clocks', () => {
    // Clocks in Lisbon went back on 25 October 2026 at 02:00: that day has 25 hours.
    const asker = { now: instant(Date.parse('2026-10-25T22:30:00Z')), zone: 'Europe/Lisbon' };
    expect(resolveMoment({ kind: 'day', days: 0 }, asker)).toBe(Date.parse('2026-10-24T23:00:00Z'));
    expect(resolveMoment({ kind: 'day', days: 1 }, asker)).toBe(Date.parse('2026-10-26T00:00:00Z'));
    expect(resolveMoment({ kind: 'date', date: '2026-10-25' }, asker)).toBe(
      startOfDay('Europe/Lisbon', { year: 2026, month: 10, day: 25 }),
    );
    expect(resolveMoment({ kind: 'day', days: 0 }, { ...asker, zone: 'Asia/Singapore' })).toBe(Date.parse('2026-10-25T16:00:00Z'));
  });
});

describe('what stands at the caret', () => {
  it('tells a name that is begun from a value', () => {
    expect(queryPartAt('refund sta', 10)).toEqual({ operator: null, begun: 'sta', start: 7, end: 10 });
    expect(queryPartAt('-sta', 4)).toEqual({ operator: null, begun: 'sta', start: 1, end: 4 });
    expect(queryPartAt('status:open,pe x', 14)).toMatchObject({ operator: { field: 'status' }, begun: 'pe', start: 12, end: 14 });
    expect(queryPartAt('status:op,pending', 9)).toMatchObject({ begun: 'op', start: 7, end: 9 });
    expect(queryPartAt('assignee:"Ana S', 15)).toMatchObject({ operator: { field: 'assignee' }, begun: 'Ana S', start: 9, end: 15 });
    expect(queryPartAt('a  b', 2)).toBeNull();
  });
});

it('keeps asking for somebody who is not here any more, and for nobody else in their place', () => {
  const query: CaseQuery = { conditions: [{ field: 'assignee', not: false, values: ['agt_gone'] }], text: '' };
  const written = formatCaseQuery(query, PEOPLE);
  expect(written).toBe('assignee:agt_gone');
  expect(parseCaseQuery(written, PEOPLE)).toEqual({ ...query, problems: [] });
});
