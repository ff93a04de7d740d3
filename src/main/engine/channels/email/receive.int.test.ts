import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountOf, idsOf, never, observe, until, type Observed } from '../../../../../test/mail-server/email-fixture.ts';
import { rawMail } from '../../../../../test/mail-server/mail-fields.ts';
import { startMailServer, type Mailbox, type MailServer } from '../../../../../test/mail-server/mail-server.ts';
import { parseCursor } from './folder-cursor.ts';

const ADDRESS = 'support@team.test';

async function emptied(box: Mailbox): Promise<void> {
  for (const folder of ['INBOX', 'Sent']) await box.expunge('1:*', folder);
}

describe.each([
  { name: 'with QRESYNC', withoutCapabilities: [] },
  { name: 'with CONDSTORE only', withoutCapabilities: ['QRESYNC'] },
  { name: 'with neither', withoutCapabilities: ['QRESYNC', 'CONDSTORE'] },
])('receiving $name', ({ withoutCapabilities }) => {
  let server: MailServer;
  let box: Mailbox;
  let seen: Observed;

  beforeAll(async () => {
    server = await startMailServer({ withoutCapabilities });
    box = server.mailbox(ADDRESS);
  });
  afterAll(async () => server.stop());
  beforeEach(async () => {
    await emptied(box);
    seen = observe(accountOf(server, { folders: ['INBOX', 'Sent'] }), { timings: { flagCompareMs: 0 } });
  });
  afterEach(async () => seen.connector[Symbol.asyncDispose]());

  it('reads what is there newest first, then only what is new', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) ids.push((await server.deliver({ subject: `Mail ${index}` })).messageId);
    expect(idsOf(await seen.pullAll(3))).toEqual(ids.toReversed());
    // `UID n:*` would give the last one again
    for (let round = 0; round < 3; round += 1) expect(await seen.pullAll()).toEqual([]);
    const next = [(await server.deliver()).messageId, (await server.deliver()).messageId];
    expect(idsOf(await seen.pullAll())).toEqual(next);
    // nor when what was new has gone before anybody looked
    await server.deliver();
    await box.expunge(`${(await box.status()).uidNext - 1}`);
    expect(await seen.pullAll()).toEqual([]);
    // the sets are kept only where the server cannot tell: the variants of this suite are really different
    const kept = parseCursor(seen.cursor)['INBOX'];
    expect([kept?.known !== null, kept?.seen !== null]).toEqual([withoutCapabilities.length > 0, withoutCapabilities.length > 1]);
  });

  it('counts backfill over all folders and puts new mail first', async () => {
    await box.store(Array.from({ length: 10 }, (_, index) => ({ raw: rawMail({ subject: `Old ${index}` }) })));
    const sent = [{ raw: rawMail({ from: ADDRESS, to: 'customer@example.test' }) }];
    await box.store(sent, 'Sent');
    const first = await seen.connector.pull(null, { maxMessages: 4, signal: never });
    expect(first.backfill).toEqual({ done: 4, total: 11 });
    expect(first.more).toBe(true);
    const { messageId } = await server.deliver();
    const second = await seen.connector.pull(first.cursor, { maxMessages: 4, signal: never });
    expect(idsOf(second.events)).toEqual([messageId]);
    seen.cursor = second.cursor;
    const rest = await seen.pullAll(4);
    expect(idsOf(rest)).toHaveLength(7);
    expect(rest.filter((event) => event.kind === 'message' && event.message.direction === 'out')).toHaveLength(1);
    // a repetition from an earlier cursor gives the same messages under the same keys and references
    const again = await seen.connector.pull(first.cursor, { maxMessages: 4, signal: never });
    expect(idsOf(again.events)).toEqual([messageId]);
  });

  it('resumes after a drop with what was removed, what was read, and what came', async () => {
    for (let index = 0; index < 20; index += 1) await server.deliver({ subject: `Mail ${index}` });
    const before = await seen.pullAll();
    const refOf = new Map(
      before.flatMap((event) => (event.kind === 'message' ? [[event.message.thread.ownKey ?? '', event.remoteRef]] : [])),
    );
    const uids = [...(await box.uids())];
    await box.kick();
    const removed = [uids[2], uids[3], uids[11]].map((each) => each ?? ['', 0]);
    const read = [uids[5], uids[17]].map((each) => each ?? ['', 0]);
    await box.expunge(removed.map(([, uid]) => uid).join(','));
    await box.setFlags(read.map(([, uid]) => uid).join(','), ['\\Seen']);
    const came: string[] = [];
    for (let index = 0; index < 5; index += 1) came.push((await server.deliver()).messageId);
    const events = await seen.pullAll();
    expect(events.filter((event) => event.kind === 'removed').map((event) => event.remoteRef)).toEqual(
      removed.map(([id]) => refOf.get(`${id}`)),
    );
    const marks = new Map(events.flatMap((event) => (event.kind === 'seen' ? [[event.remoteRef, event.seen]] : [])));
    expect(marks).toEqual(new Map(read.map(([id]) => [refOf.get(`${id}`), true])));
    expect(idsOf(events)).toEqual(came);
    await box.setFlags(`${read[0]?.[1]}`, ['\\Seen'], { remove: true });
    expect(await seen.pullAll()).toEqual([{ kind: 'seen', remoteRef: refOf.get(`${read[0]?.[0]}`), seen: false }]);
    expect(await seen.pullAll()).toEqual([]);
  });

  it('notices a new UIDVALIDITY behind an equal UIDNEXT, and gives equal keys for equal mails', async () => {
    const kept = (await server.deliver({ subject: 'Kept' })).raw;
    await server.deliver({ subject: 'Lost' });
    const before = await seen.pullAll();
    const status = await box.status();
    const oldValidity = parseCursor(seen.cursor)['INBOX']?.uidValidity;
    await box.recreate();
    await server.deliver({ subject: 'New in the place of the lost one' });
    await server.deliver(kept);
    // the rig counts on from 1 again, so the gap is filled
    for (let uid = (await box.status()).uidNext; uid < status.uidNext; uid += 1) await server.deliver({ subject: `Filler ${uid}` });
    expect((await box.status()).uidNext).toBe(status.uidNext);
    const after = await seen.pullAll();
    expect(after[0]).toEqual({ kind: 'reset', remotePrefix: `INBOX/${oldValidity}/` });
    const keyOf = (events: typeof after, subject: string): string[] =>
      events.flatMap((event) => (event.kind === 'message' && event.message.subject === subject ? [event.message.nativeKey] : []));
    expect(keyOf(after, 'Kept')).toEqual(keyOf(before, 'Kept'));
    expect(keyOf(after, 'New in the place of the lost one')).toHaveLength(1);
    expect(await seen.pullAll()).toEqual([]);
  });
});

