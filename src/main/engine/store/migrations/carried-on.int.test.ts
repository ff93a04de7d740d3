import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { DAY_MS } from '../../../../shared/domain/time.ts';

/** The file of a workspace as it was before each of these migrations, with cases, mail, replies and drafts in it, goes through it. */

const NEVER = Number.MAX_SAFE_INTEGER;
const FIRST_WAITS = 1_000;
const SECOND_WAITS = 70_000;
/** What has happened in the workspace. */
const NEWEST_EVENT = 7;

type Table = readonly [name: string, columns: string];
type File = ReturnType<typeof openFile>;
type Row = Readonly<Record<string, number | string | null>>;

interface Step {
  readonly version: number;
  readonly rule: string;
  /** Makes one of its last statements fail. */
  readonly lastFails: string;
  readonly holds: (file: File) => void;
}

let open: File;
beforeEach(() => {
  open = openFile();
});
afterEach(() => open.connection.close());

/** A database with rows of which a test says what matters, and ways to ask it. */
function openFile() {
  const connection = new Database(':memory:');
  connection.pragma('foreign_keys = ON');
  const all = (sql: string): unknown[] => connection.prepare(sql).raw().all();
  const column = (sql: string): unknown[] => connection.prepare(sql).pluck().all();
  return {
    connection,
    all,
    column,
    run: (sql: string): void => void connection.exec(sql),
    /** A row in which all else that it must have is empty. */
    insert: (table: string, given: Row): void => {
      const required = connection
        .prepare<[], { name: string; type: string }>(
          `SELECT name, type FROM pragma_table_info('${table}') WHERE "notnull" = 1 AND dflt_value IS NULL AND pk = 0`,
        )
        .all();
      const row = { ...Object.fromEntries(required.map(({ name, type }) => [name, type === 'TEXT' ? '' : 0])), ...given };
      const names = Object.keys(row);
      connection.prepare(`INSERT INTO ${table}(${names.join()}) VALUES(${names.map((name) => `@${name}`).join()})`).run(row);
    },
    /** All tables, and the columns that each has now. */
    tables: (): readonly Table[] =>
      column("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").map((name) => [
        String(name),
        column(`SELECT name FROM pragma_table_info('${String(name)}')`).join(),
      ]),
    /** Every row of these, by these columns. */
    rows: (tables: readonly Table[]): unknown =>
      tables.map(([table, columns]) => [table, all(`SELECT ${columns} FROM ${table} ORDER BY ${columns}`)]),
    schema: (): readonly unknown[] => all('SELECT type, name, sql FROM sqlite_master ORDER BY type, name'),
  };
}

