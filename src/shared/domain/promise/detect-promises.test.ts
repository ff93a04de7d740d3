import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHINESE_ROWS } from '../../../../test/promise/chinese-rows.ts';
import { TUESDAY, outcome, quoted, wallInstant, writtenAt } from '../../../../test/promise/detection.ts';
import { ENGLISH_ROWS } from '../../../../test/promise/english-rows.ts';
import { JAPANESE_ROWS } from '../../../../test/promise/japanese-rows.ts';
import { SPANISH_ROWS } from '../../../../test/promise/spanish-rows.ts';
import { openTimeOf } from '../time/open-time.ts';
import { instant } from '../time.ts';
import { MOST_PROMISES, detectPromises } from './detect-promises.ts';

describe.each([
  ['English', ENGLISH_ROWS],
  ['Chinese', CHINESE_ROWS],
  ['Japanese', JAPANESE_ROWS],
  ['Spanish and Portuguese', SPANISH_ROWS],
])('promises in %s', (_language, rows) => {
  test.each(rows)('$text', (row) => {
    const { expected, found } = outcome(row);
    expect(found).toEqual(expected);
  });
});

describe('what is told of a promise', () => {
  test.each([
    [
      'Hi Kim,\n\nThanks. We will reply by 14:00 your time tomorrow. Bye',
      'We will reply by 14:00 your time tomorrow.',
      'by 14:00 your time tomorrow',
    ],
    ['谢谢！我们会在今天下午三点前回复您。祝好', '我们会在今天下午三点前回复您。', '今天下午三点前'],
    ['お世話になっております。明日の午前中までにご連絡いたします。', '明日の午前中までにご連絡いたします。', '明日の午前中までに'],
    [
      'Hola. Le responderemos antes de las 15:00, hora de Madrid. Gracias',
      'Le responderemos antes de las 15:00, hora de Madrid.',
      'antes de las 15:00, hora de Madrid',
    ],
    ['> by 12:00?\nWe will reply within 2 hours.', 'We will reply within 2 hours.', 'within 2 hours'],
  ])('%j', (text, sentence, time) => {
    const [promise] = detectPromises(text, TUESDAY);
    expect(promise === undefined ? null : [text.slice(promise.from, promise.to), quoted(text, promise)]).toEqual([sentence, time]);
  });

  test.each([
    ['We will reply by 14:00 your time.', 'high', ['stated-zone', 'clock']],
    ['We will reply within 24 hours.', 'high', ['customer-zone', 'length']],
    ['We will reply tomorrow morning.', 'medium', ['customer-zone', 'day-part']],
    ['We will reply by Friday.', 'medium', ['customer-zone', 'whole-day']],
    ['We will reply before Friday.', 'medium', ['customer-zone', 'whole-day', 'day-left-out']],
    ['We will reply in two business days.', 'medium', ['customer-zone', 'business-days', 'ordinary-week']],
    ['We will reply at 09:00.', 'medium', ['customer-zone', 'clock', 'next-day']],
    ['We will reply by 3:00.', 'medium', ['customer-zone', 'clock', 'chosen-half']],
    ['We will reply within 2 to 3 hours.', 'medium', ['customer-zone', 'length', 'later-end']],
    ['We will reply by 09:00 our time tomorrow.', 'high', ['writer-zone', 'clock']],
    ['We will try to reply by 14:00 UTC tomorrow.', 'low', ['stated-zone', 'clock', 'hedged']],
    ['We will reply by 23:00 IST.', 'low', ['unclear-zone', 'clock']],
    ['We will reply by next Friday.', 'low', ['customer-zone', 'earlier-reading', 'whole-day']],
    ['We will reply in a couple of hours.', 'low', ['customer-zone', 'length', 'vague-amount']],
    ['We will reply by 3/12.', 'low', ['customer-zone', 'earlier-reading', 'whole-day']],
  ])('%s', (text, sureness, reasons) => {
    expect(detectPromises(text, TUESDAY)).toMatchObject([{ sureness, reasons }]);
  });

  test('letters that several zones use are those of the customer or the writer', () => {
    const dueAt = (customerZone: string, writerZone: string) =>
      detectPromises('We will reply by 18:00 IST tomorrow.', { ...TUESDAY, customerZone, writerZone })[0]?.dueAt;
    expect(dueAt('Asia/Kolkata', 'Europe/Dublin')).toBe(wallInstant('Asia/Kolkata', '2026-11-25T18:00'));
    expect(dueAt('Europe/Lisbon', 'Europe/Dublin')).toBe(wallInstant('Europe/Dublin', '2026-11-25T18:00'));
  });

  test('business days are those of the calendar', () => {
    const windows = [{ openMinute: 8 * 60, closeMinute: 16 * 60 }];
    const week = { sun: windows, mon: windows, tue: windows, wed: windows, thu: windows };
    const thanksgiving = { date: { year: 2026, month: 11, day: 26 }, windows: [] };
    const versions = [{ effectiveFrom: instant(0), zone: 'America/New_York', week, exceptions: [thanksgiving] }];
    const businessHours = openTimeOf([{ id: 'cal', name: 'Cal', versions }]);
    const due = (text: string) => detectPromises(text, { ...TUESDAY, businessHours })[0]?.dueAt;
    // Tuesday: Wednesday, then Thursday is a holiday, Friday and Saturday are closed
    expect(due('We will reply in two business days.')).toBe(wallInstant('America/New_York', '2026-11-29T16:00'));
    expect(due('We will reply within 8 business hours.')).toBe(wallInstant('America/New_York', '2026-11-25T10:20'));
  });

  test('of what happens twice that day, the occurrence that is not past counts', () => {
    const second = instant(wallInstant('America/New_York', '2026-11-01T00:59') + 91 * 60_000);
    const [promise] = detectPromises('We will reply by 01:45.', {
      ...writtenAt('America/New_York', '2026-11-01T00:00'),
      writtenAt: second,
    });
    expect(promise?.dueAt).toBe(second + 15 * 60_000);
  });

  test('a list of promises is read to its limit', () => {
    expect(detectPromises('We will reply by 14:00. I will call you tomorrow at 9:30.', TUESDAY)).toHaveLength(2);
    expect(detectPromises('We will reply by 14:00. '.repeat(200), TUESDAY)).toHaveLength(MOST_PROMISES);
  });
});

