import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../time.ts';
import { fillMacro, firstGap, firstName, gapsIn, MACRO_VARIABLES, unknownVariables } from './fill-macro.ts';
import type { MacroFacts, MacroFormats } from './fill-macro.ts';

const NOW = instant(Date.UTC(2026, 10, 29, 12));
const FORMATS: MacroFormats = {
  time: (at, zone) => `time ${at} ${zone}`,
  dayAndTime: (at, zone) => `day ${at} ${zone}`,
  date: (at, zone) => `date ${at} ${zone}`,
};
const KNOWN: MacroFacts = {
  now: NOW,
  customerName: 'Mei Tanaka',
  customerZone: 'Asia/Tokyo',
  agentName: 'Ana',
  subject: 'Withdrawal',
  promiseAt: instant(Date.UTC(2026, 10, 29, 16)),
  orderId: '12345',
  transactionId: 'c0ffee',
};
const NOTHING: MacroFacts = {
  now: NOW,
  customerName: null,
  customerZone: null,
  agentName: null,
  subject: null,
  promiseAt: null,
  orderId: null,
  transactionId: null,
};

describe('a text with variables', () => {
  test('says what is known of the case, on the clock of the customer', () => {
    const text = 'Dear {{customer.firstName}} ({{ customer.name }}), {{order.id}}/{{transaction.id}}: by {{promise.time}}. {{agent.name}}';
    expect(fillMacro(text, KNOWN, FORMATS)).toEqual({
      text: `Dear Mei (Mei Tanaka), 12345/c0ffee: by day ${Date.UTC(2026, 10, 29, 16)} Asia/Tokyo. Ana`,
      gaps: [],
    });
  });

  test('has a gap where something is not known, or where nobody knows the variable', () => {
    expect(fillMacro('{{order.id}} {{order.id}} {{foo.bar}} {{}} {{customer.name', NOTHING, FORMATS)).toEqual({
      text: '⟦order.id⟧ ⟦order.id⟧ ⟦foo.bar⟧ ⟦?⟧ ⟦?⟧customer.name',
      gaps: ['order.id', 'foo.bar', '?'],
    });
  });

  test('does not take for a gap what was taken out of a message, which may be quoted', () => {
    expect(gapsIn('> ⟦redacted:recovery-phrase:12⟧')).toEqual([]);
    expect(fillMacro('{{redacted:recovery-phrase:12}}', KNOWN, FORMATS)).toEqual({ text: '⟦?⟧', gaps: ['?'] });
  });

  test('promises no time on a clock that is not the customer’s', () => {
    expect(fillMacro('{{promise.time}}', { ...KNOWN, customerZone: null }, FORMATS).gaps).toEqual(['promise.time']);
  });

  test('does not read what customers call themselves', () => {
    expect(fillMacro('{{customer.name}}', { ...KNOWN, customerName: '{{agent.name}} ⟦x⟧' }, FORMATS)).toEqual({
      text: '{{agent.name}} x',
      gaps: [],
    });
  });

  test('never keeps braces of its own, and names every gap, whatever is written', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '{{', '}}', '{{{', ' ', '\n', '⟦', '⟧', 'customer.name'),
      fc.string({ maxLength: 5 }),
      fc.constantFrom(...MACRO_VARIABLES).map((name) => `{{${name}}}`),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { text, gaps } = fillMacro(pieces.join(''), NOTHING, FORMATS);
        expect(text).not.toMatch(/\{\{|\}\}/u);
        expect(gapsIn(text)).toEqual(gaps);
        expect(firstGap(text) === null).toBe(gaps.length === 0);
      }),
    );
  });

  test('is as it was where it has no variables', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/\{\{|\}\}|⟦|⟧/u.test(text));
        expect(fillMacro(text, KNOWN, FORMATS)).toEqual({ text, gaps: [] });
      }),
    );
  });

  test('is whole exactly when its variables are known and their values are', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MACRO_VARIABLES, 'nobody.knows'), { minLength: 1, maxLength: 8 }), (names) => {
        const text = names.map((name) => `{{${name}}}`).join(' ');
        const unknown = names.filter((name) => name === 'nobody.knows').slice(0, 1);
        expect(unknownVariables(text)).toEqual(unknown);
        expect(fillMacro(text, KNOWN, FORMATS).gaps).toEqual(unknown);
      }),
    );
  });
});

test.each([
  ['{{customer.name}}, {{foo}}', ['foo']],
  ['{{customer.name}', ['{{']],
  ['{ "json": {} }', []],
  ['ends }} here', ['}}']],
])('what nobody knows in %s', (text, unknown) => {
  expect(unknownVariables(text)).toEqual(unknown);
});

test.each([
  ['Mei Tanaka', 'Mei'],
  ['Tanaka, Mei', 'Mei'],
  ['田中 芽衣', '田中 芽衣'],
  ['王小明', '王小明'],
  ['김민수', '김민수'],
  ['J. R. Hartley', 'J. R. Hartley'],
  ['mei@example.test', null],
  ['  ', null],
  [null, null],
])('the first name of %s', (name, first) => {
  expect(firstName(name)).toBe(first);
});
