import { readdirSync, readFileSync, statSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HAND_ACCOUNT } from './hand-channel.ts';
import { introduce, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { ChannelConnector, ChannelEvent } from '../../src/main/engine/channels/connector.ts';
import { parseMail } from '../../src/main/engine/channels/email/mime/parse-mail.ts';
import { normalizeMail } from '../../src/main/engine/channels/email/normalize-mail.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { CAPABILITIES } from '../../src/shared/domain/channel/capabilities.ts';
import type { MessageOrigin, NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** What customers should never have sent, one of each class. Published test vectors and invented values; nobody's. */
const SECRETS = {
  phrase: 'legal winner thank year wave sausage worth useful legal winner thank yellow',
  wif: '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ',
  extended: 'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi',
  hex: 'e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262',
  pem: 'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g',
  card: '4539148803436467',
  code: '739416',
  password: 'Qw7!falter-Zebra',
} as const;

const TEXTS: Readonly<Record<keyof typeof SECRETS, string>> = {
  phrase: `my recovery phrase is ${SECRETS.phrase}`,
  wif: `I imported ${SECRETS.wif} and nothing happened`,
  extended: `here: ${SECRETS.extended}`,
  hex: `my private key is ${SECRETS.hex}`,
  pem: `-----BEGIN PRIVATE KEY-----\n${SECRETS.pem}\n-----END PRIVATE KEY-----`,
  card: `my card number is ${SECRETS.card}`,
  code: `the verification code is ${SECRETS.code}`,
  password: `my password is ${SECRETS.password}`,
};
const CLASSES = Object.keys(SECRETS) as (keyof typeof SECRETS)[];

let station: Workstation;
let secrets: Map<string, string>;
let events: ChannelEvent[];
let wake: () => void;
const logged: string[] = [];
/** The next batch that has been committed is the last thing that its run did. */
let endsAfterCommit = false;

/** A fake channel: gives what the test has put into `events`, once. */
function connector(): ChannelConnector {
  return {
    accountId: HAND_ACCOUNT.uid,
    capabilities: () => CAPABILITIES.email,
    connect: async () => Promise.resolve(),
    pull: async (cursor) =>
      Promise.resolve({ events: events.slice(Number(cursor ?? 0)), cursor: String(events.length), more: false, backfill: null }),
    watch: async (ring, signal) =>
      new Promise((resolve) => {
        wake = ring;
        ring();
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    send: async (_message, hooks) => {
      hooks.onHandover();
      return Promise.resolve({ status: 'sent', at: instant(Date.now()), refused: [] });
    },
    reconcile: async () => Promise.resolve('undecidable'),
    [Symbol.asyncDispose]: async () => Promise.resolve(),
  };
}

beforeEach(async () => {
  secrets = new Map();
  events = [];
  wake = () => undefined;
  logged.length = 0;
  endsAfterCommit = false;
  station = await startWorkstation({
    secrets,
    createConnector: connector,
    probe: (point) => {
      if (point !== 'ingest:committed' || !endsAfterCommit) return;
      endsAfterCommit = false;
      throw new Error('the process has ended');
    },
    log: (level, message, fields) =>
      logged.push(
        `${level} ${message} ${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? value.stack : value))}`,
      ),
    prepare: async ({ store }) => Promise.resolve(store.write((tx) => saveAccount(tx, HAND_ACCOUNT))),
  });
  await introduce(station);
});

afterEach(async () => station[Symbol.asyncDispose]());

async function arrive(...more: readonly ChannelEvent[]): Promise<void> {
  events.push(...more);
  wake();
  const last = String(events.length);
  await until(
    () =>
      station.engine.store.read((db) =>
        db.get<{ cursor: string }>('SELECT cursor FROM cursors WHERE source = @source', { source: HAND_ACCOUNT.uid }),
      )?.cursor === last,
    'everything was taken',
  );
}

const now = instant(Date.UTC(2026, 10, 29, 12));

function mailOf(lines: readonly string[], key: string, from = 'Mei <mei@customer.test>'): ChannelEvent {
  const raw = Buffer.from([`From: ${from}`, 'To: support@team.test', `Message-ID: <${key}@customer.test>`, ...lines].join('\r\n'));
  const message = normalizeMail(
    parseMail(raw),
    { raw, receivedAt: instant(Date.now()), seen: false, inSentFolder: false, warnings: [] },
    { address: HAND_ACCOUNT.address },
  );
  return { kind: 'message', message, remoteRef: `INBOX/1/${key}` };
}

let minutes = 0;
function chatMessage(
  channel: 'chat' | 'telegram',
  key: string,
  text: string,
  change: Partial<NormalizedMessage> = {},
): ChannelEvent & { readonly kind: 'message' } {
  minutes += 1;
  const at = instant(now + minutes * 1_000);
  const origin: MessageOrigin = {
    conversation: `${channel}-1`,
    nativeKey: key,
    author: { nativeId: '7', handle: '@mei', verification: 'platform', facts: {} },
    isPrivate: true,
  };
  return {
    kind: 'message',
    remoteRef: `${channel}/${key}`,
    message: {
      channel,
      direction: 'in',
      nativeKey: `${channel}:${key}`,
      thread: { tokens: [], ownKey: null, parentKeys: [`conv:${channel}-1`] },
      subject: '',
      from: { address: `7@${channel}`, name: 'Mei' },
      to: [],
      cc: [],
      replyTo: [],
      text,
      html: null,
      preview: text.slice(0, 200),
      language: 'en',
      sentAt: at,
      receivedAt: at,
      senderOffsetMinutes: null,
      auto: 'none',
      bounce: null,
      attachments: [],
      warnings: [],
      raw: null,
      seen: false,
      origin,
      ...change,
    },
  };
}

/** All files of the workspace, and every blob unpacked: where a secret could lie. */
function everything(folder: string): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  const sources = new Database(join(folder, 'sources.db'), { readonly: true });
  const blobs = sources.prepare<[], { sha256: string; deflated: number; bytes: Buffer }>('SELECT sha256, deflated, bytes FROM blobs').all();
  sources.close();
  const unpacked = blobs.map(({ sha256, deflated, bytes }) => ({
    name: `blob ${sha256}`,
    bytes: deflated === 1 ? inflateRawSync(bytes) : bytes,
  }));
  // parts in base64 are read as what they say
  const decoded = unpacked.flatMap(({ name, bytes }) => {
    const runs = bytes.toString('latin1').match(/(?:[A-Za-z0-9+/=]{20,}\r?\n)+/gu) ?? [];
    return runs.map((run, index) => ({ name: `${name} base64 ${index}`, bytes: Buffer.from(run, 'base64') }));
  });
  return [...files, ...unpacked, ...decoded];
}

function hitsOf(parts: ReturnType<typeof everything>, secret: string): string[] {
  const forms = [secret, Buffer.from(secret).toString('base64').slice(4, -4), secret.split(' ').slice(3, 8).join(' ')].filter(
    (form) => form.length > 3,
  );
  return parts.filter(({ bytes }) => forms.some((form) => bytes.includes(form))).map(({ name }) => name);
}

test('no secret of any class is in any file of the workspace, whatever way it came', async () => {
  for (const [index, name] of CLASSES.entries()) {
    const boundary = `b${index}`;
    const html = `<p>${TEXTS[name].replaceAll('\n', '<br>')}</p>`;
    await arrive(
      mailOf(
        [
          `Subject: =?utf-8?B?${Buffer.from(TEXTS[name].replaceAll('\n', ' ')).toString('base64')}?=`,
          'MIME-Version: 1.0',
          `Content-Type: multipart/mixed; boundary="${boundary}"`,
          '',
          `--${boundary}`,
          'Content-Type: text/plain; charset=utf-8',
          '',
          TEXTS[name].replaceAll('\n', '\r\n'),
          `--${boundary}`,
          'Content-Type: text/html; charset=utf-8',
          'Content-Transfer-Encoding: base64',
          '',
          Buffer.from(html).toString('base64'),
          `--${boundary}`,
          'Content-Type: text/plain; name="keys.txt"',
          'Content-Disposition: attachment; filename="keys.txt"',
          'Content-Transfer-Encoding: base64',
          '',
          Buffer.from(TEXTS[name]).toString('base64'),
          `--${boundary}`,
          'Content-Type: image/png; name="picture.png"',
          'Content-Transfer-Encoding: base64',
          'Content-Disposition: attachment; filename="picture.png"',
          '',
          Buffer.from(`picture ${index}`).toString('base64'),
          `--${boundary}--`,
          '',
        ],
        `mail-${name}`,
      ),
      chatMessage('chat', name, TEXTS[name]),
      {
        ...chatMessage('telegram', name, `see the file`, {
          from: { address: '7@telegram', name: name === 'code' ? 'Mei' : TEXTS[name].slice(0, 300) },
        }),
        files: [{ name: 'wallet.txt', type: 'text/plain', bytes: Buffer.from(TEXTS[name]) }],
      },
    );
    await arrive({ kind: 'edited', remoteRef: `telegram/${name}`, text: `better: ${TEXTS[name]}`, at: instant(Date.now()) });
  }
  await until(async () => (await station.ask('cases.search', { text: 'recovery', limit: 10 })).notIndexed === 0, 'all is indexed');
  const open = everything(station.folder);
  for (const name of CLASSES) expect(hitsOf(open, SECRETS[name]), `${name} while it is open`).toEqual([]);
  const told =
    JSON.stringify(station.shell.asked.filter((call) => call.name !== 'secret.set' && call.name !== 'secret.get')) + logged.join('\n');
  expect(CLASSES.filter((name) => told.includes(SECRETS[name]))).toEqual([]);
  const folder = station.folder;
  await station.quit();
  const closed = everything(folder);
  for (const name of CLASSES) expect(hitsOf(closed, SECRETS[name]), `${name} when it is closed`).toEqual([]);
  // what is looked at is really there: the words around the secrets are found
  expect(hitsOf(closed, 'picture 3').length).toBeGreaterThan(0);
  expect(hitsOf(closed, 'and nothing happened').length).toBeGreaterThan(0);
});

test('files of a mail whose source was rewritten still open, and its HTML still shows', async () => {
  await arrive(
    mailOf(
      [
        'Subject: Help',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="b"',
        '',
        '--b',
        'Content-Type: text/html; charset=utf-8',
        '',
        `<p>Hello &amp; goodbye</p><p>${TEXTS.phrase}</p>`,
        '--b',
        'Content-Type: text/plain; name="keys.txt"',
        'Content-Disposition: attachment; filename="keys.txt"',
        '',
        TEXTS.wif,
        '--b',
        'Content-Type: image/png; name="picture.png"',
        'Content-Transfer-Encoding: base64',
        'Content-Disposition: attachment; filename="picture.png"',
        '',
        Buffer.from('the picture').toString('base64'),
        '--b--',
        '',
      ],
      'files',
    ),
  );
  const caseId = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows[0]?.caseId;
  if (caseId === undefined) throw new Error('no case');
  const timeline = await station.ask('cases.timeline', { caseId });
  const message = timeline.find((item) => item.kind === 'message');
  if (message?.kind !== 'message') throw new Error('no message');
  expect(message.text).toContain('⟦redacted:recovery-phrase:12⟧');
  expect(message.attachments.map(({ name }) => name)).toEqual(['keys.txt', 'picture.png']);
  const [keys, picture] = await Promise.all(
    message.attachments.map(async ({ attachmentId }) => station.ask('attachments.bytes', { attachmentId })),
  );
  expect(picture !== null && picture !== undefined && 'bytes' in picture ? Buffer.from(picture.bytes).toString() : '').toBe('the picture');
  expect(keys !== null && keys !== undefined && 'bytes' in keys ? Buffer.from(keys.bytes).toString() : '').toContain(
    '⟦redacted:private-key',
  );
  const html = await station.ask('messages.html', { messageId: message.messageId });
  expect(html !== null && 'html' in html ? html.html : '').toContain('Hello &amp; goodbye');
  expect(timeline.some((item) => item.kind === 'event' && item.body.type === 'case.secretFound')).toBe(true);
});

test('a phrase in three messages is taken out of all of them', async () => {
  const words = SECRETS.phrase.split(' ');
  await arrive(chatMessage('chat', 'a', words.slice(0, 4).join(' ')));
  await arrive(chatMessage('chat', 'b', words.slice(4, 8).join(' ')), chatMessage('chat', 'c', words.slice(8).join(' ')));
  const texts = station.engine.store
    .read((db) => db.all<{ text: string }>('SELECT text FROM messages ORDER BY sent_at, id'))
    .map(({ text }) => text);
  expect(texts).toHaveLength(3);
  for (const text of texts) expect(text).toMatch(/^⟦redacted:recovery-phrase/u);
  expect(
    station.engine.store.read((db) =>
      db.get<{ preview: string }>("SELECT group_concat(body) AS preview FROM events WHERE type = 'case.messageReceived'"),
    )?.preview,
  ).not.toContain('legal winner');
});

function plainMail(lines: readonly string[], key: string, headers: readonly string[] = [], from?: string): ChannelEvent {
  const type = ['Subject: Help', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', ''];
  return mailOf([...headers, ...type, 'Dear team,', '', ...lines, '', 'Mei', ''], key, from);
}

function storedTexts(): readonly string[] {
  return station.engine.store
    .read((db) => db.all<{ text: string }>('SELECT text FROM messages WHERE kind = 0 ORDER BY sent_at, id'))
    .map(({ text }) => text);
}

test('a phrase in two mails of one customer is in no file of the workspace, although each had a case of its own', async () => {
  const words = SECRETS.phrase.split(' ');
  const half = words.slice(0, 6).join(' ');
  const first = mailOf(
    [
      'Subject: The first words',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: multipart/alternative; boundary="c"',
      '',
      '--c',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Dear team,',
      '',
      half,
      '',
      'Mei',
      '--c',
      'Content-Type: text/html; charset=utf-8',
      '',
      `<p>Dear team,</p><ol>${words
        .slice(0, 6)
        .map((word) => `<li>${word}</li>`)
        .join('')}</ol>`,
      '--c--',
      '--b',
      'Content-Type: image/png; name="picture.png"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="picture.png"',
      '',
      Buffer.from('the picture').toString('base64'),
      '--b--',
      '',
    ],
    'first',
  );
  await arrive(first);
  expect(storedTexts()[0]).toContain(half);
  await arrive(plainMail([words.slice(6).join(' ')], 'second'));
  const texts = storedTexts();
  expect(texts).toHaveLength(2);
  for (const text of texts) expect(text).toMatch(/Dear team,\s+⟦redacted:recovery-phrase:12⟧\s+Mei/u);
  const rows = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/winner|useful/u);
  const timelines = await Promise.all(rows.map(async ({ caseId }) => station.ask('cases.timeline', { caseId })));
  for (const timeline of timelines)
    expect(timeline.some((item) => item.kind === 'event' && item.body.type === 'case.secretFound')).toBe(true);
  const files = timelines.flat().flatMap((item) => (item.kind === 'message' ? item.attachments : []));
  const [picture] = await Promise.all(files.map(async ({ attachmentId }) => station.ask('attachments.bytes', { attachmentId })));
  expect(picture !== null && picture !== undefined && 'bytes' in picture ? Buffer.from(picture.bytes).toString() : '').toBe('the picture');
  await until(async () => (await station.ask('cases.search', { text: 'Dear', limit: 10 })).notIndexed === 0, 'all is indexed');
  expect((await station.ask('cases.search', { text: 'sausage', limit: 10 })).hits).toEqual([]);
  const folder = station.folder;
  await station.quit();
  const blobs = everything(folder).filter(({ name }) => name.startsWith('blob'));
  expect(hitsOf(blobs, 'the picture').length).toBeGreaterThan(0);
  for (const part of [half, words.slice(6).join(' '), `<li>${words[5] ?? ''}`]) expect(hitsOf(blobs, part)).toEqual([]);
  const raw = first.kind === 'message' ? first.message.raw : null;
  const packed = deflateRawSync(raw ?? '', { level: 1 });
  expect(packed.length).toBeGreaterThan(200);
  // nor is it in what is free of the file
  expect(readFileSync(join(folder, 'sources.db')).includes(packed.subarray(20, 100))).toBe(false);
});

test('the source of a rewritten mail is erased by the next run, when one ended between the mail and its source', async () => {
  const words = SECRETS.phrase.split(' ');
  const first = words.slice(0, 6).join(' ');
  await arrive(plainMail([first], 'first'));
  endsAfterCommit = true;
  await arrive(plainMail([words.slice(6).join(' ')], 'second'));
  for (const text of storedTexts()) expect(text).toContain('⟦redacted:recovery-phrase:12⟧');
  const { folder } = station;
  await station.quit();
  expect(hitsOf(everything(folder), first)).not.toEqual([]);
  await using next = await startWorkstation({ folder, secrets, createConnector: connector });
  await next.quit();
  expect(hitsOf(everything(folder), first)).toEqual([]);
});

test('a phrase in two mails of one batch is taken out of both before anything is stored', async () => {
  const words = SECRETS.phrase.split(' ');
  await arrive(plainMail([words.slice(0, 6).join(' ')], 'first'), plainMail([words.slice(6).join(' ')], 'second'));
  for (const text of storedTexts()) expect(text).toMatch(/Dear team,\s+⟦redacted:recovery-phrase:12⟧/u);
  const parts = everything(station.folder);
  for (const part of [words.slice(0, 6), words.slice(6)]) expect(hitsOf(parts, part.join(' '))).toEqual([]);
});

test('halves of two customers are not put together, also when one form sends for both', async () => {
  const words = SECRETS.phrase.split(' ');
  const first = words.slice(0, 6).join(' ');
  const second = words.slice(6).join(' ');
  await arrive(plainMail([first], 'a', ['Reply-To: one@customer.test']));
  await arrive(plainMail([second], 'b', ['Reply-To: two@customer.test']));
  expect(storedTexts().map((text) => text.includes('⟦'))).toEqual([false, false]);
});

test('halves in the thread of somebody else are put together, and with nobody else’s', async () => {
  const words = SECRETS.phrase.split(' ');
  const half = words.slice(6).join(' ');
  const inThread = ['In-Reply-To: <begun@customer.test>'];
  await arrive(plainMail(['Where is it?'], 'begun', [], 'Jo <jo@customer.test>'));
  await arrive(plainMail([words.slice(0, 6).join(' ')], 'first', inThread));
  await arrive(plainMail([half], 'strange', inThread, 'Jo <jo@customer.test>'));
  expect(storedTexts().filter((text) => text.includes('⟦'))).toEqual([]);
  await arrive(plainMail([half], 'second', inThread));
  expect(storedTexts().filter((text) => text.includes('⟦'))).toHaveLength(2);
  expect((await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows).toHaveLength(1);
});

test('what was taken out of a message does not come back when a part of a phrase is found in it', async () => {
  const words = SECRETS.phrase.split(' ');
  await arrive(
    chatMessage('chat', 'a', `my card number is ${SECRETS.card}, and the phrase: ${words.slice(0, 6).join(' ')}`),
    chatMessage('chat', 'b', words.slice(6).join(' ')),
  );
  const text = storedTexts().join('\n');
  expect(text).toContain('⟦redacted:recovery-phrase:12⟧');
  expect(text).not.toContain(SECRETS.card);
});