const ALL_ROWS = [...ENGLISH_ROWS, ...CHINESE_ROWS, ...JAPANESE_ROWS, ...SPANISH_ROWS];
const PIECES = [
  ALL_ROWS.map((row) => row.text),
  [
    'we will reply ',
    'by ',
    '14:00 ',
    'tomorrow ',
    '会',
    '前',
    '回复您',
    'までに',
    'ご連絡いたします',
    'mañana ',
    ' a las ',
    '\n',
    '> ',
    '. ',
    '?',
    '１７：００',
    'İ',
    '👍🏽',
    '9',
    '31',
    '/',
    'IST ',
  ],
].flat();

test('ranges lie within the text, times are not before the writing, and the customer’s clock tells them', () => {
  const zones = fc.constantFrom('America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'Europe/Lisbon');
  const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      text,
      zones,
      zones,
      fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
      (written, customerZone, writerZone, at) => {
        const promises = detectPromises(written, { ...TUESDAY, customerZone, writerZone, writtenAt: instant(at) });
        const wrong = promises.filter(
          ({ from, to, timeFrom, timeTo, dueAt }) =>
            !(0 <= from && from <= timeFrom && timeFrom < timeTo && timeTo <= to && to <= written.length && dueAt >= at),
        );
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
});

test.each([
  'we will reply by 14:00 ',
  'we will reply within within 1 - 1 - 1 ',
  'will reply 1 2 3 4 5 6 7 8 9 ',
  'we will reply new york new york time ',
  'we will reply 1/2/3/4/5/6 ',
  '1',
  'a',
  ' ',
  '我们会在今天下午三点前回复您，',
  '我会复时间复时间二十二十',
  '明日の午前中までにご連絡いたします、',
  '連絡しますカタカナカタカナ時間',
  'le responderemos remosremosremos las las ',
  'responderemos até as 14h ',
  'hora de la madre hora de responderemos 1 ',
  '. ? ! ',
])('100 kB of %j take no time to speak of', (piece) => {
  const text = piece.repeat(Math.ceil(100_000 / piece.length));
  const begin = performance.now();
  detectPromises(text, TUESDAY);
  // a pattern that backtracks takes minutes; how busy the machine is makes a factor of ten
  expect(performance.now() - begin).toBeLessThan(3_000);
});
