import { existsSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { Connection } from '../../src/main/engine/store/sql.ts';
import type { ReadDb } from '../../src/main/engine/store/sql.ts';
import type { SearchStore } from '../../src/main/engine/store/search.store.ts';
import { customerTexts } from '../../src/main/engine/store/routing.store.ts';
import { answersOf, similarOf } from '../../src/main/engine/usecases/suggest-answers.ts';
import { findCases } from '../../src/main/engine/usecases/suggest-cases.ts';
import { createTermBook } from '../../src/main/engine/usecases/suggest-terms.ts';
import type { Channel } from '../../src/shared/domain/message.ts';
import { visibleText } from '../../src/shared/domain/quotes.ts';
import type { Query } from '../../src/shared/domain/search-text.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** As the index names its tables; the newest first. */
const TABLE = /^messages_(\d+)$/u;

/** The index of a folder, opened to be read: what is measured must not be changed by it. Fails where the engine writes. */
function readIndex(file: string): SearchStore {
  const database = new Database(file, { readonly: true });
  const names = database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'").all();
  const tables = names
    .flatMap(({ name }) => {
      const number = TABLE.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    })
    .toSorted((one, other) => other - one)
    .map((number) =>
      database.prepare<[string, bigint, number], { rowid: number }>(
        `SELECT rowid FROM messages_${String(number)} WHERE messages_${String(number)} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
      ),
    );
  const days = new Map(
    database
      .prepare<[], { day: number; last: number; uid: string }>('SELECT day, last, uid FROM days')
      .all()
      .map(({ day, last, uid }) => [day, { last, uid }]),
  );
  const candidates = ({ clauses }: Query, before: number, limit: number): number[] => {
    const words = clauses.flatMap(({ terms }) => terms.map(({ text }) => `"${text}"`)).join(' AND ');
    const found: number[] = [];
    for (const table of tables) {
      if (found.length >= limit) break;
      for (const { rowid } of table.all(words, BigInt(before), limit - found.length)) found.push(rowid);
    }
    return found;
  };
  return { generation: 1, notIndexed: 0, days: () => days, candidates } as unknown as SearchStore;
}

/** Measures what the engine does for one suggestion, on open cases of a workspace: CPU time of the whole, and the longest time without a pause. */
export async function measureTime({
  say,
  folder,
  cases,
  patience = 1,
}: {
  readonly say: (line: string) => void;
  readonly folder: string;
  readonly cases: number;
  /** Times as long as usual: how dear all of it would be, and on a machine that does other things. */
  readonly patience?: number;
}): Promise<boolean> {
  const file = path.join(folder, 'main.db');
  if (!existsSync(file)) throw new Error(`there is no workspace in ${folder}`);
  const db = new Connection(new Database(file, { readonly: true }), () => undefined) as unknown as ReadDb;
  const search = readIndex(path.join(folder, 'search.db'));
  const open = db.all<{ id: number; subject: string; language: string | null; channel: Channel; at: number }>(
    'SELECT id, subject, language, channel, last_message_at AS at FROM cases WHERE status < 3 AND merged_into IS NULL ORDER BY last_message_at DESC LIMIT @cases',
    { cases },
  );
  const total: number[] = [];
  const wall: number[] = [];
  const longest: number[] = [];
  let found = 0;
  let incomplete = 0;
  const book = createTermBook(search);
  for (const { id, subject, language, channel, at } of open) {
    const text = [subject, ...customerTexts(db, id, 4).map((each) => visibleText(each.text))].join('\n');
    let since = performance.now();
    let most = 0;
    const pause = async (): Promise<void> => {
      most = Math.max(most, performance.now() - since);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      since = performance.now();
    };
    const begun = performance.now();
    const before = process.cpuUsage();
    const deps = { read: <T>(work: (each: ReadDb) => T): T => work(db), search, book, now: () => instant(at), pause, patience };
    const result = await findCases(deps, { caseKey: id, text, without: new Set(), language, channel, kinds: [] });
    await pause();
    const answered = answersOf(db, result.weights, result.cases, 0);
    similarOf(answered);
    most = Math.max(most, performance.now() - since);
    const { user, system } = process.cpuUsage(before);
    total.push((user + system) / 1_000);
    wall.push(performance.now() - begun);
    longest.push(most);
    found += result.cases.length > 0 ? 1 : 0;
    incomplete += result.isComplete ? 0 : 1;
  }
  const at = (list: readonly number[], share: number): string =>
    (list.toSorted((one, other) => one - other)[Math.floor((list.length - 1) * share)] ?? 0).toFixed(1);
  const line = (list: readonly number[]): string =>
    `p50 ${at(list, 0.5)}  p95 ${at(list, 0.95)}  p99 ${at(list, 0.99)}  max ${at(list, 1)}`;
  say(`${String(open.length)} open cases; ${String(found)} have similar ones; ${String(incomplete)} stopped in time`);
  say(`CPU of one, ms:               ${line(total)}`);
  say(`wall of one, ms:              ${line(wall)}`);
  say(`longest without a pause, ms:  ${line(longest)}`);
  return true;
}
