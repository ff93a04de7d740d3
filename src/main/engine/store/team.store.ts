import type { ReadDb, WriteDb } from './sql.ts';
import { PENDING_BASE } from './events.store.ts';
import type { TeamConflict } from '../../../shared/domain/team/conflict.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import { wireStream } from '../../../shared/domain/team/strictness.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** A value of the workspace's membership, as JSON; null when it was never set. The caller vouches for the type. */
export function teamValue<Value>(db: ReadDb, key: string): Value | null {
  const row = db.get<{ value: string }>('SELECT value FROM team WHERE key = @key', { key });
  return row === undefined ? null : (JSON.parse(row.value) as Value);
}

export function saveTeamValue(db: WriteDb, key: string, value: unknown): void {
  db.run('INSERT INTO team(key, value) VALUES(@key, @value) ON CONFLICT(key) DO UPDATE SET value = excluded.value', {
    key,
    value: JSON.stringify(value),
  });
}

/** How far the team's log was applied: everything up to this sequence, without gaps. */
export interface LogCursor {
  readonly logId: string;
  readonly sequence: number;
  /** Of the entry there; null at the beginning. By it a log that went back is noticed. */
  readonly id: string | null;
}

export function logCursor(db: ReadDb): LogCursor | null {
  return teamValue<LogCursor>(db, 'cursor');
}

export function saveLogCursor(db: WriteDb, cursor: LogCursor): void {
  saveTeamValue(db, 'cursor', cursor);
}

/** An event as its row says, for the log and for judging it. */
export interface EventRow {
  readonly id: string;
  readonly localId: number;
  readonly sequence: number | null;
  readonly stream: string;
  readonly type: string;
  readonly version: number;
  readonly actor: AgentId | null;
  readonly at: Instant;
  readonly hlc: string;
  readonly epoch: number | null;
  readonly base: number | null;
  readonly void: string | null;
  readonly body: string;
}

const EVENT_COLUMNS =
  'e.id, e.local_id AS localId, e.sequence, e.stream, e.type, e.version, e.actor, e.at, e.hlc, e.epoch, e.base, e.void, e.body';

export function eventRow(db: ReadDb, id: string): EventRow | undefined {
  return db.get<EventRow>(`SELECT ${EVENT_COLUMNS} FROM events e WHERE e.id = @id`, { id });
}

/** When the log stored the entry at a place, as it was read; null for what came with a snapshot. */
export function wireTime(db: ReadDb, sequence: number): Instant | null {
  return db.get<{ at: Instant }>('SELECT stored_at AS at FROM team_wire WHERE sequence = @sequence', { sequence })?.at ?? null;
}

/** The event at a place of the log, whether it counts or not. */
export function eventAt(db: ReadDb, sequence: number): EventRow | undefined {
  return db.get<EventRow>(`SELECT ${EVENT_COLUMNS} FROM events e WHERE e.sequence = @sequence`, { sequence });
}

/** When an event happened, as the log has it. */
export function changeTimes(db: WriteDb, row: Pick<EventRow, 'id' | 'at' | 'hlc'> & { readonly hash: string }): void {
  db.run('UPDATE events SET at = @at, hlc = @hlc, hash = @hash WHERE id = @id', { ...row });
}

/** How far the pushing of one pending event is. `sent`: it was handed to the log, and what became of it is not known. */
export interface Push {
  readonly state: 'sent' | 'stored';
  /** Where the log stored it, as it said; it is confirmed when it is read there. */
  readonly sequence: number | null;
  readonly attempts: number;
  /** The bytes that were signed: every attempt is the same. */
  readonly data: string;
}

export type PendingEvent = EventRow & { readonly push: Push | null };

type PendingRow = EventRow & {
  readonly state: Push['state'] | null;
  readonly place: number | null;
  readonly attempts: number;
  readonly data: string;
};

function toPending({ state, place, attempts, data, ...row }: PendingRow): PendingEvent {
  return { ...row, push: state === null ? null : { state, sequence: place, attempts, data } };
}

const SELECT_PENDING = `SELECT ${EVENT_COLUMNS}, p.state, p.sequence AS place, coalesce(p.attempts, 0) AS attempts, coalesce(p.data, '') AS data
  FROM events e LEFT JOIN team_push p ON p.event_id = e.id WHERE e.sequence IS NULL AND e.void IS NULL`;

