import { expect, test } from 'vitest';
import { multipart, ordinary, rawMail } from '../../../../../../test/fixtures/mail/build-mail.ts';
import { parseMail } from './parse-mail.ts';
import { redactSource } from './redact-source.ts';
import type { Redact } from './redact-source.ts';

const SECRET = 'a-secret-that-stands-behind-everything';
const LINE = '12:00:01 INFO block 4711 was read\n';
/** More than is ever shown of a text. */
const LOG = LINE.repeat(150_000);

const redact: Redact = (text) => (text.includes(SECRET) ? { text: text.replaceAll(SECRET, '⟦gone⟧'), secrets: [SECRET] } : null);

function mailWith(header: readonly string[], content: string): Buffer {
  return rawMail([...ordinary, 'Content-Type: multipart/mixed; boundary=b'], multipart([[[...header], content]]));
}

test.each([
  ['a log', ['Content-Type: text/plain; name=wallet.log', 'Content-Disposition: attachment; filename=wallet.log'], `${LOG}${SECRET}\n`],
  [
    'a page',
    ['Content-Type: text/html; name=wallet.html', 'Content-Disposition: attachment; filename=wallet.html'],
    `<p>${LOG}</p><b>${SECRET}</b>`,
  ],
  ['what no reader of a page sees', ['Content-Type: text/html'], `<p>${LOG}</p><!-- ${SECRET} -->`],
])('what stands at the end of five megabytes is taken out of %s, and nothing else', (_, header, content) => {
  const done = redactSource(mailWith(header, content), redact);
  const bytes = done ?? new Uint8Array();
  expect(Buffer.from(bytes).includes(SECRET)).toBe(false);
  const encoded = /base64\r?\n\r?\n(?<body>[A-Za-z0-9+/=\r\n]+)/u.exec(Buffer.from(bytes).toString('latin1'))?.groups?.['body'] ?? '';
  const kept = Buffer.from(encoded, 'base64').toString();
  expect(kept.split(LINE.trim()).length - 1).toBe(150_000);
});

test('where there is nothing to take out the source stays as it is', () => {
  const mail = mailWith(['Content-Type: text/plain'], LOG);
  expect(redactSource(mail, redact)).toBe(mail);
  expect(parseMail(mail).text.length).toBeLessThan(LOG.length);
});
