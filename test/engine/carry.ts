import type { Desk } from './desk.ts';
import { addStream, insertEvent } from '../../src/main/engine/store/events.store.ts';
import type { NewEventRow } from '../../src/main/engine/store/events.store.ts';
import { noticeOwnChange } from '../../src/main/engine/store/outbox.store.ts';
import { openCaseUids } from '../../src/main/engine/store/sla.store.ts';
import type { WriteDb } from '../../src/main/engine/store/sql.ts';
import { applyFact } from '../../src/main/engine/usecases/team-facts.ts';
import { afterFold, applyParts, partsOf } from '../../src/main/engine/usecases/team-parts.ts';
import type { AgentId, CaseId } from '../../src/shared/domain/ids.ts';

/** An event as it travels, with its parts. */
export interface Carried {
  readonly row: NewEventRow;
  readonly body: Record<string, unknown>;
  readonly parts: unknown;
}

/** Everything that was recorded at a desk behind a place, as it stands now, through JSON. */
export function told(desk: Desk, behind = 0): readonly Carried[] {
  return desk.store.read((db) =>
    db
      .all<NewEventRow & { local_id: number; signed_by: string | null }>(
        'SELECT * FROM events WHERE local_id > @behind ORDER BY local_id',
        { behind },
      )
      .map(({ local_id: _key, signed_by: signedBy, ...row }): Carried => {
        const body = JSON.parse(row.body) as Record<string, unknown>;
        const parts = partsOf(db, { stream: row.stream, type: row.type, body }, (sha256) => desk.blobs.sizeOf(sha256));
        return JSON.parse(JSON.stringify({ row: { ...row, signedBy }, body, parts })) as Carried;
      }),
  );
}

/** How far a desk has recorded. */
export function lastKey(desk: Desk): number {
  return desk.store.read((db) => db.get<{ last: number | null }>('SELECT max(local_id) AS last FROM events')?.last ?? 0);
}

/**
 * What a workstation does with events of others, without a hub: stores each and puts it into the tables.
 * @returns why parts or facts were refused
 */
export function hear(desk: Desk, events: readonly Carried[]): readonly string[] {
  return desk.store.write((tx) => events.flatMap((event) => hearOne(desk, tx, event) ?? []));
}

/** The same as a catch-up does it: everything is stored first, and each stream is put into the tables once. */
export function hearAtOnce(desk: Desk, events: readonly Carried[]): readonly string[] {
  return desk.store.write((tx) => {
    const streams = new Map<string, Carried[]>();
    for (const event of events) {
      if (!event.row.stream.startsWith('case.')) {
        hearOne(desk, tx, event);
        continue;
      }
      insertEvent(tx, event.row);
      const stream = streams.get(event.row.stream) ?? [];
      streams.set(event.row.stream, stream);
      stream.push(event);
    }
    for (const stream of streams.keys()) addStream(tx, stream, stream.slice('case.'.length) as CaseId, true);
    return [...streams].flatMap(([stream, ofStream]) => foldAtOnce(desk, tx, stream, ofStream));
  });
}

function foldAtOnce(desk: Desk, tx: WriteDb, stream: string, events: readonly Carried[]): readonly string[] {
  const all = events.map(({ row, body, parts }) => ({
    id: row.id,
    stream,
    type: row.type,
    body,
    actor: row.actor as AgentId | null,
    at: row.at,
    parts,
  }));
  const refused = all.flatMap(({ parts, ...event }) => applyParts(tx, event, parts) ?? []);
  const caseUid = caseOf(tx, stream);
  const folded = caseUid === undefined ? null : desk.ledger.refold(tx, caseUid);
  if (folded === null || caseUid === undefined) return refused;
  const again = new Set(all.flatMap(({ parts, ...event }) => afterFold(tx, event, folded.id, parts)));
  for (const uid of again) desk.ledger.refold(tx, uid);
  for (const { actor } of all)
    if (actor !== null) noticeOwnChange(tx, folded.id, { ...folded.state, epoch: desk.ledger.ownership(tx, caseUid).epoch }, actor);
  return refused;
}

function caseOf(tx: WriteDb, stream: string): CaseId | undefined {
  return tx.get<{ uid: CaseId }>('SELECT case_uid AS uid FROM case_streams WHERE stream = @stream', { stream })?.uid;
}