/** A workspace of a team: cases in every state that a migration tells apart, with their messages, and what waits to be sent. */
function fill(file: File): void {
  file.insert('contacts', { id: 1, uid: 'con_1', address: 'mei@customer.test', name: 'Mei' });
  const cases: readonly Row[] = [
    { id: 1, uid: 'case_open', status: 0, waiting_since: FIRST_WAITS },
    { id: 2, uid: 'case_pending', status: 1 },
    { id: 3, uid: 'case_hold', status: 2, waiting_since: SECOND_WAITS },
    { id: 4, uid: 'case_solved', status: 3, waiting_since: FIRST_WAITS },
    { id: 5, uid: 'case_merged', status: 0, waiting_since: FIRST_WAITS, merged_into: 'case_open' },
    { id: 6, uid: 'case_bot', status: 0, state: '{"bot":{"playbook":"deposit","since":5},"labels":[]}' },
  ];
  for (const row of cases) {
    file.insert('cases', { contact_id: 1, state: '{"bot":null,"labels":["deposit"]}', ...row });
    const id = Number(row['id']);
    file.insert('messages', { id, uid: `msg_${id}`, case_id: id, text: 'Where are my coins?', recipients: '{}', warnings: '[]' });
  }
  for (const [index, state] of ['queued', 'sending', 'unknown', 'held', 'failed', 'sent', 'cancelled'].entries())
    file.insert('outbox', {
      uid: `out_${state}`,
      case_id: (index % 4) + 1,
      message_id: (index % 4) + 1,
      account_uid: 'acc_1',
      client_key: `key_${state}`,
      state,
      send_at: 100 + index,
    });
  for (let id = 1; id <= NEWEST_EVENT; id += 1)
    file.insert('events', {
      local_id: id,
      id: `evt_${id}`,
      sequence: id < 6 ? id : null,
      stream: 'case.case_open',
      type: 'case.claimed',
      body: '{}',
    });
  file.insert('drafts', { uid: 'dra_1', case_uid: 'case_open', kind: 'reply', text: 'Dear Mei,', recipients: '{}' });
  file.insert('drafts', { uid: 'dra_2', case_uid: 'case_hold', kind: 'note', text: 'Ask the bank', recipients: '{}' });
  file.insert('settings', { key: 'undoSendSeconds', value: '5' });
  file.insert('agents', { uid: 'agt_ana', name: 'Ana' });
  file.insert('macros', { macro_id: 'mac_own', body: '{"name":"Own"}' });
  file.insert('team_macros', { macro_id: 'mac_team', owner: 'agt_ana', body: '{"name":"Team"}' });
  file.insert('macro_uses', { macro_id: 'mac_own', uses: 7, last_used_at: 900 });
  file.insert('macro_uses', { macro_id: 'mac_team', uses: 3, last_used_at: 950 });
}

/** The plan of a question. */
const plan = (file: File, sql: string): string => JSON.stringify(file.all(`EXPLAIN QUERY PLAN ${sql}`));

