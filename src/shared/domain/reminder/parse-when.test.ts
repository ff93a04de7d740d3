import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, MINUTE_MS } from '../time.ts';
import { nextMorning, nextWorkingMorning, offsetFace, zoneFace } from './clock-face.ts';
import { LONGEST_AHEAD_MS, parseWhen } from './parse-when.ts';

const at = (iso: string) => instant(Date.parse(iso));
/** Wednesday, 11:20 in Berlin. */
const NOW = at('2026-05-06T09:20:00Z');
const BERLIN = zoneFace('Europe/Berlin');

function read(text: string, now = NOW, face = BERLIN): string | null {
  const found = parseWhen(text, now, face);
  return found === null ? null : new Date(found.at).toISOString().replace(':00.000Z', 'Z');
}

describe('a time as people type it', () => {
  test.each([
    ['90m', '2026-05-06T10:50Z'],
    ['3h', '2026-05-06T12:20Z'],
    ['1h30m', '2026-05-06T10:50Z'],
    ['1h 30m', '2026-05-06T10:50Z'],
    ['in 2 days', '2026-05-08T09:20Z'],
    ['1w', '2026-05-13T09:20Z'],
    ['半小时', '2026-05-06T09:50Z'],
    ['3小时后', '2026-05-06T12:20Z'],
    ['两天后', '2026-05-08T09:20Z'],
    ['fri 9', '2026-05-08T07:00Z'],
    ['Friday at 9:30', '2026-05-08T07:30Z'],
    ['friday', '2026-05-08T07:00Z'],
    ['wed 14', '2026-05-06T12:00Z'],
    ['wed 9', '2026-05-13T07:00Z'],
    ['next mon', '2026-05-11T07:00Z'],
    ['next fri 5pm', '2026-05-15T15:00Z'],
    ['next week', '2026-05-11T07:00Z'],
    ['tomorrow', '2026-05-07T07:00Z'],
    ['tomorrow 14:30', '2026-05-07T12:30Z'],
    ['tomorrow afternoon', '2026-05-07T12:00Z'],
    ['today 17:00', '2026-05-06T15:00Z'],
    ['9am', '2026-05-07T07:00Z'],
    ['5pm', '2026-05-06T15:00Z'],
    ['12am', '2026-05-06T22:00Z'],
    ['9am tomorrow', '2026-05-07T07:00Z'],
    ['17:05', '2026-05-06T15:05Z'],
    ['dec 24', '2026-12-24T08:00Z'],
    ['24 dec 18:00', '2026-12-24T17:00Z'],
    ['may 5', '2027-05-05T07:00Z'],
    ['2026-12-24', '2026-12-24T08:00Z'],
    ['2026-12-24 18:30', '2026-12-24T17:30Z'],
    ['2026-12-24T18:30', '2026-12-24T17:30Z'],
    ['明天 9点', '2026-05-07T07:00Z'],
    ['明天9点半', '2026-05-07T07:30Z'],
    ['后天下午3点', '2026-05-08T13:00Z'],
    ['周五', '2026-05-08T07:00Z'],
    ['下周一', '2026-05-11T07:00Z'],
    ['下周一上午十点', '2026-05-11T08:00Z'],
    ['星期天晚上8点', '2026-05-10T18:00Z'],
    ['下午三点', '2026-05-06T13:00Z'],
    ['12月24日', '2026-12-24T08:00Z'],
    ['明天 ９点', '2026-05-07T07:00Z'],
    ['tonight', '2026-05-06T16:00Z'],
    ['Tonight 8', '2026-05-06T18:00Z'],
    ['tonight at 8:30', '2026-05-06T18:30Z'],
    ['tonight 8pm', '2026-05-06T18:00Z'],
    ['tonight 21:15', '2026-05-06T19:15Z'],
    ['this afternoon', '2026-05-06T12:00Z'],
    ['this evening', '2026-05-06T16:00Z'],
    ['今晚', '2026-05-06T16:00Z'],
    ['今晚8点', '2026-05-06T18:00Z'],
    ['今晚上八点半', '2026-05-06T18:30Z'],
    ['明晚9点', '2026-05-07T19:00Z'],
    ['明早', '2026-05-07T07:00Z'],
    ['明早8点', '2026-05-07T06:00Z'],
    ['1 jan 2027', '2027-01-01T08:00Z'],
    ['Jan 1st, 2027 10:00', '2027-01-01T09:00Z'],
    ['may 5 2028', '2028-05-05T07:00Z'],
    ['2027年1月1日', '2027-01-01T08:00Z'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  test.each([
    '',
    '9',
    'soon',
    '3',
    'friday 25',
    'fri 9:75',
    '13pm',
    'today 9',
    '本周一',
    '0m',
    '2026-02-30',
    '2020-01-01',
    '9999d',
    '2039-01-01',
    'monkey',
    '3hx',
  ])('%s is none', (text) => expect(read(text)).toBeNull());

  test('is read on the clock that was chosen', () => {
    expect(read('fri 9', NOW, zoneFace('Asia/Shanghai'))).toBe('2026-05-08T01:00Z');
    expect(read('fri 9', NOW, offsetFace(-300))).toBe('2026-05-08T14:00Z');
    // it is Thursday there already
    expect(read('thu 9', at('2026-05-06T20:00:00Z'), zoneFace('Asia/Shanghai'))).toBe('2026-05-07T01:00Z');
  });

  test('in an hour that the clocks skip or show twice it says so', () => {
    const march = at('2026-03-27T12:00:00Z');
    expect(parseWhen('2026-03-29 2:30', march, BERLIN)).toMatchObject({ at: at('2026-03-29T01:30:00Z'), kind: 'gap' });
    const october = at('2026-10-24T12:00:00Z');
    expect(parseWhen('2026-10-25 2:30', october, BERLIN)).toMatchObject({ at: at('2026-10-25T00:30:00Z'), kind: 'overlap' });
    // nine o'clock stays nine o'clock
    expect(read('tomorrow', at('2026-03-28T12:00:00Z'))).toBe('2026-03-29T07:00Z');
  });

  test.each([
    ['3h call the bank', 'call the bank'],
    ['fri 9: Ask for the hash', 'Ask for the hash'],
    ['明天9点 打电话', '打电话'],
    ['明天9点打电话', '打电话'],
    ['tomorrow - look again', 'look again'],
    ['3h', ''],
  ])('%s leaves what is to be thought of', (text, rest) => expect(parseWhen(text, NOW, BERLIN)?.rest).toBe(rest));

  test('whatever is typed, it is between a minute and two years ahead, or nothing', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '3',
            '9',
            'h',
            'm',
            ' ',
            'fri',
            'next',
            'tomorrow',
            ':30',
            'pm',
            '明天',
            '下周',
            '一',
            '点',
            '半',
            '-',
            '2026',
            '12',
            'dec',
            '99',
          ),
          { maxLength: 8 },
        ),
        fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'),
        (parts, zone) => {
          const found = parseWhen(parts.join(''), NOW, zoneFace(zone));
          if (found === null) return;
          expect(found.at).toBeGreaterThanOrEqual(NOW + MINUTE_MS);
          expect(found.at).toBeLessThanOrEqual(NOW + LONGEST_AHEAD_MS);
        },
      ),
    );
  });
});

test('a morning is nine o clock there, at least a minute ahead, and a working one no weekend', () => {
  const iso = (when: number): string => new Date(when).toISOString();
  expect(iso(nextMorning(BERLIN, at('2026-05-06T06:58:00Z')))).toBe('2026-05-06T07:00:00.000Z');
  expect(iso(nextMorning(BERLIN, at('2026-05-06T06:59:30Z')))).toBe('2026-05-07T07:00:00.000Z');
  expect(iso(nextWorkingMorning(BERLIN, at('2026-05-08T09:00:00Z')))).toBe('2026-05-11T07:00:00.000Z');
  // Friday evening in Berlin is Saturday in Auckland
  expect(iso(nextWorkingMorning(zoneFace('Pacific/Auckland'), at('2026-05-08T18:00:00Z')))).toBe('2026-05-10T21:00:00.000Z');
});