function hearOne(desk: Desk, tx: WriteDb, { row, body, parts }: Carried): string | null {
  const isNew = tx.get('SELECT 1 AS one FROM events WHERE id = @id', { id: row.id }) === undefined;
  if (isNew) insertEvent(tx, row);
  const { stream, type } = row;
  const event = { id: row.id, stream, type, body, actor: row.actor as AgentId | null, at: row.at };
  if (!stream.startsWith('case.')) {
    const refused = applyParts(tx, event, parts);
    try {
      const { hasNewRules, cases } = applyFact(tx, event);
      if (hasNewRules) desk.ledger.forget();
      for (const uid of hasNewRules ? openCaseUids(tx) : cases) desk.ledger.retime(tx, uid);
      return refused;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  addStream(tx, stream, stream.slice('case.'.length) as CaseId, true);
  const refused = applyParts(tx, event, parts);
  const caseUid = caseOf(tx, stream);
  const folded = caseUid === undefined ? null : desk.ledger.refold(tx, caseUid);
  if (folded === null || caseUid === undefined) return refused;
  for (const uid of afterFold(tx, event, folded.id, parts)) desk.ledger.refold(tx, uid);
  const { actor } = event;
  if (actor !== null) noticeOwnChange(tx, folded.id, { ...folded.state, epoch: desk.ledger.ownership(tx, caseUid).epoch }, actor);
  return refused;
}

/** Rows by what they mean and not by their local keys. What is a workstation's own is left out. */
export function picture(desk: Desk): Readonly<Record<string, readonly unknown[]>> {
  const rows = (sql: string): readonly unknown[] => desk.store.read((db) => db.all(sql));
  return {
    contacts: rows(
      'SELECT uid, address, name, tier, tier_reason, tier_until, zone, offset_minutes, offset_seen_at, language, first_seen_at FROM contacts ORDER BY uid',
    ),
    accounts: rows("SELECT uid, kind, address, created_at, config ->> '$.name' AS name FROM accounts ORDER BY uid"),
    cases: rows(
      `SELECT c.uid, k.uid AS contact, c.account_uid, c.channel, c.status, c.priority, c.assignee, c.owner, c.vip, c.language, c.waiting_since, c.snoozed_until,
         c.last_message_at, c.last_inbound_at, c.message_count, c.queued, c.failed, c.has_attachments, c.merged_into, c.subject, c.preview, c.state, c.lane,
         c.next_due_at, c.boundary_at, c.sla, c.open_handoff, c.next_promise
       FROM cases c JOIN contacts k ON k.id = c.contact_id ORDER BY c.uid`,
    ),
    streams: rows('SELECT stream, case_uid FROM case_streams ORDER BY stream'),
    labels: rows('SELECT c.uid, l.label FROM case_labels l JOIN cases c ON c.id = l.case_id ORDER BY c.uid, l.label'),
    messages: rows(
      `SELECT m.uid, c.uid AS caseUid, m.kind, m.sent_at, m.received_at, m.agent, m.language, m.offset_minutes, m.auto, m.own_key, m.source_sha, m.has_html, m.bounced,
         m.warnings, m.from_address, m.from_name, m.recipients, m.subject, m.text FROM messages m JOIN cases c ON c.id = m.case_id ORDER BY m.uid`,
    ),
    attachments: rows(
      `SELECT a.uid, m.uid AS message, a.position, a.inline, a.size_bytes, a.sha256, a.in_source, a.content_id, a.embedded, a.type, a.name
       FROM attachments a JOIN messages m ON m.id = a.message_id LEFT JOIN outbox o ON o.message_id = m.id
       WHERE coalesce(o.state, '') <> 'cancelled' ORDER BY a.uid`,
    ),
    outbox: withNumbers(
      rows(
        `SELECT o.uid, c.uid AS caseUid, m.uid AS message, o.account_uid, o.client_key, o.state, o.send_at, o.written_at, o.sent_at, o.code, o.detail, o.seen,
         json_remove(o.payload, '$.threadToken') AS payload FROM outbox o JOIN cases c ON c.id = o.case_id JOIN messages m ON m.id = o.message_id ORDER BY o.uid`,
      ),
    ),
    keys: rows("SELECT account_uid, key, case_uid FROM thread_keys WHERE key NOT LIKE 'token %' ORDER BY account_uid, key"),
    handoffs: rows(
      `SELECT h.uid, c.uid AS caseUid, h.state, h.live, h.from_uid, h.to_kind, h.to_uid, h.receiver, h.owner, h.offered_at, h.expires_at, h.body
       FROM handoffs h JOIN cases c ON c.id = h.case_id ORDER BY h.uid`,
    ),
    promises: rows(
      'SELECT p.uid, c.uid AS caseUid, p.state, p.owner, p.due_at, p.body FROM promises p JOIN cases c ON c.id = p.case_id ORDER BY p.uid',
    ),
    outcomes: rows('SELECT * FROM sla_outcomes ORDER BY case_uid, metric, number'),
    agents: rows('SELECT uid, name, hub, zone, languages, hub_uid, profile FROM agents ORDER BY uid'),
    roster: ['hubs', 'shift_templates', 'rotations', 'requirements'].flatMap((table) =>
      rows(`SELECT uid, body FROM ${table} ORDER BY uid`),
    ),
    plan: [
      ...rows('SELECT uid, revision, from_at, to_at, draft_kind, published, cancelled, draft FROM shifts ORDER BY uid'),
      ...rows('SELECT uid, body FROM overrides ORDER BY uid'),
      ...rows('SELECT uid, body FROM absences ORDER BY uid'),
      ...rows('SELECT uid, open, body FROM swaps ORDER BY uid'),
      ...rows('SELECT uid, at, actor, reverts, changed, note FROM publications ORDER BY uid'),
      ...rows('SELECT * FROM publication_changes ORDER BY publication_uid, shift_uid'),
      ...rows('SELECT * FROM notices ORDER BY publication_uid, agent_uid'),
    ],
    policies: rows('SELECT uid, version, body FROM sla_policies ORDER BY uid, version'),
    calendars: rows('SELECT uid, body FROM sla_calendars ORDER BY uid'),
    settings: rows(
      "SELECT key, value FROM settings WHERE key IN ('staffing', 'acknowledgements', 'handoff-rules', 'routing') ORDER BY key",
    ),
  };
}

/** SQLite writes a number that came as a parameter with a point. */
function withNumbers(rows: readonly unknown[]): readonly unknown[] {
  return rows.map((row) => {
    const { seen, ...rest } = row as { readonly seen: string };
    return { ...rest, seen: JSON.parse(seen) as unknown };
  });
}
