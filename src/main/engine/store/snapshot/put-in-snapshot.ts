import { forgetKeysFilled } from '../routing.store.ts';
import { columnsOf } from './make-snapshot.ts';
import { SNAPSHOT_TABLES } from './tables.ts';
import type { Store, WriteDb } from '../sql.ts';

/** Tables that must be empty where a snapshot is put in: its rows bring the numbers by which they name each other. */
export function isEmptyForSnapshot(tx: Pick<WriteDb, 'get'>): boolean {
  if (tx.get('SELECT 1 FROM events WHERE sequence IS NOT NULL LIMIT 1') !== undefined) return false;
  return Object.entries(SNAPSHOT_TABLES).every(
    ([table, decision]) =>
      decision.kind === 'left' ||
      decision.onConflict !== undefined ||
      DERIVED.has(table) ||
      tx.get(`SELECT 1 FROM ${table} LIMIT 1`) === undefined,
  );
}

/** Worked out by every workstation for itself: what is there is thrown away. */
const DERIVED: ReadonlySet<string> = new Set(['coverage_needs']);

/**
 * Puts an unpacked snapshot into the tables of a workspace that has none of these rows, in one transaction with what `after` does.
 * @param after is told when all rows are there; what it throws undoes everything
 */
export function putInSnapshot<Value>(store: Store, file: string, after: (tx: WriteDb) => Value): Value {
  const { database } = store;
  database.prepare('ATTACH ? AS snapshot').run(file);
  try {
    return store.write((tx) => {
      if (!isEmptyForSnapshot(tx)) throw new Error('the workspace is not empty any more');
      for (const [table, decision] of Object.entries(SNAPSHOT_TABLES)) {
        if (decision.kind === 'left') continue;
        if (DERIVED.has(table)) tx.run(`DELETE FROM ${table}`);
        const { renumbered = [], order, onConflict = '' } = decision;
        const columns = columnsOf(database, 'main', table)
          .filter((name) => !renumbered.includes(name))
          .join(', ');
        const ordered = order === undefined ? '' : ` ORDER BY ${order}`;
        tx.run(`INSERT INTO main.${table}(${columns}) SELECT ${columns} FROM snapshot.${table} row WHERE 1${ordered} ${onConflict}`);
      }
      // whoever made it may not have had all of them
      forgetKeysFilled(tx);
      return after(tx);
    });
  } finally {
    database.exec('DETACH snapshot');
  }
}
