import { describe, expect, it } from 'vitest';
import { headerOf, rawMail, type MailFields } from '../../../../../test/mail-server/mail-fields.ts';
import { instant } from '../../../../shared/domain/time.ts';
import type { NormalizedMessage } from '../../../../shared/domain/message.ts';
import { parseMail } from './mime/parse-mail.ts';
import { nativeKeyOf } from './native-key.ts';
import { normalizeMail, tokensIn, type MailPlace } from './normalize-mail.ts';
import { outgoingMail } from './outgoing-mail.ts';
import { partialSource, readableParts } from './partial-source.ts';
import { makeId } from '../../../../shared/domain/ids.ts';

const account = { address: 'Support@Team.test', name: 'Team Support', plusAddressing: true };
const receivedAt = instant(Date.UTC(2026, 10, 24));

function normalized(fields: MailFields, place: Partial<MailPlace> = {}): NormalizedMessage {
  const raw = rawMail(fields);
  return normalizeMail(parseMail(raw), { raw, receivedAt, seen: false, inSentFolder: false, warnings: [], ...place }, account);
}

describe('a normalised mail', () => {
  it('names its ids as headers do, and its people in lower case', () => {
    const message = normalized({
      from: 'Casey <Casey@Example.TEST>',
      messageId: '<Own@example.test>',
      references: ['<a@x>', '<b@x>'],
      inReplyTo: '<b@x>',
    });
    expect(message.from).toEqual({ address: 'casey@example.test', name: 'Casey' });
    expect(message.thread).toEqual({ tokens: [], ownKey: '<Own@example.test>', parentKeys: ['<a@x>', '<b@x>'] });
    expect(message.direction).toBe('in');
  });

  it('takes the time of arrival where the sender gives none', () => {
    const raw = Buffer.from(
      rawMail({})
        .toString()
        .replace(/^Date: .*\r\n/mu, ''),
    );
    expect(headerOf(raw, 'Date')).toBeNull();
    expect(normalizeMail(parseMail(raw), { raw, receivedAt, seen: true, inSentFolder: false, warnings: [] }, account).sentAt).toBe(
      receivedAt,
    );
  });

  it('is ours in the folder of sent mail; elsewhere our address is a claim, and shown as one', () => {
    expect(normalized({ from: 'support@team.test' }, { inSentFolder: true })).toMatchObject({ direction: 'out', warnings: [] });
    expect(normalized({ from: 'SUPPORT@team.test', to: 'casey@example.test' })).toMatchObject({
      direction: 'out',
      warnings: ['claims-own-address'],
    });
    expect(normalized({ from: 'alias@team.test' }, { inSentFolder: true }).direction).toBe('out');
  });

  it('finds tokens wherever our plus-address stands, and only ours', () => {
    expect(normalized({ to: 'support+t_Case1.abc@team.test', cc: 'x@y.test' }).thread.tokens).toEqual(['case1.abc']);
    expect(normalized({ headers: { 'Delivered-To': 'support+t_case2.abc@team.test' } }).thread.tokens).toEqual(['case2.abc']);
    expect(
      tokensIn(
        ['support+t_a@evil.test', 'other+t_a@team.test', 'support+t_@team.test', 'support+x@team.test', 'support+t_b@TEAM.test'],
        'support@team.test',
      ),
    ).toEqual(['b']);
  });
});

describe('the native key', () => {
  const mail = { messageId: 'a@x', bodyFingerprint: 'f', from: { name: 'C', address: 'C@x' }, sentAt: 5, subject: 's' };

  it('is the message id and the body; sender, date and subject without an id', () => {
    expect(nativeKeyOf(mail)).toBe(nativeKeyOf({ ...mail, from: null, sentAt: 6, subject: 'other' }));
    expect(nativeKeyOf(mail)).not.toBe(nativeKeyOf({ ...mail, bodyFingerprint: 'g' }));
    expect(nativeKeyOf(mail)).not.toBe(nativeKeyOf({ ...mail, messageId: 'b@x' }));
    const nameless = { ...mail, messageId: null };
    expect(nativeKeyOf(nameless)).toBe(nativeKeyOf({ ...nameless, from: { name: 'Other', address: 'c@X' } }));
    for (const other of [{ sentAt: 6 }, { subject: 't' }, { from: null }, { bodyFingerprint: 'g' }]) {
      expect(nativeKeyOf({ ...nameless, ...other })).not.toBe(nativeKeyOf(nameless));
    }
  });
});

