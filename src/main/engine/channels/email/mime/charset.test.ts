import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeCharset } from './charset.ts';
import { decodeHeaderText } from './header-text.ts';
import { parseMail } from './parse-mail.ts';

/** Mails written by Python's codecs, each with what it must read as. */
const folder = resolve(import.meta.dirname, '../../../../../../test/fixtures/mail/charset');
const expected = JSON.parse(readFileSync(resolve(folder, 'expected.json'), 'utf8')) as {
  file: string;
  subject: string;
  name: string;
  text: string;
}[];

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe('charsets', () => {
  it.each(expected)('reads $file', ({ file, subject, name, text }) => {
    const mail = parseMail(readFileSync(resolve(folder, file)));
    expect({ text: mail.text.trim(), subject: mail.subject, name: mail.from?.name, address: mail.from?.address }).toEqual({
      text,
      subject,
      name,
      address: 'customer@example.com',
    });
  });

  it('says when it guessed and when bytes were lost', () => {
    expect(decodeCharset(Buffer.from('Grüße'), 'us-ascii')).toEqual({ text: 'Grüße', guessed: true, damaged: false });
    expect(decodeCharset(Buffer.from('Grüße'), 'utf-8')).toEqual({ text: 'Grüße', guessed: false, damaged: false });
    expect(decodeCharset(Buffer.concat([Buffer.from('Grüße und 日本語 '), Buffer.from([0xff])]), 'utf-8')).toEqual({
      text: 'Grüße und 日本語 \uFFFD',
      guessed: false,
      damaged: true,
    });
  });

  it('keeps windows-1252 punctuation, which TextDecoder of Node 20 loses', () => {
    expect(decodeCharset(Buffer.from([0x93, 0x80, 0x94, 0x96, 0x85]), 'iso-8859-1').text).toBe('“€”–…');
  });

  it('does not take a codec that is no charset', () => {
    for (const label of ['base64', 'hex', 'binary', 'constructor', '__proto__', 'x', '*', '"'])
      expect(decodeCharset(Buffer.from('abc'), label).text).toBe('abc');
  });
});

describe('encoded words', () => {
  it.each([
    ['=?utf-8?B?R3LDvMOfZQ==?=', 'Grüße'],
    ['=?utf-8?q?Gr=C3=BC=C3=9Fe_aus?= =?utf-8?q?_K=C3=B6ln?=', 'Grüße aus Köln'],
    // a character cut in half by the sender
    [
      `=?utf-8?B?${Buffer.from('日本').subarray(0, 4).toString('base64')}?=\t=?UTF-8?B?${Buffer.from('日本').subarray(4).toString('base64')}?=`,
      '日本',
    ],
    ['Re: =?iso-8859-1?Q?=E4?= and =?utf-8?Q?=C3=A4?=', 'Re: ä and ä'],
    // raw 8-bit bytes inside a word
    [`=?utf-8?Q?${latin1('Frü')}hling?=`, 'Frühling'],
    [latin1('Grüße 您好'), 'Grüße 您好'],
    ['=?utf-8?X?abc?=', '=?utf-8?X?abc?='],
    ['=?utf-8?B?=?=', ''],
    // the language tag of RFC 2231
    ['=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['a\u0000b\u0007c', 'a b c'],
  ])('decodes %j', (value, text) => {
    expect(decodeHeaderText(value)).toBe(text);
  });
});
