import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSearchIndexer } from './search-indexer.ts';
import { NOW, openSearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import type { SearchWorkspace, TestMail } from '../../../../test/engine/search-workspace.ts';
import { dayOfMessageKey } from '../store/search-source.store.ts';
import { openSearchStore } from '../store/search.store.ts';
import { searchCases } from '../usecases/search-cases.ts';
import { parseQuery } from '../../../shared/domain/search-text.ts';
import { DAY_MS, instant } from '../../../shared/domain/time.ts';

let workspace: SearchWorkspace;
beforeEach(() => {
  workspace = openSearchWorkspace();
});
afterEach(() => workspace[Symbol.asyncDispose]());

function mails(prefix: string, count: number, change: (index: number) => Partial<TestMail> = () => ({})): TestMail[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `${prefix}${index}`,
    text: `common ${prefix} word${index}`,
    ...change(index),
  }));
}
function indexed(text: string): number[] {
  return workspace.search.candidates(parseQuery(`"${text}"`), Number.MAX_SAFE_INTEGER, 100_000);
}
/** Fast, and the same rows as ingest makes, for tests with many messages; they are spread over the cases that there are. */
function insertMany(count: number, perDay: number, text: (index: number) => string): void {
  workspace.store.write((tx) => {
    const cases = tx.all<{ id: number }>('SELECT id FROM cases');
    for (let index = 0; index < count; index += 1) {
      const day = dayOfMessageKey(0) + 2_000 - Math.floor(index / perDay);
      tx.run(
        `INSERT INTO messages(id, uid, case_id, kind, sent_at, received_at, auto, has_html, warnings, from_address, from_name, recipients, subject, text)
         VALUES(@id, @uid, @caseId, 0, @at, @at, 'none', 0, '[]', @address, 'Some Customer', '{"to":[{"address":"support@team.test","name":""}],"cc":[],"replyTo":[]}', @subject, @text)`,
        {
          id: day * 2 ** 18 + (index % perDay) + 1,
          uid: `msg_many-${index}`,
          caseId: cases[(index * 7) % cases.length]?.id ?? 0,
          at: NOW - index,
          address: `customer${index % 900}@mail.test`,
          subject: `Order A-${10_000 + index}`,
          text: text(index),
        },
      );
    }
  });
}
/** One turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
/** The longest time that the thread was held between two turns of the loop while `work` ran. */
async function longestTurn(work: Promise<void>): Promise<number> {
  const state = { running: true, longest: 0 };
  void work.finally(() => {
    state.running = false;
  });
  let last = performance.now();
  while (state.running) {
    await turn();
    const now = performance.now();
    state.longest = Math.max(state.longest, now - last);
    last = now;
  }
  return state.longest;
}