/** What the log has not confirmed, oldest first. */
export function pendingEvents(db: ReadDb): PendingEvent[] {
  return db.all<PendingRow>(`${SELECT_PENDING} ORDER BY e.local_id`).map(toPending);
}

/** So much of what the log is not known to have, oldest first. What it has said that it stored waits to be read there, and for nothing else. */
export function eventsToPush(db: ReadDb, limit: number): PendingEvent[] {
  return db
    .all<PendingRow>(`${SELECT_PENDING} AND (p.state IS NULL OR p.state <> 'stored') ORDER BY e.local_id LIMIT @limit`, { limit })
    .map(toPending);
}

/** What waits and belongs to no case. Who joins has a history of cases that waits, and this is asked for with every fact. */
export function pendingFacts(db: ReadDb): PendingEvent[] {
  // left alone, SQLite goes through everything that waits
  const select = SELECT_PENDING.replace('FROM events e', 'FROM events e INDEXED BY events_place');
  return db.all<PendingRow>(`${select} AND (e.stream < 'case.' OR e.stream >= 'case/') ORDER BY e.local_id`).map(toPending);
}

/** What waits of a case, in the order in which it was done; of the cases that were merged into it, too. */
export function pendingOfCase(db: ReadDb, caseUid: CaseId): PendingEvent[] {
  const ofCase = 'e.stream IN (SELECT stream FROM case_streams WHERE case_uid = @caseUid)';
  return db.all<PendingRow>(`${SELECT_PENDING} AND ${ofCase} ORDER BY e.local_id`, { caseUid }).map(toPending);
}

/** One of them; undefined when it is confirmed, void, or not there. */
export function pendingEvent(db: ReadDb, id: string): PendingEvent | undefined {
  const row = db.get<PendingRow>(`${SELECT_PENDING} AND e.id = @id`, { id });
  return row === undefined ? undefined : toPending(row);
}

/** How many events wait, and since when the first of them does. */
export function pendingSummary(db: ReadDb): { readonly count: number; readonly oldestAt: Instant | null } {
  const waiting = 'FROM events WHERE sequence IS NULL AND void IS NULL';
  return {
    count: db.get<{ count: number }>(`SELECT count(*) AS count ${waiting}`)?.count ?? 0,
    oldestAt: db.get<{ at: Instant }>(`SELECT at ${waiting} ORDER BY local_id LIMIT 1`)?.at ?? null,
  };
}

export function savePush(db: WriteDb, eventId: string, push: Push): void {
  db.run(
    `INSERT INTO team_push(event_id, state, sequence, attempts, data) VALUES(@eventId, @state, @sequence, @attempts, @data)
     ON CONFLICT(event_id) DO UPDATE SET state = excluded.state, sequence = excluded.sequence, attempts = excluded.attempts, data = excluded.data`,
    { eventId, ...push },
  );
}

export function forgetPush(db: WriteDb, eventId: string): void {
  db.run('DELETE FROM team_push WHERE event_id = @eventId', { eventId });
}

const LOST = "state = 'stored' AND (sequence <= @cursor OR sequence > @last)";

/** Whether the log has something else, or nothing, where it said that it stored an event that is pending still. */
export function hasLostPushes(db: ReadDb, cursor: number, last: number): boolean {
  return db.get<{ one: number }>(`SELECT 1 AS one FROM team_push WHERE ${LOST} LIMIT 1`, { cursor, last }) !== undefined;
}

/** Such events are looked for, and handed over again. */
export function forgetPlaces(db: WriteDb, cursor: number, last: number): void {
  db.run(`UPDATE team_push SET state = 'sent', sequence = NULL WHERE ${LOST}`, { cursor, last });
}

/** Sequence of the newest entry of a stream, whatever it is, that was read or that the log said it has stored; 0 when there is none. */
export function knownPlace(db: ReadDb, stream: string): number {
  const row = db.get<{ last: number | null }>(
    `SELECT max(place) AS last FROM (SELECT max(sequence) AS place FROM team_wire WHERE stream = @wire
     UNION ALL SELECT max(sequence) FROM events WHERE stream = @stream
     UNION ALL SELECT max(p.sequence) FROM team_push p JOIN events e ON e.id = p.event_id WHERE e.stream = @stream AND e.sequence IS NULL)`,
    { stream, wire: wireStream(stream) },
  );
  return row?.last ?? 0;
}

