import Database from 'better-sqlite3';
import { join } from 'node:path';
import { COPIES, copiedFacts, copiedNumber, copiedPlace, copiedText } from './copy-words.ts';
import { say } from './furnish.ts';
import { MESSAGES_PER_DAY } from '../../src/main/engine/store/messages.store.ts';
import { migrate } from '../../src/main/engine/store/migrate.ts';
import { eventHash } from '../../src/main/engine/usecases/case-ledger.ts';

type Value = string | number | bigint | Uint8Array | null;
type Row = Record<string, Value>;
type Change = (row: Row, copy: number) => void;

/** The key of a message says its day, and in which order it came within that. */
export function copiedMessageKey(id: number, copy: number): number {
  const day = Math.floor(id / MESSAGES_PER_DAY) * MESSAGES_PER_DAY;
  const place = (id - day) * COPIES + copy;
  if (place >= MESSAGES_PER_DAY) throw new RangeError('more messages on one day than have keys');
  return day + place;
}

const apply =
  (change: (text: string, copy: number) => string, ...columns: readonly string[]): Change =>
  (row, copy) => {
    for (const column of columns) {
      const value = row[column];
      if (typeof value === 'string') row[column] = change(value, copy);
    }
  };
const numbers =
  (change: (value: number, copy: number) => number, ...columns: readonly string[]): Change =>
  (row, copy) => {
    for (const column of columns) {
      const value = row[column];
      if (typeof value === 'number') row[column] = change(value, copy);
    }
  };
const keys = (...columns: readonly string[]): Change => numbers(copiedNumber, ...columns);
const messageKeys = (...columns: readonly string[]): Change => numbers(copiedMessageKey, ...columns);
const facts = (...columns: readonly string[]): Change => apply(copiedFacts, ...columns);
const places = (...columns: readonly string[]): Change => apply(copiedPlace, ...columns);
const texts = (...columns: readonly string[]): Change => apply(copiedText, ...columns);

/** Tables with a row for everything that happens in cases, in the order of their keys; all others are copied once. */
const MULTIPLIED: Readonly<Record<string, readonly Change[]>> = {
  contacts: [keys('id'), places('uid', 'address', 'folded')],
  cases: [keys('id', 'contact_id'), facts('uid', 'open_handoff', 'next_promise', 'merged_into', 'state'), texts('subject', 'preview')],
  case_streams: [facts('stream', 'case_uid')],
  case_labels: [keys('case_id')],
  messages: [
    messageKeys('id'),
    keys('case_id'),
    places('uid', 'own_key', 'from_address', 'recipients', 'origin'),
    texts('subject', 'text'),
  ],
  attachments: [keys('id'), messageKeys('message_id'), facts('uid')],
  thread_keys: [places('key', 'case_uid')],
  remote_refs: [places('ref'), messageKeys('message_id')],
  conversations: [places('conversation'), keys('case_id')],
  message_keys: [places('key'), messageKeys('message_id')],
  sla_outcomes: [facts('case_uid')],
  promises: [keys('id', 'case_id'), facts('uid', 'body')],
  outbox: [keys('id', 'case_id'), messageKeys('message_id'), places('uid', 'client_key', 'payload'), facts('seen')],
  drafts: [facts('uid', 'case_uid'), places('recipients'), texts('text')],
};

/** Another event: of the other case, with its own place in the log and the hash that follows. */
function copiedEvent(row: Row, copy: number): void {
  keys('local_id', 'sequence', 'epoch')(row, copy);
  facts('id', 'stream', 'body')(row, copy);
  const { id, stream, type, hlc, actor, epoch, body } = row as Readonly<Record<string, string>> & { readonly actor: string | null };
  row['hash'] = eventHash({
    id: String(id),
    stream: String(stream),
    type: String(type),
    hlc: String(hlc),
    actor,
    epoch: epoch === null ? null : Number(epoch),
    body: String(body),
  });
}

/**
 * Writes a workspace with ten cases for each one of another: the same times, texts and deeds, with customers, orders, ids and places in the
 * log of their own. Only rows are written, so this takes a small part of the time of making them.
 */
export function copyWorkspace(from: string, into: string): { readonly rowsS: number; readonly indicesS: number } {
  const begun = performance.now();
  const source = new Database(join(from, 'main.db'), { readonly: true });
  source.pragma('cache_size = -400000');
  const target = new Database(join(into, 'main.db'));
  target.pragma('journal_mode = OFF');
  target.pragma('synchronous = OFF');
  target.pragma('cache_size = -3000000');
  target.pragma('temp_store = MEMORY');
  migrate(target);
  target.pragma('foreign_keys = OFF');
  const indices = target
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
    .all();
  for (const { name } of indices) target.exec(`DROP INDEX ${name}`);
  const tables = source
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  for (const { name } of tables) {
    const tableBegun = performance.now();
    const rows = copyTable(source, target, name);
    if (rows > 50_000) say(`${name}: ${rows} rows, ${((performance.now() - tableBegun) / 1000).toFixed(0)} s`);
  }
  const rowsS = (performance.now() - begun) / 1000;
  for (const { sql } of indices) target.exec(sql);
  target.pragma('journal_mode = WAL');
  target.close();
  source.close();
  return { rowsS, indicesS: (performance.now() - begun) / 1000 - rowsS };
}

function copyTable(source: Database.Database, target: Database.Database, table: string): number {
  const columns = source
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name);
  const insert = target.prepare(`INSERT INTO ${table}(${columns.join(', ')}) VALUES(${columns.map(() => '?').join(', ')})`);
  const changes = table === 'events' ? [copiedEvent] : MULTIPLIED[table];
  let count = 0;
  target.transaction(() => {
    // written by the same migrations
    for (const row of source.prepare(`SELECT * FROM ${table}`).iterate() as IterableIterator<Row>) {
      const isOfCase = changes !== undefined && (table !== 'events' || String(row['stream']).startsWith('case.'));
      for (let copy = 0; copy < (isOfCase ? COPIES : 1); copy += 1) {
        const made = { ...row };
        for (const change of changes ?? []) change(made, copy);
        insert.run(columns.map((column) => made[column]));
        count += 1;
      }
    }
  })();
  return count;
}
