import iconv from 'iconv-lite';
import { allSentences } from '../test/suggest/sentences.ts';
import type { Sentences } from '../test/suggest/sentences.ts';

/** Raise when the same seed gives other mails: the cached data set is made anew then. */
export const GENERATOR_VERSION = 1;
export const SUPPORT_ADDRESS = 'support@bench.test';

export interface GeneratedMail {
  readonly raw: Uint8Array;
  /** Epoch milliseconds at which the server had it. */
  readonly receivedAt: number;
  readonly isOurs: boolean;
}

/** Numbers from 0 to 1 that are the same for the same seed everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Chance = () => number;

function pick<T>(chance: Chance, list: readonly T[]): T {
  const found = list[Math.floor(chance() * list.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}
function between(chance: Chance, least: number, most: number): number {
  return least + Math.floor(chance() * (most - least + 1));
}

const DAY_MS = 86_400_000;
const LAST_DAY_MS = Date.UTC(2026, 8, 30);
const DAYS = 90;
const AGENTS = ['Ana Reis', 'Kenji Mori', 'Li Na', 'Tom Becker', 'Mina Park', 'Joana Dias'];

interface Customer {
  readonly words: Sentences;
  readonly name: string;
  readonly address: string;
}

function threadLength(chance: Chance): number {
  const draw = chance();
  if (draw < 0.42) return 1;
  if (draw < 0.74) return between(chance, 2, 3);
  if (draw < 0.96) return between(chance, 4, 8);
  return between(chance, 9, 25);
}

function makeCustomers(chance: Chance, count: number): Customer[] {
  return Array.from({ length: count }, (_, index) => {
    let left = chance() * 100;
    const words = allSentences.find((each) => (left -= each.share) < 0) ?? allSentences[0];
    if (words === undefined) throw new RangeError('no language');
    const [given, family] = [pick(chance, words.givenNames), pick(chance, words.familyNames)];
    return {
      words,
      name: words.familyFirst ? `${family}${given}` : `${given} ${family}`,
      address: `customer${index}@${pick(chance, ['mail', 'post', 'inbox', 'office'])}${between(chance, 1, 40)}.test`,
    };
  });
}

/**
 * Mails of a support mailbox in seven languages over 90 days: threads of one to 25 mails with quotes, HTML halves, files
 * and four charsets. Oldest first; the same seed gives the same bytes.
 */
export function generateMails(count: number, seed = 20_260_930): GeneratedMail[] {
  const chance = seeded(seed);
  const customers = makeCustomers(chance, Math.ceil(count / 4.5));
  const mails: GeneratedMail[] = [];
  for (let thread = 0; mails.length < count; thread += 1) {
    const length = Math.min(threadLength(chance), count - mails.length);
    mails.push(...generateThread(chance, thread, length, pick(chance, customers)));
  }
  return mails.sort((left, right) => left.receivedAt - right.receivedAt);
}

function generateThread(chance: Chance, thread: number, length: number, customer: Customer): GeneratedMail[] {
  const { words } = customer;
  const agent = pick(chance, AGENTS);
  const fill = (text: string): string =>
    text
      .replaceAll('#', `MX-${String(100_000 + thread)}`)
      .replaceAll('$', `${String(between(chance, 9, 900))},${String(between(chance, 10, 99))} EUR`)
      .replaceAll('@', `2026-${String(between(chance, 1, 9)).padStart(2, '0')}-${String(between(chance, 1, 28)).padStart(2, '0')}`);
  const subject = fill(pick(chance, words.subjects));
  const references: string[] = [];
  const mails: GeneratedMail[] = [];
  let at = LAST_DAY_MS - Math.floor(chance() * DAYS * DAY_MS);
  let previous = '';
  for (let index = 0; index < length; index += 1) {
    // A customer sometimes writes twice before anybody answers.
    const isOurs = index > 0 && (index % 2 === 1 ? chance() < 0.9 : chance() < 0.1);
    const sentences = Array.from({ length: between(chance, 2, 9) }, () => fill(pick(chance, isOurs ? words.agent : words.customer)));
    const own = [pick(chance, words.greetings), '', ...sentences, '', pick(chance, words.closings), isOurs ? agent : customer.name].join(
      '\n',
    );
    const quoted = previous !== '' && chance() < 0.75 ? `\n\n${quote(previous, customer.name)}` : '';
    const id = `<t${thread}.m${index}.${String(between(chance, 1, 1e9))}@${isOurs ? 'bench.test' : 'client.test'}>`;
    mails.push({
      raw: compose({
        chance,
        isOurs,
        customer,
        agent,
        subject: index === 0 ? subject : `Re: ${subject}`,
        text: own + quoted,
        id,
        references: [...references],
        at,
      }),
      receivedAt: at + between(chance, 1, 40) * 1_000,
      isOurs,
    });
    references.push(id);
    previous = own;
    at = Math.min(LAST_DAY_MS + DAY_MS, at + between(chance, 10, 2_000) * 60_000);
  }
  return mails;
}

