import type { ReadDb, WriteDb } from './sql.ts';
import type { CaseEvent, CaseEventBody } from '../../../shared/domain/case.ts';
import type { AgentId, CaseId, EventId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface NewEventRow {
  readonly id: EventId;
  readonly sequence: number | null;
  readonly stream: string;
  readonly type: string;
  readonly version: number;
  readonly actor: string | null;
  readonly at: Instant;
  readonly hlc: string;
  /** The ownership of the case that the author saw; null for what belongs to no case. */
  readonly epoch: number | null;
  readonly hash: string;
  readonly body: string;
  /** Sequence of the newest entry of the log that the author had seen; null where there is no hub. */
  readonly base: number | null;
  /** Why it has no effect; null for an event that counts. */
  readonly void: string | null;
  /** The user of the hub who signed it; null for what was made here. */
  readonly signedBy: string | null;
}

/** @returns its place: the sequence, or while it is pending one behind everything that is confirmed */
export function insertEvent(db: WriteDb, row: NewEventRow): number {
  db.run(
    `INSERT INTO events(id, sequence, stream, type, version, actor, at, hlc, epoch, hash, body, base, void, signed_by)
     VALUES(@id, @sequence, @stream, @type, @version, @actor, @at, @hlc, @epoch, @hash, @body, @base, @void, @signedBy)`,
    { ...row },
  );
  if (row.sequence !== null) return row.sequence;
  const key = db.get<{ key: number }>('SELECT local_id AS key FROM events WHERE id = @id', { id: row.id })?.key ?? 0;
  return PENDING_BASE + key;
}

export function lastSequence(db: ReadDb): number {
  return db.get<{ last: number | null }>('SELECT max(sequence) AS last FROM events')?.last ?? 0;
}

/** The newest timestamp that was given here: those of others may be from any future. */
export function lastHlc(db: ReadDb): string | null {
  return db.get<{ hlc: string | null }>('SELECT max(hlc) AS hlc FROM events WHERE signed_by IS NULL')?.hlc ?? null;
}

/** Whether anything waits for the log to confirm it. */
export function hasPendingEvents(db: ReadDb): boolean {
  return db.get<{ one: number }>('SELECT 1 AS one FROM events WHERE sequence IS NULL AND void IS NULL LIMIT 1') !== undefined;
}

/** Whether anything of one stream does. */
export function hasPendingIn(db: ReadDb, stream: string): boolean {
  const found = db.get<{ one: number }>(
    'SELECT 1 AS one FROM events WHERE stream = @stream AND sequence IS NULL AND void IS NULL LIMIT 1',
    {
      stream,
    },
  );
  return found !== undefined;
}

interface CaseEventRow {
  readonly id: string;
  readonly local_id: number;
  readonly sequence: number | null;
  readonly at: number;
  readonly actor: string | null;
  readonly hlc: string;
  readonly epoch: number | null;
  readonly type: string;
  readonly body: string;
  readonly stream: string;
}

/** Pending events sort behind every confirmed one; their place is provisional. */
export const PENDING_BASE = 2 ** 52;

function toCaseEvent(row: CaseEventRow, caseUid: CaseId): CaseEvent {
  const stream = row.stream.slice('case.'.length);
  return {
    id: row.id,
    sequence: row.sequence ?? PENDING_BASE + row.local_id,
    isPending: row.sequence === null,
    hlc: row.hlc,
    epoch: row.epoch,
    // Our own writer put instants, agent ids and bodies of this type into these columns; `hash` guards them at rest.
    at: row.at as Instant,
    actor: row.actor as AgentId | null,
    ...(stream === caseUid ? {} : { joinedFrom: stream as CaseId }),
    body: { type: row.type, ...(JSON.parse(row.body) as object) } as CaseEventBody,
  };
}

/** All events of a case and of the streams merged into it, in the order of the log. */
export function eventsOfCase(db: ReadDb, caseUid: CaseId): CaseEvent[] {
  return db
    .all<CaseEventRow>(
      `SELECT e.id, e.local_id, e.sequence, e.at, e.actor, e.hlc, e.epoch, e.type, e.body, e.stream FROM case_streams s JOIN events e ON e.stream = s.stream
       WHERE s.case_uid = @case AND e.void IS NULL ORDER BY e.sequence IS NULL, e.sequence, e.local_id`,
      { case: caseUid },
    )
    .map((row) => toCaseEvent(row, caseUid));
}

/** The events of a case that came to be known here after one of its own or of others, the oldest first. */
export function eventsSince(db: ReadDb, caseUid: CaseId, localId: number): CaseEvent[] {
  return db
    .all<CaseEventRow>(
      `SELECT e.id, e.local_id, e.sequence, e.at, e.actor, e.hlc, e.epoch, e.type, e.body, e.stream FROM case_streams s JOIN events e ON e.stream = s.stream
       WHERE s.case_uid = @case AND e.local_id > @localId AND e.void IS NULL ORDER BY e.local_id`,
      { case: caseUid, localId },
    )
    .map((row) => toCaseEvent(row, caseUid));
}

/** The key of the newest event that is known here, of whatever stream; 0 when there is none. */
export function newestEventKey(db: ReadDb): number {
  return db.get<{ key: number | null }>('SELECT max(local_id) AS key FROM events')?.key ?? 0;
}

/**
 * The key of the event by which a reply was last sent on its way, and who did it; undefined where that is not known here. Also of one that
 * came to nothing: a reply that met another one offline is held, and told when somebody has decided.
 */
export function replyQueuedEvent(
  db: ReadDb,
  caseUid: CaseId,
  outboxId: string,
): { readonly key: number; readonly actor: AgentId | null } | undefined {
  return db.get<{ key: number; actor: AgentId | null }>(
    `SELECT e.local_id AS key, e.actor FROM case_streams s JOIN events e ON e.stream = s.stream
     WHERE s.case_uid = @case AND e.type = 'case.replyQueued' AND e.body ->> '$.outboxId' = @outboxId ORDER BY e.local_id DESC LIMIT 1`,
    { case: caseUid, outboxId },
  );
}

/** Whether an event was told, in whatever stream. One that came to nothing before the log had it is forgotten: it may be told again. */
export function isTold(db: WriteDb, id: string): boolean {
  const row = db.get<{ isDropped: number }>('SELECT sequence IS NULL AND void IS NOT NULL AS isDropped FROM events WHERE id = @id', { id });
  if (row?.isDropped !== 1) return row !== undefined;
  db.run('DELETE FROM events WHERE id = @id', { id });
  return false;
}

/** Who did something; null for the engine itself and for what is not known. */
export function eventActor(db: ReadDb, id: string): AgentId | null {
  return db.get<{ actor: AgentId | null }>('SELECT actor FROM events WHERE id = @id', { id })?.actor ?? null;
}

/** Every case that has events, for refolding. */
export function caseUidsWithEvents(db: ReadDb): CaseId[] {
  return db.all<{ case_uid: string }>('SELECT DISTINCT case_uid FROM case_streams').map((row) => row.case_uid as CaseId);
}

/**
 * Makes a stream part of a case. True when the stream was not known before, so that the case can have no events yet.
 * @param isKept a stream that belongs to a case already stays there
 */
export function addStream(db: WriteDb, stream: string, caseUid: CaseId, isKept = false): boolean {
  const parameters = { stream, case: caseUid };
  const added = db.run('INSERT INTO case_streams(stream, case_uid) VALUES(@stream, @case) ON CONFLICT(stream) DO NOTHING', parameters);
  if (added > 0) return true;
  if (isKept) return false;
  db.run('UPDATE case_streams SET case_uid = @case WHERE stream = @stream AND case_uid <> @case', parameters);
  return false;
}

/** Moves every stream of one case to another. */
export function moveStreams(db: WriteDb, from: CaseId, into: CaseId): void {
  db.run('UPDATE case_streams SET case_uid = @into WHERE case_uid = @from', { from, into });
}

/** The parts of an event row that its hash covers, for integrity checks. */
export function eventRows(db: ReadDb): {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly hlc: string;
  readonly actor: string | null;
  readonly epoch: number | null;
  readonly hash: string;
  readonly body: string;
}[] {
  return db.all('SELECT id, stream, type, hlc, actor, epoch, hash, body FROM events ORDER BY local_id');
}

/** Facts that belong to no case, of streams that begin with one of these words and a dot, in the order of the log. */
export function teamEvents(
  db: ReadDb,
  kinds: readonly string[],
): { readonly type: string; readonly actor: AgentId | null; readonly at: Instant; readonly body: string }[] {
  return db
    .all<{ type: string; actor: string | null; at: number; body: string }>(
      `SELECT type, actor, at, body FROM events WHERE substr(stream, 1, instr(stream, '.') - 1) IN (SELECT value FROM json_each(@kinds)) AND void IS NULL
       ORDER BY sequence IS NULL, sequence, local_id`,
      { kinds: JSON.stringify(kinds) },
    )
    .map((row) => ({ type: row.type, actor: row.actor as AgentId | null, at: row.at as Instant, body: row.body }));
}
