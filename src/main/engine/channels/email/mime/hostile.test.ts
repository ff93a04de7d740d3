import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { multipart, ordinary, rawMail } from '../../../../../../test/fixtures/mail/build-mail.ts';
import { extractAttachment, parseMail, unparsedMail } from './parse-mail.ts';
import { defaultParseLimits } from './parsed-mail.ts';

const type = (value: string): string => `Content-Type: ${value}`;

/** Wall time of one call in milliseconds. The bounds below are several times what a quiet machine needs. */
function timed<T>(run: () => T): [T, number] {
  const before = performance.now();
  const value = run();
  return [value, performance.now() - before];
}

describe('hostile mail', () => {
  it('of 50,000 parts is read up to the cap', () => {
    const parts = Array.from({ length: 50_000 }, (_, index) => `--b\n${type('text/csv')}\n\n${String(index)}\n`).join('');
    const [mail, spent] = timed(() => parseMail(rawMail([...ordinary, type('multipart/mixed; boundary=b')], `${parts}--b--\n`)));
    expect([mail.attachments.length, mail.warnings, mail.subject]).toEqual([999, ['too-many-parts'], 'Order']);
    expect(spent).toBeLessThan(2_000);
  });

  it('of 50,000 nested elements keeps its text', () => {
    const html = `${'<div>'.repeat(50_000)}the question${'</div>'.repeat(50_000)}`;
    const [mail, spent] = timed(() => parseMail(rawMail([...ordinary, type('text/html')], html)));
    expect([mail.text, mail.warnings]).toEqual(['the question', ['html-too-deep']]);
    expect(spent).toBeLessThan(1_000);
  });

  it('with an attachment of 30 MB is parsed in seconds, and gives it back', () => {
    const bytes = Buffer.alloc(22 * 1024 * 1024, 'meridian');
    const encoded = bytes.toString('base64').replace(/.{76}/gu, '$&\r\n');
    const raw = rawMail(
      [...ordinary, type('multipart/mixed; boundary=b')],
      Buffer.from(
        `--b\r\n${type('text/plain')}\r\n\r\nsee file\r\n--b\r\n${type('application/zip; name=a.zip')}\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n--b--\r\n`,
      ),
    );
    expect(raw.length).toBeGreaterThan(29 * 1024 * 1024);
    const [mail, spent] = timed(() => parseMail(raw));
    expect([mail.text, mail.attachments[0]?.size, mail.warnings]).toEqual(['see file', bytes.length, []]);
    expect(bytes.equals(extractAttachment(raw, 0))).toBe(true);
    expect(spent).toBeLessThan(5_000);
  });

  it('larger than the cap is read up to it', () => {
    const mail = parseMail(rawMail(ordinary, 'x'.repeat(5_000)), { ...defaultParseLimits, rawBytes: 1_000 });
    expect([mail.subject, mail.warnings, mail.sizeBytes > 5_000, mail.text.length < 1_000]).toEqual(['Order', ['too-large'], true, true]);
  });

  it.each<[string, () => Buffer, string[]]>([
    [
      'nested multiparts',
      () =>
        Buffer.from(
          `${ordinary.join('\n')}\n${Array.from({ length: 5_000 }, (_, index) => `${type(`multipart/mixed; boundary=b${String(index)}`)}\n\n--b${String(index)}\n`).join('')}\n\nhello`,
        ),
      ['too-deep', 'boundary-unclosed'],
    ],
    [
      'many headers',
      () => rawMail([...ordinary, ...Array.from({ length: 40_000 }, (_, index) => `X-H${String(index)}: value`)], 'hello'),
      ['header-truncated'],
    ],
    [
      'a huge folded header',
      () => rawMail([...ordinary, `References: ${'<a@b>\r\n '.repeat(60_000)}<c@d>`], 'hello'),
      ['header-truncated'],
    ],
    ['many recipients', () => rawMail([...ordinary, `Cc: ${'a@b.c, '.repeat(30_000)}`], 'hello'), []],
    ['commas and brackets', () => rawMail([...ordinary, `Cc: ${'<,(:"'.repeat(10_000)}`], 'hello'), []],
    ['nested comments', () => rawMail([...ordinary, `Reply-To: ${'('.repeat(50_000)}`], 'hello'), []],
    [
      'encoded words',
      () => rawMail([...ordinary, `Comments: ${'=?utf-8?Q?a?= '.repeat(10_000)}`, `Cc: ${'=?utf-8?Q?a?= '.repeat(4_000)}`], 'hello'),
      [],
    ],
    ['unfinished encoded words', () => rawMail([...ordinary, `Cc: ${'=?utf-8?Q?'.repeat(10_000)}`], 'hello'), []],
    ['parameters', () => rawMail([...ordinary, type(`text/plain; ${'a*0*=b; '.repeat(10_000)}`)], 'hello'), []],
    [
      'dashed lines',
      () => rawMail([...ordinary, type('multipart/mixed; boundary=b')], `${'--c\n'.repeat(300_000)}--b\n\nhello\n--b--`),
      [],
    ],
    ['quoted lines', () => rawMail(ordinary, `hello\n${'> '.repeat(200)}\n`.repeat(2_000)), []],
    [
      'report groups',
      () =>
        rawMail(
          [...ordinary, type('multipart/report; report-type=delivery-status; boundary=b')],
          multipart([
            [[type('text/plain')], 'hello'],
            [[type('message/delivery-status')], '\n\na: b\n'.repeat(100_000)],
          ]),
        ),
      [],
    ],
    ['unclosed tags', () => rawMail([...ordinary, type('text/html')], `hello ${'<a '.repeat(200_000)}`), []],
    ['unclosed comments', () => rawMail([...ordinary, type('text/html')], `hello ${'<!--'.repeat(100_000)}`), []],
    ['unclosed scripts', () => rawMail([...ordinary, type('text/html')], `hello ${'<div><script>'.repeat(50_000)}`), []],
    ['deep quotes', () => rawMail([...ordinary, type('text/html')], `hello ${'<blockquote>'.repeat(190)}${'<p>text</p>'.repeat(300)}`), []],
    ['entities', () => rawMail([...ordinary, type('text/html')], `hello ${'&#x41;&amp;&nope;&#999999999;'.repeat(20_000)}`), []],
    [
      'embedded mails',
      () =>
        rawMail(
          [...ordinary, type('multipart/digest; boundary=b')],
          multipart(Array.from({ length: 900 }, () => [[], `Subject: x\n\n${'hello '.repeat(200)}`] as const)),
        ),
      [],
    ],
  ])('made of %s stays quick and readable', (_, build, warnings) => {
    const raw = build();
    const [mail, spent] = timed(() => parseMail(raw));
    expect(spent).toBeLessThan(4_000);
    expect(mail.subject).toBe('Order');
    expect(mail.warnings).not.toContain('unparsed');
    for (const warning of warnings) expect(mail.warnings).toContain(warning);
  });

  it('that cannot be parsed keeps its headers as text', () => {
    const mail = unparsedMail(rawMail([...ordinary, 'X-Odd: \u0000'], 'body'), 'timeout');
    expect(mail).toMatchObject({
      subject: 'Order',
      messageId: 'm1@customer.example',
      textSource: 'headers',
      warnings: ['unparsed', 'timeout'],
      answerHints: null,
    });
    expect(mail.text).toContain('Subject: Order\nDate:');
    expect(mail.text).not.toContain('body');
  });
});