function quote(text: string, name: string): string {
  return [`On Tue, 1 Sep 2026, ${name} wrote:`, ...text.split('\n').map((line) => `> ${line}`)].join('\n');
}

interface MailParts {
  readonly chance: Chance;
  readonly isOurs: boolean;
  readonly customer: Customer;
  readonly agent: string;
  readonly subject: string;
  readonly text: string;
  readonly id: string;
  readonly references: readonly string[];
  readonly at: number;
}

function compose(parts: MailParts): Uint8Array {
  const { chance, customer, isOurs } = parts;
  const offset = isOurs ? 0 : customer.words.offsetMinutes;
  const party = `${word(customer.name)} <${customer.address}>`;
  const us = `${word(parts.agent)} <${SUPPORT_ADDRESS}>`;
  const headers = [
    `Received: from mx${between(chance, 1, 9)}.example.test by mail.bench.test with ESMTPS id ${between(chance, 1, 1e9).toString(36)}; ${dateHeader(parts.at, 0)}`,
    `From: ${isOurs ? us : party}`,
    `To: ${isOurs ? party : `<${SUPPORT_ADDRESS}>`}`,
    ...(chance() < 0.08 ? [`Cc: <colleague${between(chance, 1, 300)}@office${between(chance, 1, 40)}.test>`] : []),
    `Subject: ${word(parts.subject)}`,
    `Date: ${dateHeader(parts.at, offset)}`,
    `Message-ID: ${parts.id}`,
    ...(parts.references.length === 0
      ? []
      : [`In-Reply-To: ${parts.references.at(-1) ?? ''}`, `References: ${parts.references.join('\r\n ')}`]),
    'MIME-Version: 1.0',
  ];
  const plain = textPart('plain', parts.text, isOurs ? 'utf-8' : customer.words.charset);
  const html = `<html><body style="font-family:sans-serif">${parts.text
    .split('\n')
    .map((line) => (line.startsWith('> ') ? `<blockquote>${line.slice(2)}</blockquote>` : `<p>${line}</p>`))
    .join('\n')}<img src="https://images.example.test/logo.png" alt=""></body></html>`;
  const body = chance() < 0.45 ? multipart('alternative', chance, [plain, textPart('html', html, 'utf-8')]) : plain;
  const whole = chance() < 0.1 ? multipart('mixed', chance, [body, filePart(chance)]) : body;
  return Buffer.from(`${headers.join('\r\n')}\r\n${whole}`, 'latin1');
}

function textPart(type: 'plain' | 'html', text: string, charset: string): string {
  const bytes = iconv.encode(text.replaceAll('\n', '\r\n'), charset);
  const isMostlyAscii = bytes.filter((byte) => byte > 126).length * 6 < bytes.length;
  const [encoding, content] = isMostlyAscii ? ['quoted-printable', quotedPrintable(bytes)] : ['base64', lines(bytes.toString('base64'))];
  return `Content-Type: text/${type}; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${content}\r\n`;
}

function filePart(chance: Chance): string {
  const bytes = Buffer.alloc(between(chance, 4_000, 30_000));
  for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE(Math.floor(chance() * 2 ** 32), at);
  return `Content-Type: image/png; name="screenshot.png"\r\nContent-Disposition: attachment; filename="screenshot.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines(bytes.toString('base64'))}\r\n`;
}

function multipart(kind: string, chance: Chance, parts: readonly string[]): string {
  const boundary = `b${between(chance, 1, 1e9).toString(36)}`;
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`;
}

function quotedPrintable(bytes: Buffer): string {
  const encoded = bytes
    .toString('latin1')
    .replaceAll(/[=\u0080-\u00ff]/gu, (character) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return encoded
    .split('\r\n')
    .map((line) => line.replaceAll(/(?:=[0-9A-F]{2}|[^=]){72}(?=.)/gu, '$&=\r\n'))
    .join('\r\n');
}

function lines(text: string): string {
  return text.replaceAll(/.{76}(?=.)/gu, '$&\r\n');
}

/** An encoded word where the text is not plain ASCII (RFC 2047), cut so that no word grows too long. */
function word(text: string): string {
  if (/^[\u0020-\u007e]*$/u.test(text)) return text;
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > 42) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  pieces.push(piece);
  return pieces.map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`).join('\r\n ');
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateHeader(at: number, offsetMinutes: number): string {
  const local = new Date(at + offsetMinutes * 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = offsetMinutes < 0 ? '-' : '+';
  const offset = `${sign}${two(Math.floor(Math.abs(offsetMinutes) / 60))}${two(Math.abs(offsetMinutes) % 60)}`;
  return `${WEEKDAYS[local.getUTCDay()] ?? ''}, ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()] ?? ''} ${local.getUTCFullYear()} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())} ${offset}`;
}
