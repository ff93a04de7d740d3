import type { ReadDb, WriteDb } from './sql.ts';
import type { AccountId, CaseId } from '../../../shared/domain/ids.ts';

/** Message ids are compared without their angle brackets, which some programs leave out. */
export function bareKey(key: string): string {
  return key.trim().replace(/^<(.*)>$/u, '$1');
}

/** The cases that the keys of a thread are known to belong to, by key; keys that are new are left out. */
export function casesOfKeys(db: ReadDb, account: AccountId, keys: readonly string[]): Map<string, CaseId> {
  const found = new Map<string, CaseId>();
  for (const key of keys) {
    const row = db.get<{ case_uid: string }>('SELECT case_uid FROM thread_keys WHERE account_uid = @account AND key = @key', {
      account,
      key,
    });
    if (row !== undefined) found.set(key, row.case_uid as CaseId);
  }
  return found;
}

export function bindKeys(db: WriteDb, account: AccountId, keys: readonly string[], caseUid: CaseId): void {
  for (const key of keys) {
    db.run(
      'INSERT INTO thread_keys(account_uid, key, case_uid) VALUES(@account, @key, @case) ON CONFLICT(account_uid, key) DO UPDATE SET case_uid = @case WHERE case_uid <> @case',
      { account, key, case: caseUid },
    );
  }
}

/** Whether an address wrote or was written to in a case. The address is looked for as text first: most messages need no reading of their JSON. */
export function isParticipant(db: ReadDb, caseId: number, address: string): boolean {
  return (
    db.get<{ one: number }>(
      `SELECT 1 AS one FROM messages m WHERE m.case_id = @caseId AND (m.from_address = @address OR (instr(m.recipients, @quoted) > 0 AND (EXISTS(
         SELECT 1 FROM json_each(m.recipients, '$.to') t WHERE t.value ->> 'address' = @address) OR EXISTS(
         SELECT 1 FROM json_each(m.recipients, '$.cc') t WHERE t.value ->> 'address' = @address)))) LIMIT 1`,
      { caseId, address, quoted: JSON.stringify(address) },
    ) !== undefined
  );
}