/** The log has the event at this place, and tells it so. */
export function confirmEvent(db: WriteDb, row: EventRow, hash: string): void {
  const { localId: _localId, ...told } = row;
  db.run(
    `UPDATE events SET sequence = @sequence, stream = @stream, type = @type, version = @version, actor = @actor, at = @at, hlc = @hlc,
       epoch = @epoch, base = @base, hash = @hash, body = @body, void = @void WHERE id = @id`,
    { ...told, hash },
  );
  forgetPush(db, row.id);
}

/** Pending events that were written on the ownership that a pending event makes: it has a place in the log now, and so have they. */
export function carryEpoch(db: WriteDb, localId: number, sequence: number): void {
  db.run(
    `UPDATE events SET epoch = @sequence WHERE sequence IS NULL AND epoch = @pending
     AND NOT EXISTS (SELECT 1 FROM team_push p WHERE p.event_id = events.id)`,
    { pending: PENDING_BASE + localId, sequence },
  );
  db.run(
    "UPDATE outbox SET seen = json_set(seen, '$.epoch', @sequence) WHERE state IN ('queued', 'held') AND seen ->> '$.epoch' = @pending",
    {
      pending: PENDING_BASE + localId,
      sequence,
    },
  );
}

/** It stays in the table and has no effect from now on. */
export function voidEvent(db: WriteDb, eventId: string, reason: string): void {
  db.run('UPDATE events SET void = @reason WHERE id = @eventId', { eventId, reason });
  forgetPush(db, eventId);
}

/** It was looked at on top of what others did up to here. */
export function rebaseEvent(db: WriteDb, eventId: string, base: number): void {
  db.run('UPDATE events SET base = @base WHERE id = @eventId', { eventId, base });
}

/** The entries of a hub as they were signed. */
export interface WireRow {
  readonly sequence: number;
  readonly eventId: string;
  readonly storedAt: Instant;
  readonly stream: string;
  readonly data: string;
}

export function saveWire(db: WriteDb, row: WireRow): void {
  db.run(
    `INSERT INTO team_wire(sequence, event_id, stored_at, stream, data) VALUES(@sequence, @eventId, @storedAt, @stream, @data)
     ON CONFLICT(sequence) DO UPDATE SET event_id = excluded.event_id, stored_at = excluded.stored_at, stream = excluded.stream, data = excluded.data`,
    { ...row },
  );
}

/** The newest timestamps that the log confirmed, with the times of their events. */
export function newestStamps(db: ReadDb): { readonly hlc: string; readonly at: Instant }[] {
  return db.all('SELECT hlc, at FROM events WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1000');
}

/** The id of the entry at a place, as this workspace remembers it; null when it has neither its bytes nor its event. */
export function idAtPlace(db: ReadDb, sequence: number): string | null {
  return (
    db.get<{ id: string }>('SELECT event_id AS id FROM team_wire WHERE sequence = @sequence', { sequence })?.id ??
    db.get<{ id: string }>('SELECT id FROM events WHERE sequence = @sequence', { sequence })?.id ??
    null
  );
}

/** A place behind `low` and not behind `high` whose entry is remembered, as near to `middle` as there is; null when there is none. */
export function rememberedPlace(db: ReadDb, middle: number, low: number, high: number): number | null {
  const ends = db.all<{ before: number | null; behind: number | null }>(
    `SELECT (SELECT max(sequence) FROM events WHERE sequence > @low AND sequence <= @middle) AS before,
       (SELECT min(sequence) FROM events WHERE sequence > @middle AND sequence <= @high) AS behind
     UNION ALL SELECT (SELECT max(sequence) FROM team_wire WHERE sequence > @low AND sequence <= @middle),
       (SELECT min(sequence) FROM team_wire WHERE sequence > @middle AND sequence <= @high)`,
    { middle, low, high },
  );
  const before = ends.flatMap((each) => each.before ?? []);
  const behind = ends.flatMap((each) => each.behind ?? []);
  if (before.length > 0) return Math.max(...before);
  return behind.length > 0 ? Math.min(...behind) : null;
}

/**
 * Forgets the bytes of entries that nobody will need: a snapshot covers them. What stands in no other table stays, so that it is known
 * what the log has at each place; and messages whose text may be still on its way keep theirs.
 * @returns how many were forgotten
 */
export function pruneWire(db: WriteDb, upTo: number, limit: number): number {
  return db.run(
    `DELETE FROM team_wire WHERE sequence IN (
       SELECT w.sequence FROM team_wire w JOIN events e ON e.id = w.event_id AND e.sequence = w.sequence
       WHERE w.sequence <= @upTo AND instr(w.data, '"whole":{') = 0 ORDER BY w.sequence LIMIT @limit)`,
    { upTo, limit },
  );
}

