import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileConditions } from './case-filter.store.ts';
import { listCases } from './case-list.store.ts';
import { countFilters } from './case-totals.store.ts';
import { BOTS } from './cases.store.ts';
import { migrate } from './migrate.ts';
import { Store } from './sql.ts';
import { PRIORITIES, STATUSES, TIERS } from '../../../shared/domain/case.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import { CASE_STATES, CASE_THINGS } from '../../../shared/domain/query/case-query.ts';
import type { Condition } from '../../../shared/domain/query/case-query.ts';
import { matchesConditions } from '../../../shared/domain/query/match-case.ts';
import type { CaseFacts, QueryAsker } from '../../../shared/domain/query/match-case.ts';
import { SORTS } from '../../../shared/domain/views.ts';
import { HOUR_MS, instant } from '../../../shared/domain/time.ts';

const ME = makeId('agt', 'me');
const OTHER = makeId('agt', 'other');
const NOW = instant(Date.parse('2026-10-25T22:30:00Z'));
const ASKER: QueryAsker & { readonly me: typeof ME } = { me: ME, now: NOW, zone: 'Europe/Lisbon' };
const NEVER = Number.MAX_SAFE_INTEGER;
const CASES = 400;
const NAMES = ['Ana Silva', 'ANA Çelik', '李明', 'Łukasz', '', 'Müller-Ñandú'];
const LANGUAGES = [null, 'en', 'zh-Hans', 'zh-Hant', 'zh', 'ja'];
const SUBJECTS = ['Withdrawal stuck', '提现失败', 'Déjà vu', 'Re: order A-1029'];
const LABELS = ['withdrawal', 'Ärger', '出金'];
const HOURS = [-50, -26, -5, -1, 0, 1, 5, 26, 50];

