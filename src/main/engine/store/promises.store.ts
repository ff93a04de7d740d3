import type { ReadDb, WriteDb } from './sql.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';

/** Writes the ledger of a case; rows of promises that it knows nothing of go. */
export function savePromises(db: WriteDb, caseId: number, promises: readonly CustomerPromise[]): void {
  for (const promise of promises) {
    db.run(
      `INSERT INTO promises(uid, case_id, state, owner, due_at, body) VALUES(@uid, @caseId, @state, @owner, @dueAt, @body)
       ON CONFLICT(uid) DO UPDATE SET case_id = @caseId, state = @state, owner = @owner, due_at = @dueAt, body = @body
       WHERE body <> excluded.body OR case_id <> excluded.case_id`,
      {
        uid: promise.promiseId,
        caseId,
        state: promise.state,
        owner: promise.ownerId ?? '',
        dueAt: promise.dueAt,
        body: JSON.stringify(promise),
      },
    );
  }
  const known = JSON.stringify(promises.map((each) => each.promiseId));
  db.run('DELETE FROM promises WHERE case_id = @caseId AND uid NOT IN (SELECT value FROM json_each(@known))', { caseId, known });
}

/** The ledger of a case as it was written last, by due time. States that only time changes may be a moment old. */
export function promisesOfCase(db: ReadDb, caseId: number): CustomerPromise[] {
  return db
    .all<{ body: string }>('SELECT body FROM promises WHERE case_id = @caseId ORDER BY due_at, uid', { caseId })
    .map((row) => JSON.parse(row.body) as CustomerPromise);
}

/** Before all of them are made again from the events. */
export function forgetPromises(db: WriteDb): void {
  db.run('DELETE FROM promises');
}
