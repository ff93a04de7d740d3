import { eventHash } from './case-ledger.ts';
import { hasRightId, ingestEventId } from './ingest-ids.ts';
import { ingestEvents, renameEvent } from '../store/team-rows.store.ts';
import type { WriteDb } from '../store/sql.ts';

/**
 * Gives what programs told of mail the ids that follow from it, where an older Meridian made them up: a team takes no others, and two
 * workspaces that have fetched the same mailbox become one history. What is there under its right id already is left as it is.
 * @returns how many events have another id now
 */
export function rederiveIngestIds(tx: WriteDb): number {
  let renamed = 0;
  for (const row of ingestEvents(tx)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
    const body = JSON.parse(row.body) as Record<string, unknown>;
    if (hasRightId({ ...row, body, actor: null })) continue;
    const id = ingestEventId(row.stream, { ...body, type: row.type });
    if (id !== null && renameEvent(tx, row.id, id, eventHash({ ...row, id, actor: null }))) renamed += 1;
  }
  return renamed;
}
