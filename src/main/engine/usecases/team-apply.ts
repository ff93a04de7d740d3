import type { CaseLedger } from './case-ledger.ts';
import { eventHash } from './case-ledger.ts';
import { confirmedEpoch } from './case-ownership.ts';
import { judgeTouched, restoreFact } from './team-rebase.ts';
import { guardedWire } from './team-guard.ts';
import { applyFact } from './team-facts.ts';
import { afterFold, applyParts, filesOf } from './team-parts.ts';
import type { Arrival } from './ingest-batch.ts';
import type { Log } from '../log.ts';
import { addStream, hasPendingIn, insertEvent } from '../store/events.store.ts';
import { noteFile } from '../store/team-files.store.ts';
import { noticeOwnChange } from '../store/outbox.store.ts';
import { storageFailure } from '../store/sql.ts';
import type { WriteDb } from '../store/sql.ts';
import {
  carryEpoch,
  changeTimes,
  confirmEvent,
  caseOfStream,
  dirtyStreams,
  eventAt,
  eventRow,
  isSignedHere,
  logCursor,
  markDirty,
  pendingEvent,
  saveLogCursor,
  saveWire,
  timeAt,
  unmarkDirty,
  voidEvent,
  wiresOfStream,
} from '../store/team.store.ts';
import type { EventRow } from '../store/team.store.ts';
import type { LogEntry } from '../team/team-log.ts';
import { readWire } from '../../../shared/contract/team-wire.ts';
import type { WireEvent } from '../../../shared/contract/team-wire.ts';
import { readParts } from '../../../shared/contract/team-parts.ts';
import { formatHlc, parseHlc } from '../../../shared/domain/hlc.ts';
import { isId, makeId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId, EventId } from '../../../shared/domain/ids.ts';
import { confirmedAt, confirmedHlc } from '../../../shared/domain/team/clock-correction.ts';
import type { TeamConflict } from '../../../shared/domain/team/conflict.ts';
import { localStream } from '../../../shared/domain/team/strictness.ts';
import { KnownPeople, mayAct } from './team-members.ts';
import type { Clock } from '../../../shared/domain/time.ts';

export interface ApplyDeps {
  readonly ledger: CaseLedger;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes secrets out of what an older Meridian has told; nothing is taken out without it. */
  readonly redact?: (text: string) => string;
}

/** What came of a batch of entries. */
export interface Applied {
  /** Cases that may look different now. */
  readonly cases: ReadonlySet<CaseId>;
  /** Own events that the log has confirmed. */
  readonly confirmed: number;
  /** Entries of others that were new. */
  readonly fresh: number;
  /** Entries that have no effect, and why. */
  readonly voided: readonly { readonly sequence: number; readonly reason: string }[];
  readonly conflicts: readonly TeamConflict[];
  /** Facts of the team were among them. */
  readonly hasFacts: boolean;
  /** SLA rules are others now. */
  readonly hasNewRules: boolean;
  /** Messages of customers that came in elsewhere. */
  readonly arrivals: readonly Arrival[];
}

/** What the rest of the engine must hear of. */
export type AppliedNews = Pick<Applied, 'cases' | 'hasFacts' | 'hasNewRules' | 'conflicts' | 'arrivals'>;

export const NO_NEWS: AppliedNews = { cases: new Set(), hasFacts: false, hasNewRules: false, conflicts: [], arrivals: [] };

/**
 * Puts entries of the team's log into the tables, in its order: in one transaction with the cursor, so that a crash repeats or loses
 * none. They must follow the cursor without a gap. What comes from others is checked and never throws: what can not be understood is
 * kept and has no effect.
 * @param isFoldedLater the cases are only marked, and folded by `foldDirty` when everything is there
 */
export function applyEntries(deps: ApplyDeps, tx: WriteDb, entries: readonly LogEntry[], isFoldedLater: boolean): Applied {
  const batch = new Batch(deps, tx, isFoldedLater);
  let cursor = logCursor(tx);
  if (cursor === null) throw new Error('the workspace belongs to no team');
  for (const entry of entries) {
    if (entry.sequence !== cursor.sequence + 1) throw new Error(`entry ${entry.sequence} does not follow ${cursor.sequence}`);
    batch.take(entry);
    cursor = { ...cursor, sequence: entry.sequence, id: entry.id };
  }
  saveLogCursor(tx, cursor);
  return batch.finish();
}