const STEPS: readonly Step[] = [
  {
    version: 16,
    rule: 'there are no articles, each has its own path, and what somebody hides for a case is hidden once',
    lastFails: 'CREATE TABLE hidden_suggestions(x)',
    holds: (file) => {
      const made = ['articles', 'article_parts', 'article_terms', 'hidden_suggestions'];
      expect(made.map((table) => file.column(`SELECT count(*) FROM ${table}`))).toEqual(made.map(() => [0]));
      file.insert('articles', { article_id: 'art_1', path: 'refunds.md' });
      expect(() => file.insert('articles', { article_id: 'art_2', path: 'refunds.md' })).toThrow(/UNIQUE/u);
      file.insert('hidden_suggestions', { case_uid: 'case_open', source: 'art_1' });
      file.insert('hidden_suggestions', { case_uid: 'case_hold', source: 'art_1' });
      expect(() => file.insert('hidden_suggestions', { case_uid: 'case_hold', source: 'art_1' })).toThrow(/UNIQUE/u);
      expect(plan(file, "SELECT * FROM article_parts WHERE article_id = 'art_1' ORDER BY position")).toMatch(
        /article_parts_article(?!.*TEMP B-TREE)/u,
      );
    },
  },
  {
    version: 17,
    rule: 'nobody has been anywhere, and each person at the desk has a memory of their own',
    lastFails: 'CREATE TABLE visits(x)',
    holds: (file) => {
      expect(file.all('SELECT * FROM visits')).toEqual([]);
      const visit = (agent: string): void => file.insert('visits', { agent, kind: 'case', target: 'case_open' });
      visit('agt_ana');
      visit('agt_bo');
      expect(() => visit('agt_bo')).toThrow(/UNIQUE/u);
    },
  },
  {
    version: 18,
    rule: 'all unsolved cases are worked out, and each that changes from then on',
    lastFails: 'CREATE TRIGGER messages_intake_changed AFTER UPDATE ON messages BEGIN SELECT 1; END',
    holds: (file) => {
      const stale = (): unknown[] => file.column('SELECT case_id FROM intake_stale ORDER BY 1');
      expect([stale(), file.all('SELECT * FROM case_intake')]).toEqual([[1, 2, 3, 6], []]);
      file.run('DELETE FROM intake_stale');
      // what is not read of it
      file.run("UPDATE cases SET unread = 1, subject = 'x'; UPDATE cases SET state = state; UPDATE messages SET read_at = 5, text = text");
      expect(stale()).toEqual([]);
      file.run(
        `UPDATE cases SET state = '{"bot":null,"labels":[]}' WHERE id = 4; UPDATE messages SET text = 'My device is a Pixel 8' WHERE id = 2`,
      );
      file.run("UPDATE messages SET origin = '{}' WHERE id = 1; UPDATE messages SET text = 'and again' WHERE id = 2");
      file.insert('cases', { id: 9, uid: 'case_new', contact_id: 1, state: '{}' });
      expect(stale()).toEqual([1, 2, 4, 9]);
      // the way in which a case is stored, while it waits already
      file.run(`INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, last_message_at, subject, preview, state)
        VALUES('case_new', 1, '', '', 0, 0, 0, '', '', '{"labels":["x"]}') ON CONFLICT(uid) DO UPDATE SET state = excluded.state`);
      expect(stale()).toEqual([1, 2, 4, 9]);
      file.insert('case_intake', { case_id: 9, kind: 'deposit' });
      file.run('DELETE FROM cases WHERE id = 9');
      expect([stale(), file.all('SELECT * FROM case_intake')]).toEqual([[1, 2, 4], []]);
    },
  },
  {
    version: 19,
    rule: 'no reply that waits has a time of its own, and those that get one are found by it',
    lastFails: 'CREATE INDEX outbox_later ON outbox(uid)',
    holds: (file) => {
      expect(file.column('SELECT DISTINCT later_at FROM outbox')).toEqual([null]);
      file.run("UPDATE outbox SET later_at = 5000 WHERE state IN ('queued', 'sent')");
      const waiting = "SELECT case_id FROM outbox WHERE state = 'queued' AND later_at IS NOT NULL";
      expect([file.column(waiting), plan(file, waiting)]).toEqual([[1], expect.stringContaining('INDEX outbox_later')]);
    },
  },
  {
    version: 20,
    rule: 'who was writing has seen all that had happened, and nobody else anything',
    lastFails: "CREATE TRIGGER full BEFORE UPDATE ON drafts BEGIN SELECT raise(ABORT, 'full'); END",
    holds: (file) => {
      file.insert('drafts', { uid: 'dra_3', case_uid: 'case_pending', kind: 'reply' });
      expect(file.all('SELECT uid, seen_event FROM drafts ORDER BY uid')).toEqual([
        ['dra_1', NEWEST_EVENT],
        ['dra_2', NEWEST_EVENT],
        ['dra_3', 0],
      ]);
    },
  },
  {
    version: 21,
    rule: 'whoever waits for us in an unsolved case is followed up a day after they wrote, and nobody has a reminder',
    lastFails: 'CREATE INDEX cases_follow_up ON cases(uid)',
    holds: (file) => {
      expect(file.all('SELECT uid, follow_up_at FROM cases ORDER BY id')).toEqual([
        ['case_open', FIRST_WAITS + DAY_MS],
        ['case_pending', NEVER],
        ['case_hold', SECOND_WAITS + DAY_MS],
        ['case_solved', NEVER],
        ['case_merged', NEVER],
        ['case_bot', NEVER],
      ]);
      expect([file.all('SELECT * FROM reminders'), file.all('SELECT * FROM reminders_told')]).toEqual([[], []]);
      const next = `SELECT follow_up_at FROM cases WHERE follow_up_at < ${NEVER} ORDER BY follow_up_at`;
      expect([file.column(next), plan(file, next)]).toEqual([
        [FIRST_WAITS + DAY_MS, SECOND_WAITS + DAY_MS],
        expect.stringContaining('COVERING INDEX cases_follow_up'),
      ]);
      file.insert('reminders', { uid: 'rem_1', case_id: 1 });
      for (const agent_uid of ['agt_ana', 'agt_bo']) file.insert('reminders_told', { uid: 'rem_1', agent_uid });
      expect(() => file.insert('reminders_told', { uid: 'rem_1', agent_uid: 'agt_bo' })).toThrow(/UNIQUE/u);
    },
  },
  {
    version: 22,
    rule: 'replies that are not settled and cases of the bot are those that there were',
    lastFails: 'CREATE INDEX cases_with_bot ON cases(uid)',
    holds: (file) => {
      const unsettled = "state IN ('queued', 'sending', 'unknown', 'held', 'failed')";
      const withBot = `status < 3 AND merged_into IS NULL AND instr(state, '"bot":null') = 0`;
      expect(file.column(`SELECT state FROM outbox INDEXED BY outbox_unsettled WHERE ${unsettled} ORDER BY id`)).toEqual([
        'queued',
        'sending',
        'unknown',
        'held',
        'failed',
      ]);
      expect(file.column(`SELECT uid FROM cases INDEXED BY cases_with_bot WHERE ${withBot}`)).toEqual(['case_bot']);
      file.run("UPDATE outbox SET state = 'sent' WHERE state = 'sending'; UPDATE cases SET status = 3 WHERE uid = 'case_bot'");
      expect(file.column(`SELECT count(*) FROM outbox INDEXED BY outbox_unsettled WHERE ${unsettled}`)).toEqual([4]);
      expect(file.column(`SELECT uid FROM cases INDEXED BY cases_with_bot WHERE ${withBot}`)).toEqual([]);
    },
  },
  {
    version: 23,
    rule: 'what was counted here stays counted, was told to nobody, and nobody has told anything',
    lastFails: 'ALTER TABLE macro_uses ADD COLUMN told_at INTEGER',
    holds: (file) => {
      expect(file.all('SELECT macro_id, uses, last_used_at, told, told_at FROM macro_uses ORDER BY macro_id')).toEqual([
        ['mac_own', 7, 900, 0, 0],
        ['mac_team', 3, 950, 0, 0],
      ]);
      expect(file.all('SELECT * FROM team_macro_uses')).toEqual([]);
      for (const agent of ['agt_ana', 'agt_bo']) file.insert('team_macro_uses', { macro_id: 'mac_team', agent });
      expect(() => file.insert('team_macro_uses', { macro_id: 'mac_team', agent: 'agt_bo' })).toThrow(/UNIQUE/u);
    },
  },
];

