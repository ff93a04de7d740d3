import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { multipart, ordinary, rawMail } from '../../../../../../test/fixtures/mail/build-mail.ts';
import { extractAttachment, parseMail } from './parse-mail.ts';

const type = (value: string): string => `Content-Type: ${value}`;
const mixed = type('multipart/mixed; boundary=b');
const png = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');

describe('parseMail', () => {
  it('gives plain JSON with the envelope normalised', () => {
    const mail = parseMail(
      rawMail(
        [
          'Return-Path: <jo@customer.example>',
          'Delivered-To: support+t_abc@team.example',
          'X-Original-To: support@TEAM.example',
          ...ordinary,
          'Reply-To: "Jo (home)" <home@Customer.Example>',
          'Cc: a@x.example, Team: b@x.example, c@x.example;, =?utf-8?B?5bCP5piO?= <d@x.example>',
          'In-Reply-To: <r1@team.example>',
          'References: <r0@team.example> <r1@team.example>\r\n <r0@team.example>',
          'Content-Language: de',
        ],
        'Hi\nthere\n',
      ),
    );
    expect(JSON.parse(JSON.stringify(mail))).toEqual(mail);
    expect(mail).toMatchObject({
      messageId: 'm1@customer.example',
      inReplyTo: ['r1@team.example'],
      references: ['r0@team.example', 'r1@team.example'],
      from: { name: 'Jo Doe', address: 'jo@customer.example' },
      fromCount: 1,
      replyTo: [{ name: 'Jo (home)', address: 'home@customer.example' }],
      to: [{ name: 'Support', address: 'support@team.example' }],
      cc: [
        { name: '', address: 'a@x.example' },
        { name: '', address: 'b@x.example' },
        { name: '', address: 'c@x.example' },
        { name: '小明', address: 'd@x.example' },
      ],
      deliveredTo: ['support+t_abc@team.example', 'support@team.example'],
      returnPath: 'jo@customer.example',
      subject: 'Order',
      sentAt: Date.UTC(2026, 10, 24, 9, 0, 0),
      senderOffsetMinutes: 60,
      text: 'Hi\nthere\n',
      textSource: 'plain',
      html: null,
      preview: 'Hi there',
      contentLanguage: 'de',
      bodyFingerprint: createHash('sha256').update('Hi\r\nthere\r\n').digest('hex'),
      warnings: [],
    });
  });

  it('flags a second From and keeps the first, as servers do', () => {
    const mail = parseMail(rawMail(['From: a@evil.example', 'From: b@bank.example'], 'x'));
    expect([mail.from?.address, mail.fromCount, mail.warnings.includes('multiple-from'), mail.answerHints?.from]).toEqual([
      'a@evil.example',
      2,
      true,
      ['a@evil.example', 'b@bank.example'],
    ]);
  });

  it('never makes an address out of an encoded name', () => {
    const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
    expect(parseMail(rawMail([`From: ${encoded('boss@bank.example <boss@bank.example>, x')} <a@evil.example>`])).from).toEqual({
      name: 'boss@bank.example <boss@bank.example>, x',
      address: 'a@evil.example',
    });
    expect(parseMail(rawMail([`From: ${encoded('boss@bank.example')}`])).from).toEqual({ name: 'boss@bank.example', address: '' });
    expect(parseMail(rawMail([`From: <${encoded('boss')}@bank.example>`])).from?.address ?? '').toBe('');
  });

  it('prefers text/plain, and reads HTML where there is none', () => {
    const html =
      '<html><head><style>p{}</style><title>T</title></head><body><p>Hello <b>Jo</b></p><div style="display:none">hidden</div><blockquote>old<br>er</blockquote><p>New &amp; last</p></body></html>';
    const both = parseMail(
      rawMail(
        [...ordinary, type('multipart/alternative; boundary=b')],
        multipart([
          [[type('text/plain')], 'plain'],
          [[type('text/html')], html],
        ]),
      ),
    );
    expect([both.text, both.textSource, both.html]).toEqual(['plain', 'plain', html]);
    const only = parseMail(rawMail([...ordinary, type('text/html')], html));
    expect(only.textSource).toBe('html');
    expect(only.text.replace(/\n+/gu, '\n')).toBe('Hello Jo\n> old\n> er\nNew & last');
    const stub = parseMail(
      rawMail(
        [...ordinary, type('multipart/alternative; boundary=b')],
        multipart([
          [[type('text/plain')], ' '],
          [[type('text/html')], html],
        ]),
      ),
    );
    expect(stub.textSource).toBe('html');
  });

  it('does not take a list footer for the mail', () => {
    const mail = parseMail(
      rawMail(
        [...ordinary, mixed],
        multipart([
          [[type('text/html')], '<p>The question</p>'],
          [[type('text/plain')], 'List footer'],
        ]),
      ),
    );
    expect(mail.text).toBe('The question\nList footer');
    expect(mail.html).toContain('List footer');
  });

  it('describes attachments and extracts their bytes', () => {
    const raw = rawMail(
      [...ordinary, mixed],
      multipart([
        [
          [type('multipart/related; boundary=r')],
          multipart(
            [
              [[type('text/html')], '<img src="cid:logo@x"><img src="cid:gone">'],
              [
                [
                  type('image/png; name="logo.png"'),
                  'Content-ID: <logo@x>',
                  'Content-Transfer-Encoding: base64',
                  'Content-Disposition: inline',
                ],
                png,
              ],
            ],
            'r',
          ),
        ],
        [
          [
            type('application/pdf'),
            "Content-Disposition: attachment; filename*0*=utf-8''%E5%8F%91; filename*1*=%E7%A5%A8; filename*2=.pdf",
            'Content-Transfer-Encoding: base64',
          ],
          Buffer.from('%PDF').toString('base64'),
        ],
        [[type('text/plain; name=notes.txt'), 'Content-Disposition: attachment'], 'a note'],
        [[type('image/png'), 'Content-ID: <spacer>', 'Content-Transfer-Encoding: base64'], png],
      ]),
    );
    const mail = parseMail(raw);
    expect(
      mail.attachments.map(({ index, partPath, name, declaredType, size, contentId, disposition, isInlineImage }) => [
        index,
        partPath,
        name,
        declaredType,
        size,
        contentId,
        disposition,
        isInlineImage,
      ]),
    ).toEqual([
      [0, '1.2', 'logo.png', 'image/png', 8, 'logo@x', 'inline', true],
      [1, '2', '发票.pdf', 'application/pdf', 4, null, 'attachment', false],
      [2, '3', 'notes.txt', 'text/plain', 6, null, 'attachment', false],
      [3, '4', 'attachment-4.png', 'image/png', 8, 'spacer', null, false],
    ]);
    expect(mail.inlineImages).toEqual({ 'logo@x': 0, spacer: 3 });
    for (const { index, sha256, size } of mail.attachments) {
      const bytes = extractAttachment(raw, index);
      expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([size, sha256]);
    }
    expect(Buffer.from(extractAttachment(raw, 1)).toString()).toBe('%PDF');
    expect(() => extractAttachment(raw, 4)).toThrow(RangeError);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\jo\\a.txt', 'a.txt'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['a\u0000b\u0007.txt', 'ab.txt'],
    ['CON.txt', '_CON.txt'],
    ['..', 'attachment-1.txt'],
    ['a<b>:"c|?*.txt', 'a_b___c___.txt'],
    ['.bashrc', 'bashrc'],
    ['trailing. . ', 'trailing'],
  ])('makes the file name %j safe', (name, safe) => {
    const value = `utf-8''${[...Buffer.from(name)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`;
    const mail = parseMail(
      rawMail([...ordinary, mixed], multipart([[[type('text/plain'), `Content-Disposition: attachment; filename*=${value}`], 'x']])),
    );
    expect(mail.attachments[0]?.name).toBe(safe);
  });

  it('cuts file names to 255 bytes and keeps the extension', () => {
    const mail = parseMail(
      rawMail(
        [...ordinary, mixed],
        multipart([[[type('text/plain'), `Content-Disposition: attachment; filename="${'文'.repeat(200)}.pdf"`], 'x']]),
      ),
    );
    const name = mail.attachments[0]?.name ?? '';
    expect([Buffer.byteLength(name) <= 255, name.endsWith('文.pdf')]).toEqual([true, true]);
  });

  it('carries embedded mails as attachments that can be parsed', () => {
    const inner =
      ['From: In <in@x.example>', 'Subject: Inner: a/b', 'Date: Mon, 23 Nov 2026 08:00:00 +0000', mixed.replace('=b', '=i'), ''].join(
        '\n',
      ) +
      `\n${multipart(
        [
          [[type('text/plain')], 'inner text'],
          [[type('text/csv'), 'Content-Disposition: attachment; filename=a.csv'], '1,2'],
        ],
        'i',
      )}`;
    const raw = rawMail(
      [...ordinary, mixed],
      multipart([
        [[type('text/plain')], 'see below'],
        [[type('message/rfc822')], inner],
      ]),
    );
    const mail = parseMail(raw);
    expect(mail.text).toBe('see below');
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0]).toMatchObject({
      name: 'Inner_ a_b.eml',
      embedded: {
        subject: 'Inner: a/b',
        from: { name: 'In', address: 'in@x.example' },
        sentAt: Date.UTC(2026, 10, 23, 8),
        preview: 'inner text',
      },
    });
    expect(parseMail(extractAttachment(raw, 0))).toMatchObject({
      subject: 'Inner: a/b',
      text: 'inner text',
      attachments: [{ name: 'a.csv' }],
    });
  });

  it('previews and detects by what the sender wrote himself', () => {
    const mail = parseMail(
      rawMail(
        ordinary,
        '订单还没有收到，请处理。\n\nOn Tue, Nov 24, 2026 at 9:00 AM Support <support@team.example> wrote:\n> Please tell us about the order, thanks and have a nice day\n',
      ),
    );
    expect([mail.preview, mail.contentLanguage]).toEqual(['订单还没有收到，请处理。', 'zh-Hans']);
    expect(parseMail(rawMail(ordinary, '😀'.repeat(300))).preview).toMatch(/^(?:😀){50,}…$/u);
  });

  it.each([
    // the language of the menus of the program that wrote it
    ['de-DE', 'I still have not received my order, could you check?', 'en'],
    ['de-AT', 'Ich habe meine Bestellung noch nicht erhalten.', 'de-AT'],
    ['pl', 'Moja wypłata nadal czeka', 'pl'],
    ['zh-TW', '提款', 'zh-Hant'],
    ['zh-CN', '您好，订单还没有收到，请处理。', 'zh-Hans'],
  ])('a mail that declares %s and says %j is in %s', (declared, text, language) => {
    expect(parseMail(rawMail([...ordinary, `Content-Language: ${declared}`], text)).contentLanguage).toBe(language);
  });
});