class Batch {
  readonly #deps: ApplyDeps;
  readonly #tx: WriteDb;
  readonly #isFoldedLater: boolean;
  readonly #people: KnownPeople;
  /** Streams of cases, with the entries that are new in them. */
  readonly #streams = new Map<string, WireEvent[]>();
  readonly #factStreams = new Set<string>();
  /** Those of them in which something was confirmed that the tables say already: what others said came before it, or it counts no more. */
  readonly #ownFacts = new Set<string>();
  /** Who sits here, for each stream of a case in which something of theirs was confirmed. */
  readonly #ownActors = new Map<string, AgentId>();
  readonly #own: EventRow[] = [];
  readonly #voided: { sequence: number; reason: string }[] = [];
  /** Cases whose place in lists follows from a fact. */
  readonly #alsoTouched = new Set<CaseId>();
  #hasNewRules = false;
  #fresh = 0;

  constructor(deps: ApplyDeps, tx: WriteDb, isFoldedLater: boolean) {
    this.#deps = deps;
    this.#tx = tx;
    this.#isFoldedLater = isFoldedLater;
    this.#people = new KnownPeople(tx);
  }

  take(entry: LogEntry): void {
    const { sequence, id, storedAt, stream, data } = entry;
    saveWire(this.#tx, { sequence, eventId: id, storedAt, stream, data });
    const event = guardedWire(readWire(data), this.#deps.redact);
    if (event === null || event.id !== id || event.stream !== stream) {
      this.#voided.push({ sequence, reason: 'unreadable' });
      return;
    }
    this.#deps.ledger.observe(event.hlc, storedAt);
    const known = eventRow(this.#tx, id);
    // the log remembers ids for some minutes only: what comes again later has had its effect
    // one's own that had no effect is judged again, as everybody else does, who never took it for that event
    if (known !== undefined && known.sequence !== null && (known.void === null || !isSignedHere(this.#tx, id))) return;
    if (known === undefined) this.#receive(entry, event);
    else this.#confirm(entry, event, known);
  }

  /** An event that was told here, too: what the log has of it counts, and by the same rules as everywhere else. */
  #confirm(entry: LogEntry, event: WireEvent, known: EventRow): void {
    // what programs tell of a mail has one id, and whoever was first may have told it otherwise
    const isOwn = pendingEvent(this.#tx, known.id)?.push?.data === entry.data;
    const stream = localStream(event.stream);
    const reason = mayAct(this.#people, entry, event);
    if (!isOwn && reason !== null) {
      // somebody took the id of what is told here; that stays as it is, and waits for a place of its own
      this.#insert(entry, event, stream, reason);
      this.#voided.push({ sequence: entry.sequence, reason });
      return;
    }
    const row = { ...rowOf(this.#tx, entry, event, stream), void: reason, localId: known.localId };
    confirmEvent(this.#tx, row, eventHash(row));
    carryEpoch(this.#tx, known.localId, entry.sequence);
    this.#own.push(row);
    if (reason !== null) this.#voided.push({ sequence: entry.sequence, reason });
    if (stream !== known.stream && caseOf(known.stream) !== null) this.#touch(known.stream, entry.sequence);
    const caseUid = caseOf(stream);
    if (caseUid === null) {
      this.#factStreams.add(stream);
      this.#ownFacts.add(stream);
      return;
    }
    addStream(this.#tx, stream, caseUid, true);
    const events = this.#touch(stream, entry.sequence);
    if (!isOwn && reason === null) events.push(event);
    if (isOwn && reason === null && event.actor !== null) this.#ownActors.set(stream, event.actor);
  }

  #receive(entry: LogEntry, event: WireEvent): void {
    const stream = localStream(event.stream);
    const reason = mayAct(this.#people, entry, event);
    const row = this.#insert(entry, event, stream, reason);
    if (reason !== null) {
      this.#voided.push({ sequence: entry.sequence, reason });
      return;
    }
    this.#fresh += 1;
    const caseUid = caseOf(stream);
    if (caseUid !== null) {
      if (!this.#streams.has(stream)) addStream(this.#tx, stream, caseUid, true);
      this.#touch(stream, entry.sequence).push(event);
      return;
    }
    this.#factStreams.add(stream);
    try {
      const isByLead = entry.author === undefined || (entry.author.isGenuine && entry.author.role === 'lead');
      const outcome = applyFact(this.#tx, { stream, type: event.type, body: event.body, actor: event.actor, at: row.at, isByLead });
      this.#hasNewRules ||= outcome.hasNewRules;
      for (const caseUid of outcome.cases) this.#alsoTouched.add(caseUid);
    } catch (error) {
      this.#void(row, error);
    }
  }

  #insert(entry: LogEntry, event: WireEvent, stream: string, reason: string | null): EventRow {
    const told = rowOf(this.#tx, entry, event, stream);
    // what has no effect must not keep the id from the event whose it is: some ids follow from what they name
    const row = { ...told, id: reason === null ? told.id : makeId('evt', `void-${entry.sequence}`), void: reason };
    insertEvent(this.#tx, { ...row, hash: eventHash(row), signedBy: event.user });
    return { ...row, localId: 0 };
  }

  #void(row: EventRow, error: unknown): void {
    voidEvent(this.#tx, row.id, 'unreadable');
    this.#voided.push({ sequence: row.sequence ?? 0, reason: 'unreadable' });
    this.#deps.log('warn', 'an event of the team has no effect', { event: row.id, type: row.type, error });
  }

  #touch(stream: string, sequence: number): WireEvent[] {
    const known = this.#streams.get(stream);
    if (known !== undefined) return known;
    // the first one of a batch is the oldest
    if (this.#isFoldedLater) markDirty(this.#tx, stream, sequence);
    const events: WireEvent[] = [];
    this.#streams.set(stream, events);
    return events;
  }

  /** Makes of it what it means, then looks at what is pending on top of it. */
  finish(): Applied {
    const cases = new Set<CaseId>();
    for (const [stream, events] of this.#streams) {
      const caseUid = caseOfStream(this.#tx, stream) ?? caseOf(stream);
      if (caseUid === null) continue;
      this.#deps.ledger.forgetCase(caseUid);
      if (!this.#isFoldedLater)
        for (const uid of foldStream(this.#deps, this.#tx, stream, events, this.#ownActors.get(stream))) cases.add(uid);
    }
    // what is pending here stands on top of what others say
    for (const stream of this.#factStreams) if (this.#ownFacts.has(stream) || hasPendingIn(this.#tx, stream)) restoreFact(this.#tx, stream);
    for (const caseUid of this.#alsoTouched) {
      this.#deps.ledger.forgetCase(caseUid);
      if (this.#deps.ledger.refold(this.#tx, caseUid) !== null) cases.add(caseUid);
    }
    const touched = { cases: [...cases], facts: [...this.#factStreams], confirmed: this.#own };
    return {
      cases,
      confirmed: this.#own.length,
      fresh: this.#fresh,
      voided: this.#voided,
      conflicts: this.#isFoldedLater ? [] : judgeTouched(this.#deps, this.#tx, touched),
      hasFacts: this.#factStreams.size > 0,
      hasNewRules: this.#hasNewRules,
      arrivals: this.#isFoldedLater
        ? []
        : [...this.#streams].flatMap(([stream, events]) => events.flatMap((event) => arrivalIn(stream, event))),
    };
  }
}

/** An event as the log tells it. */
function rowOf(
  tx: WriteDb,
  entry: LogEntry,
  event: WireEvent,
  stream: string,
): Omit<EventRow, 'id' | 'localId' | 'void'> & { readonly id: EventId } {
  const { type, actor, epoch, base, sv: version } = event;
  const at = confirmedAt(event.at, entry.storedAt, timeAt(tx, stream, base));
  const written = parseHlc(event.hlc);
  const hlc = formatHlc(confirmedHlc(written, entry.storedAt), written.node);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an id of an event; its shape was checked with the entry
  const id = event.id as EventId;
  return { id, sequence: entry.sequence, stream, type, version, actor, at, hlc, epoch, base, body: JSON.stringify(event.body) };
}

/**
 * The log has another time for an entry that was applied already: it was put back to an older copy, and given this again. Everybody must
 * have one time for it. Cases are folded with what else is dirty.
 */
export function retime(tx: WriteDb, entry: LogEntry): void {
  const { sequence, id, storedAt, stream, data } = entry;
  saveWire(tx, { sequence, eventId: id, storedAt, stream, data });
  const event = readWire(data);
  const known = eventAt(tx, sequence);
  if (event === null || known === undefined) return;
  const row = { ...rowOf(tx, entry, event, localStream(event.stream)), id: known.id };
  if (row.at === known.at && row.hlc === known.hlc) return;
  changeTimes(tx, { id: row.id, at: row.at, hlc: row.hlc, hash: eventHash(row) });
  if (caseOf(row.stream) === null) restoreFact(tx, row.stream);
  else markDirty(tx, row.stream, Number.MAX_SAFE_INTEGER);
}

/** What people are told about: machines ring nobody. */
function arrivalIn(stream: string, { type, body, parts }: WireEvent): readonly Arrival[] {
  const caseUid = caseOf(stream);
  const checked = readParts(parts);
  const message = checked.ok ? checked.value.message : undefined;
  if (type !== 'case.messageReceived' || caseUid === null || message === undefined) return [];
  if (body['auto'] !== 'none' && body['auto'] !== 'list') return [];
  return [{ caseUid, from: message.from, subject: message.subject, at: message.receivedAt, seen: false }];
}

/** The case whose stream this is; null for every other stream. */
export function caseOf(stream: string): CaseId | null {
  const id = stream.startsWith('case.') ? stream.slice('case.'.length) : null;
  return id !== null && isId('case', id) ? id : null;
}

const MESSAGES: ReadonlySet<string> = new Set(['case.messageReceived', 'case.messageImported']);

/**
 * Folds the case of a stream anew, and gives the rows that hang on it their place. What can not be folded is a defect of one case and
 * not of the log: it is logged, and tried again with the next entry.
 * @param events new in the stream, in order
 * @param ownActor who sits here, when something of theirs was confirmed in it
 * @returns the cases that may look different now
 */
function foldStream(
  deps: ApplyDeps,
  tx: WriteDb,
  stream: string,
  events: readonly WireEvent[],
  ownActor: AgentId | null = null,
): readonly CaseId[] {
  const before = caseOfStream(tx, stream);
  if (before === null) return [];
  try {
    for (const event of events) {
      const misfit = applyParts(tx, { ...event, stream }, event.parts);
      if (misfit !== null) deps.log('warn', 'what came with an event was refused', { event: event.id, reason: misfit });
      for (const { sha256, sizeBytes, isWantedAtOnce } of misfit === null ? filesOf(event.parts) : [])
        noteFile(tx, { sha256, sizeBytes: sizeBytes ?? 0, owner: event.user }, isWantedAtOnce);
    }
    const folded = deps.ledger.refold(tx, before);
    if (folded === null) return [];
    const again = new Set(events.flatMap((event) => afterFold(tx, { ...event, stream }, folded.id, event.parts)));
    // what their own deed made of the case is no surprise to the writer of a reply, here as little as elsewhere
    for (const actor of new Set([ownActor, ...events.map((event) => event.actor)]))
      if (actor !== null) noticeOwnChange(tx, folded.id, { ...folded.state, epoch: confirmedEpoch(deps.ledger, tx, before) }, actor);
    for (const caseUid of again) {
      deps.ledger.forgetCase(caseUid);
      deps.ledger.refold(tx, caseUid);
    }
    // what a message is written in decides who can answer it, and nothing else of the case
    if (again.size === 0 && events.some(({ type }) => MESSAGES.has(type))) deps.ledger.noteLanguage(tx, folded.id);
    return [...new Set([before, ...again])];
  } catch (error) {
    if (storageFailure(error) !== null) throw error;
    markDirty(tx, stream, Number.MAX_SAFE_INTEGER);
    deps.ledger.forgetCase(before);
    deps.log('error', 'a case of the team could not be folded', { stream, error });
    return [before];
  }
}

/**
 * Makes something of streams that a catch-up has only marked, so many at a time.
 * @returns how many were done; 0 when none is left
 */
export function foldDirty(
  deps: ApplyDeps,
  tx: WriteDb,
  limit: number,
): { readonly folded: number; readonly conflicts: readonly TeamConflict[] } {
  const streams = dirtyStreams(tx, limit);
  const cases: CaseId[] = [];
  for (const { stream, since } of streams) {
    unmarkDirty(tx, stream);
    const events = wiresOfStream(tx, stream, since).flatMap(({ data }) => readWire(data) ?? []);
    cases.push(...foldStream(deps, tx, stream, events));
  }
  return { folded: streams.length, conflicts: judgeTouched(deps, tx, { cases, facts: [], confirmed: [] }) };
}
