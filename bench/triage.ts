import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { benchRoster, YEAR_FROM } from './coverage-team.ts';
import { spreadOf } from './measure.ts';
import type { Spread } from './measure.ts';
import { createDispatcher } from '../src/main/engine/dispatcher.ts';
import type { Dispatcher, Handlers } from '../src/main/engine/dispatcher.ts';
import { caseHandlers } from '../src/main/engine/handlers/cases.handlers.ts';
import type { EngineServices } from '../src/main/engine/handlers/services.ts';
import { saveShift, shiftByUid } from '../src/main/engine/store/plan.store.ts';
import { savePublication, savePublishedChange } from '../src/main/engine/store/publications.store.ts';
import { saveHub, saveProfile, saveRequirement, saveRotation, saveTemplate } from '../src/main/engine/store/roster.store.ts';
import { openWorkspace } from '../src/main/engine/store/open-workspace.ts';
import { idsByRunway } from '../src/main/engine/store/runway-order.store.ts';
import { withoutPeeking } from '../src/main/engine/store/sql.ts';
import type { Store } from '../src/main/engine/store/sql.ts';
import { CaseRunway } from '../src/main/engine/usecases/case-runway.ts';
import { CoverageBook } from '../src/main/engine/usecases/coverage-book.ts';
import { EMPTY_PLAN } from '../src/shared/domain/coverage/plan.ts';
import type { Shift } from '../src/shared/domain/coverage/plan.ts';
import { continuedPlan } from '../src/shared/domain/coverage/year-plan.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import { timeZoneDataVersion } from '../src/shared/domain/time/zone.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../src/shared/domain/time.ts';
import type { Instant } from '../src/shared/domain/time.ts';
import type { SortId, ViewId } from '../src/shared/domain/views.ts';

/** Thirteen weeks of plan: two behind, eleven ahead. */
const PLAN_FROM = instant(YEAR_FROM - 14 * DAY_MS);
const PLAN_TO = instant(YEAR_FROM + 77 * DAY_MS);
const ZONE_DATA = timeZoneDataVersion(process.versions['tz']);
const LANGUAGES = ['en', 'en', 'en', 'zh-Hans', 'pt-PT', 'es', 'de', 'ja', 'fi'] as const;
const LABELS = [null, null, 'withdrawals', 'kyc', 'api', 'L2'] as const;
/** A change of the plan that is published: the shifts of one person for a week. */
const CHANGED_SHIFTS = 5;

export interface TriageResult {
  readonly cases: number;
  readonly shifts: number;
  readonly needs: number;
  /** From a plan that is there for the first time to all cases with their runway. */
  readonly first: Recount;
  /** A publishing of a few shifts, followed. */
  readonly published: readonly Recount[];
  /** Looked at again with nothing changed, as at a start. */
  readonly unchanged: Recount;
  /** What is written when somebody comes or goes, milliseconds. */
  readonly boundaryMs: Spread;
  readonly pages: readonly TriagePage[];
  readonly counts: { readonly before: Timed; readonly after: Timed };
}

export interface Recount {
  readonly ms: number;
  /** With the pages that were read meanwhile. */
  readonly cpuMs: number;
  readonly written: number;
  /** A 200-row page by runway asked for every 20 ms meanwhile: from when it was wanted until it was there. */
  readonly pageMs: Spread;
}

export interface TriagePage {
  readonly view: ViewId;
  readonly total: number;
  /** The engine's whole answer: by due time without a plan, and by runway. */
  readonly due: Timed;
  readonly runway: Timed;
  /** The ids alone: merged as the engine does, and by one statement that sorts all of them by an expression, the baseline. */
  readonly merged: Timed;
  readonly bySorting: Timed;
  readonly isEqual: boolean;
}