describe('broken mail', () => {
  it.each<[string, Buffer, object]>([
    ['nothing', Buffer.alloc(0), { text: '', from: null, attachments: [] }],
    ['only a body', Buffer.from('\r\nhello'), { text: 'hello' }],
    ['bare line feeds', Buffer.from('Subject: x\nFrom: a@b.c\n\nhello\n'), { subject: 'x', text: 'hello\n' }],
    ['bare carriage returns', Buffer.from('Subject: x\rFrom: a@b.c\r\rhello\r'), { subject: 'x', text: 'hello\n' }],
    ['an mbox line first', Buffer.from('From jo Tue Nov 24 10:00:00 2026\nSubject: x\n\nhello'), { subject: 'x', text: 'hello' }],
    [
      'a stray header line',
      Buffer.from('Subject: x\r\nthis is no header\r\nFrom: a@b.c\r\n\r\nhello'),
      { subject: 'x', from: { name: '', address: 'a@b.c' }, text: 'hello', warnings: ['header-malformed', 'date-malformed'] },
    ],
    ['no blank line before the body', Buffer.from('Subject: x\r\nhello world'), { subject: 'x', text: 'hello world' }],
    ['a boundary that never comes', rawMail([...ordinary, mixed], 'just text'), { text: 'just text', warnings: ['boundary-missing'] }],
    [
      'no boundary parameter',
      rawMail([...ordinary, type('multipart/mixed')], multipart([[[type('text/plain')], 'hello']], 'zz')),
      { text: 'hello', warnings: ['boundary-missing'] },
    ],
    [
      'a multipart cut off',
      rawMail(
        [...ordinary, mixed],
        `--b\n${type('text/plain')}\n\nhello\n--b\n${type('image/png')}\nContent-Transfer-Encoding: base64\n\n${png.slice(0, 5)}`,
      ),
      {
        text: 'hello',
        attachments: [expect.objectContaining({ declaredType: 'image/png' })],
        warnings: ['boundary-unclosed', 'base64-damaged'],
      },
    ],
    [
      'an inner multipart never closed',
      rawMail(
        [...ordinary, mixed],
        `--b\n${type('multipart/alternative; boundary=c')}\n\n--c\n${type('text/plain')}\n\nhello\n--b\n${type('text/csv')}\n\n1\n--b--`,
      ),
      { text: 'hello', attachments: [expect.objectContaining({ declaredType: 'text/csv', size: 1 })] },
    ],
    ['a part without a blank line', rawMail([...ordinary, mixed], '--b\nno header here\n--b--\n'), { text: 'no header here' }],
    [
      'damaged base64',
      rawMail([...ordinary, 'Content-Transfer-Encoding: base64'], 'aGVs*bG8'),
      { text: 'hello', warnings: ['base64-damaged'] },
    ],
    ['base64 in two padded blocks', rawMail([...ordinary, 'Content-Transfer-Encoding: base64'], 'aGVsbA==\nbw=='), { text: 'hello' }],
    [
      'an unknown transfer encoding',
      rawMail([...ordinary, 'Content-Transfer-Encoding: x-foo'], 'hello'),
      { text: 'hello', warnings: ['encoding-unknown'] },
    ],
    [
      'stray equal signs',
      rawMail([...ordinary, 'Content-Transfer-Encoding: quoted-printable'], 'a=3D b = c =\nd=ZZ'),
      { text: 'a= b = c d=ZZ' },
    ],
    ['NULs', Buffer.from('Subject: a\0b\r\n\r\nhe\0llo'), { subject: 'a b', text: 'hello' }],
    [
      'a malformed date',
      rawMail(['From: a@b.c', 'Date: soon'], 'x'),
      { sentAt: null, senderOffsetMinutes: null, warnings: ['date-malformed'] },
    ],
    [
      'two boundaries',
      rawMail([...ordinary, type('multipart/mixed; boundary=b; boundary=c')], multipart([[[type('text/plain')], 'hello']])),
      { text: 'hello' },
    ],
    [
      'a comment in the type',
      rawMail([...ordinary, type('multipart/mixed (really); boundary="b" (yes)')], multipart([[[type('text/plain')], 'hello']])),
      { text: 'hello' },
    ],
  ])('with %s keeps what it has', (_, raw, expected) => {
    expect(parseMail(raw)).toMatchObject(expected);
  });

  it('does not put Content-IDs on the prototype of the map', () => {
    const mail = parseMail(rawMail([...ordinary, mixed], multipart([[[type('image/png'), 'Content-ID: <__proto__>'], 'x']])));
    expect(Object.entries(mail.inlineImages)).toEqual([['__proto__', 0]]);
  });
});