describe.each(STEPS)('$version: $rule', ({ version, lastFails, holds }) => {
  test('with all that was there before', () => {
    migrate(open.connection, version - 1);
    fill(open);
    const tables = open.tables();
    const before = open.rows(tables);
    migrate(open.connection, version);
    expect(open.rows(tables)).toEqual(before);
    expect([open.column('PRAGMA user_version'), open.column('PRAGMA integrity_check'), open.all('PRAGMA foreign_key_check')]).toEqual([
      [version],
      ['ok'],
      [],
    ]);
    holds(open);
  });

  test('also on the way to the newest', () => {
    migrate(open.connection, version - 1);
    fill(open);
    const tables = open.tables();
    const before = open.rows(tables);
    migrate(open.connection);
    expect([open.rows(tables), open.column('PRAGMA integrity_check')]).toEqual([before, ['ok']]);
  });

  test('or not at all', () => {
    migrate(open.connection, version - 1);
    fill(open);
    open.run(lastFails);
    const [schema, tables] = [open.schema(), open.tables()];
    const before = open.rows(tables);
    expect(() => migrate(open.connection, version)).toThrow(/already exists|duplicate column|full/u);
    expect([open.schema(), open.rows(tables), open.column('PRAGMA user_version')]).toEqual([schema, before, [version - 1]]);
  });
});

test('a draft in a workspace in which nothing has happened has seen nothing', () => {
  migrate(open.connection, 19);
  open.insert('drafts', { uid: 'dra_1', case_uid: 'case_open', kind: 'reply' });
  migrate(open.connection, 20);
  expect(open.column('SELECT seen_event FROM drafts')).toEqual([0]);
});