/** Lines that make up mails, good and bad, so that random combinations reach deep. */
const fragments = fc.constantFrom(
  ...ordinary,
  'Content-Type: multipart/mixed; boundary=b',
  'Content-Type: multipart/alternative; boundary="b"',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
  'Content-Type: message/rfc822',
  'Content-Type: message/delivery-status',
  'Content-Type: text/html; charset=gb2312',
  'Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-16',
  'Content-Type: text/plain; charset=iso-2022-jp',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Transfer-Encoding: x-uuencode',
  "Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1=\"",
  'Content-ID: <a>',
  '',
  '',
  '--b',
  '--b--',
  '--b ',
  ' folded',
  '> quoted',
  '-- ',
  '=C3',
  '=?utf-8?B?w?=',
  'aGVsbG8=',
  '\u001b$B$3',
  '<div><blockquote>x',
  'begin 644 a',
  '#86%S',
  'Final-Recipient: rfc822; a@b',
  'Action: failed',
  'From: =?utf-7?Q?+AD?= <',
  'Date: Tue, 99 Nov',
  ':',
  '\0',
);

describe('any bytes', () => {
  it('give a mail, and its attachments can be extracted', () => {
    const mails = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.array(fc.oneof(fragments, fc.string({ unit: 'binary' })), { maxLength: 40 }).map((lines) => Buffer.from(lines.join('\r\n'))),
      fc.array(fragments, { maxLength: 60 }).map((lines) => Buffer.from(lines.join('\n'))),
    );
    fc.assert(
      fc.property(mails, (raw) => {
        const mail = parseMail(raw);
        // the catch-all must never be what saves us
        expect(mail.warnings).not.toContain('unparsed');
        expect(mail.sizeBytes).toBe(raw.length);
        expect(JSON.parse(JSON.stringify(mail))).toEqual(mail);
        for (const { index, size, name } of mail.attachments) {
          expect(extractAttachment(raw, index)).toHaveLength(size);
          expect(name).not.toMatch(/[/\\\u0000-\u001f]|^$/u);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('changed in an ordinary mail lose neither sender nor text for long', () => {
    const raw = rawMail(
      [...ordinary, type('multipart/mixed; boundary=b')],
      multipart([
        [
          [type('multipart/alternative; boundary=c')],
          multipart(
            [
              [[type('text/plain')], 'hello'],
              [[type('text/html')], '<p>hello</p>'],
            ],
            'c',
          ),
        ],
        [[type('text/csv'), 'Content-Disposition: attachment; filename=a.csv'], '1,2'],
      ]),
    );
    fc.assert(
      fc.property(fc.nat(raw.length - 1), fc.nat(255), fc.nat(30), (at, byte, cut) => {
        const changed = Buffer.from(raw);
        changed[at] = byte;
        const mail = parseMail(Buffer.concat([changed.subarray(0, at), changed.subarray(Math.min(changed.length, at + cut))]));
        expect(mail.warnings).not.toContain('unparsed');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('ordinary mail', () => {
  it('has the structure that postal-mime sees', async () => {
    const leaf = fc.record({
      name: fc.constantFrom('a.csv', 'b c.pdf', '发票.png'),
      kind: fc.constantFrom('text/csv', 'application/pdf', 'image/png'),
      text: fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(leaf, { minLength: 1, maxLength: 6 }),
        fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
        async (leaves, text) => {
          const parts = leaves.map(
            ({ name, kind, text: content }) =>
              [
                [`${type(kind)}; name="${name}"`, 'Content-Disposition: attachment', 'Content-Transfer-Encoding: base64'],
                Buffer.from(content).toString('base64'),
              ] as const,
          );
          const raw = rawMail(
            [...ordinary, type('multipart/mixed; boundary=b')],
            multipart([[[type('text/plain'), 'Content-Transfer-Encoding: base64'], Buffer.from(`t ${text}`).toString('base64')], ...parts]),
          );
          const [ours, theirs] = [parseMail(raw), await PostalMime.parse(raw)];
          expect(ours.text.trim()).toBe((theirs.text ?? '').trim());
          expect(ours.attachments.filter(({ size }) => size > 0).map(({ declaredType, size }) => [declaredType, size])).toEqual(
            theirs.attachments
              .map(({ mimeType, content }) => [mimeType, content instanceof ArrayBuffer ? content.byteLength : -1])
              .filter(([, size]) => size !== 0),
          );
          expect(ours.subject).toBe(theirs.subject);
        },
      ),
      { numRuns: 100 },
    );
  });
});
