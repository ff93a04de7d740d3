import { afterEach, beforeEach, expect, test } from 'vitest';
import { hear, told } from './carry.ts';
import { openDesk, T0 } from './desk.ts';
import type { Desk } from './desk.ts';
import { accountIdFor } from '../../src/main/engine/identity.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { outboxByUid } from '../../src/main/engine/store/outbox.store.ts';
import { applyAction } from '../../src/main/engine/usecases/apply-action.ts';
import { LONGEST_SILENCE_MS, letSilentGo } from '../../src/main/engine/usecases/bot-commands.ts';
import { createBot } from '../../src/main/engine/usecases/bot.ts';
import type { Bot } from '../../src/main/engine/usecases/bot.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { Playbook } from '../../src/shared/domain/bot/playbook.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId, OutboxId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** Two workstations of which one holds the account, and then the other: both come to the same, and a person's word goes before both. */

const ACCOUNT: StoredAccount = {
  uid: accountIdFor('chat', 'shop'),
  kind: 'chat',
  address: 'shop',
  name: 'Shop',
  tokenKey: '00'.repeat(32),
  createdAt: instant(T0),
  removedAt: null,
  settings: null,
  channel: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: 'A'.repeat(87), playbook: 'two' },
};
const step = (say: string, go: string): Playbook['steps'][string] => ({
  say: { en: say },
  choices: [],
  keep: 'when',
  find: null,
  go: { kind: 'step', step: go },
});
const PLAYBOOK: Playbook = {
  id: 'two',
  name: { en: 'Two' },
  languages: ['en'],
  otherLanguages: 'hand-over',
  patience: 2,
  greeting: { en: 'Hello.' },
  start: 'one',
  steps: { one: step('First?', 'two'), two: step('Second?', 'three'), three: step('Third?', 'one') },
  phrases: {},
};

let here: Desk & { readonly bot: Bot };
let there: Desk & { readonly bot: Bot };

function desk(): Desk & { readonly bot: Bot } {
  const opened = openDesk();
  opened.store.write((tx) => saveAccount(tx, ACCOUNT));
  const { ledger, clock, store } = opened;
  const bot = createBot({
    ledger,
    clock,
    store,
    book: coverageParts(clock).book,
    log: () => undefined,
    playbooks: () => ({ book: new Map([['two', PLAYBOOK]]) }),
  });
  return Object.assign(opened, { bot });
}

beforeEach(() => {
  here = desk();
  there = desk();
});
afterEach(() => {
  here[Symbol.dispose]();
  there[Symbol.dispose]();
});

function chat(number: number, text: string): NormalizedMessage {
  const at = instant(T0 + 900_000 + number * 60_000);
  const nativeKey = `m${String(number)}`;
  const author = { nativeId: 'v', handle: null, verification: 'none', facts: {} } as const;
  return {
    channel: 'chat',
    direction: 'in',
    nativeKey,
    thread: { tokens: [], ownKey: null, parentKeys: ['conv:v'] },
    subject: 'Chat',
    from: { address: 'v@chat', name: 'Mei' },
    to: [],
    cc: [],
    replyTo: [],
    text,
    html: null,
    preview: text,
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
    origin: { conversation: 'v', nativeKey, author, isPrivate: true },
  };
}

async function fetch(at: Desk, ...messages: readonly NormalizedMessage[]): Promise<void> {
  const events = messages.map((message) => ({ kind: 'message', message, remoteRef: message.nativeKey }) as const);
  await ingestBatch(at, ACCOUNT, { events, cursor: '', more: false, backfill: null }, ACCOUNT.uid);
}

interface Word {
  readonly uid: OutboxId;
  readonly key: string;
  readonly state: string;
  readonly text: string;
}
const words = (at: Desk): Word[] =>
  at.store.read((db) =>
    db.all<Word>("SELECT o.uid, o.client_key AS key, o.state, o.payload ->> '$.text' AS text FROM outbox o ORDER BY o.id"),
  );