/** The same sequence at every run: what the table holds is no part of what is tested. */
function sequence(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

const cases: CaseFacts[] = [];
let folder = '';
let store: Store;

function makeFacts(next: (count: number) => number): CaseFacts {
  const of = <Value>(values: readonly Value[]): Value => {
    const value = values[next(values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  };
  const hour = (): number => of(HOURS);
  const at = () => instant(NOW + hour() * HOUR_MS);
  const status = of(STATUSES);
  const isWithBot = next(8) === 0;
  const contact = next(NAMES.length);
  return {
    channel: of(CHANNELS),
    status,
    priority: of(PRIORITIES),
    tier: of(TIERS),
    language: of(LANGUAGES),
    labels: LABELS.filter(() => next(3) === 0),
    assigneeId: isWithBot ? null : of([null, ME, OTHER]),
    isWithBot,
    contactName: NAMES[contact] ?? '',
    contactAddress: `person${contact}@example.org`,
    subject: of(SUBJECTS),
    nextDueAt: status === 'solved' || next(3) === 0 ? null : at(),
    opensAt: of([null, instant(NOW + 2 * HOUR_MS), instant(NOW + 30 * HOUR_MS)]),
    waitingSince: isWithBot || next(2) === 0 ? null : at(),
    lastMessageAt: at(),
    openedAt: at(),
    snoozedUntil: next(3) === 0 ? at() : null,
    followUpAt: next(2) === 0 ? at() : null,
    isUnread: next(2) === 0,
    isRaised: false,
    isOffered: false,
    hasAttachments: next(2) === 0,
    hasDraft: next(4) === 0,
    hasPromise: false,
    hasReminder: next(4) === 0,
    queuedReplies: next(3),
    hasScheduled: next(3) === 0,
    failedReplies: next(2),
    intake:
      next(4) === 0 ? null : { kindId: of([null, 'deposit', 'app']), missing: ['when', 'appVersion', 'own-a'].filter(() => next(2) === 0) },
  };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-filter-'));
  store = new Store(join(folder, 'main.db'));
  migrate(store.database);
  const next = sequence(20_261_129);
  store.write((tx) => {
    for (const [index, opens] of [NOW + 2 * HOUR_MS, NOW + 30 * HOUR_MS].entries())
      tx.run(`INSERT INTO coverage_needs(id, key, base, since, opens_at, as_of, body) VALUES(@id, @key, 0, NULL, @opens, 0, '{}')`, {
        id: index + 1,
        key: `need ${index}`,
        opens,
      });
    for (const [index, name] of NAMES.entries())
      tx.run(
        'INSERT INTO contacts(id, uid, address, name, first_seen_at, folded) VALUES(@id, @uid, @address, @name, 0, fold(@name || char(10) || @address))',
        { id: index + 1, uid: `con_${index}`, address: `person${index}@example.org`, name },
      );
    for (let index = 0; index < CASES; index += 1) insertCase(index, makeFacts(next));
    function insertCase(index: number, made: CaseFacts): void {
      const facts = { ...made, isRaised: made.tier === 'standard' && next(4) === 0 };
      cases.push(facts);
      tx.run(
        `INSERT INTO cases(id, uid, contact_id, account_uid, channel, status, priority, assignee, vip, language, waiting_since, snoozed_until, last_message_at,
           unread, queued, failed, has_attachments, subject, preview, state, lane, next_due_at, need, opened_at)
         VALUES(@id, @uid, @contact, 'acc', @channel, @status, @priority, @assignee, @vip, @language, @waiting, @snoozed, @last, @unread, @queued, @failed,
           @attachments, @subject, '', '{"labels":[],"epoch":0,"bot":null}', @lane, @due, @need, @opened)`,
        {
          id: index + 1,
          uid: `case_${index}`,
          contact: NAMES.indexOf(facts.contactName) + 1,
          channel: facts.channel,
          status: STATUSES.indexOf(facts.status),
          priority: PRIORITIES.indexOf(facts.priority),
          assignee: facts.isWithBot ? BOTS : (facts.assigneeId ?? ''),
          vip: TIERS.indexOf(facts.tier),
          language: facts.language,
          waiting: facts.waitingSince ?? NEVER,
          snoozed: facts.snoozedUntil ?? 0,
          last: facts.lastMessageAt,
          unread: facts.isUnread ? 1 : 0,
          queued: facts.queuedReplies,
          failed: facts.failedReplies,
          attachments: facts.hasAttachments ? 1 : 0,
          subject: facts.subject,
          lane: facts.isRaised || facts.tier !== 'standard' ? 0 : 1,
          due: facts.nextDueAt ?? NEVER,
          need: needOf(facts),
          opened: facts.openedAt,
        },
      );
      for (const label of facts.labels) tx.run('INSERT INTO case_labels(label, case_id) VALUES(@label, @id)', { label, id: index + 1 });
      // one of other states must not be taken for one that waits
      const reply = facts.hasScheduled
        ? { state: 'queued', later: NOW }
        : next(2) === 0
          ? { state: 'sent', later: NOW }
          : { state: 'queued', later: null };
      tx.run(
        `INSERT INTO messages(id, uid, case_id, kind, sent_at, received_at, auto, has_html, warnings, from_address, from_name, recipients, subject, text)
         VALUES(@id, @uid, @id, 1, 0, 0, 'none', 0, '[]', '', '', '{}', '', '')`,
        { id: index + 1, uid: `msg_${index}` },
      );
      tx.run(
        `INSERT INTO outbox(uid, case_id, message_id, account_uid, client_key, state, send_at, later_at, written_at, updated_at, seen, payload)
         VALUES(@uid, @id, @id, 'acc', @uid, @state, 0, @later, 0, 0, '{}', '{}')`,
        { uid: `out_${index}`, id: index + 1, ...reply },
      );
      tx.run('UPDATE cases SET follow_up_at = @at WHERE id = @id', { at: facts.followUpAt ?? NEVER, id: index + 1 });
      if (facts.hasReminder)
        tx.run("INSERT INTO reminders(uid, case_id, at, for_uid) VALUES(@uid, @id, 0, '')", { uid: `rem_${index}`, id: index + 1 });
      if (facts.intake !== null)
        tx.run('INSERT INTO case_intake(case_id, kind, known, needed, missing, rounds) VALUES(@id, @kind, 0, 0, @missing, 0)', {
          id: index + 1,
          kind: facts.intake.kindId ?? '',
          missing: ` ${facts.intake.missing.join(' ')} `,
        });
      if (facts.hasDraft)
        tx.run(`INSERT INTO drafts(uid, case_uid, kind, saved_at, recipients, text) VALUES(@uid, @case, 'reply', 0, '{}', '')`, {
          uid: `dra_${index}`,
          case: `case_${index}`,
        });
    }
  });
});

afterAll(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const VALUES = [
  ['channel', CHANNELS],
  ['status', STATUSES],
  ['priority', PRIORITIES],
  ['tier', [...TIERS, 'a tier of a newer version']],
  ['language', ['zh', 'zh-hant', 'en', 'ja', 'ko', 'unknown']],
  ['label', [...LABELS, 'nowhere']],
  ['assignee', ['me', 'nobody', 'bot', ME, OTHER, 'agt_gone']],
  ['is', CASE_STATES],
  ['has', [...CASE_THINGS, 'a thing of a newer version']],
  ['kind', ['deposit', 'app', 'gone']],
  ['missing', ['anything', 'when', 'appversion', 'own-a', 'coin']],
] as const;

test.each([ASKER, { ...ASKER, me: null }])('every value of every field, and its opposite, for $me', (asker) => {
  for (const [field, values] of VALUES)
    for (const value of values)
      for (const not of [false, true]) {
        const conditions: Condition[] = [{ field, not, values: [value] }];
        const filter = compileConditions(conditions, asker);
        const found = store.read((db) =>
          db.all<{ uid: string }>(`SELECT c.uid FROM cases c WHERE ${filter.sql} ORDER BY c.id`, filter.parameters),
        );
        const expected = cases.flatMap((facts, index) => (matchesConditions(conditions, facts, asker) ? [`case_${index}`] : []));
        expect({ field, not, value, found: found.map(({ uid }) => uid) }).toEqual({ field, not, value, found: expected });
      }
});

const few = <Value>(values: readonly Value[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const choice = fc
  .constantFrom(...VALUES)
  .chain(([field, values]) =>
    fc.tuple(fc.boolean(), few<string>(values)).map(([not, chosen]): Condition => ({ field, not, values: chosen })),
  );
const text = fc.oneof(
  few(['ana', 'ÇELIK', '明', 'nandu', 'person3@', 'zz']).map((values): Condition => ({ field: 'from', not: false, values })),
  few(['deja', '提现', 'a-1029', 'zz', '%']).map((values): Condition => ({ field: 'subject', not: true, values })),
);
const time = fc
  .tuple(
    fc.constantFrom('due' as const, 'waiting' as const, 'updated' as const, 'opened' as const, 'snoozed' as const),
    fc.boolean(),
    fc.constantFrom('before' as const, 'from' as const),
    fc.oneof(
      fc.constantFrom(...HOURS).map((hours) => ({ kind: 'offset' as const, ms: hours * HOUR_MS })),
      fc.integer({ min: -2, max: 2 }).map((days) => ({ kind: 'day' as const, days })),
      fc.constantFrom('2026-10-24', '2026-10-25', '2026-10-26').map((date) => ({ kind: 'date' as const, date })),
    ),
  )
  .map(([field, not, side, moment]): Condition => ({ field, not, side, moment }));
const anyConditions = fc.array(fc.oneof(choice, choice, text, time), { maxLength: 4 });

test('the database lets the same cases through as the rule, in every order and count', () => {
  fc.assert(
    fc.property(anyConditions, fc.constantFrom(...SORTS), (conditions, sort) => {
      const expected = cases.flatMap((facts, index) => (matchesConditions(conditions, facts, ASKER) ? [`case_${index}`] : []));
      const filter = compileConditions(conditions, ASKER);
      const { rows, counts, first } = store.read((db) => ({
        rows: listCases(db, { view: 'all', sort, limit: 1_000, filter }, ASKER).rows,
        first: listCases(db, { view: 'all', sort, limit: 3, filter }, ASKER),
        counts: countFilters(db, [filter, compileConditions([], ASKER, 'other'), filter]),
      }));
      expect(rows.map((row) => row.caseId).toSorted()).toEqual(expected.toSorted());
      expect(first.rows.map((row) => row.caseId)).toEqual(rows.slice(0, 3).map((row) => row.caseId));
      expect(first.total).toBe(expected.length);
      expect(counts).toEqual([expected.length, CASES, expected.length]);
    }),
    { numRuns: 60 },
  );
});

test('asks for what nothing has, in every order', () => {
  const filter = compileConditions([{ field: 'tier', not: false, values: ['a tier of a newer version'] }], ASKER);
  for (const sort of SORTS)
    expect(store.read((db) => listCases(db, { view: 'all', sort, limit: 5, filter }, ASKER))).toEqual({ rows: [], total: 0 });
});

test('finds something for most conditions, or the rule would be compared with nothing', () => {
  for (const flag of CASE_STATES.filter((state) => state !== 'offered'))
    expect(cases.some((facts) => matchesConditions([{ field: 'is', not: false, values: [flag] }], facts, ASKER))).toBe(true);
});

/** The row of the need that opens when this case says. */
function needOf({ opensAt }: CaseFacts): number {
  if (opensAt === null) return 0;
  return opensAt === NOW + 2 * HOUR_MS ? 1 : 2;
}