describe('keeping up', () => {
  test('what is committed is found within a second, into whatever day it falls', async () => {
    await workspace.ingest(mails('first', 5));
    expect(await workspace.subjects('word3')).toEqual(['Subject first3']);
    const begun = performance.now();
    await workspace.ingest([{ key: 'old', subject: 'Old', text: 'ancient', at: NOW - 900 * DAY_MS }]);
    expect(await workspace.subjects('ancient')).toEqual(['Old']);
    expect(performance.now() - begun).toBeLessThan(1_000);
    await workspace.ingest([{ key: 'old2', subject: 'Old too', text: 'ancient', at: NOW - 900 * DAY_MS }]);
    expect(await workspace.subjects('ancient')).toHaveLength(2);
  });

  test('says when there is something new, and how much is missing', async () => {
    await workspace.stopIndexing();
    await workspace.ingest(mails('m', 30));
    let told = 0;
    workspace.startIndexing({
      onProgress: () => {
        told += 1;
      },
    });
    await workspace.indexer.settled();
    expect(told).toBeGreaterThan(0);
    expect(workspace.indexer.progress()).toEqual({ remaining: 0, stalled: false });
    expect(workspace.search.notIndexed).toBe(0);
  });

  test('a backlog is indexed newest day first, and the missing part is told', async () => {
    await workspace.ingest([{ key: 'case' }]);
    await workspace.stopIndexing();
    insertMany(3_000, 100, (index) => `backlog number${index}`);
    const seen: { newest: number; oldest: number; count: number; missing: number }[] = [];
    workspace.startIndexing();
    const watching = workspace.indexer.settled();
    const watched = { done: false };
    void watching.finally(() => {
      watched.done = true;
    });
    while (!watched.done) {
      const ids = indexed('backlog');
      const newest = ids[0];
      const oldest = ids.at(-1);
      if (newest !== undefined && oldest !== undefined)
        seen.push({
          newest: dayOfMessageKey(newest),
          oldest: dayOfMessageKey(oldest),
          count: ids.length,
          missing: workspace.search.notIndexed,
        });
      await turn();
    }
    // At every moment the days that are there have no gap: all newer ones are complete.
    for (const { newest, oldest, count } of seen) {
      expect(newest).toBe(2_000);
      expect(count).toBeGreaterThan((newest - oldest) * 100);
    }
    expect(seen.some(({ missing }) => missing > 500)).toBe(true);
    expect(indexed('backlog')).toHaveLength(3_000);
  });

  test('a new message does not wait for the backlog', async () => {
    await workspace.ingest([{ key: 'case' }]);
    await workspace.indexer.settled();
    insertMany(5_000, 100, () => 'backlog text '.repeat(10));
    await workspace.ingest([{ key: 'new', subject: 'New', text: 'fresh' }]);
    while (indexed('fresh').length === 0) {
      await turn();
    }
    expect(workspace.indexer.progress().remaining).toBeGreaterThan(1_000);
  });

  test('stops cleanly in the middle, and goes on later', async () => {
    await workspace.ingest([{ key: 'case' }]);
    await workspace.indexer.settled();
    insertMany(2_000, 100, () => 'backlog text');
    while (indexed('backlog').length === 0) {
      await turn();
    }
    const waiting = workspace.indexer.settled();
    await workspace.indexer[Symbol.asyncDispose]();
    await waiting;
    const count = indexed('backlog').length;
    expect(count).toBeLessThan(2_000);
    workspace.search[Symbol.dispose]();
    workspace.startIndexing();
    await workspace.indexer.settled();
    expect(indexed('backlog')).toHaveLength(2_000);
    expect(new Set(indexed('backlog')).size).toBe(2_000);
  });
});

describe('coming together after a crash', () => {
  test('what was committed while nobody indexed is indexed at the next start', async () => {
    await workspace.ingest(mails('a', 3));
    await workspace.indexer.settled();
    await workspace.stopIndexing();
    await workspace.ingest(mails('b', 3));
    workspace.startIndexing();
    expect(await workspace.subjects('common')).toHaveLength(6);
  });

  test('an index that lost its last seconds catches up', async () => {
    await workspace.ingest(mails('a', 3));
    await workspace.indexer.settled();
    const before = workspace.search.database.serialize();
    await workspace.ingest(mails('b', 3));
    await workspace.indexer.settled();
    await workspace.stopIndexing();
    writeFileSync(join(workspace.folder, 'search.db'), before);
    workspace.startIndexing();
    expect(await workspace.subjects('common')).toHaveLength(6);
  });

  test('a main database that went back to a backup is indexed as it is now', async () => {
    await workspace.ingest(mails('kept', 2));
    await workspace.ingest(mails('lost', 2));
    await workspace.indexer.settled();
    await workspace.stopIndexing();
    workspace.store.write((tx) => {
      tx.run("DELETE FROM remote_refs WHERE message_id IN (SELECT id FROM messages WHERE text LIKE '%lost%')");
      tx.run("DELETE FROM messages WHERE text LIKE '%lost%'");
    });
    await workspace.ingest(mails('again', 3));
    workspace.startIndexing();
    expect(await workspace.subjects('again')).toHaveLength(3);
    expect(await workspace.subjects('common')).toHaveLength(5);
    expect(indexed('lost')).toEqual([]);
  });
});

