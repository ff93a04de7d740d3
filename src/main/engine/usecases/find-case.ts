import { dropFollowed } from './follow-up.ts';
import type { IngestDeps } from './ingest-batch.ts';
import { ingestEventId } from './ingest-ids.ts';
import { tokenKey, tokenSha } from './token-keys.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { caseKeyByUid, currentCaseUid } from '../store/cases.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { caseOfEvent } from '../store/team-rows.store.ts';
import { casesOfKeys } from '../store/threads.store.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';

/** The case that the team's log has a message in, when its content has not come along; else the one that was found here. */
export function caseToldOf(tx: WriteDb, messageId: MessageId, found: CaseId): CaseId {
  const eventId = ingestEventId('', { type: 'case.messageReceived', messageId });
  const uid = eventId === null ? null : caseOfEvent(tx, eventId);
  return uid === null || caseKeyByUid(tx, uid) === undefined ? found : uid;
}

/** The case of the thread: by our signed token, then by message ids. Several found ones are one thread: they are merged. */
export function findCase(
  deps: Pick<IngestDeps, 'ledger' | 'verifyToken'>,
  tx: WriteDb,
  account: StoredAccount,
  message: NormalizedMessage,
  bound: Iterable<CaseId>,
): CaseId | null {
  const found = new Set<CaseId>();
  for (const token of message.thread.tokens) {
    const body = deps.verifyToken(account, token);
    // a colleague's workstation signed it, and told what it looks like
    const known =
      body === null
        ? casesOfKeys(tx, account.uid, [tokenKey(tokenSha(token))])
            .values()
            .next().value
        : makeId('case', body);
    if (known === undefined) continue;
    const uid = currentCaseUid(tx, known);
    if (caseKeyByUid(tx, uid) !== undefined) found.add(uid);
  }
  for (const uid of new Set(bound)) found.add(currentCaseUid(tx, uid));
  if (found.size > 1) dropFollowed(tx, found);
  if (found.size === 0) return null;
  // The smallest id wins, so that every workstation merges the same way whatever came first.
  const sorted = [...found].sort();
  const [into, ...rest] = sorted;
  if (into === undefined) return null;
  if (rest.length > 0) deps.ledger.merge(tx, rest, into);
  return into;
}
