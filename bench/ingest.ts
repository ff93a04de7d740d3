import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ingestAll, ingestDeps, readMessages, SLICE } from './data-set.ts';
import { peakRssMb, spreadOf } from './measure.ts';
import type { Spread } from './measure.ts';
import { parseMail } from '../src/main/engine/channels/email/mime/parse-mail.ts';
import { openWorkspace } from '../src/main/engine/store/open-workspace.ts';

/**
 * engine: everything that the app does for a mail after parsing it. engine-no-sources: the same, with no raw source to keep.
 * bare-50: the same message rows by one prepared statement, 50 a transaction, on the engine's own connection and schema.
 * bare-one: in one transaction. bare-all: the rows of every table that the engine wrote, 50 messages' worth a transaction.
 */
export const INGEST_VARIANTS = ['engine', 'engine-no-sources', 'bare-50', 'bare-one', 'bare-all'] as const;
export type IngestVariant = (typeof INGEST_VARIANTS)[number];

export interface IngestResult {
  readonly variant: IngestVariant;
  readonly messages: number;
  readonly perSecond: number;
  readonly cpuMsPerMessage: number;
  /** Milliseconds a slice of 50; null where there are no slices. */
  readonly slice: Spread | null;
  readonly peakRssMb: number;
}

type Row = Record<string, unknown>;

export async function measureIngest(folder: string, variant: IngestVariant, count: number): Promise<IngestResult> {
  const work = mkdtempSync(join(folder, 'ingest-'));
  try {
    const opened = openWorkspace(work, Date.now(), () => undefined);
    try {
      const task = variant.startsWith('engine') ? engineTask(folder, variant, count) : bareTask(folder, variant, count);
      const run = task(opened);
      const cpu = process.cpuUsage();
      const begun = performance.now();
      const times = await run();
      const ms = performance.now() - begun;
      const used = process.cpuUsage(cpu);
      return {
        variant,
        messages: count,
        perSecond: (count * 1000) / ms,
        cpuMsPerMessage: (used.user + used.system) / 1000 / count,
        slice: variant === 'bare-one' ? null : spreadOf(times),
        peakRssMb: peakRssMb(),
      };
    } finally {
      opened.blobs[Symbol.dispose]();
      opened.store[Symbol.dispose]();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

type Task = (opened: ReturnType<typeof openWorkspace>) => () => Promise<number[]> | number[];

function engineTask(folder: string, variant: IngestVariant, count: number): Task {
  const all = readMessages(folder).slice(0, count);
  const messages = variant === 'engine' ? all : all.map((message) => ({ ...message, raw: null }));
  return (opened) => {
    const deps = ingestDeps(opened);
    return () => ingestAll(deps, messages);
  };
}

/** The rows as the engine left them, in the order in which it wrote them. */
function storedMessages(source: Database.Database, count: number): Row[] {
  return source
    .prepare<[number], Row>(
      "SELECT m.* FROM messages m JOIN remote_refs r ON r.message_id = m.id ORDER BY CAST(substr(r.ref, length('INBOX/1/') + 1) AS INTEGER) LIMIT ?",
    )
    .all(count);
}

function bareTask(folder: string, variant: IngestVariant, count: number): Task {
  const source = new Database(join(folder, 'workspaces', 'main', 'main.db'), { readonly: true });
  const tables = ['contacts', 'cases', 'messages', 'events', 'case_streams', 'thread_keys', 'remote_refs', 'attachments'];
  const rows = new Map(
    tables.map((table) => [
      table,
      table === 'messages' ? storedMessages(source, count) : source.prepare<[], Row>(`SELECT * FROM ${table}`).all(),
    ]),
  );
  source.close();
  const messages = rows.get('messages') ?? [];
  return (opened) => {
    const { database } = opened.store;
    const insertInto = (table: string): Database.Statement<[Row]> => {
      const columns = Object.keys(rows.get(table)?.[0] ?? {});
      return database.prepare(`INSERT INTO ${table}(${columns.join(', ')}) VALUES(${columns.map((each) => `@${each}`).join(', ')})`);
    };
    if (variant === 'bare-all')
      return insertEverything(
        database,
        tables.filter((table) => (rows.get(table)?.length ?? 0) > 0),
        rows,
        count,
        insertInto,
      );
    // The messages refer to them.
    database.transaction(() => {
      for (const table of ['contacts', 'cases']) {
        const statement = insertInto(table);
        for (const row of rows.get(table) ?? []) statement.run(row);
      }
    })();
    database.pragma('wal_checkpoint(TRUNCATE)');
    const statement = insertInto('messages');
    const perTransaction = variant === 'bare-one' ? messages.length : SLICE;
    return () => {
      const times: number[] = [];
      for (let from = 0; from < messages.length; from += perTransaction) {
        const begun = performance.now();
        database
          .transaction(() => {
            for (const row of messages.slice(from, from + perTransaction)) statement.run(row);
          })
          .immediate();
        times.push(performance.now() - begun);
      }
      return times;
    };
  };
}

/** The floor of the data model: what it costs to hold these rows at all, had somebody else worked them out. */
function insertEverything(
  database: Database.Database,
  tables: readonly string[],
  rows: ReadonlyMap<string, readonly Row[]>,
  count: number,
  insertInto: (table: string) => Database.Statement<[Row]>,
): () => number[] {
  // The tables are cut into equally many parts, whose rows do not belong together exactly.
  database.pragma('foreign_keys = OFF');
  const statements = tables.map((table) => ({ statement: insertInto(table), rows: rows.get(table) ?? [] }));
  const parts = Math.ceil(count / SLICE);
  return () => {
    const times: number[] = [];
    for (let part = 0; part < parts; part += 1) {
      const begun = performance.now();
      database
        .transaction(() => {
          for (const each of statements) {
            const [from, until] = [part, part + 1].map((at) => Math.floor((each.rows.length * at) / parts));
            for (const row of each.rows.slice(from, until)) each.statement.run(row);
          }
        })
        .immediate();
      times.push(performance.now() - begun);
    }
    return times;
  };
}

export interface ParseResult {
  readonly messages: number;
  readonly perSecond: number;
  readonly mbPerSecond: number;
  readonly ms: Spread;
}

/** The parser alone, in this thread; the app runs it in a worker beside the engine. */
export function measureParse(folder: string, count: number): ParseResult {
  const sources = readMessages(folder)
    .slice(0, count)
    .flatMap((message) => (message.raw === null ? [] : [message.raw]));
  for (const raw of sources.slice(0, 200)) parseMail(raw);
  const times: number[] = [];
  const begun = performance.now();
  for (const raw of sources) {
    const before = performance.now();
    parseMail(raw);
    times.push(performance.now() - before);
  }
  const ms = performance.now() - begun;
  const bytes = sources.reduce((sum, raw) => sum + raw.length, 0);
  return { messages: sources.length, perSecond: (sources.length * 1000) / ms, mbPerSecond: bytes / 1e6 / (ms / 1000), ms: spreadOf(times) };
}
