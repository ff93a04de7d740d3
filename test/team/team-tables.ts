import type { Store } from '../../src/main/engine/store/sql.ts';
import { SNAPSHOT_TABLES } from '../../src/main/engine/store/snapshot/tables.ts';

/** Local keys, by what they stand for. */
const BY_NAME: Readonly<Record<string, string>> = {
  case_id: '(SELECT uid FROM cases k WHERE k.id = t.case_id) AS case_id',
  message_id: '(SELECT uid FROM messages k WHERE k.id = t.message_id) AS message_id',
  contact_id: '(SELECT uid FROM contacts k WHERE k.id = t.contact_id) AS contact_id',
  signed_by: 'coalesce(t.signed_by, @user) AS signed_by',
  need: '(SELECT key FROM coverage_needs k WHERE k.id = t.need) AS need',
};

/** What every workstation has for itself. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  agents: ['is_me'],
  // when its line was written
  coverage_needs: ['as_of', 'base', 'since', 'opens_at'],
  // how far it was looked at: time goes on between two workstations
  cases: ['boundary_at', 'sla', 'staffed_due', 'lane'],
  outbox: ['updated_at'],
  team_files: ['state'],
  // what the directory said, and when it was asked
  team_people: ['entry'],
};

/** All rows of what a team shares, by what they mean and not by their local keys. `user`: who works there, on the hub. */
export function teamTables(store: Store, user: string): Readonly<Record<string, readonly unknown[]>> {
  return store.read((db) =>
    Object.fromEntries(
      Object.entries(SNAPSHOT_TABLES)
        .filter(([table, { kind }]) => kind === 'taken' && table !== 'team_wire')
        .map(([table]) => {
          const columns = db
            .all<{ name: string }>(`SELECT name FROM pragma_table_xinfo('${table}') WHERE hidden = 0`)
            .map(({ name }) => name)
            .filter((name) => name !== 'local_id' && name !== 'id' && !(OWN[table] ?? []).includes(name));
          const ofEvents = table === 'events' ? ', id' : '';
          const where =
            table === 'events'
              ? 'WHERE sequence IS NOT NULL'
              : table === 'settings'
                ? "WHERE key IN ('staffing', 'acknowledgements', 'handoff-rules', 'routing')"
                : '';
          const rows = db.all<Record<string, unknown>>(
            `SELECT ${columns.map((name) => BY_NAME[name] ?? `t.${name}`).join(', ')}${ofEvents} FROM ${table} t ${where}`,
            table === 'events' ? { user } : undefined,
          );
          return [table, rows.map((row) => JSON.stringify(row)).toSorted()];
        }),
    ),
  );
}
