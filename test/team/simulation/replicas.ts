import type { Disk } from './sim-store.ts';
import { SimStore } from './sim-store.ts';
import type { MemoryHub } from '../memory-hub.ts';
import { IdSource } from '../../../src/main/engine/identity.ts';
import type { Connection } from '../../../src/main/engine/store/sql.ts';
import { saveDirectory } from '../../../src/main/engine/store/team-people.store.ts';
import { dirtyCount, saveLogCursor } from '../../../src/main/engine/store/team.store.ts';
import { leavePending } from '../../../src/main/engine/team/admission.ts';
import { createCaseLedger } from '../../../src/main/engine/usecases/case-ledger.ts';
import { coverageParts } from '../../../src/main/engine/usecases/coverage-parts.ts';
import { applyEntries, foldDirty } from '../../../src/main/engine/usecases/team-apply.ts';
import type { Clock } from '../../../src/shared/domain/time.ts';

/** What everybody must have alike, each with its own columns: local keys, local tables and what follows from the time of day left out. */
const SHARED: Readonly<Record<string, string>> = {
  events: `SELECT sequence, CASE WHEN void IS NULL THEN id END AS id, stream, type, actor, at, hlc, epoch, void,
    CASE WHEN void IS NULL THEN hash END AS hash, body FROM events WHERE sequence IS NOT NULL ORDER BY sequence`,
  cases: `SELECT c.uid, k.uid AS contact, c.account_uid, c.channel, c.status, c.priority, c.assignee, c.owner, c.vip, c.language, c.waiting_since,
    c.snoozed_until, c.last_message_at, c.last_inbound_at, c.message_count, c.queued, c.failed, c.has_attachments, c.merged_into, c.subject, c.preview,
    c.open_handoff, c.state FROM cases c JOIN contacts k ON k.id = c.contact_id ORDER BY c.uid`,
  labels: 'SELECT c.uid, l.label FROM case_labels l JOIN cases c ON c.id = l.case_id ORDER BY c.uid, l.label',
  streams: 'SELECT stream, case_uid FROM case_streams ORDER BY stream',
  handoffs: `SELECT h.uid, c.uid AS caseUid, h.state, h.live, h.from_uid, h.to_kind, h.to_uid, h.receiver, h.owner, h.offered_at, h.expires_at, h.body
    FROM handoffs h JOIN cases c ON c.id = h.case_id ORDER BY h.uid`,
  promises:
    'SELECT p.uid, c.uid AS caseUid, p.state, p.owner, p.due_at, p.body FROM promises p JOIN cases c ON c.id = p.case_id ORDER BY p.uid',
  contacts: 'SELECT uid, address, name, tier, tier_until, tier_reason, zone, language FROM contacts ORDER BY uid',
  messages: `SELECT m.uid, c.uid AS caseUid, m.kind, m.sent_at, m.received_at, m.agent, m.auto, m.own_key, m.from_address, m.from_name, m.recipients,
    m.subject, m.text FROM messages m JOIN cases c ON c.id = m.case_id
    WHERE EXISTS(SELECT 1 FROM events e WHERE e.sequence IS NOT NULL AND e.void IS NULL AND e.body ->> '$.messageId' = m.uid
      AND e.type IN ('case.messageReceived', 'case.messageImported', 'case.replyQueued', 'case.noteAdded')) ORDER BY m.uid`,
  agents: 'SELECT uid, name, zone, languages, hub_uid, profile FROM agents ORDER BY uid',
  hubs: 'SELECT uid, body FROM hubs ORDER BY uid',
  shifts: 'SELECT uid, revision, from_at, to_at, draft_kind, published, cancelled, draft FROM shifts ORDER BY uid',
  publications: 'SELECT uid, at, actor, reverts, changed, note FROM publications ORDER BY uid',
  publicationChanges: 'SELECT publication_uid, shift_uid, before, after FROM publication_changes ORDER BY publication_uid, shift_uid',
};

export type Dump = ReadonlyMap<string, readonly string[]>;

export function dump(connection: Connection, leftOut: readonly string[] = []): Dump {
  return new Map(
    Object.entries(SHARED)
      .filter(([name]) => !leftOut.includes(name))
      .map(([name, sql]) => [name, connection.all(sql).map((row) => JSON.stringify(row))]),
  );
}

/** Where two dumps differ: of each of the first rows what is another there. */
export function differences(name: string, one: Dump, other: Dump): string[] {
  return [...one].flatMap(([table, rows]) => {
    const others = other.get(table) ?? [];
    if (rows.length === others.length && rows.every((row, index) => row === others[index])) return [];
    const left = rows.filter((row) => !others.includes(row));
    const right = others.filter((row) => !rows.includes(row));
    return [`${name}: ${table} differ`, ...described(left, right)];
  });
}

function described(left: readonly string[], right: readonly string[]): string[] {
  const key = (row: string): string => row.slice(0, row.indexOf(',', 1));
  const pairs = left.flatMap((row) => {
    const other = right.find((each) => key(each) === key(row));
    return other === undefined ? [] : [[row, other] as const];
  });
  if (pairs.length === 0) return [...left.slice(0, 3).map((row) => `    - ${row}`), ...right.slice(0, 3).map((row) => `    + ${row}`)];
  return pairs.slice(0, 3).flatMap(([row, other]) => {
    const mine = JSON.parse(row) as Record<string, unknown>;
    const theirs = JSON.parse(other) as Record<string, unknown>;
    const changed = Object.keys(mine).filter((field) => mine[field] !== theirs[field]);
    return [
      `    ${key(row)}`,
      ...changed.map((field) => `      ${field}: ${JSON.stringify(mine[field])} / ${JSON.stringify(theirs[field])}`),
    ];
  });
}

/** Somebody who joins at the end and reads the log from its beginning. */
export function freshReplica(disk: Disk, hub: MemoryHub, clock: Clock): Dump {
  const store = new SimStore(
    disk,
    { isAlive: true },
    { fullAfter: () => null, diesAfterCommit: () => false, onCommit: () => {}, isForgotten: null },
  );
  const ledger = createCaseLedger({ log: leavePending, ids: new IdSource(clock), clock, node: 'fresh', ...coverageParts(clock) });
  const deps = { ledger, clock, log: () => {} };
  store.write((tx) => {
    saveLogCursor(tx, { logId: hub.logId, sequence: 0, id: null });
    saveDirectory(tx, [...hub.users.values()]);
  });
  const batch = 9;
  for (let at = 0; at < hub.entries.length; at += batch)
    store.write((tx) => applyEntries(deps, tx, hub.entries.slice(at, at + batch), true));
  for (let rounds = 0; store.read(dirtyCount) > 0 && rounds < 100; rounds += 1) store.write((tx) => foldDirty(deps, tx, 50));
  return dump(disk.connection);
}
