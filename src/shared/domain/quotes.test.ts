import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitQuotedText, visibleText } from './quotes.ts';

const joined = (text: string): string =>
  splitQuotedText(text)
    .blocks.map((block) => block.text)
    .join('');
const kinds = (text: string): string[] =>
  splitQuotedText(text).blocks.map((block) => (block.kind === 'quote' ? `quote${String(block.depth)}` : block.kind));

describe('splitQuotedText', () => {
  it.each([
    ['Gmail', 'Thanks!\n\nOn Tue, Nov 24, 2026 at 10:00 AM Jo Doe <jo@example.com> wrote:\n\n> old\n> older\n'],
    ['Gmail, wrapped', 'Thanks!\n\nOn Tue, Nov 24, 2026 at 10:00 AM Jo Doe <jo@example.com>\nwrote:\n\n> old\n'],
    ['Gmail, wrapped twice', 'Thanks!\n\nOn Tue, Nov 24, 2026 at 10:00 AM\nJo Doe <jo@example.com>\nwrote:\n\n> old\n'],
    ['Apple Mail', 'Thanks!\n\n> On 24 Nov 2026, at 10:00, Jo <jo@example.com> wrote:\n> \n> old\n'],
    ['Thunderbird', 'Thanks!\n\nOn 24.11.26 10:00, Jo wrote:\n> old\n'],
    ['German', 'Thanks!\n\nAm 24.11.2026 um 10:00 schrieb Jo <jo@example.com>:\n> old\n'],
    ['German, Gmail', 'Thanks!\n\nJo <jo@example.com> schrieb am Di., 24. Nov. 2026, 10:00:\n\n> old\n'],
    ['Spanish', 'Thanks!\n\nEl mar, 24 nov 2026 a las 10:00, Jo (<jo@example.com>) escribió:\n\n> old\n'],
    ['French', 'Thanks!\n\nLe mar. 24 nov. 2026 à 10:00, Jo <jo@example.com> a écrit :\n\n> old\n'],
    ['Portuguese', 'Thanks!\n\nEm ter., 24 de nov. de 2026 às 10:00, Jo <jo@example.com>\nescreveu:\n\n> old\n'],
    ['Chinese, Gmail', 'Thanks!\n\nJo <jo@example.com> 于2026年11月24日周二 10:00写道：\n\n> old\n'],
    ['Chinese, 163', 'Thanks!\n\n在 2026-11-24 10:00:00，"Jo" <jo@example.com> 写道：\n\nold\nolder\n'],
    ['Traditional Chinese, Gmail', 'Thanks!\n\nJo <jo@example.com> 於 2026年11月24日 週二 上午10:00寫道：\n\n> old\n'],
    ['Japanese, Gmail', 'Thanks!\n\n2026年11月24日(火) 10:00 山田太郎 <jo@example.com>:\n\n> old\n'],
    ['Korean, Gmail', 'Thanks!\n\n2026년 11월 24일 (화) 오전 10:00, Jo <jo@example.com>님이 작성:\n\n> old\n'],
    ['Korean, Naver', 'Thanks!\n\n-----Original Message-----\nFrom: "Jo"<jo@example.com>\nTo: <a@example.com>\nSubject: Re\n\nold\n'],
    [
      'QQ',
      'Thanks!\n\n------------------ 原始邮件 ------------------\n发件人: "Jo" <jo@example.com>;\n发送时间: 2026年11月24日(星期二) 上午10:00\n收件人: "a"<a@example.com>;\n主题: 订单\n\nold\n',
    ],
    [
      '163 new',
      'Thanks!\n\n---- 回复的原邮件 ----\n发件人：Jo<jo@example.com>\n日期：2026年11月24日\n收件人：a@example.com\n主题：订单\n\nold\n',
    ],
    [
      'Outlook English',
      'Thanks!\n\nFrom: Jo <jo@example.com>\nSent: Tuesday, November 24, 2026 10:00\nTo: a@example.com\nSubject: Order\n\nold\n',
    ],
    [
      'Outlook with rule',
      'Thanks!\n\n________________________________\nFrom: Jo <jo@example.com>\nSent: Tuesday\nTo: a@example.com\nSubject: Order\n\nold\n',
    ],
    [
      'Outlook, blank lines between fields',
      'Thanks!\n\nFrom: Jo <jo@example.com>\n\nSent: Tuesday\n\nTo: a@example.com\n\nSubject: Order\n\nold\n',
    ],
    ['Outlook German', 'Thanks!\n\nVon: Jo <jo@example.com>\nGesendet: Dienstag\nAn: a@example.com\nBetreff: Bestellung\n\nold\n'],
    ['Outlook Japanese', 'Thanks!\n\n差出人: Jo <jo@example.com>\n送信日時: 2026年11月24日\n宛先: a@example.com\n件名: 注文\n\nold\n'],
    ['Outlook Korean', 'Thanks!\n\n보낸 사람: Jo <jo@example.com>\n보낸 날짜: 2026년\n받는 사람: a@example.com\n제목: 주문\n\nold\n'],
    ['Outlook Spanish', 'Thanks!\n\nDe: Jo <jo@example.com>\nEnviado el: martes\nPara: a@example.com\nAsunto: Pedido\n\nold\n'],
    ['Outlook French', 'Thanks!\n\nDe : Jo <jo@example.com>\nEnvoyé : mardi\nÀ : a@example.com\nObjet : Commande\n\nold\n'],
    [
      'Outlook Chinese',
      'Thanks!\n\n发件人: Jo <jo@example.com>\n发送时间: 2026年11月24日\n收件人: a@example.com\n抄送: b@example.com\n主题: 订单\n\nold\n',
    ],
    ['original message, German', 'Thanks!\n\n-----Ursprüngliche Nachricht-----\nVon: Jo\nGesendet: heute\nAn: a\nBetreff: x\n\nold\n'],
    [
      'forwarded by Gmail',
      'Thanks!\n\n---------- Forwarded message ---------\nFrom: Jo <jo@example.com>\nDate: Tue\nSubject: x\nTo: <a@example.com>\n\nold\n',
    ],
    [
      'forwarded by Apple',
      'Thanks!\n\nBegin forwarded message:\n\nFrom: Jo <jo@example.com>\nSubject: x\nDate: Tue\nTo: a@example.com\n\nold\n',
    ],
    ['with CRLF', 'Thanks!\r\n\r\nOn Tue, Nov 24, 2026 at 10:00 AM Jo <jo@example.com> wrote:\r\n\r\n> old\r\n'],
  ])('%s: only the answer is own', (_, text) => {
    expect(visibleText(text)).toBe('Thanks!');
    expect(joined(text)).toBe(text);
    expect(splitQuotedText(text).blocks.at(-1)?.kind).toBe('quote');
  });

  it('keeps an answer below the quote', () => {
    expect(visibleText('On 24.11.26 10:00, Jo wrote:\n> old\n> older\n\nThe answer is below.\n')).toBe('The answer is below.');
  });

  it('keeps answers between quotes', () => {
    const text = 'Jo wrote:\n> first?\nYes.\n\n> second?\n>> before\nNo.\n';
    expect(kinds(text)).toEqual(['attribution', 'quote1', 'own', 'quote1', 'quote2', 'own']);
    expect(visibleText(text)).toBe('Yes.\n\nNo.');
  });

  it.each([
    'I told him on Monday and he wrote: nothing.\nSo I ask again.',
    'On 24 November I wrote to you about this:\nmy order is missing.\nPlease help.',
    'Steps:\n1. Open the app\n2. Fails at 10:30\nThanks',
    'From: Berlin\nTo: Paris\nPlease change my ticket.',
    'To: everybody who reads this\nThis is a normal line.',
    'a\n--\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn',
    '客户写道：请处理\n我也这么想',
  ])('takes ordinary text for the sender’s own: %j', (text) => {
    expect(kinds(text)).toEqual(['own']);
  });

  it('separates signatures, above and below quotes', () => {
    expect(kinds('Hi\n-- \nJo\nBerlin\n')).toEqual(['own', 'signature']);
    expect(kinds('Hi\n--\nJo\n\nOn 24.11.26 10:00, Al wrote:\n> x\n')).toEqual(['own', 'signature', 'attribution', 'quote1']);
    expect(kinds('Hi\n\nSent from my iPhone\n\n> x\n')).toEqual(['own', 'signature', 'quote1']);
    for (const line of [
      '发自我的 iPhone',
      '發自我的 iPhone',
      'iPhoneから送信',
      '나의 iPhone에서 보냄',
      'Enviado desde mi iPhone',
      'Von meinem iPhone gesendet',
      'Envoyé de mon iPhone',
      'Enviado do meu iPhone',
    ]) {
      expect(visibleText(`Hi\n\n${line}\n`)).toBe('Hi');
    }
  });

  it('shows a mail that only forwards', () => {
    const text = '---------- Forwarded message ---------\nFrom: Jo <jo@example.com>\nDate: Tue\nSubject: x\n\nThe invoice.\n';
    expect(visibleText(text)).toContain('The invoice.');
  });

  it('loses nothing, whatever the text', () => {
    const piece = fc.constantFrom(
      '>',
      '> ',
      '>> a',
      '-- ',
      '--',
      'On 1/1/2026 10:00, a@b.c wrote:',
      'wrote:',
      'From: x',
      'Sent: y',
      'To: z',
      'Subject: q',
      '-----Original Message-----',
      '发件人：',
      '写道：',
      '________________',
      ' ',
      '\t',
      '\r',
      '\u2028',
      'text',
      '😀',
      '',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme' })), { maxLength: 60 }),
        fc.constantFrom('\n', '\r\n', '\n\n'),
        (lines, feed) => {
          const text = lines.join(feed);
          expect(joined(text)).toBe(text);
        },
      ),
    );
  });

  it('depth counts the signs', () => {
    expect(kinds('> a\n>> b\n> > > c\n')).toEqual(['quote1', 'quote2', 'quote3']);
  });

  it.each([
    ['attribution starts', 'On 1 On 1 On 1 '.repeat(5_000)],
    ['verbs', 'wrote: '.repeat(11_000)],
    ['colons on lines', 'On 1:\n'.repeat(14_000)],
    ['signs', '>'.repeat(80_000)],
    ['from fields', 'From: a\nSent: b\n'.repeat(5_000)],
    ['fields without sender', 'Sent: b\n'.repeat(10_000)],
    ['signatures', '-- \n'.repeat(20_000)],
    ['bare signatures', '--\n'.repeat(26_000)],
    ['rules', '__________\n'.repeat(7_000)],
    ['blank lines', ' \n'.repeat(40_000)],
    ['almost attributions', 'On 1, a wrote\n'.repeat(5_700)],
    ['addresses', 'a@b '.repeat(20_000)],
  ])('80 kB of %s take milliseconds', (_, text) => {
    splitQuotedText(text);
    const before = performance.now();
    splitQuotedText(text);
    // 50 ms are the aim; the margin is for a loaded machine, while anything quadratic takes seconds
    expect(performance.now() - before).toBeLessThan(2_500);
  });
});
