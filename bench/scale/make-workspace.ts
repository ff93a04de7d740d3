import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseLife } from './case-life.ts';
import type { ScalePlan, Team } from './case-life.ts';
import { checkCases } from './check-cases.ts';
import { furnish, ledgerOf, seededIds } from './furnish.ts';
import { startIndexing, writtenMark } from './index-all.ts';
import { writeCase } from './write-case.ts';
import { IdSource } from '../../src/main/engine/identity.ts';
import { migrate } from '../../src/main/engine/store/migrate.ts';
import { openWorkspace } from '../../src/main/engine/store/open-workspace.ts';
import { Connection, Store } from '../../src/main/engine/store/sql.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** Raise when the same plan gives other rows: what is cached is made anew then. */
export const SCALE_VERSION = 1;
const CASES_PER_TRANSACTION = 500;
/** Older than this, and most clocks have run out and most snoozes are over: another workspace than the one that was meant. */
const KEPT_MS = 10 * DAY_MS;

/** What was made, and what it cost. */
export interface ScaleAbout {
  readonly plan: ScalePlan;
  readonly messages: number;
  readonly events: number;
  readonly contacts: number;
  readonly characters: number;
  readonly mainMb: number;
  readonly searchMb: number;
  readonly writtenS: number;
  readonly indicesS: number;
  /** After the rows were there: most of the index is made while they are written. */
  readonly indexedS: number;
  readonly checked: { readonly refolded: number; readonly ingested: number };
}

/** Tables whose indices are made when the rows are there: they are looked into by no statement that writes a new case. */
const INDEXED_LATER = ['events', 'messages', 'cases', 'contacts', 'case_streams', 'thread_keys', 'remote_refs', 'message_keys'];

/** The folder of a workspace of this size, made unless it is there and young. */
export async function prepareScale(
  folder: string,
  size: { readonly cases: number; readonly open: number; readonly contacts: number },
): Promise<ScaleAbout> {
  const file = join(folder, 'about.json');
  if (existsSync(file)) {
    // written below, by the same version
    const about = JSON.parse(readFileSync(file, 'utf8')) as ScaleAbout;
    if (Date.now() - about.plan.now < KEPT_MS) return about;
  }
  rmSync(folder, { recursive: true, force: true });
  const workspace = join(folder, 'workspaces', 'main');
  mkdirSync(workspace, { recursive: true });
  const plan: ScalePlan = { ...size, now: instant(Math.floor(Date.now() / HOUR_MS) * HOUR_MS) };
  const begun = performance.now();
  const { indicesS, team, indexing } = writeAll(workspace, plan);
  const writtenS = (performance.now() - begun) / 1000 - indicesS;
  say(`rows ${writtenS.toFixed(0)} s, indices ${indicesS.toFixed(0)} s`);
  writeFileSync(writtenMark(workspace), '');
  await indexing.ended;
  rmSync(writtenMark(workspace));
  const indexedS = (performance.now() - begun) / 1000 - indicesS - writtenS;
  say(`search index ${indexedS.toFixed(0)} s more`);
  const opened = openWorkspace(workspace, plan.now, () => undefined);
  try {
    const clock = { now: () => plan.now };
    const checked = await checkCases(opened.store, plan, team, ledgerOf(clock, new IdSource(clock), coverageParts(clock)));
    const count = (sql: string): number => opened.store.read((db) => db.get<{ n: number }>(sql))?.n ?? 0;
    const about: ScaleAbout = {
      plan,
      messages: count('SELECT count(*) AS n FROM messages'),
      events: count('SELECT count(*) AS n FROM events'),
      contacts: count('SELECT count(*) AS n FROM contacts'),
      characters: count('SELECT avg(length(text)) AS n FROM (SELECT text FROM messages LIMIT 100000)'),
      mainMb: statSync(join(workspace, 'main.db')).size / 2 ** 20,
      searchMb: statSync(join(workspace, 'search.db')).size / 2 ** 20,
      writtenS,
      indicesS,
      indexedS,
      checked,
    };
    writeFileSync(file, JSON.stringify(about, null, 2));
    return about;
  } finally {
    opened.blobs[Symbol.dispose]();
    opened.store[Symbol.dispose]();
  }
}

export function say(text: string): void {
  process.stderr.write(`  scale: ${text}\n`);
}

function writeAll(
  workspace: string,
  plan: ScalePlan,
): { readonly indicesS: number; readonly team: Team; readonly indexing: ReturnType<typeof startIndexing> } {
  const path = join(workspace, 'main.db');
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 20000');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -3000000');
  database.pragma('temp_store = MEMORY');
  migrate(database);
  const dropped = database
    .prepare<[string], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(INDEXED_LATER));
  for (const { name } of dropped) database.exec(`DROP INDEX ${name}`);
  const connection = new Connection(database, () => undefined);
  const store = new Store(path, () => undefined, { writer: connection, reader: connection });
  const clock = { now: () => plan.now };
  const ids = seededIds(clock, 20_261_129);
  const coverage = coverageParts(clock);
  const ledger = ledgerOf(clock, ids, coverage);
  const team = furnish({ store, ledger, ids, clock }, plan.now);
  const indexing = startIndexing(workspace);
  const met = new Set<ContactId>();
  const begun = performance.now();
  for (let from = 0; from < plan.cases; from += CASES_PER_TRANSACTION) {
    const until = Math.min(plan.cases, from + CASES_PER_TRANSACTION);
    store.write((tx) => {
      for (let index = from; index < until; index += 1) writeCase(tx, { ledger, ids, team, met }, caseLife(plan, team, index));
    });
    if ((from / CASES_PER_TRANSACTION) % 20 === 19)
      say(`${until} of ${plan.cases} cases after ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  }
  const indicesBegun = performance.now();
  for (const { sql } of dropped) database.exec(sql);
  const indicesS = (performance.now() - indicesBegun) / 1000;
  database.close();
  return { indicesS, team, indexing };
}