/** A team with its plan and so many open cases: the list before there is a plan, after, and while the plan changes. */
export async function measureTriage(folder: string, count: number, calls: number): Promise<TriageResult> {
  const place = join(folder, 'triage');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const opened = openWorkspace(place, YEAR_FROM, () => undefined);
  const { store } = opened;
  let now: Instant = YEAR_FROM;
  const clock = { now: () => now };
  try {
    const shifts = makeTeam(store);
    makeCases(store, count);
    const book = new CoverageBook(ZONE_DATA);
    const runway = new CaseRunway(book, clock);
    store.onCommit((changes) => book.note(changes));
    const handlers = caseHandlers({ context: { store, clock }, guard: {} } as unknown as EngineServices) as unknown as Handlers;
    const dispatcher = createDispatcher({ store, handlers, log: () => undefined, onStorageFailure: () => undefined });
    const views = ['unassigned', 'waiting-us', 'unstaffed'] as const satisfies readonly ViewId[];
    const due = new Map<ViewId, Timed>();
    for (const view of views) due.set(view, await timed(calls, () => ask(dispatcher, view, 'due')));
    const countsBefore = await timed(calls, () => dispatcher.call('cases.counts', {}));

    store.write((tx) => {
      savePublication(tx, {
        publicationId: makeId('pub', 'first'),
        at: YEAR_FROM,
        by: null,
        note: '',
        reverts: null,
        changed: shifts.length,
      });
    });
    const recount = (): Promise<Recount> => followed(store, runway, dispatcher);
    const first = await recount();
    const unchanged = await recount();
    const published: Recount[] = [];
    for (let round = 0; round < 5; round += 1) {
      publishChange(store, shifts, round);
      published.push(await recount());
    }

    const pages: TriagePage[] = [];
    for (const view of views) {
      const byRunway = await timed(calls, () => ask(dispatcher, view, 'runway'));
      const sorting = store.database.prepare<[{ readonly now: number }], { id: number }>(withoutPeeking(sortingSql(view)));
      const bySorting = await timed(Math.ceil(calls / 4), () => Promise.resolve(sorting.all({ now })));
      const merged = await timed(calls, () => Promise.resolve(store.read((db) => idsByRunway(db, view, 200, { me: null, now }))));
      const answer = await ask(dispatcher, view, 'runway');
      const uids = store.read((db) => db.all<{ id: number; uid: string }>('SELECT id, uid FROM cases'));
      const uidOf = new Map(uids.map((row) => [row.id, row.uid]));
      const isEqual =
        JSON.stringify(answer.rows.map((row) => row.caseId)) === JSON.stringify(sorting.all({ now }).map(({ id }) => uidOf.get(id)));
      pages.push({ view, total: answer.total, due: due.get(view) ?? byRunway, runway: byRunway, merged, bySorting, isEqual });
    }
    const countsAfter = await timed(calls, () => dispatcher.call('cases.counts', {}));

    const boundaries: number[] = [];
    for (let round = 0; round < 50; round += 1) {
      now = store.read((db) => book.nextEdge(db, now)) ?? now;
      const begun = performance.now();
      store.write((tx) => runway.settle(tx));
      boundaries.push(performance.now() - begun);
    }
    const needs = store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM coverage_needs'))?.count ?? 0;
    return {
      cases: count,
      shifts: shifts.length,
      needs,
      first,
      published,
      unchanged,
      boundaryMs: spreadOf(boundaries),
      pages,
      counts: { before: countsBefore, after: countsAfter },
    };
  } finally {
    opened.store[Symbol.dispose]();
    opened.blobs[Symbol.dispose]();
    rmSync(place, { recursive: true, force: true });
  }
}

/** The roster of the bench, and shifts out of its rotations. */
export function makeTeam(store: Store, from: Instant = PLAN_FROM, to: Instant = PLAN_TO): readonly Shift[] {
  const roster = benchRoster();
  const { shifts } = continuedPlan(roster, EMPTY_PLAN, from, to, from, ZONE_DATA);
  const made = shifts.map((shift): Shift => ({ ...shift, revision: 1 }));
  store.write((tx) => {
    for (const hub of roster.hubs) saveHub(tx, hub);
    for (const agent of roster.agents) saveProfile(tx, agent, '');
    for (const template of roster.templates) saveTemplate(tx, template);
    for (const rotation of roster.rotations) saveRotation(tx, rotation);
    for (const requirement of roster.requirements) saveRequirement(tx, requirement);
    for (const shift of made) saveShift(tx, shift);
  });
  return made;
}

/** Open cases as rows: nothing is folded here, so there are no events behind them. */
function makeCases(store: Store, count: number): void {
  let seed = 20_261_201;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const preview = 'We tried the export twice today and it ends without any message. Our month closes tonight.';
  store.write((tx) => {
    tx.run(
      "INSERT INTO contacts(uid, address, name, zone, first_seen_at) VALUES('con_bench', 'mei@customer.test', 'Mei', 'Asia/Singapore', 0)",
    );
    for (let index = 0; index < count; index += 1) {
      const dueAt = instant(YEAR_FROM + Math.floor((random() * 5 - 0.1) * 24 * 60) * MINUTE_MS);
      const isVip = random() < 0.1;
      const label = LABELS[Math.floor(random() * LABELS.length)] ?? null;
      const last = instant(YEAR_FROM - Math.floor(random() * 5 * 24 * 60) * MINUTE_MS);
      tx.run(
        `INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, assignee, vip, language, waiting_since, last_message_at,
           last_inbound_at, unread, message_count, lane, next_due_at, boundary_at, sla, subject, preview, state)
         VALUES(@uid, 1, 'acc_bench', 'email', @status, 1, @assignee, @vip, @language, @last, @last, @last, 1, 3, @lane, @dueAt, @dueAt, @sla, 'Export stops at 10,000 rows', @preview, @state)`,
        {
          uid: makeId('case', `bench-${String(index)}`),
          status: random() < 0.8 ? 0 : 1,
          assignee: random() < 0.6 ? '' : makeId('agt', `berlin-${String(Math.floor(random() * 10))}`),
          vip: isVip ? 1 : 0,
          lane: isVip || dueAt <= YEAR_FROM ? 0 : 1,
          language: LANGUAGES[Math.floor(random() * LANGUAGES.length)] ?? 'en',
          last,
          dueAt,
          preview,
          sla: JSON.stringify({ metric: 'first-reply', number: 1, startedAt: last, state: 'running', dueAt, targetMs: 8 * HOUR_MS }),
          state: JSON.stringify({
            labels: label === null ? [] : [label],
            lastDirection: 'in',
            subject: 'Export stops at 10,000 rows',
            preview,
          }),
        },
      );
      if (label !== null) tx.run('INSERT INTO case_labels(label, case_id) VALUES(@label, @id)', { label, id: index + 1 });
    }
  });
}

