import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMail } from './parse-mail.ts';
import type { ParsedMail } from './parsed-mail.ts';
import { DEFAULT_AUTO_REPLY_RULES, decideAutoReply } from '../../../../../shared/domain/promise/auto-reply.ts';
import { instant } from '../../../../../shared/domain/time.ts';

const bounceOf = (name: string) =>
  parseMail(readFileSync(resolve(import.meta.dirname, '../../../../../../test/fixtures/mail/bounce', name)));
const mail = (headers: string, body = 'Hello') =>
  parseMail(Buffer.from(`From: Jo <jo@customer.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n${headers}\r\n\r\n${body}`));

/** What the rules make of a mail to us that came a moment ago, from what the parser found in it. */
function isAnswered(parsed: ParsedMail): boolean {
  if (parsed.answerHints === null) return false;
  const message = { ...parsed.answerHints, auto: parsed.auto, recipients: ['us@team.example'], receivedAt: instant(0) };
  const history = { ownAddresses: ['us@team.example'], lastToContactAt: null, sentInCase: 0 };
  return decideAutoReply(message, history, instant(1), DEFAULT_AUTO_REPLY_RULES).kind === 'send';
}

describe('delivery reports', () => {
  it('of Postfix name recipient, reason and the mail they are about', () => {
    const { auto, bounce, deliveredTo, returnPath } = bounceOf('postfix-dsn.eml');
    expect({ auto, deliveredTo, returnPath }).toEqual({
      auto: 'bounce',
      deliveredTo: ['support+v_9f2c@team.example'],
      returnPath: '',
    });
    expect(bounce).toEqual({
      action: 'failed',
      originalMessageId: 'reply-1@team.example',
      originalSubject: 'Re: 订单',
      recipients: [
        {
          address: 'nobody@customer.example',
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <nobody@customer.example>: Recipient address rejected: User unknown',
        },
      ],
      structured: true,
    });
  });

  it('that only announce a delay are told apart', () => {
    const { bounce } = bounceOf('postfix-delayed.eml');
    expect([bounce?.action, bounce?.originalMessageId, bounce?.recipients.map(({ address, status }) => [address, status])]).toEqual([
      'delayed',
      'reply-2@team.example',
      [
        ['slow@customer.example', '4.4.1'],
        ['other@customer.example', '4.4.1'],
      ],
    ]);
  });

  it('of qmail are read out of prose', () => {
    const { auto, bounce } = bounceOf('qmail-prose.eml');
    expect(auto).toBe('bounce');
    expect(bounce).toEqual({
      action: 'failed',
      originalMessageId: 'reply-3@team.example',
      originalSubject: 'Re: Lost parcel',
      recipients: [
        {
          address: 'gone@customer.example',
          action: 'failed',
          status: '5.1.1',
          diagnostic: 'Sorry, no mailbox here by that name. (#5.1.1)',
        },
      ],
      structured: false,
    });
  });

  it('of Exim name their recipients in a header', () => {
    const { bounce } = bounceOf('exim.eml');
    expect(bounce?.originalMessageId).toBe('reply-4@team.example');
    expect(bounce?.recipients).toEqual([
      { address: 'a@customer.example', action: 'failed', status: '5.2.2', diagnostic: 'mailbox is full: retry timeout exceeded 552 5.2.2' },
      { address: 'b@customer.example', action: 'failed', status: null, diagnostic: null },
    ]);
  });

  it.each([
    ['a customer writing about one', 'Subject: Undelivered Mail Returned to Sender - what does this mean?'],
    ['a forwarded one', 'Subject: Fwd: failure notice\r\nContent-Type: message/rfc822'],
    ['a vacation reply', 'Return-Path: <>\r\nAuto-Submitted: auto-replied\r\nSubject: Out of office'],
    ['a notification from nobody', 'Return-Path: <>\r\nSubject: Your invoice'],
    [
      'a read confirmation',
      'Return-Path: <>\r\nSubject: Read: Order\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=x',
    ],
  ])('are not seen in %s', (_, headers) => {
    expect(mail(headers).bounce).toBeNull();
  });
});

describe('automatic mail', () => {
  it.each([
    ['', 'none', true],
    ['Auto-Submitted: no', 'none', true],
    ['X-Auto-Response-Suppress: OOF, AutoReply', 'none', false],
    ['X-Loop: us', 'none', false],
    ['Auto-Submitted: auto-replied', 'auto-reply', false],
    ['Auto-Submitted: auto-replied (vacation)', 'auto-reply', false],
    ['Precedence: auto_reply', 'auto-reply', false],
    ['X-Autoreply: yes', 'auto-reply', false],
    ['Return-Path: <>\r\nSubject: Automatic reply: Order', 'auto-reply', false],
    ['Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSNOiDorqLljZU=?=\r\nPrecedence: bulk', 'auto-reply', false],
    ['Subject: Out of office chairs - where is my order?', 'none', true],
    ['List-Id: <news.example>', 'list', false],
    ['Precedence: bulk', 'list', false],
    ['List-Unsubscribe: <mailto:x@y>', 'list', false],
    ['Auto-Submitted: auto-generated', 'auto-generated', false],
    ['Return-Path: <>', 'auto-generated', false],
  ])('with %j is %s', (headers, auto, mayBeAnswered) => {
    const parsed = mail(headers === '' ? 'Subject: x' : headers);
    expect([parsed.auto, isAnswered(parsed)]).toEqual([auto, mayBeAnswered]);
  });

  it('from a robot is known by its address', () => {
    expect(parseMail(Buffer.from('From: no-reply@shop.example\r\n\r\nx')).auto).toBe('auto-generated');
    expect(parseMail(Buffer.from('From: noreen@shop.example\r\n\r\nx')).auto).toBe('none');
  });
});
