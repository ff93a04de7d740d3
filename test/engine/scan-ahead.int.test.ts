import { expect, test, vi } from 'vitest';
import { multipart, ordinary, rawMail } from '../fixtures/mail/build-mail.ts';
import type { ChannelEvent, InboundFile } from '../../src/main/engine/channels/connector.ts';
import { parseMail } from '../../src/main/engine/channels/email/mime/parse-mail.ts';
import { normalizeMail } from '../../src/main/engine/channels/email/normalize-mail.ts';
import { mailSource } from '../../src/main/engine/engine-guard.ts';
import { loadSecretScanner } from '../../src/main/engine/guard/secret-scanner.ts';
import type { LongTextScan } from '../../src/main/engine/ports/scan-port.ts';
import { guardedMessage } from '../../src/main/engine/usecases/redact-message.ts';
import type { GuardedMessage, MessageEvent } from '../../src/main/engine/usecases/redact-message.ts';
import { LONG_TEXT, scanAhead } from '../../src/main/engine/usecases/scan-ahead.ts';
import type { SecretHit, SecretScanner } from '../../src/shared/domain/guard/secret-types.ts';
import { instant } from '../../src/shared/domain/time.ts';

// a published test vector; nobody's
const KEY = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';
const LOG = `${'12:00:01 INFO block 4711 was read\n'.repeat(30_000)}imported ${KEY}\n`;

const scanner = await loadSecretScanner();

function mail(): MessageEvent {
  const raw = rawMail(
    [...ordinary, 'Content-Type: multipart/mixed; boundary=b'],
    multipart([
      [['Content-Type: text/plain; charset=utf-8'], 'Here is the log.'],
      [
        [
          'Content-Type: text/plain; name="wallet.log"',
          'Content-Disposition: attachment; filename="wallet.log"',
          'Content-Transfer-Encoding: base64',
        ],
        Buffer.from(LOG).toString('base64').replaceAll(/.{76}/gu, '$&\r\n'),
      ],
    ]),
  );
  const message = normalizeMail(
    parseMail(raw),
    { raw, receivedAt: instant(Date.UTC(2026, 10, 29)), seen: false, inSentFolder: false, warnings: [] },
    { address: 'support@team.test' },
  );
  return { kind: 'message', message, remoteRef: 'INBOX/1/1' };
}

/** A message of a chat with the same log beside it. */
function chat(): MessageEvent {
  const { message } = mail();
  const file: InboundFile = { name: 'wallet.log', type: 'text/plain', bytes: new TextEncoder().encode(LOG) };
  return { kind: 'message', remoteRef: 'chat/1', message: { ...message, raw: null, attachments: [] }, files: [file] };
}

/** A mail that has the log in its own text. */
function longMail(): MessageEvent {
  const raw = rawMail([...ordinary, 'Content-Type: text/plain; charset=utf-8'], LOG.replaceAll('\n', '\r\n'));
  const message = normalizeMail(
    parseMail(raw),
    { raw, receivedAt: instant(Date.UTC(2026, 10, 29)), seen: false, inSentFolder: false, warnings: [] },
    { address: 'support@team.test' },
  );
  return { kind: 'message', message, remoteRef: 'INBOX/1/2' };
}

/** What becomes of a message, and which long texts were scanned by whom. */
async function guarded(
  event: MessageEvent,
  scanLong: LongTextScan,
): Promise<{ readonly message: GuardedMessage; readonly here: number; readonly beside: number }> {
  const beside = vi.fn<LongTextScan>(scanLong);
  const batch = { events: [event] satisfies ChannelEvent[], cursor: '1', more: false, backfill: null };
  const here: string[] = [];
  const spied: SecretScanner = { ...scanner, knowing: (found) => scanner.knowing(new Noted(found, here)) };
  const ahead = await scanAhead(spied, { scanLong: beside, source: mailSource }, batch);
  const message = guardedMessage(ahead, mailSource, event, { texts: [], read: (text) => ({ hits: ahead.scan(text), earlier: [] }) });
  return {
    message,
    here: here.filter((text) => text.length >= LONG_TEXT).length,
    beside: beside.mock.calls.flatMap(([texts]) => texts).length,
  };
}

/** What is known of texts; those that are asked for in vain are scanned in this thread, and are noted. */
class Noted extends Map<string, readonly SecretHit[]> {
  readonly #inVain: string[];

  constructor(found: ReadonlyMap<string, readonly SecretHit[]>, inVain: string[]) {
    super(found);
    this.#inVain = inVain;
  }

  override get(text: string): readonly SecretHit[] | undefined {
    const hits = super.get(text);
    if (hits === undefined) this.#inVain.push(text);
    return hits;
  }
}

function everythingOf({ event }: GuardedMessage): string {
  const files = (event.files ?? []).map(({ bytes }) => new TextDecoder().decode(bytes));
  const source = event.message.raw === null ? '' : parseMail(event.message.raw).attachments.map(({ sha256, size }) => `${size} ${sha256}`);
  return [event.message.text, Buffer.from(event.message.raw ?? []).toString('latin1'), ...source, ...files].join('\n');
}

const besideThread: LongTextScan = async (texts) => Promise.resolve(texts.map((text) => scanner.scan(text)));

test.each([
  ['a mail', mail],
  ['a chat', chat],
])('a log of a megabyte in %s is scanned beside the thread, and what was found there is taken out', async (_, event) => {
  const { message, here, beside } = await guarded(event(), besideThread);
  expect({ here, beside }).toEqual({ here: 0, beside: 1 });
  expect(message.kinds).toEqual(['private-key']);
  // of a log what stands around the key is sealed, not all of it
  const sealed = message.originals.join('\n');
  expect(sealed).toContain(`imported ${KEY}`);
  expect(sealed.length).toBeLessThan(2_000);
  const kept = everythingOf(message);
  expect(kept.includes(KEY) || kept.includes(Buffer.from(LOG).toString('base64').slice(-60, -10))).toBe(false);
});

test.each([
  ['a mail', mail],
  ['a chat', chat],
])('where nobody else could scan it, %s is scanned all the same', async (_, event) => {
  const { message, here } = await guarded(event(), async (texts) => Promise.resolve(texts.map(() => null)));
  expect(here).toBeGreaterThan(0);
  expect(message.kinds).toEqual(['private-key']);
});

test('nobody is asked about short texts', async () => {
  const { message } = chat();
  const { beside } = await guarded({ kind: 'message', remoteRef: 'chat/1', message }, besideThread);
  expect(beside).toBe(0);
});

test('the text of a long mail is scanned beside the thread, too, read together with its subject', async () => {
  const { message, here, beside } = await guarded(longMail(), besideThread);
  expect(here).toBe(0);
  expect(beside).toBeGreaterThan(0);
  expect(message.kinds).toEqual(['private-key']);
  expect(everythingOf(message)).not.toContain(KEY);
});
