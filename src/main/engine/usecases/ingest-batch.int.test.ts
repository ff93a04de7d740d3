import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCaseLedger } from './case-ledger.ts';
import { ingestBatch } from './ingest-batch.ts';
import type { IngestDeps } from './ingest-batch.ts';
import { accountIdFor, IdSource } from '../identity.ts';
import type { Batch, ChannelEvent } from '../channels/connector.ts';
import { noProbe } from '../probe.ts';
import { cursorOf, saveAccount } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { openBlobStore } from '../store/blobs.store.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { listCases } from '../store/case-list.store.ts';
import { caseUidsWithEvents } from '../store/events.store.ts';
import { migrate } from '../store/migrate.ts';
import { Store } from '../store/sql.ts';
import { admitAtOnce } from '../team/admission.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';
import { instant } from '../../../shared/domain/time.ts';

const T0 = 1_760_000_000_000;
const account: StoredAccount = {
  uid: accountIdFor('email', 'support@team.test'),
  kind: 'email',
  address: 'support@team.test',
  name: 'Support',
  tokenKey: '00'.repeat(32),
  createdAt: instant(T0),
  removedAt: null,
  settings: null,
};

let folder = '';
let deps: IngestDeps;

function open(): IngestDeps {
  const store = new Store(join(folder, `${crypto.randomUUID()}.db`));
  migrate(store.database);
  const clock = { now: () => instant(T0 + 1_000_000) };
  const ids = new IdSource(clock);
  store.write((tx) => saveAccount(tx, account));
  return {
    store,
    blobs: openBlobStore(':memory:'),
    ledger: createCaseLedger({ log: admitAtOnce, ids, clock, node: 'test' }),
    ids,
    clock,
    probe: noProbe,
    verifyToken: (_account, token) => (token.startsWith('good.') ? token.slice(5) : null),
  };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-ingest-'));
  deps = open();
});
afterEach(() => {
  deps.store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

function mail(key: string, change: Partial<NormalizedMessage> = {}, parents: readonly string[] = []): NormalizedMessage {
  return {
    channel: 'email',
    direction: 'in',
    nativeKey: key,
    thread: { tokens: [], ownKey: `<${key}>`, parentKeys: parents.map((parent) => `<${parent}>`) },
    subject: `Subject ${key}`,
    from: { address: 'mei@customer.test', name: 'Mei' },
    to: [{ address: 'support@team.test', name: '' }],
    cc: [],
    replyTo: [],
    text: `text of ${key}`,
    html: null,
    preview: `text of ${key}`,
    language: 'en',
    sentAt: instant(T0 + Number(key.replaceAll(/\D/gu, '') || 0) * 1000),
    receivedAt: instant(T0 + Number(key.replaceAll(/\D/gu, '') || 0) * 1000),
    senderOffsetMinutes: 480,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: new TextEncoder().encode(`Message-ID: <${key}>\r\n\r\nhello`),
    seen: false,
    ...change,
  };
}
function batch(messages: readonly NormalizedMessage[], cursor = 'c'): Batch {
  return {
    events: messages.map((message): ChannelEvent => ({ kind: 'message', message, remoteRef: `INBOX/1/${message.nativeKey}` })),
    cursor,
    more: false,
    backfill: null,
  };
}
const cases = (from: IngestDeps = deps) =>
  from.store.read((db) => listCases(db, { view: 'all', sort: 'newest', limit: 100 }, { me: null, now: deps.clock.now() })).rows;

/** The grouping of messages into cases, without looking at ids. */
function groups(from: IngestDeps): string[] {
  return from.store
    .read((db) =>
      db.all<{ keys: string }>(
        "SELECT group_concat(own_key, ' ') AS keys FROM (SELECT case_id, own_key FROM messages ORDER BY own_key) GROUP BY case_id",
      ),
    )
    .map((row) => row.keys)
    .sort();
}

describe('ingesting', () => {
  test('a batch that is delivered twice changes nothing', async () => {
    await ingestBatch(deps, account, batch([mail('a1'), mail('a2', {}, ['a1'])]), account.uid);
    const before = { rows: cases(), events: deps.store.read((db) => db.get('SELECT count(*) AS n FROM events')) };
    const arrivals = await ingestBatch(deps, account, batch([mail('a1'), mail('a2', {}, ['a1'])]), account.uid);
    expect(arrivals).toEqual([]);
    expect({ rows: cases(), events: deps.store.read((db) => db.get('SELECT count(*) AS n FROM events')) }).toEqual(before);
  });

  test('the cursor is stored with the rows', async () => {
    await ingestBatch(deps, account, batch([mail('a1')], 'cursor 7'), account.uid);
    expect(deps.store.read((db) => cursorOf(db, account.uid))).toBe('cursor 7');
  });

  test('one message that can not be stored is set aside and the others are kept', async () => {
    const impossible = mail('bad', { text: undefined as unknown as string });
    await ingestBatch(deps, account, batch([mail('a1'), impossible, mail('b2')], 'next'), account.uid);
    expect(
      cases()
        .map((row) => row.subject)
        .sort(),
    ).toEqual(['Subject a1', 'Subject b2']);
    expect(deps.store.read((db) => db.all<{ ref: string }>('SELECT ref FROM quarantine'))).toEqual([{ ref: 'INBOX/1/bad' }]);
    expect(deps.store.read((db) => cursorOf(db, account.uid))).toBe('next');
  });

  test('a bounce belongs to the message that failed and re-opens its case', async () => {
    await ingestBatch(
      deps,
      account,
      batch([
        mail('a1'),
        mail(
          'o2',
          { direction: 'out', from: { address: 'support@team.test', name: '' }, to: [{ address: 'mei@customer.test', name: '' }] },
          ['a1'],
        ),
      ]),
      account.uid,
    );
    expect(cases()[0]?.waitingSince).toBeNull();
    const bounce = mail('b3', {
      auto: 'bounce',
      bounce: { originalMessageId: 'o2', recipient: 'mei@customer.test', diagnostic: '550 no such user', permanent: true },
    });
    await ingestBatch(deps, account, batch([bounce]), account.uid);
    await ingestBatch(deps, account, batch([bounce]), account.uid);
    expect(cases()).toHaveLength(1);
    expect(cases()[0]).toMatchObject({ waitingSince: T0 + 1000, failedReplies: 1, messageCount: 2 });
    expect(deps.store.read((db) => db.get("SELECT count(*) AS n FROM events WHERE type = 'case.deliveryFailed'"))).toEqual({ n: 1 });
  });

  test('a signed token finds the case even without any header, a forged one does not', async () => {
    await ingestBatch(deps, account, batch([mail('a1')]), account.uid);
    const uid = cases()[0]?.caseId ?? '';
    await ingestBatch(
      deps,
      account,
      batch([mail('x2', { thread: { tokens: [`good.${uid.slice(5)}`], ownKey: '<x2>', parentKeys: [] } })]),
      account.uid,
    );
    await ingestBatch(
      deps,
      account,
      batch([mail('y3', { thread: { tokens: [`forged.${uid.slice(5)}`], ownKey: '<y3>', parentKeys: [] } })]),
      account.uid,
    );
    expect(groups(deps)).toEqual(['a1 x2', 'y3']);
  });

  test('a stranger who writes into a thread is marked', async () => {
    await ingestBatch(
      deps,
      account,
      batch([mail('a1'), mail('a2', { from: { address: 'eve@elsewhere.test', name: 'Mei' } }, ['a1'])]),
      account.uid,
    );
    const warnings = deps.store.read((db) =>
      db.all<{ own_key: string; warnings: string }>('SELECT own_key, warnings FROM messages ORDER BY own_key'),
    );
    expect(warnings).toEqual([
      { own_key: 'a1', warnings: '[]' },
      { own_key: 'a2', warnings: '["new-participant"]' },
    ]);
  });

  test('a message removed on the server stays, and says so', async () => {
    await ingestBatch(deps, account, batch([mail('a1')]), account.uid);
    await ingestBatch(
      deps,
      account,
      { events: [{ kind: 'removed', remoteRef: 'INBOX/1/a1' }], cursor: 'd', more: false, backfill: null },
      account.uid,
    );
    expect(deps.store.read((db) => db.get('SELECT removed FROM messages'))).toEqual({ removed: 1 });
    await ingestBatch(deps, account, batch([mail('a1')]), account.uid);
    expect(deps.store.read((db) => db.get('SELECT removed FROM messages'))).toEqual({ removed: 0 });
  });

  test('read elsewhere is read here', async () => {
    await ingestBatch(deps, account, batch([mail('a1'), mail('a5', {}, ['a1'])]), account.uid);
    expect(cases()[0]?.unread).toBe(true);
    const seen = (key: string): Batch => ({
      events: [{ kind: 'seen', remoteRef: `INBOX/1/${key}`, seen: true }],
      cursor: 'd',
      more: false,
      backfill: null,
    });
    await ingestBatch(deps, account, seen('a1'), account.uid);
    expect(cases()[0]?.unread).toBe(true);
    await ingestBatch(deps, account, seen('a5'), account.uid);
    expect(cases()[0]?.unread).toBe(false);
  });
});

describe('threading', () => {
  test('a late parent makes one case of two, and the old id still leads there', async () => {
    await ingestBatch(deps, account, batch([mail('a1')]), account.uid);
    await ingestBatch(deps, account, batch([mail('b2')]), account.uid);
    const ids = cases().map((row) => row.caseId);
    await ingestBatch(deps, account, batch([mail('c3', {}, ['a1', 'b2'])]), account.uid);
    expect(groups(deps)).toEqual(['a1 b2 c3']);
    expect(cases()).toHaveLength(1);
    const now = cases()[0]?.caseId;
    for (const id of ids) expect(deps.store.read((db) => currentCaseUid(db, id))).toBe(now);
    expect(cases()[0]).toMatchObject({ messageCount: 3, waitingSince: T0 + 1000 });
  });

  test('grouping and case ids do not depend on the order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(thread(), fc.func(fc.integer()), async (messages, order) => {
        const first = open();
        const second = open();
        try {
          for (const message of messages) await ingestBatch(first, account, batch([message]), account.uid);
          for (const message of [...messages].sort((a, b) => order(a.nativeKey) - order(b.nativeKey)))
            await ingestBatch(second, account, batch([message]), account.uid);
          expect(groups(second)).toEqual(groups(first));
          const strip = (from: IngestDeps) =>
            cases(from).map(({ subject, waitingSince, messageCount, lastMessageAt, contactAddress }) => ({
              subject,
              waitingSince,
              messageCount,
              lastMessageAt,
              contactAddress,
            }));
          expect(strip(second)).toEqual(strip(first));
        } finally {
          first.store[Symbol.dispose]();
          second.store[Symbol.dispose]();
        }
      }),
      { numRuns: 25 },
    );
  });

  /** Up to eight messages, each answering some earlier ones: full References, only the last, or none. */
  function thread(): fc.Arbitrary<NormalizedMessage[]> {
    return fc
      .array(fc.record({ parent: fc.nat(7), style: fc.constantFrom('full', 'last', 'none') }), { minLength: 2, maxLength: 8 })
      .map((shape) => {
        const chains: string[][] = [];
        return shape.map(({ parent, style }, index) => {
          const key = `m${index + 1}`;
          const chain = style === 'none' || index === 0 ? [] : (chains[parent % index] ?? []);
          chains.push([...chain, key]);
          return mail(key, {}, style === 'last' ? chain.slice(-1) : chain);
        });
      });
  }
});

