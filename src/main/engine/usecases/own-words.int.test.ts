import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCaseLedger } from './case-ledger.ts';
import { ingestBatch } from './ingest-batch.ts';
import type { IngestDeps } from './ingest-batch.ts';
import { accountIdFor, IdSource } from '../identity.ts';
import { noProbe } from '../probe.ts';
import { saveAccount } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { openBlobStore } from '../store/blobs.store.ts';
import { insertMessage } from '../store/messages.store.ts';
import { changeOutbox, insertOutbox, outboxByUid } from '../store/outbox.store.ts';
import { migrate } from '../store/migrate.ts';
import { Store } from '../store/sql.ts';
import { admitAtOnce } from '../team/admission.ts';
import type { OutboxState } from '../../../shared/domain/outbox.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';
import { after, instant } from '../../../shared/domain/time.ts';

const T0 = instant(1_760_000_000_000);
const account: StoredAccount = {
  uid: accountIdFor('discourse', 'support@forum.test'),
  kind: 'discourse',
  address: 'support@forum.test',
  name: 'Forum',
  tokenKey: '00'.repeat(32),
  createdAt: T0,
  removedAt: null,
  settings: null,
};

let folder = '';
let deps: IngestDeps;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-own-'));
  const store = new Store(join(folder, 'one.db'));
  migrate(store.database);
  const clock = { now: () => after(T0, 1_000_000) };
  const ids = new IdSource(clock);
  store.write((tx) => saveAccount(tx, account));
  deps = {
    store,
    blobs: openBlobStore(':memory:'),
    ledger: createCaseLedger({ log: admitAtOnce, ids, clock, node: 'test' }),
    ids,
    clock,
    probe: noProbe,
    verifyToken: () => null,
  };
});
afterEach(() => {
  deps.store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

function post(id: number, direction: 'in' | 'out', text: string, topic = 1): NormalizedMessage {
  return {
    channel: 'community',
    direction,
    nativeKey: `post:${String(id)}`,
    thread: {
      tokens: [],
      ownKey: direction === 'out' ? `post:${String(id)}@forum.test` : null,
      parentKeys: [`conv:topic:${String(topic)}`],
    },
    subject: 'Stuck',
    from: { address: `${direction === 'in' ? '7' : '1'}@community`, name: direction },
    to: [],
    cc: [],
    replyTo: [],
    text,
    html: null,
    preview: text,
    language: 'en',
    sentAt: after(T0, id * 1000),
    receivedAt: after(T0, id * 1000),
    senderOffsetMinutes: null,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: false,
    origin: {
      conversation: `topic:${String(topic)}`,
      nativeKey: `${String(id)}/1`,
      author: { nativeId: '7', handle: '@mei', verification: 'platform', facts: {} },
      isPrivate: false,
    },
  };
}

async function arrive(...messages: readonly NormalizedMessage[]): Promise<void> {
  const events = messages.map((message) => ({ kind: 'message', message, remoteRef: message.nativeKey }) as const);
  await ingestBatch(deps, account, { events, cursor: 'c', more: false, backfill: null }, account.uid);
}

/** An answer that was written here and has come so far. */
function answered(name: string, text: string, state: OutboxState): void {
  deps.store.write((tx) => {
    const caseId = tx.get<{ id: number }>('SELECT max(id) AS id FROM cases')?.id ?? 0;
    const own = { uid: makeId('msg', name), caseId, kind: 'out', sentAt: after(T0, 5_000), receivedAt: after(T0, 5_000) } as const;
    const messageId = insertMessage(tx, {
      ...own,
      agent: null,
      language: null,
      offsetMinutes: null,
      auto: 'none',
      ownKey: `${name}@meridian`,
      sourceSha: null,
      hasHtml: false,
      warnings: [],
      from: { address: 'support@forum.test', name: 'Support' },
      recipients: { to: [], cc: [], replyTo: [] },
      subject: 'Stuck',
      text,
    });
    const entry = { uid: makeId('out', name), caseId, messageId: messageId ?? 0, account: account.uid, clientKey: `<${name}@meridian>` };
    insertOutbox(tx, {
      ...entry,
      sendAt: T0,
      writtenAt: T0,
      seen: { lastInboundAt: null, lastReplyAt: null, status: 'open', epoch: 0 } as never,
      payload: { subject: '', to: [], cc: [], text, parentKeys: [], threadToken: null },
    });
    changeOutbox(tx, entry.uid, { state, at: T0 });
  });
}

const messages = (): readonly string[] =>
  deps.store.read((db) => db.all<{ text: string }>('SELECT text FROM messages ORDER BY sent_at, id')).map(({ text }) => text);
const state = (name: string): string | undefined => deps.store.read((db) => outboxByUid(db, makeId('out', name)))?.state;

describe('what a forum shows as ours', () => {
  it('is the answer that left from here, also one of unknown fate', async () => {
    await arrive(post(1, 'in', 'help'));
    answered('one', 'Please **wait** a moment.', 'unknown');
    await arrive(post(9, 'out', 'Please wait a moment.'));
    expect([messages(), state('one')]).toEqual([['help', 'Please **wait** a moment.'], 'sent']);
    // the same post again, and a second one with the same words by hand
    await arrive(post(9, 'out', 'Please wait a moment.'), post(10, 'out', 'Please wait a moment.'));
    expect(messages()).toEqual(['help', 'Please **wait** a moment.', 'Please wait a moment.']);
  });

  it('is not one that waits, nor one in another conversation', async () => {
    await arrive(post(1, 'in', 'help'));
    answered('one', 'Please wait', 'queued');
    await arrive(post(9, 'out', 'Please wait'));
    expect([messages().length, state('one')]).toEqual([3, 'queued']);
    await arrive(post(11, 'in', 'other', 2));
    answered('two', 'Two words', 'sent');
    await arrive(post(12, 'out', 'Two words', 1));
    expect(messages().filter((text) => text === 'Two words')).toHaveLength(2);
  });

  it('opens no case where nobody asked us, and is shown where somebody did', async () => {
    await arrive(post(1, 'out', 'An announcement', 3));
    expect(messages()).toEqual([]);
    await arrive(post(2, 'in', 'I have a question', 3), post(3, 'out', 'By hand, on the page', 3));
    expect(messages()).toEqual(['I have a question', 'By hand, on the page']);
  });
});