export function wiresBehind(db: ReadDb, sequence: number, limit: number): WireRow[] {
  return db.all<WireRow>(
    'SELECT sequence, event_id AS eventId, stored_at AS storedAt, stream, data FROM team_wire WHERE sequence > @sequence ORDER BY sequence LIMIT @limit',
    { sequence, limit },
  );
}

/**
 * What is behind this place is not in the log any more: it is pending again, with the bytes that were signed. Of what others did and whose
 * bytes are not here (it came with a snapshot, or was pruned) nobody here can give the log anything: it has no effect until its author
 * has brought it again.
 */
export function unplace(db: WriteDb, behind: number): string[] {
  const ids = db.all<{ id: string }>('SELECT id FROM events WHERE sequence > @behind', { behind }).map(({ id }) => id);
  db.run(
    `INSERT OR REPLACE INTO team_push(event_id, state, sequence, attempts, data)
     SELECT e.id, 'sent', NULL, 0, w.data FROM events e JOIN team_wire w ON w.sequence = e.sequence WHERE e.sequence > @behind AND e.void IS NULL`,
    { behind },
  );
  db.run(
    `UPDATE events SET void = 'lost-by-hub' WHERE sequence > @behind AND void IS NULL AND signed_by IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM team_wire w WHERE w.sequence = events.sequence)`,
    { behind },
  );
  // what somebody else had no right to say is named by its place, and another may come there
  db.run("DELETE FROM events WHERE sequence > @behind AND signed_by IS NOT NULL AND id = 'evt_void-' || sequence", { behind });
  db.run('UPDATE events SET sequence = NULL WHERE sequence > @behind', { behind });
  db.run('DELETE FROM team_wire WHERE sequence > @behind', { behind });
  return ids;
}

/** Streams that have confirmed events behind a place. */
export function streamsBehind(db: ReadDb, place: number): string[] {
  return db.all<{ stream: string }>('SELECT DISTINCT stream FROM events WHERE sequence > @place', { place }).map(({ stream }) => stream);
}

/** Confirmed facts of the team behind a place, in order. */
export function factsBehind(db: ReadDb, place: number): EventRow[] {
  return db.all<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM events e WHERE e.sequence > @place AND e.void IS NULL AND e.stream NOT LIKE 'case.%' ORDER BY e.sequence`,
    { place },
  );
}

/** When the newest event of a stream happened that somebody had seen who knew the log up to `seen`; null when there was none. */
export function timeAt(db: ReadDb, stream: string, seen: number): Instant | null {
  const row = db.get<{ at: Instant }>('SELECT at FROM events WHERE stream = @stream AND sequence <= @seen ORDER BY sequence DESC LIMIT 1', {
    stream,
    seen,
  });
  return row?.at ?? null;
}

/** Whether an event was made at this workstation. */
export function isSignedHere(db: ReadDb, id: string): boolean {
  return db.get<{ one: number }>('SELECT 1 AS one FROM events WHERE id = @id AND signed_by IS NULL', { id }) !== undefined;
}

/** The ownership that an event that waits is passed on with. */
export function setEpoch(db: WriteDb, id: string, epoch: number): void {
  db.run('UPDATE events SET epoch = @epoch WHERE id = @id AND sequence IS NULL', { id, epoch });
}

/** Everything of one stream that counts, in the order of the log. */
export function eventsOfStream(db: ReadDb, stream: string): EventRow[] {
  return db.all<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM events e WHERE e.stream = @stream AND e.void IS NULL ORDER BY e.sequence IS NULL, e.sequence, e.local_id`,
    { stream },
  );
}

/** A stream of which entries were stored from this sequence on, and nothing was made of them yet: a catch-up does it once, at its end. */
export function markDirty(db: WriteDb, stream: string, since: number): void {
  db.run(
    'INSERT INTO team_dirty(stream, since) VALUES(@stream, @since) ON CONFLICT(stream) DO UPDATE SET since = min(since, excluded.since)',
    {
      stream,
      since,
    },
  );
}

export interface DirtyStream {
  readonly stream: string;
  readonly since: number;
}

export function dirtyStreams(db: ReadDb, limit: number): DirtyStream[] {
  return db.all<DirtyStream>('SELECT stream, since FROM team_dirty ORDER BY stream LIMIT @limit', { limit });
}

