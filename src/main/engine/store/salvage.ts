import Database from 'better-sqlite3';

/**
 * What only exists here and can not be fetched again, in the order in which rows depend on each other. Projections and
 * indexes are rebuilt; messages are taken too, because a server may have forgotten them.
 */
const TABLES = [
  'agents',
  'accounts',
  'settings',
  'contacts',
  'events',
  'case_streams',
  'cases',
  'case_labels',
  'messages',
  'message_versions',
  'message_keys',
  'conversations',
  'attachments',
  'thread_keys',
  'remote_refs',
  'outbox',
  'acknowledgements',
  'sealed_originals',
  'rewritten_sources',
  'audit_log',
  'drafts',
  'macros',
  'team_macros',
  'macro_uses',
  'team_macro_uses',
  'visits',
  'articles',
  'article_parts',
  'article_terms',
  'hidden_suggestions',
  'handoff_drafts',
  'operations',
  'sla_calendars',
  'sla_policies',
  'sla_outcomes',
  'hubs',
  'shift_templates',
  'rotations',
  'requirements',
  'shifts',
  'overrides',
  'absences',
  'swaps',
  'publications',
  'publication_changes',
  'notices',
  // without these a member of a team would take itself for a workspace of one, and send for itself
  'team',
  'team_wire',
  'team_push',
  'team_conflicts',
  'team_people',
  'team_files',
] as const;

/**
 * Copies every row that can still be read from a damaged file into a sound one, where it replaces the older state of the same row.
 * A table is read row by row from both ends, so that one broken page costs the rows on it and not the rest.
 * @returns how many rows were taken
 */
export function salvage(target: Database.Database, damagedPath: string): number {
  let source: Database.Database;
  try {
    source = new Database(damagedPath, { readonly: true, fileMustExist: true });
  } catch {
    return 0;
  }
  let taken = 0;
  try {
    target.pragma('foreign_keys = OFF');
    distrustOutbox(target);
    for (const table of TABLES) taken += salvageTable(target, source, table);
    // The damaged file may be older than the columns that are worked out from others.
    target.exec("UPDATE contacts SET folded = fold(name || char(10) || address) WHERE folded = ''");
  } finally {
    target.pragma('foreign_keys = ON');
    try {
      source.close();
    } catch {
      // Nothing more to be had from it.
    }
  }
  return taken;
}

/**
 * A reply that the backup remembers as waiting may have been sent since. Until its newer row is found, or the channel says that it has the
 * message, nobody knows: it is not sent again by itself.
 */
function distrustOutbox(target: Database.Database): void {
  target.exec("UPDATE outbox SET state = 'unknown', handed_over = 1, code = 'recovered' WHERE state IN ('queued', 'sending', 'held')");
}

function salvageTable(target: Database.Database, source: Database.Database, table: string): number {
  const columns = columnsOf(target, table);
  const present = new Set(columnsOf(source, table));
  const shared = columns.filter((column) => present.has(column));
  if (shared.length === 0) return 0;
  const list = shared.join(', ');
  // The damaged file is the newer one: what can still be read in it replaces what the backup remembers.
  const insert = target.prepare(`INSERT OR REPLACE INTO ${table}(${list}) VALUES(${shared.map(() => '?').join(', ')})`);
  const key = primaryKey(target, table);
  let taken = 0;
  for (const direction of ['ASC', 'DESC']) {
    const rows: unknown[][] = [];
    try {
      for (const row of source
        .prepare<[], unknown[]>(`SELECT ${list} FROM ${table} ORDER BY ${key.map((column) => `${column} ${direction}`).join(', ')}`)
        .raw()
        .iterate())
        rows.push(row);
    } catch {
      // The rest of this direction lies behind the damage; the other direction comes from the far side.
    }
    taken += insertAll(target, insert, rows);
  }
  return taken;
}

function insertAll(target: Database.Database, insert: Database.Statement<unknown[]>, rows: readonly unknown[][]): number {
  let taken = 0;
  target.transaction(() => {
    for (const row of rows) {
      try {
        taken += insert.run(...row).changes;
      } catch {
        // A row that breaks a rule was damaged without being noticed by SQLite.
      }
    }
  })();
  return taken;
}

function columnsOf(database: Database.Database, table: string): string[] {
  try {
    return database
      .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map((row) => row.name);
  } catch {
    return [];
  }
}

function primaryKey(database: Database.Database, table: string): string[] {
  const keys = database.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`).all();
  return keys.length === 0 ? ['rowid'] : keys.map((row) => row.name);
}