test('dropping the projections and folding again gives the same rows', async () => {
  await ingestBatch(
    deps,
    account,
    batch([mail('a1'), mail('b2'), mail('c3', {}, ['a1', 'b2']), mail('d4'), mail('e5', { auto: 'auto-reply' }, ['d4'])]),
    account.uid,
  );
  const select =
    'SELECT uid, status, assignee, waiting_since, last_message_at, message_count, subject, preview, state, merged_into FROM cases WHERE merged_into IS NULL ORDER BY uid';
  const before = deps.store.read((db) => db.all(select));
  deps.store.write((tx) => {
    tx.run("UPDATE cases SET status = 3, waiting_since = 1, message_count = 0, subject = '', preview = '', state = '{}'");
    deps.ledger.forget();
    for (const uid of caseUidsWithEvents(tx)) deps.ledger.refold(tx, uid);
  });
  expect(deps.store.read((db) => db.all(select))).toEqual(before);
});

test('the projection of every case equals the fold of its events', async () => {
  await ingestBatch(deps, account, batch([mail('a1'), mail('a2', {}, ['a1']), mail('b3')]), account.uid);
  for (const uid of deps.store.read((db) => db.all<{ uid: CaseId }>('SELECT uid FROM cases')).map((row) => row.uid)) {
    expect(deps.store.read((db) => caseByUid(db, uid)?.state)).toEqual(deps.store.read((db) => deps.ledger.fold(db, uid)));
  }
});