describe('receiving', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer();
  });
  afterAll(async () => server.stop());

  it('wakes and pulls a delivered mail within two seconds', async () => {
    const { connector, ...seen } = observe(accountOf(server));
    const arrived = new Map<string, number>();
    const stop = new AbortController();
    let wakes = 0;
    const observed = { ...seen, connector };
    let cursor: string | null = null;
    let pulling = Promise.resolve();
    const pullAfter = async (earlier: Promise<void>): Promise<void> => {
      await earlier;
      const batch = await connector.pull(cursor, { maxMessages: 50, signal: never });
      cursor = batch.cursor;
      for (const id of idsOf(batch.events)) if (id !== null && !arrived.has(id)) arrived.set(id, performance.now());
    };
    const pull = (): void => {
      wakes += 1;
      pulling = pullAfter(pulling);
    };
    const watching = connector.watch(pull, stop.signal);
    await until(() => wakes > 0);
    await pulling;
    const delays: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const { messageId } = await server.deliver({ subject: `Mail ${index}` });
      const deliveredAt = performance.now();
      await until(() => arrived.has(messageId), 2_000);
      delays.push((arrived.get(messageId) ?? Number.NaN) - deliveredAt);
    }
    stop.abort();
    await watching;
    await pulling;
    await connector[Symbol.asyncDispose]();
    delays.sort((left, right) => left - right);
    console.log(`delivery to pulled message, 20 mails: p50 ${delays[9]?.toFixed(0)} ms, p95 ${delays[18]?.toFixed(0)} ms`);
    expect(observed.health.map((each) => each.state)).toEqual(['ok', 'connecting', 'ok']);
  });

  it('backfills 5,000 mails, each once', async () => {
    const box = server.mailbox('third@example.test');
    const mails = Array.from({ length: 5_000 }, (_, index) => ({
      raw: rawMail({
        messageId: `<bulk-${index}@example.test>`,
        to: 'third@example.test',
        text: 'Where is my parcel?\n'.repeat(1 + (index % 100)),
      }),
      receivedAt: Date.UTC(2026, 0, 1) + index * 60_000,
    }));
    await box.store(mails);
    await using connector = observe(accountOf(server, { address: 'third@example.test' })).connector;
    const started = performance.now();
    const ids = new Set<string>();
    const counted: object[] = [];
    const expected: object[] = [];
    let cursor: string | null = null;
    let count = 0;
    for (;;) {
      const batch = await connector.pull(cursor, { maxMessages: 200, signal: never });
      for (const id of idsOf(batch.events)) ids.add(`${id}`);
      count += batch.events.length;
      cursor = batch.cursor;
      counted.push(batch.backfill ?? { done: 5_000, total: 5_000 });
      expected.push({ done: count, total: 5_000 });
      if (!batch.more) break;
    }
    console.log(`backfill of 5,000 mails, parsing included: ${Math.round((5_000 / (performance.now() - started)) * 1_000)} messages/s`);
    expect([count, ids.size]).toEqual([5_000, 5_000]);
    expect(counted).toEqual(expected);
  });
});