const caseId = (at: Desk): CaseId => at.store.read((db) => db.get<{ uid: CaseId }>('SELECT uid FROM cases'))?.uid ?? makeId('case', 'none');
const botOf = (at: Desk) => at.store.read((db) => at.ledger.fold(db, caseId(at)))?.bot ?? null;

test('both that fetch the same say the same, once, by the same ids', async () => {
  await fetch(here, chat(1, 'hi'), chat(2, 'yesterday'));
  await fetch(there, chat(1, 'hi'), chat(2, 'yesterday'));
  expect(words(there)).toEqual(words(here));
  expect(words(here).map(({ text }) => text)).toEqual(['Hello.\n\nFirst?', 'Second?']);
  const ids = (at: Desk): string[] =>
    at.store.read((db) => db.all<{ id: string }>('SELECT id FROM events ORDER BY local_id')).map(({ id }) => id);
  expect(ids(there)).toEqual(ids(here));
});

test('whoever holds the account next goes on where the other was', async () => {
  await fetch(here, chat(1, 'hi'));
  expect(hear(there, told(here))).toEqual([]);
  expect(botOf(there)).toEqual(botOf(here));
  expect(words(there)).toEqual(words(here));
  await fetch(there, chat(2, 'yesterday'));
  expect(words(there).at(-1)?.text).toBe('Second?');
});

test('what the one has queued the other does not say any more once a person has taken the case', async () => {
  await fetch(here, chat(1, 'hi'));
  hear(there, told(here));
  const [word] = words(there);
  if (word === undefined) throw new Error('nothing was said');
  // at the other desk, before the word has left the first one
  const taken = applyAction(there, { opId: makeId('op', 'take'), caseIds: [caseId(there)], action: { kind: 'claim' } });
  expect(taken.ok).toBe(true);
  expect([botOf(there), words(there)[0]?.state]).toEqual([null, 'cancelled']);
  const before = told(here).length;
  expect(hear(here, told(there).slice(before))).toEqual([]);
  expect(botOf(here)).toBeNull();
  const left = here.store.write((tx) => {
    const entry = outboxByUid(tx, word.uid);
    return entry === undefined || entry.state !== 'queued' ? null : here.bot.prepare(tx, entry);
  });
  expect(left).toBeNull();
  expect(words(here)[0]?.state).toBe('cancelled');
  // the customer's next message is a person's, at both
  await fetch(here, chat(2, 'yesterday'));
  await fetch(there, chat(2, 'yesterday'));
  expect([words(here).length, words(there).length]).toEqual([1, 1]);
});

test('a word of a time that is over is void in the next one', async () => {
  await fetch(here, chat(1, 'hi'));
  const [word] = words(here);
  here.store.write((tx) => {
    const at = here.clock.now();
    const ana = makeId('agt', 'me');
    here.ledger.append(tx, caseId(here), [{ type: 'case.botEnded', reason: 'agent', messageId: null, at }], { actor: ana });
    here.ledger.append(tx, caseId(here), [{ type: 'case.botStarted', playbook: 'two', messageId: null, at }], { actor: ana });
    // as if the word had been on its way meanwhile
    tx.run("UPDATE outbox SET state = 'queued'");
    const entry = word === undefined ? undefined : outboxByUid(tx, word.uid);
    expect(entry === undefined ? null : here.bot.prepare(tx, entry)).toBeNull();
  });
  expect(words(here)[0]?.state).toBe('cancelled');
});

test('who has gone quiet with the bot is looked after by people', async () => {
  await fetch(here, chat(1, 'hi'));
  const quiet = (ms: number) => here.store.write((tx) => letSilentGo(here, tx, instant(T0 + 960_000 + ms)));
  quiet(LONGEST_SILENCE_MS - 1);
  expect(botOf(here)).not.toBeNull();
  quiet(LONGEST_SILENCE_MS);
  quiet(LONGEST_SILENCE_MS);
  expect(botOf(here)).toBeNull();
  const told = here.store.read((db) => db.all("SELECT 1 FROM events WHERE type = 'case.botEnded'"));
  expect(told).toHaveLength(1);
});