describe('an outgoing mail', () => {
  const message = {
    outboxId: makeId('out', 'one'),
    clientKey: '<m.one@team.test>',
    subject: 'Re: Hello',
    to: [{ address: 'casey@example.test', name: 'Casey' }],
    cc: [{ address: 'Casey@Example.test', name: '' }],
    text: 'Hello',
    parentKeys: ['<a@x>', '<b@x>'],
    threadToken: 'case1.abc',
    attachments: [],
    writtenAt: receivedAt,
  };

  it('carries the client key as its id, the thread, and the token where the mailbox can take it', async () => {
    const { raw, recipients, from } = await outgoingMail(account, message);
    expect([headerOf(raw, 'Message-ID'), headerOf(raw, 'References'), headerOf(raw, 'In-Reply-To')]).toEqual([
      '<m.one@team.test>',
      '<a@x> <b@x>',
      '<b@x>',
    ]);
    expect(headerOf(raw, 'Reply-To')).toContain('<Support+t_case1.abc@team.test>');
    expect([from, recipients]).toEqual(['Support@Team.test', ['Casey@Example.test']]);
    expect(headerOf((await outgoingMail({ ...account, plusAddressing: false }, message)).raw, 'Reply-To')).toBeNull();
    expect(headerOf((await outgoingMail(account, { ...message, threadToken: null })).raw, 'Reply-To')).toBeNull();
  });
});

describe('a mail too large to fetch', () => {
  it('keeps its headers and the parts that a person reads', () => {
    const text = { part: '1.1', type: 'text/plain', parameters: { charset: 'utf-8' }, encoding: '8bit' };
    const html = { part: '1.2', type: 'text/html', parameters: { charset: 'utf-8' }, encoding: 'base64' };
    const file = { part: '2', type: 'text/plain', disposition: 'attachment' };
    const tree = {
      type: 'multipart/mixed',
      childNodes: [{ part: '1', type: 'multipart/alternative', childNodes: [text, html] }, file, { part: '3', type: 'video/mp4' }],
    };
    const parts = readableParts(tree);
    expect(parts.map(({ key }) => key)).toEqual(['1.1', '1.2']);
    const headers = Buffer.from(
      'Subject: Film\r\nContent-Type: multipart/mixed;\r\n boundary="x"\r\nMessage-ID: <film@x>\r\nMIME-Version: 1.0\r\n\r\n',
    );
    const bodies = [Buffer.from('Schöne Grüße'), Buffer.from(Buffer.from('<p>Schöne Grüße</p>').toString('base64'))];
    const raw = partialSource(
      headers,
      parts.map(({ node }, index) => ({ node, body: bodies[index] ?? Buffer.alloc(0) })),
    );
    const parsed = parseMail(raw);
    expect(parsed).toMatchObject({ subject: 'Film', messageId: 'film@x', attachments: [] });
    expect(parsed.html).toContain('Schöne Grüße');
    expect(parsed.text).toContain('Schöne Grüße');
    expect(readableParts({ type: 'text/plain' })).toHaveLength(1);
  });
});

describe('the time that counts', () => {
  const DAY = 24 * 60 * 60 * 1000;
  const stamp = (at: number) => ({
    Received: `from mx.example.test by mail.team.test; ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
  });

  it('is that of our server, however wrong the clock of the sender is', () => {
    const message = normalized({ sentAt: Date.UTC(1999, 0, 1), headers: stamp(receivedAt - 5_000) });
    expect(message.receivedAt).toBe(receivedAt);
  });

  it('is that of the old server where the mailbox was moved, and else that of the sender', () => {
    const before = receivedAt - 300 * DAY;
    expect(normalized({ sentAt: before - 9_000, headers: stamp(before) }).receivedAt).toBe(before);
    expect(normalized({ sentAt: before }).receivedAt).toBe(before);
    expect(normalized({ sentAt: before, headers: { Received: 'by mail.team.test; some day' } }).receivedAt).toBe(before);
    expect(normalized({ sentAt: receivedAt - DAY }).receivedAt).toBe(receivedAt);
  });
});

it('is from a customer when our own website sends it to us with our own address', () => {
  const form = normalized({ from: 'support@team.test', to: 'support@team.test', headers: { 'Reply-To': 'mei@customer.test' } });
  expect(form).toMatchObject({ direction: 'in', warnings: ['claims-own-address'], replyTo: [{ address: 'mei@customer.test' }] });
  const copy = normalized({ from: 'support@team.test', to: 'mei@customer.test' });
  expect(copy).toMatchObject({ direction: 'out', warnings: ['claims-own-address'] });
});

it('lists no machine-readable report of a bounce among the files', () => {
  const boundary = 'b';
  const raw = Buffer.from(
    [
      'From: MAILER-DAEMON@mx.test',
      'To: support@team.test',
      'Subject: Undelivered Mail Returned to Sender',
      'Date: Tue, 24 Nov 2026 00:00:00 +0000',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain',
      '',
      'It failed.',
      `--${boundary}`,
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.test',
      '',
      'Final-Recipient: rfc822; gone@customer.test',
      'Action: failed',
      'Status: 5.1.1',
      '',
      `--${boundary}`,
      'Content-Type: message/rfc822',
      '',
      'Subject: What we wrote',
      '',
      'Hello',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
  const message = normalizeMail(parseMail(raw), { raw, receivedAt, seen: false, inSentFolder: false, warnings: [] }, account);
  expect(message.bounce).toMatchObject({ recipient: 'gone@customer.test', permanent: true });
  expect(message.attachments.map((each) => each.embedded?.subject)).toEqual(['What we wrote']);
});
