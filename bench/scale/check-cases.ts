import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseLife } from './case-life.ts';
import type { CaseLife, ScalePlan, Step, Team } from './case-life.ts';
import { furnish, ledgerOf, seededIds } from './furnish.ts';
import { finishCase, toldOf, writeCase, writeMessage } from './write-case.ts';
import { searchableText } from '../../src/main/engine/jobs/search-indexer.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import { caseByUid } from '../../src/main/engine/store/cases.store.ts';
import { setContactTier } from '../../src/main/engine/store/contacts.store.ts';
import { openWorkspace } from '../../src/main/engine/store/open-workspace.ts';
import { dayOfMessageKey, newestOfDays, sourcesOfDay } from '../../src/main/engine/store/search-source.store.ts';
import { openSearchStore } from '../../src/main/engine/store/search.store.ts';
import type { ReadDb, Store } from '../../src/main/engine/store/sql.ts';
import type { CaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { IngestDeps } from '../../src/main/engine/usecases/ingest-batch.ts';
import { meetContact } from '../../src/main/engine/usecases/meet-contact.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId, ContactId } from '../../src/shared/domain/ids.ts';
import { indexTerms } from '../../src/shared/domain/search-text.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

const REFOLDED = 300;
const INGESTED = 60;
const TERMED = 60;

class RolledBack extends Error {}

/** The stored projection of some cases is what the app folds from their events. Returns of how many. */
export function checkRefolding(store: Store, ledger: CaseLedger): number {
  const caseIds = store.read((db) => [
    ...sampleOf(db, REFOLDED / 2, 'status = 3'),
    // unsolved ones have clocks that run
    ...sampleOf(db, REFOLDED / 2, 'status < 3'),
  ]);
  try {
    store.write((tx) => {
      for (const uid of caseIds) {
        const before = projectionOf(tx, uid);
        ledger.refold(tx, uid);
        same(`the projection of ${uid}`, before, projectionOf(tx, uid));
      }
      throw new RolledBack();
    });
  } catch (error) {
    ledger.forget();
    if (!(error instanceof RolledBack)) throw error;
  }
  return caseIds.length;
}

function sampleOf(db: ReadDb, count: number, where: string): CaseId[] {
  const all = db.all<{ id: number }>(`SELECT id FROM cases WHERE ${where} ORDER BY id`);
  return Array.from({ length: Math.min(count, all.length) }, (_, place) => {
    const { id } = all[Math.floor((place * all.length) / count)] ?? { id: 0 };
    return db.get<{ uid: CaseId }>('SELECT uid FROM cases WHERE id = @id', { id })?.uid ?? makeId('case', '');
  });
}

/** The index finds messages by exactly the terms that the app's own indexer cuts their texts into. Returns how many were looked at. */
export function checkTerms(workspace: string, store: Store): number {
  const search = openSearchStore(join(workspace, 'search.db'));
  try {
    const days = store.read((db) => newestOfDays(db, Number.MAX_SAFE_INTEGER, 10_000));
    const marks = search.days();
    for (const { id, uid } of days) same(`the mark of day ${dayOfMessageKey(id)}`, marks.get(dayOfMessageKey(id)), { last: id, uid });
    const sources = days
      .filter((_, place) => place % Math.ceil(days.length / TERMED) === 0)
      .flatMap(({ id }) => store.read((db) => sourcesOfDay(db, dayOfMessageKey(id), id - 3, 3)));
    for (const source of sources) {
      const terms = indexTerms(searchableText(source)).split(' ');
      const part = { text: '', prefix: false };
      for (const text of terms) {
        const query = { clauses: [{ units: [], phrase: false, terms: [{ ...part, text }], whole: null }] };
        if (search.candidates(query, source.id + 1, 1)[0] !== source.id) throw new Error(`message ${source.uid} is not found by ${text}`);
      }
    }
    return sources.length;
  } finally {
    search[Symbol.dispose]();
  }
}

function projectionOf(db: ReadDb, uid: CaseId): unknown {
  const row = db.get<{ id: number }>('SELECT * FROM cases WHERE uid = @uid', { uid });
  if (row === undefined) throw new Error(`case ${uid} is not there`);
  const { id } = row;
  return {
    row,
    labels: db.all('SELECT * FROM case_labels WHERE case_id = @id ORDER BY label', { id }),
    promises: db.all('SELECT * FROM promises WHERE case_id = @id ORDER BY uid', { id }),
    outcomes: db.all('SELECT * FROM sla_outcomes WHERE case_uid = @uid ORDER BY metric, number', { uid }),
  };
}

function same(what: string, left: unknown, right: unknown): void {
  const [a, b] = [JSON.stringify(left), JSON.stringify(right)];
  if (a === b) return;
  const at = [...a].findIndex((character, place) => character !== b[place]);
  const from = Math.max(0, at - 150);
  throw new Error(`${what} differs:\n  ${a.slice(from, at + 250)}\n  ${b.slice(from, at + 250)}`);
}

/** Rows of each table, without what no two ways of making them share: when and where an event was signed, and ids that were made for it. */
const COMPARED = [
  'SELECT sequence, stream, type, version, actor, at, epoch, body, base, void, signed_by, CASE WHEN id GLOB ? THEN id END AS id FROM events ORDER BY sequence',
  'SELECT * FROM contacts ORDER BY id',
  // which number a need got depends on what was asked for in between
  'SELECT c.*, n.key AS need FROM cases c LEFT JOIN coverage_needs n ON n.id = c.need ORDER BY c.id',
  'SELECT * FROM case_streams ORDER BY stream',
  'SELECT * FROM case_labels ORDER BY case_id, label',
  'SELECT * FROM messages ORDER BY id',
  'SELECT * FROM message_keys ORDER BY message_id, key',
  'SELECT * FROM attachments ORDER BY id',
  'SELECT * FROM thread_keys ORDER BY account_uid, key',
  'SELECT * FROM remote_refs ORDER BY account_uid, ref',
  'SELECT * FROM conversations ORDER BY account_uid, conversation',
  'SELECT * FROM sla_outcomes ORDER BY case_uid, metric, number',
  'SELECT * FROM promises ORDER BY id',
  'SELECT * FROM outbox ORDER BY id',
  'SELECT * FROM drafts ORDER BY uid',
];

/** Cases that are ingested and worked on step by step have the very same rows, in every table that a case has rows in. Returns of how many. */
export async function checkIngest(plan: ScalePlan): Promise<number> {
  const share = Math.max(1, Math.floor(plan.cases / INGESTED));
  // half of them from the end, where the unsolved ones are
  const places = Array.from({ length: Math.min(INGESTED, plan.cases) }, (_, place) =>
    place % 2 === 0 ? Math.min(plan.cases - 1, place * share) : plan.cases - 1 - Math.floor((place * plan.open) / INGESTED),
  );
  const sample = [...new Set(places)];
  const folder = mkdtempSync(join(tmpdir(), 'meridian-bench-check-'));
  const clock = { at: plan.now, now: (): Instant => clock.at };
  const desks = ['written', 'lived'].map((name) => {
    clock.at = plan.now;
    const opened = openWorkspace(join(folder, name), plan.now, () => undefined);
    const ids = seededIds(clock, 1);
    const ledger = ledgerOf(clock, ids, coverageParts(clock));
    const { store, blobs } = opened;
    const team = furnish({ store, ledger, ids, clock }, plan.now);
    return { opened, team, deps: { store, blobs, ledger, ids, clock, probe: noProbe, verifyToken: () => null } satisfies IngestDeps };
  });
  try {
    const [written, lived] = desks;
    if (written === undefined || lived === undefined) throw new RangeError('two desks');
    const met = new Set<ContactId>();
    for (const index of sample) {
      clock.at = plan.now;
      const life = caseLife(plan, written.team, index);
      written.deps.store.write((tx) => writeCase(tx, { ...written.deps, team: written.team, met }, life));
      await live(lived.deps, lived.team, life, clock, plan.now);
    }
    for (const sql of COMPARED) {
      const [left, right] = desks.map(({ opened: { store } }) => {
        const statement = store.database.prepare(sql);
        return sql.includes('?') ? statement.all('evt_*-*') : statement.all();
      });
      same(sql, left, right);
    }
  } finally {
    for (const { opened } of desks) {
      opened.blobs[Symbol.dispose]();
      opened.store[Symbol.dispose]();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return sample.length;
}

/** The same life as the app has it: what comes in through `ingestBatch`, everything else one event after the other. */
async function live(deps: IngestDeps, team: Team, life: CaseLife, clock: { at: Instant }, now: Instant): Promise<void> {
  const { store, ledger } = deps;
  const writing = { ledger, ids: deps.ids, team, met: new Set<ContactId>() };
  const first = life.steps.find((step) => step.kind === 'arrival');
  if (first?.kind !== 'arrival') throw new RangeError('a case begins with a message');
  store.write((tx) => setContactTier(tx, meetContact(tx, first.message, first.at), life.tier, '', null));
  for (const step of life.steps) {
    clock.at = step.at;
    if (step.kind === 'arrival') {
      const events = [{ kind: 'message', message: step.message, remoteRef: step.ref } as const];
      await ingestBatch(deps, life.account, { events, cursor: '{}', more: false, backfill: null }, life.account.uid);
      continue;
    }
    store.write((tx) => {
      for (const { body, actor, at } of toldOf(step)) {
        clock.at = at;
        const { id } = ledger.append(tx, life.caseId, [body], { actor });
        if (isFirst(step, body.type)) writeMessage(tx, writing, life, id, step);
      }
    });
  }
  clock.at = now;
  store.write((tx) => {
    ledger.retime(tx, life.caseId);
    const saved = caseByUid(tx, life.caseId);
    if (saved === undefined) throw new Error(`case ${life.caseId} was not stored`);
    finishCase(tx, life, saved.id);
  });
}

/** The rows of a message come with the first of its events. */
function isFirst(step: Step, type: string): boolean {
  return type === 'case.replyQueued' || (step.kind === 'note' && type === 'case.noteAdded');
}
