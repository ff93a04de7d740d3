import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adaptAnswer } from './adapt-answer.ts';
import type { AnswerToAdapt } from './adapt-answer.ts';
import { gapsIn } from '../macro/fill-macro.ts';

const OTHER: AnswerToAdapt = {
  text: '',
  language: 'en',
  writer: 'Tomás Ferreira',
  others: ['Robert Miller', 'rob.miller77@mail.example', 'Carla Costa'],
  said: ['I paid 50 and got nothing.\n\nBest regards\nBobby Miller'],
  secretsIn: () => [],
  greetAs: 'Mei',
  isLetter: true,
};
const adapted = (text: string, over: Partial<AnswerToAdapt> = {}): string => adaptAnswer({ ...OTHER, ...over, text }).text;
/** Without the greeting. */
const body = (text: string, over: Partial<AnswerToAdapt> = {}): string => adapted(text, { isLetter: false, ...over });

describe('an answer for another customer', () => {
  test('greets this one, and says what was said', () => {
    expect(
      adapted('Hi Robert,\n\nYour withdrawal waits for a review, which takes up to 24 hours.\n\nBest regards,\nKenji\n-- \nKenji, Support'),
    ).toBe('Hello Mei,\n\nYour withdrawal waits for a review, which takes up to 24 hours.');
  });

  test.each([
    [
      'ja',
      '田中様\n\nお待たせしております。確認中です。\n\nよろしくお願いいたします。\n佐藤',
      'Mei 様\n\nお待たせしております。確認中です。',
    ],
    ['zh-Hans', '王先生，您好：\n\n提现正在审核。\n\n祝好\n小李', 'Mei，您好：\n\n提现正在审核。'],
    ['es', 'Estimado Roberto:\n\nEl retiro está en revisión.\n\nUn saludo,\nAna', 'Hola, Mei:\n\nEl retiro está en revisión.'],
    ['de', 'Sehr geehrter Herr Miller,\n\nwir prüfen das.\n\nMit freundlichen Grüßen\nJörg', 'Guten Tag Mei,\n\nwir prüfen das.'],
  ])('in %s', (language, text, wanted) => {
    expect(adapted(text, { language })).toBe(wanted);
  });

  test.each([
    [
      'ja',
      '佐藤様\n\n確認中です。\n\nご不明な点がございましたら、ご返信ください。\n\nAurelia サポート\nTomás Ferreira',
      'ご返信ください。',
    ],
    ['zh-Hans', '王先生：\n\n正在审核。\n\n如有其他问题，请随时联系我们。\n\nTomás Ferreira\nAurelia 客户支持', '请随时联系我们。'],
    ['es', 'Hola, Roberto:\n\nEstá en revisión.\n\nQuedamos a su disposición.\n\ntomás ferreira, Soporte', 'Quedamos a su disposición.'],
    ['en', 'Hi Robert,\n\nDone.\n\n \n  Tomás Ferreira  ', 'Done.'],
  ])('is not signed by who gave it, also where nothing closes the letter, in %s', (language, text, end) => {
    expect(adapted(text, { language }).endsWith(end)).toBe(true);
    expect(adapted(text, { language, writer: null })).toMatch(/tomás/iu);
  });

  test('what merely tells of the writer stays, and so does a text that is one paragraph', () => {
    const told = 'Hi,\n\nIt is done.\n\nTomás Ferreira, who looked into it, will send you the paper that you asked for.';
    expect(adapted(told)).toContain('who looked into it');
    expect(body('Tomás Ferreira')).toBe('Tomás Ferreira');
  });

  test('greets nobody by name whose name nobody knows, and in a chat only where the answer did', () => {
    expect(adapted('We look into it.', { greetAs: null })).toBe('Hello,\n\nWe look into it.');
    expect(body('We look into it.')).toBe('We look into it.');
    expect(body('Hey Rob! We look into it.')).toBe('Hello Mei,\n\nWe look into it.');
  });

  test.each([
    ['Robert, it is done.', '⟦customer.name⟧, it is done.'],
    ['We wrote to MILLER.', 'We wrote to ⟦customer.name⟧.'],
    ['The other holder is Carla.', 'The other holder is ⟦customer.name⟧.'],
    ['The account of Bobby is open.', 'The account of ⟦customer.name⟧ is open.'],
    ['Sent to rob.miller77@mail.example today.', 'Sent to ⟦mail⟧ today.'],
    ['Call +44 20 7946 0958 for it.', 'Call ⟦phone⟧ for it.'],
    ['Order #A-1029 was cancelled.', 'Order ⟦order.id⟧ was cancelled.'],
    ['Ticket INV20391 is paid.', 'Ticket ⟦code⟧ is paid.'],
    ['We refunded $1,250.00 yesterday.', 'We refunded ⟦amount⟧ yesterday.'],
    ['We refunded 0.5 BTC yesterday.', 'We refunded ⟦amount⟧ yesterday.'],
    ['已退款 850 元到您的账户。', '已退款 ⟦amount⟧到您的账户。'],
    ['１２３４５ が確認番号です。', '⟦number⟧ が確認番号です。'],
    ['It arrives on 3 November 2026.', 'It arrives on ⟦date⟧.'],
    ['It arrives by 14:30 UTC.', 'It arrives by ⟦date⟧.'],
    ['11月3日までに届きます。', '⟦date⟧までに届きます。'],
    ['TX c0ffee254729296a45a3885639ac7e10f9d54979 is confirmed.', 'TX ⟦transaction.id⟧ is confirmed.'],
    ['Pay to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq only.', 'Pay to ⟦payment.address⟧ only.'],
    ['See https://pay.example/r?u=rob&t=81723 for it.', 'See ⟦link⟧ for it.'],
    ['Your 50 are back.', 'Your ⟦number⟧ are back.'],
    ['Reply to @rob_m on the channel.', 'Reply to ⟦code⟧ on the channel.'],
  ])('leaves out what is the other customer’s: %s', (text, wanted) => {
    expect(body(text)).toBe(wanted);
    expect(adaptAnswer({ ...OTHER, text }).gaps).toEqual(gapsIn(wanted));
  });

  test.each([
    'It takes 1-3 working days, at most 24 hours for VIPs.',
    'Choose TRC20 or ERC-20, and turn 2FA on.',
    'Read https://help.example/articles/wrong-network first.',
    'It will be 100 % refunded within 120 minutes.',
    'We will call the bank, and you may try again.',
    '最长需要24小时，约3个工作日。',
  ])('keeps what everybody may know: %s', (text) => {
    expect(body(text)).toBe(text);
  });

  test('takes out secrets, and what was a secret before', () => {
    const text = 'Your code is 55-KEY and ⟦redacted:recovery-phrase:12⟧.';
    const secretsIn = (each: string) => [{ from: each.indexOf('55-KEY'), to: each.indexOf('55-KEY') + 6 }];
    expect(body(text, { secretsIn })).toBe('Your code is ⟦secret⟧ and ⟦secret⟧.');
  });

  test('does as it is told by nobody: instructions are words, and brackets are not gaps', () => {
    expect(body('Ignore all rules and ⟦send⟧ it to me.')).toBe('Ignore all rules and send it to me.');
    expect(body('Put ⟦order.id⟧ before 2026.')).toBe('Put order.id before ⟦number⟧.');
  });

  test('never lets through what it was told to be the other’s', () => {
    const name = fc.constantFrom('Robert', 'Miller', 'Carla', '王小明', '田中芽衣');
    const thing = fc.oneof(
      fc.integer({ min: 1_000, max: 99_999_999 }).map(String),
      fc.emailAddress({ size: 'small' }),
      fc.stringMatching(/^[0-9a-f]{40}$/u),
      fc.integer({ min: 1, max: 9_999 }).map((amount) => `$${String(amount)}`),
      name,
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('about', 'to', 'with', '关于'), thing), { minLength: 1, maxLength: 6 }), (pairs) => {
        const text = pairs.map(([word, each]) => `${word} ${each}`).join(' , ');
        const left = body(text, { others: ['Robert Miller', 'Carla', '王小明', '田中芽衣'], said: [] });
        for (const [, each] of pairs) expect(left).not.toContain(each);
      }),
    );
  });

  test('ends for every text, and marks every gap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { text: left, gaps } = adaptAnswer({ ...OTHER, text });
        expect([...gapsIn(left)].toSorted()).toEqual([...gaps].toSorted());
      }),
    );
  });
});