export function dirtyCount(db: ReadDb): number {
  return db.get<{ count: number }>('SELECT count(*) AS count FROM team_dirty')?.count ?? 0;
}

export function unmarkDirty(db: WriteDb, stream: string): void {
  db.run('DELETE FROM team_dirty WHERE stream = @stream', { stream });
}

/** The entries of one stream from a sequence on that count, in order. */
export function wiresOfStream(db: ReadDb, stream: string, since: number): WireRow[] {
  return db.all<WireRow>(
    `SELECT w.sequence, w.event_id AS eventId, w.stored_at AS storedAt, w.stream, w.data
     FROM team_wire w CROSS JOIN events e ON e.sequence = w.sequence AND e.id = w.event_id
     WHERE w.stream = @stream AND w.sequence >= @since AND e.void IS NULL ORDER BY w.sequence`,
    { stream, since },
  );
}

/** The case that a stream belongs to now; null for one that is no case's. */
export function caseOfStream(db: ReadDb, stream: string): CaseId | null {
  return db.get<{ uid: CaseId }>('SELECT case_uid AS uid FROM case_streams WHERE stream = @stream', { stream })?.uid ?? null;
}

export function saveConflict(db: WriteDb, conflict: TeamConflict): void {
  db.run(
    `INSERT INTO team_conflicts(event_id, case_uid, at, kind, resolution, resolved_at, body)
     VALUES(@id, @caseId, @at, @kind, @choice, @decidedAt, @body)
     ON CONFLICT(event_id) DO UPDATE SET case_uid = excluded.case_uid, at = excluded.at, kind = excluded.kind,
       resolution = excluded.resolution, resolved_at = excluded.resolved_at, body = excluded.body`,
    {
      id: conflict.id,
      caseId: conflict.caseId,
      at: conflict.at,
      kind: conflict.kind,
      choice: conflict.decision?.choice ?? null,
      decidedAt: conflict.decision?.at ?? null,
      body: JSON.stringify(conflict),
    },
  );
}

function toConflict({ body }: { readonly body: string }): TeamConflict {
  return JSON.parse(body) as TeamConflict;
}

/** Newest first. `open`: a person must still decide. */
export function readConflicts(db: ReadDb, which: 'open' | 'all', limit = 500): TeamConflict[] {
  const open = which === 'open' ? "WHERE kind = 'needs-you' AND resolved_at IS NULL" : '';
  return db
    .all<{ body: string }>(`SELECT body FROM team_conflicts ${open} ORDER BY at DESC, event_id DESC LIMIT @limit`, { limit })
    .map(toConflict);
}

export function knownConflict(db: ReadDb, id: string): TeamConflict | null {
  const row = db.get<{ body: string }>('SELECT body FROM team_conflicts WHERE event_id = @id', { id });
  return row === undefined ? null : toConflict(row);
}

/** There is nothing to decide any more. */
export function forgetConflict(db: WriteDb, id: string): void {
  db.run('DELETE FROM team_conflicts WHERE event_id = @id', { id });
}

export function openConflictCount(db: ReadDb): number {
  return (
    db.get<{ count: number }>("SELECT count(*) AS count FROM team_conflicts WHERE kind = 'needs-you' AND resolved_at IS NULL")?.count ?? 0
  );
}

/** Tables of facts that are saved as a whole, by the kind of their stream. */
const FACT_TABLES: Readonly<Record<string, readonly (readonly [table: string, column: string])[]>> = {
  hub: [['hubs', 'uid']],
  template: [['shift_templates', 'uid']],
  rotation: [['rotations', 'uid']],
  requirement: [['requirements', 'uid']],
  // what a publishing changed about a shift is told by the shift's own stream
  shift: [
    ['shifts', 'uid'],
    ['publication_changes', 'shift_uid'],
  ],
  override: [['overrides', 'uid']],
  absence: [['absences', 'uid']],
  swap: [['swaps', 'uid']],
  publication: [
    ['publications', 'uid'],
    ['notices', 'publication_uid'],
  ],
};

/** Deletes the row of a fact of which no event counts any more; people, rules and settings stay as they are. */
export function deleteFact(db: WriteDb, stream: string): void {
  const dot = stream.indexOf('.');
  for (const [table, column] of FACT_TABLES[stream.slice(0, dot)] ?? [])
    db.run(`DELETE FROM ${table} WHERE ${column} = @uid`, { uid: stream.slice(dot + 1) });
}