/** One person's shifts of a week begin an hour earlier; another week and person in each round. */
function publishChange(store: Store, shifts: readonly Shift[], round: number): void {
  const from = YEAR_FROM + round * DAY_MS;
  const person = shifts.find((shift) => (shift.published?.startAt ?? 0) >= from)?.published?.agentId;
  const own = shifts.filter(({ published }) => published?.agentId === person && (published?.startAt ?? 0) >= from).slice(0, CHANGED_SHIFTS);
  store.write((tx) => {
    const publicationId = makeId('pub', `round-${String(round)}`);
    for (const { shiftId } of own) {
      const shift = shiftByUid(tx, shiftId);
      if (shift?.published === null || shift === undefined) continue;
      const after = { ...shift.published, startAt: instant(shift.published.startAt - HOUR_MS) };
      saveShift(tx, { ...shift, published: after, revision: shift.revision + 1 });
      savePublishedChange(tx, publicationId, { shiftId, before: shift.published, after });
    }
    savePublication(tx, { publicationId, at: YEAR_FROM, by: null, note: '', reverts: null, changed: own.length });
  });
}

async function followed(store: Store, runway: CaseRunway, dispatcher: Dispatcher): Promise<Recount> {
  const waits: number[] = [];
  let wantedAt = performance.now();
  const readOnce = async (): Promise<void> => {
    await ask(dispatcher, 'unassigned', 'runway');
    waits.push(Math.max(0, performance.now() - wantedAt - 20));
    wantedAt = performance.now();
  };
  const reading = setInterval(() => void readOnce(), 20);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const { written } = await runway.recountAll(store, new AbortController().signal);
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(reading);
  return { ms, cpuMs: (user + system) / 1000, written, pageMs: spreadOf(waits) };
}

async function ask(
  dispatcher: Dispatcher,
  view: ViewId,
  sort: SortId,
): Promise<{ readonly rows: readonly { readonly caseId: string }[]; readonly total: number }> {
  const answer = await dispatcher.call('cases.list', { view, sort, limit: 200 });
  if (!answer.ok) throw new Error(`cases.list: ${answer.error.code} ${answer.error.detail}`);
  return answer.value as { readonly rows: readonly { readonly caseId: string }[]; readonly total: number };
}

/** Times of calls, and the CPU time of one on average: what does not depend on other work on the machine. */
interface Timed extends Spread {
  readonly cpuMs: number;
}

async function timed(calls: number, work: () => Promise<unknown>): Promise<Timed> {
  const times: number[] = [];
  for (let each = 0; each < 10; each += 1) await work();
  const cpu = process.cpuUsage();
  for (let each = 0; each < calls; each += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { ...spreadOf(times), cpuMs: (user + system) / 1000 / calls };
}

const FILTERS = {
  unassigned: "c.assignee = '' AND c.snoozed_until = 0",
  'waiting-us': 'c.status = 0 AND c.waiting_since < 9007199254740991 AND c.snoozed_until = 0',
  unstaffed: 'c.snoozed_until = 0 AND c.next_due_at > @now AND c.next_due_at <= n.opens_at',
} as const;

/** What a plain query would do: every open case of the view with its runway, and the first 200 of them kept. */
function sortingSql(view: keyof typeof FILTERS): string {
  const left = 'c.staffed_due - n.base - coalesce(@now - n.since, 0)';
  const isFirst = `(c.next_due_at <= @now OR ${left} <= 0)`;
  return `SELECT c.id FROM coverage_needs n CROSS JOIN cases c INDEXED BY cases_runway ON c.need = n.id
    WHERE c.status < 3 AND c.merged_into IS NULL AND ${FILTERS[view]}
    ORDER BY CASE WHEN ${isFirst} THEN 0 ELSE 1 + c.lane END, CASE WHEN ${isFirst} THEN 0 ELSE ${left} END, c.next_due_at, c.last_message_at DESC, c.id DESC LIMIT 200`;
}
