import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseLife } from './case-life.ts';
import type { ScalePlan } from './case-life.ts';
import { checkIngest, checkRefolding, checkTerms } from './check-cases.ts';
import { COPIES } from './copy-words.ts';
import { copyWorkspace } from './copy-workspace.ts';
import { furnish, ledgerOf, say, seededIds } from './furnish.ts';
import { completeIndex, startPart, writtenMark } from './index-all.ts';
import { writeCase } from './write-case.ts';
import { migrate } from '../../src/main/engine/store/migrate.ts';
import { openWorkspace } from '../../src/main/engine/store/open-workspace.ts';
import { Connection, Store } from '../../src/main/engine/store/sql.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** Raise when the same plan gives other rows: what is cached is made anew then. */
const SCALE_VERSION = 1;
const CASES_PER_TRANSACTION = 500;
/** Older than this, and most clocks have run out and most snoozes are over: another workspace than the one that was meant. */
const KEPT_MS = 10 * DAY_MS;

/** What was made, and what it cost. */
export interface ScaleAbout {
  readonly version: number;
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
  readonly checked: { readonly refolded: number; readonly ingested: number; readonly terms: number };
}

/** Tables whose indices are made when the rows are there: they are looked into by no statement that writes a new case. */
const INDEXED_LATER = ['events', 'messages', 'cases', 'contacts', 'case_streams', 'thread_keys', 'remote_refs', 'message_keys'];

/** Half of this and more is made of a tenth, ten cases of each: see `copyWorkspace`. */
const MULTIPLIED_FROM = 100_000;

/** The workspace with so many cases below `root`, made unless it is there and young. A tenth of them is unsolved. */
export async function prepareScale(root: string, cases: number): Promise<ScaleAbout> {
  const folder = scaleFolder(root, cases);
  const file = join(folder, 'about.json');
  if (existsSync(file)) {
    // written below, by the same version
    const about = JSON.parse(readFileSync(file, 'utf8')) as ScaleAbout;
    if (about.version === SCALE_VERSION && Date.now() - about.plan.now < KEPT_MS) {
      // a newer engine may have another index
      const workspace = join(folder, 'workspaces', 'main');
      await completeIndex(workspace);
      return { ...about, searchMb: statSync(join(workspace, 'search.db')).size / 2 ** 20 };
    }
  }
  const tenth = cases >= MULTIPLIED_FROM ? await prepareScale(root, cases / COPIES) : null;
  rmSync(folder, { recursive: true, force: true });
  const workspace = join(folder, 'workspaces', 'main');
  mkdirSync(workspace, { recursive: true });
  const plan: ScalePlan = {
    cases,
    open: cases / 10,
    contacts: Math.ceil(cases * 0.6),
    now: tenth?.plan.now ?? instant(Math.floor(Date.now() / HOUR_MS) * HOUR_MS),
  };
  const begun = performance.now();
  const from = join(scaleFolder(root, cases / COPIES), 'workspaces', 'main');
  const { indicesS, indexing } = tenth === null ? writeAll(workspace, plan) : copyAll(from, workspace);
  const writtenS = (performance.now() - begun) / 1000 - indicesS;
  say(`rows ${writtenS.toFixed(0)} s, indices ${indicesS.toFixed(0)} s`);
  writeFileSync(writtenMark(workspace), '');
  await indexing.ended;
  rmSync(writtenMark(workspace));
  const indexedS = (performance.now() - begun) / 1000 - indicesS - writtenS;
  say(`search index ${indexedS.toFixed(0)} s more`);
  const about = await described(workspace, plan, { writtenS, indicesS, indexedS });
  writeFileSync(file, JSON.stringify(about, null, 2));
  say(`checked: ${JSON.stringify(about.checked)}`);
  return about;
}

export function scaleFolder(root: string, cases: number): string {
  return join(root, `scale-${String(cases)}`);
}

/** Checks what was made before once more. */
export async function checkScale(root: string, cases: number): Promise<ScaleAbout> {
  const folder = scaleFolder(root, cases);
  // written above, by the same version
  const before = JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8')) as ScaleAbout;
  const about = await described(join(folder, 'workspaces', 'main'), before.plan, before);
  writeFileSync(join(folder, 'about.json'), JSON.stringify(about, null, 2));
  return about;
}

/** Checks what was made, and tells how much it is. */
async function described(
  workspace: string,
  plan: ScalePlan,
  times: Pick<ScaleAbout, 'writtenS' | 'indicesS' | 'indexedS'>,
): Promise<ScaleAbout> {
  const opened = openWorkspace(workspace, plan.now, () => undefined);
  const clock = { now: () => plan.now };
  try {
    const { store } = opened;
    const ledger = ledgerOf(clock, seededIds(clock, 1), coverageParts(clock));
    const refolded = checkRefolding(store, ledger);
    const terms = checkTerms(workspace, store);
    const ingested = plan.cases < MULTIPLIED_FROM ? await checkIngest(plan) : 0;
    const count = (sql: string): number => store.read((db) => db.get<{ n: number }>(sql))?.n ?? 0;
    return {
      version: SCALE_VERSION,
      plan,
      messages: count('SELECT count(*) AS n FROM messages'),
      events: count('SELECT count(*) AS n FROM events'),
      contacts: count('SELECT count(*) AS n FROM contacts'),
      characters: count('SELECT avg(length(text)) AS n FROM (SELECT text FROM messages LIMIT 100000)'),
      mainMb: statSync(join(workspace, 'main.db')).size / 2 ** 20,
      searchMb: statSync(join(workspace, 'search.db')).size / 2 ** 20,
      writtenS: times.writtenS,
      indicesS: times.indicesS,
      indexedS: times.indexedS,
      checked: { refolded, ingested, terms },
    };
  } finally {
    opened.blobs[Symbol.dispose]();
    opened.store[Symbol.dispose]();
  }
}

/** What a way of making rows leaves to be waited for. */
interface Made {
  readonly indicesS: number;
  readonly indexing: { readonly ended: Promise<void> };
}

function copyAll(from: string, workspace: string): Made {
  const indexing = startPart('copy-index', { folder: workspace, from });
  return { indicesS: copyWorkspace(from, workspace).indicesS, indexing };
}

function writeAll(workspace: string, plan: ScalePlan): Made {
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
  const indexing = startPart('index-scale', { folder: workspace });
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
  return { indicesS, indexing };
}
