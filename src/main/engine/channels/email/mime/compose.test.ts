import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visibleText } from '../../../../../shared/domain/quotes.ts';
import { languages } from '../../../../../shared/domain/language.ts';
import { composeReply } from './compose.ts';
import type { OutgoingMail } from './compose.ts';
import { extractAttachment, parseMail } from './parse-mail.ts';
import { quoteOriginal } from './quote-original.ts';

const reply: OutgoingMail = {
  from: { name: 'Support 支持', address: 'support@team.example' },
  to: [{ name: 'Jo "JD" Doe, Jr.', address: 'jo@customer.example' }],
  cc: [{ name: '', address: 'cc@customer.example' }],
  replyTo: { name: 'Support', address: 'support+t_abc@team.example' },
  subject: 'Re: 订单 – Größe',
  text: 'Hello Jo,\r\n\n您好\n> quoted \nend',
  inReplyTo: 'm1@customer.example',
  references: ['m0@customer.example'],
  messageId: 'reply-1@team.example',
  date: Date.UTC(2026, 10, 24, 9),
  attachments: [],
};

describe('composeReply', () => {
  it('writes what the parser reads', async () => {
    const mail = parseMail(await composeReply(reply));
    expect(mail).toMatchObject({
      messageId: 'reply-1@team.example',
      inReplyTo: ['m1@customer.example'],
      references: ['m0@customer.example', 'm1@customer.example'],
      from: reply.from,
      to: reply.to,
      cc: reply.cc,
      replyTo: [reply.replyTo],
      subject: reply.subject,
      sentAt: reply.date,
      text: 'Hello Jo,\n\n您好\n> quoted \nend\n',
      warnings: [],
    });
  });

  it('uses CRLF, 7-bit bytes and never format=flowed', async () => {
    for (const text of ['short', `${'long words '.repeat(40)}\n> quote`, '您好'.repeat(200)]) {
      const raw = Buffer.from(await composeReply({ ...reply, text })).toString('latin1');
      expect(raw).not.toMatch(/flowed|[\u0080-\u00ff]/u);
      expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
      expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    }
  });

  it('lets no field add a header', async () => {
    const evil = 'x\r\nBcc: victim@evil.example\r\n\r\nbody';
    const raw = await composeReply({
      ...reply,
      from: { name: evil, address: `a@b.c>\r\nBcc: victim@evil.example` },
      to: [{ name: evil, address: 'jo@customer.example' }],
      subject: evil,
      inReplyTo: evil,
      references: [evil],
      messageId: `id@x${evil}`,
      headers: { 'X-Ok': evil, 'X-Bad\r\nBcc': 'victim@evil.example' },
      attachments: [{ name: evil, type: `text/plain\r\nBcc: v@e.x`, bytes: Buffer.from('x') }],
    });
    const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^(?:\t| )*bcc/imu);
    expect(head.split('\r\n').filter((line) => /^bcc/iu.test(line))).toEqual([]);
    expect(head).toMatch(/^X-BadBcc:/imu);
  });

  it('writes no control characters', async () => {
    const raw = await composeReply({ ...reply, subject: 'a\u0000b\u000bc', headers: { 'X-Ok': 'd\u0007e' } });
    expect(Buffer.from(raw).toString('latin1')).toMatch(/^X-Ok: d e\r\n(?:.*\r\n)*Subject: a b c\r$/mu);
  });

  it('caps a long chain with its root kept', async () => {
    const references = Array.from({ length: 80 }, (_, index) => `m${String(index)}@x`);
    const mail = parseMail(await composeReply({ ...reply, references, inReplyTo: 'm79@x' }));
    expect([mail.references.length, mail.references[0], mail.references[1], mail.references.at(-1)]).toEqual([
      21,
      'm0@x',
      'm60@x',
      'm79@x',
    ]);
  });

  it('leaves out threading headers of a first mail', async () => {
    const raw = Buffer.from(await composeReply({ ...reply, inReplyTo: null, references: [], replyTo: null })).toString();
    expect(raw).not.toMatch(/^(?:in-reply-to|references|reply-to):/imu);
  });

  it('passes further headers on', async () => {
    const mail = parseMail(
      await composeReply({ ...reply, headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } }),
    );
    expect(mail.auto).toBe('auto-reply');
  });

  describe('with files', () => {
    let folder = '';
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'meridian-compose-'));
    });
    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    it('attaches bytes and paths under safe names', async () => {
      const path = join(folder, 'stored');
      writeFileSync(path, 'from disk');
      const raw = await composeReply({
        ...reply,
        html: '<p>Hello</p>',
        attachments: [
          { name: '../发票.pdf', type: 'application/pdf', bytes: Buffer.from([0, 255, 10, 13]) },
          { name: 'log.txt', type: 'nonsense', path },
        ],
      });
      const mail = parseMail(raw);
      expect(mail.attachments.map(({ name, declaredType, disposition }) => [name, declaredType, disposition])).toEqual([
        ['发票.pdf', 'application/pdf', 'attachment'],
        ['log.txt', 'application/octet-stream', 'attachment'],
      ]);
      expect([...extractAttachment(raw, 0)]).toEqual([0, 255, 10, 13]);
      expect(Buffer.from(extractAttachment(raw, 1)).toString()).toBe('from disk');
      expect(mail.html?.trim()).toBe('<p>Hello</p>');
    });

    it('rejects when a file is gone, and never fetches', async () => {
      await expect(
        composeReply({ ...reply, attachments: [{ name: 'a', type: 'text/plain', path: join(folder, 'gone') }] }),
      ).rejects.toThrow('ENOENT');
      await expect(
        composeReply({ ...reply, attachments: [{ name: 'a', type: 'text/plain', path: 'http://127.0.0.1:9/x' }] }),
      ).rejects.toThrow(/url/iu);
    });
  });
});

describe('quoteOriginal', () => {
  const original = {
    text: 'first\n\n> earlier\nlast\n',
    from: { name: 'Jo Doe', address: 'jo@customer.example' },
    sentAt: Date.UTC(2026, 10, 24, 9, 5),
  };

  it('writes the attribution in the customer’s language and zone', () => {
    const lines = quoteOriginal(original, 'zh-Hans', 'Asia/Shanghai').split('\n');
    expect(lines[0]).toContain('17:05');
    expect(lines[0]).toContain('写道：');
    expect(lines.slice(1)).toEqual(['> first', '>', '>> earlier', '> last']);
  });

  it.each([...languages, null])('is recognised as a quote again (%s)', (language) => {
    expect(visibleText(`My answer\n\n${quoteOriginal(original, language, 'Europe/Berlin')}\n`)).toBe('My answer');
  });
});
