import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelEvent } from '../../src/main/engine/channels/connector.ts';
import { accountIdFor, IdSource } from '../../src/main/engine/identity.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { openBlobStore } from '../../src/main/engine/store/blobs.store.ts';
import { migrate } from '../../src/main/engine/store/migrate.ts';
import { saveAgent } from '../../src/main/engine/store/settings.store.ts';
import { Store } from '../../src/main/engine/store/sql.ts';
import { admitAtOnce } from '../../src/main/engine/team/admission.ts';
import { createAcknowledger } from '../../src/main/engine/usecases/acknowledge.ts';
import type { Acknowledger } from '../../src/main/engine/usecases/acknowledge.ts';
import { createCaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { Redactor } from '../../src/main/engine/usecases/redactor.ts';
import type { IngestDeps } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** When the tests of one desk begin. */
export const T0 = 1_760_000_000_000;
export const ME = makeId('agt', 'me');

export const ACCOUNT: StoredAccount = {
  uid: accountIdFor('email', 'support@team.test'),
  kind: 'email',
  address: 'support@team.test',
  name: 'Support',
  tokenKey: '00'.repeat(32),
  createdAt: instant(T0),
  removedAt: null,
  settings: null,
};

/** The use cases over a real database, with a clock that stands until it is moved; no network, no timers. */
export interface Desk extends IngestDeps, Disposable {
  readonly folder: string;
  readonly time: { now: number };
  /** Answers nobody: acknowledgements are off. */
  readonly acknowledger: Acknowledger;
}

/** Lets everything through as it is; for tests that are about something else. */
export const letThrough: Redactor = {
  ready: async () => Promise.resolve(),
  text: (text) => ({ text, kinds: [] }),
  file: async (file) => Promise.resolve({ file, kinds: [] }),
  batch: async (_account, batch) => Promise.resolve({ batch, findings: new Map() }),
  forgetEarlier: () => {},
  scanner: () => ({
    scan: () => [],
    knowing() {
      return this;
    },
    scanConversation: () => ({ hits: [], earlier: [] }),
    mayBePart: () => false,
    scanMails: () => ({ hits: [], earlier: [] }),
  }),
};

export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-desk-'));
  const store = new Store(join(folder, 'main.db'));
  migrate(store.database);
  const time = { now: T0 + 1_000_000 };
  const clock = { now: () => instant(time.now) };
  const ids = new IdSource(clock);
  store.write((tx) => {
    saveAccount(tx, ACCOUNT);
    saveAgent(tx, { agentId: ME, name: 'Ana Reis', hub: '', zone: 'Europe/Lisbon', languages: ['en'], isMe: true });
  });
  const blobs = openBlobStore(':memory:');
  const ledger = createCaseLedger({ log: admitAtOnce, ids, clock, node: 'test' });
  return {
    folder,
    time,
    store,
    blobs,
    ledger,
    acknowledger: createAcknowledger({ ledger, clock, book: coverageParts(clock).book, signToken: () => null, log: () => undefined }),
    ids,
    clock,
    probe: noProbe,
    verifyToken: () => null,
    [Symbol.dispose]: () => {
      store[Symbol.dispose]();
      blobs[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A mail as the connector gives it; its number tells how many seconds after T0 it came. */
export function mail(key: string, change: Partial<NormalizedMessage> = {}, parents: readonly string[] = []): NormalizedMessage {
  const at = instant(T0 + Number(key.replaceAll(/\D/gu, '') || 0) * 1_000);
  return {
    channel: 'email',
    direction: 'in',
    nativeKey: key,
    thread: { tokens: [], ownKey: `<${key}>`, parentKeys: parents.map((parent) => `<${parent}>`) },
    subject: `Subject ${key}`,
    from: { address: 'mei@customer.test', name: 'Mei' },
    to: [{ address: ACCOUNT.address, name: '' }],
    cc: [],
    replyTo: [],
    text: `text of ${key}`,
    html: null,
    preview: `text of ${key}`,
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
    ...change,
  };
}

export async function receive(desk: Desk, ...messages: readonly NormalizedMessage[]): Promise<void> {
  const events = messages.map((message): ChannelEvent => ({ kind: 'message', message, remoteRef: `INBOX/1/${message.nativeKey}` }));
  await ingestBatch(desk, ACCOUNT, { events, cursor: 'c', more: false, backfill: null }, ACCOUNT.uid);
}

/** The case that holds a message. */
export function caseOf(desk: Desk, key: string): CaseId {
  const row = desk.store.read((db) =>
    db.get<{ uid: string }>('SELECT c.uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.own_key = @key', { key }),
  );
  if (row === undefined) throw new Error(`no case holds ${key}`);
  return row.uid as CaseId;
}