describe('an index that can not be used', () => {
  beforeEach(async () => {
    await workspace.ingest(mails('a', 20));
    await workspace.indexer.settled();
  });

  test.each([
    ['is no database', (path: string) => writeFileSync(path, 'not a database at all, but long enough to be looked at as one'.repeat(100))],
    ['is empty', (path: string) => writeFileSync(path, '')],
  ])('%s: it is made again', async (_name, spoil) => {
    await workspace.stopIndexing();
    spoil(join(workspace.folder, 'search.db'));
    workspace.startIndexing();
    expect(await workspace.subjects('common')).toHaveLength(20);
  });

  test('is thrown away on request while the indexer runs: it is made again', async () => {
    workspace.search.forgetAll('for this test');
    expect(indexed('common')).toEqual([]);
    await workspace.ingest(mails('b', 1));
    expect(await workspace.subjects('common')).toHaveLength(21);
  });

  test('has another version: it is made again', async () => {
    workspace.search.database.pragma('user_version = 99');
    await workspace.stopIndexing();
    workspace.startIndexing();
    expect(await workspace.subjects('common')).toHaveLength(20);
    expect(workspace.logged).toContain('info: the search index is made anew');
  });

  test('is damaged inside while it is used: searches go on, and it is made again', async () => {
    const { database } = workspace.search;
    const [table] = database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE name LIKE 'messages_%_data'").all();
    database.unsafeMode();
    database.exec(`UPDATE ${table?.name ?? ''} SET block = x'00ff00ff00ff'`);
    await workspace.stopIndexing();
    workspace.startIndexing();
    const clock = { now: () => instant(NOW) };
    workspace.store.read((db) => searchCases({ db, search: workspace.search, clock }, { text: 'common', limit: 10 }));
    await workspace.ingest(mails('b', 1));
    expect(await workspace.subjects('common')).toHaveLength(21);
    expect(workspace.logged).toContain('info: the search index is made anew');
  });

  test('the disk is full: it is told once, searches go on, and it is tried again', async () => {
    await workspace.indexer[Symbol.asyncDispose]();
    const { database } = workspace.search;
    database.pragma(`max_page_count = ${String(database.pragma('page_count', { simple: true }))}`);
    const { store, search, logged } = workspace;
    const log = (level: string, message: string): void => {
      logged.push(`${level}: ${message}`);
    };
    const clock = { now: () => instant(NOW) };
    await using indexer = createSearchIndexer({ store, search, clock, log, retryMs: 20 });
    await workspace.ingest(mails('b', 2_000, (index) => ({ text: `another ${'filler'.repeat(index % 40)} unlikely${index}` })));
    while (logged.filter((line) => line.startsWith('debug')).length < 3) await turn();
    expect(workspace.search.notIndexed).toBeGreaterThan(0);
    expect(workspace.store.read((db) => searchCases({ db, search, clock }, { text: 'word3', limit: 5 })).hits).toHaveLength(1);
    database.pragma('max_page_count = 1000000');
    await indexer.settled();
    expect(indexed('another')).toHaveLength(2_000);
    expect(logged.filter((line) => line.startsWith('warn'))).toEqual(['warn: the search index could not be written']);
    expect(logged).toContain('info: the search index could be written again');
  });

  test('can not be opened at all: nothing is found, and nothing breaks', async () => {
    using broken = openSearchStore(join(workspace.folder, 'no', 'such', 'folder', 'search.db'));
    expect(broken.candidates(parseQuery('common'), Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    await using indexer = createSearchIndexer({
      store: workspace.store,
      search: broken,
      clock: { now: () => instant(NOW) },
      log: () => {},
    });
    while (!indexer.progress().stalled) await turn();
    expect(indexer.progress()).toEqual({ remaining: 20, stalled: true });
    expect(broken.notIndexed).toBe(20);
  });
});

test('twenty thousand messages in six languages', async () => {
  const words = [
    'refund',
    'order',
    'delivery',
    'invoice',
    'password',
    'account',
    'cancel',
    'tracking',
    'broken',
    'voucher',
    'please',
    'thanks',
  ];
  const sentences = [
    (index: number) =>
      `Hello, ${words[(index / 6) % 12] ?? ''} ${words[(index / 6 + 1) % 12] ?? ''} ${words[(index / 2 + 2) % 12] ?? ''} was not what I expected. `.repeat(
        5,
      ),
    (index: number) => `您好，我的第${index}个订单退款失败了，请尽快处理物流信息。`.repeat(4),
    (index: number) => `先日注文${index}した商品がまだ届いておりません。配送状況を教えてください。`.repeat(4),
    (index: number) => `주문한 상품 ${index}이 아직 도착하지 않았습니다. 환불요청드립니다. `.repeat(4),
    (index: number) => `El envío ${index} llegó dañado. ¿Pueden mandar otro mañana por favor? `.repeat(4),
    (index: number) => `ขอคืนเงินสินค้า${index}เสียหายด้วยค่ะ `.repeat(4),
  ];
  await workspace.ingest(mails('case', 2_000));
  await workspace.stopIndexing();
  insertMany(20_000, 40, (index) => sentences[index % 6]?.(index) ?? '');
  workspace.startIndexing();
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const longest = await longestTurn(workspace.indexer.settled());
  const used = process.cpuUsage(cpu);
  const wall = performance.now() - begun;
  expect(indexed('退款')).toHaveLength(3_334);

  const queries = [
    '退款',
    '退',
    '商品',
    '환불',
    'คืนเงิน',
    'refund',
    'ref',
    'or',
    'order del',
    '"was not what"',
    'A-12345',
    'mañana',
    'customer12@mail',
    '退款 物流',
  ];
  const clock = { now: () => instant(NOW) };
  const times = queries.flatMap((text) =>
    Array.from({ length: 10 }, () => {
      const start = performance.now();
      const { hits } = workspace.store.read((db) => searchCases({ db, search: workspace.search, clock }, { text, limit: 50 }));
      expect({ text, found: hits.length > 0 }).toEqual({ text, found: true });
      return { text, ms: performance.now() - start };
    }),
  );
  const sorted = times.map(({ ms }) => ms).sort((left, right) => left - right);
  const slowest = Math.max(...queries.map((text) => times.filter((each) => each.text === text).sort((a, b) => a.ms - b.ms)[5]?.ms ?? 0));
  console.log(
    `indexed 22,000: ${(wall / 1000).toFixed(1)} s wall, ${((used.user + used.system) / 22_000).toFixed(0)} us CPU a message, longest turn ${longest.toFixed(1)} ms; ` +
      `query p50 ${(sorted[70] ?? 0).toFixed(1)} ms, p95 ${(sorted[133] ?? 0).toFixed(1)} ms, slowest median ${slowest.toFixed(1)} ms`,
  );
}, 120_000);

describe('what says something else than it did', () => {
  const change = (key: string, text: string): void =>
    workspace.store.write((tx) => {
      tx.run('UPDATE messages SET text = @text WHERE text LIKE @like', { text, like: `%${key}%` });
    });

  test('is found by its new words and not by its old ones, also when nobody was indexing meanwhile', async () => {
    await workspace.ingest([
      { key: 'a', subject: 'One', text: 'a heron at the pond' },
      { key: 'b', subject: 'Two', text: 'a stork on the roof' },
    ]);
    await workspace.indexer.settled();
    change('heron', 'an egret at the pond');
    expect(await workspace.subjects('egret')).toEqual(['One']);
    expect(await workspace.subjects('heron')).toEqual([]);
    await workspace.stopIndexing();
    change('stork', 'a crane on the roof');
    workspace.startIndexing();
    expect(await workspace.subjects('crane')).toEqual(['Two']);
    expect(await workspace.subjects('roof')).toEqual(['Two']);
    expect(indexed('stork')).toEqual([]);
  });

  test('is read once: nothing is left to do, and what changed nothing is not done at all', async () => {
    await workspace.ingest(mails('bird', 60));
    await workspace.indexer.settled();
    change('bird', 'every one of them says this now');
    workspace.store.write((tx) => {
      tx.run('UPDATE messages SET text = text, sent_at = sent_at + 1');
    });
    await workspace.indexer.settled();
    expect(indexed('every one of them')).toHaveLength(60);
    const left = workspace.store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM changed_texts'));
    expect(left?.count).toBe(0);
  });
});
