import type { CaseRunway, CaseStaffing } from './case-runway.ts';
import { byMail } from './ingest-ids.ts';
import type { ShiftHours } from './shift-hours.ts';
import { sha256Hex } from '../identity.ts';
import type { IdSource } from '../identity.ts';
import { caseByUid, moveCaseContents, saveCase, saveLabels } from '../store/cases.store.ts';
import { cancelBotWords } from '../store/outbox.store.ts';
import { contactByUid, tierToNumber } from '../store/contacts.store.ts';
import { saveHandoffs } from '../store/handoffs.store.ts';
import { savePromises } from '../store/promises.store.ts';
import { saveReminders } from '../store/reminders.store.ts';
import { addStream, eventsOfCase, insertEvent, isTold, lastHlc, lastSequence, moveStreams } from '../store/events.store.ts';
import { readCalendars, readPolicies, saveCaseSla, saveOutcomes } from '../store/sla.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { Admission } from '../team/admission.ts';
import { CaseFold, projectCase } from '../../../shared/domain/case.ts';
import type { CaseEvent, CaseEventBody, CaseState } from '../../../shared/domain/case.ts';
import type { Ownership } from '../../../shared/domain/handoff/handoff.ts';
import { PromiseReader } from '../../../shared/domain/promise/case-promise-events.ts';
import { nextOpenPromise, promisesAt } from '../../../shared/domain/promise/promise.ts';
import type { CustomerPromise, PromiseEvent } from '../../../shared/domain/promise/promise.ts';
import { caseSla } from '../../../shared/domain/sla/case-sla.ts';
import type { Reminder } from '../../../shared/domain/reminder/reminders.ts';
import { SlaEventReader } from '../../../shared/domain/sla/case-sla-events.ts';
import type { Instance } from '../../../shared/domain/sla/clock.ts';
import { SlaFold } from '../../../shared/domain/sla/evaluate.ts';
import type { Policy } from '../../../shared/domain/sla/policy.ts';
import type { OpenHours, SpanCalendar } from '../../../shared/domain/time/calendar.ts';
import { acceptedHlc, correctedAt } from '../../../shared/domain/team/clock-correction.ts';
import { formatHlc, HLC_ZERO, nextHlc, parseHlc } from '../../../shared/domain/hlc.ts';
import type { Hlc } from '../../../shared/domain/hlc.ts';
import type { AgentId, CaseId, EventId } from '../../../shared/domain/ids.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** Who did it, and when by their clock (default: now). Null is the engine itself. */
export interface Authorship {
  readonly actor: AgentId | null;
  readonly at?: Instant;
  /** The ownership of the case that they saw, when it is not the one of now: a reply goes out some time after it was written. */
  readonly epoch?: number;
  /** An id that follows from what is told; null where one is made. What has such an id and is known already is not told again. */
  readonly eventId?: (type: string, body: object) => EventId | null;
}

/** Where a workstation stands in its team. */
export interface LedgerOfTeam {
  /** How far this machine's clock is ahead of the hub's, in milliseconds: what is written down is put right by it. */
  clockAheadMs(): number;
}

/** The only writer of case events: appends, folds, and keeps the projection in the same transaction. */
export interface CaseLedger {
  /** Appends events to a case and returns its new state and local key. The first event of a case opens it. */
  append(
    tx: WriteDb,
    caseUid: CaseId,
    bodies: readonly CaseEventBody[],
    who: Authorship,
  ): { readonly id: number; readonly state: CaseState; readonly eventIds: readonly EventId[] };
  /** Makes one case of several whose threads turned out to be one; what was said in each is kept. */
  merge(tx: WriteDb, from: readonly CaseId[], into: CaseId): void;
  /** Folds the events again and writes the projection; used after a merge and when projections are rebuilt. */
  refold(tx: WriteDb, caseUid: CaseId): { readonly id: number; readonly state: CaseState } | null;
  /** The state by folding, without looking at the projection; for tests and repairs. */
  fold(db: ReadDb, caseUid: CaseId): CaseState | null;
  /** Writes the projection again because time went on or the rules changed; the events are the same. */
  retime(tx: WriteDb, caseUid: CaseId): void;
  /** Works out anew what the case asks of people: its language was found out. */
  noteLanguage(tx: WriteDb, caseId: number): void;
  /** Who owns the case and everything that was offered. */
  ownership(db: ReadDb, caseUid: CaseId): Ownership;
  /** What the case's customer was promised, as it stands now. */
  promises(db: ReadDb, caseUid: CaseId): readonly CustomerPromise[];
  /** The case's clocks now, with every step. */
  clocks(db: ReadDb, caseUid: CaseId): readonly Instance[];
  /** Records a fact of the team that belongs to no case, such as a new version of an SLA policy. */
  recordTeamEvent(tx: WriteDb, stream: string, type: string, body: object, who: Authorship): EventId;
  /** The time as the team has it, whatever this machine's clock shows; in a workspace of one its clock is all there is. */
  trueTime(): Instant;
  /** A timestamp for what is written into the team's log and into no table here. */
  stamp(db: ReadDb): string;
  /** A timestamp of somebody else was seen: ours come behind it, unless it is from a far future. `storedAt`: the log's own time. */
  observe(hlc: string, storedAt: Instant): void;
  /** The hours that follow from the published plan, when one of these policies promises them. */
  shiftHours(db: ReadDb, policies: readonly Policy[]): readonly SpanCalendar[];
  /** All versions of all policies, and the hours that they promise; the same arrays until one of them changes. */
  rules(db: ReadDb): SlaRules;
  /** Events of the case were written by somebody else than this ledger. */
  forgetCase(caseUid: CaseId): void;
  /** Must be called when a transaction was rolled back, or the SLA rules changed: what is kept in memory may be wrong. */
  forget(): void;
}

const NO_STAFFING: CaseStaffing = { need: 0, staffedDue: null };
const EVENT_VERSION = 1;
const CACHED_CASES = 500;

export function createCaseLedger(deps: {
  readonly log: Admission;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly node: string;
  /** Who is on for a case. Without it cases have no runway. */
  readonly runway?: CaseRunway;
  /** Hours that follow from the published plan, for policies that promise them. */
  readonly shiftHours?: ShiftHours;
  /** Asked for each event that is written; null in a workspace of one. */
  readonly team?: () => LedgerOfTeam | null;
}): CaseLedger {
  // Folds of the cases that were written last: a busy thread is neither read nor folded again for every message.
  const cache = new Map<CaseId, CachedCase>();
  let rules: SlaRules | null = null;
  let hlc: Hlc | null = null;

  function rulesOf(db: ReadDb): SlaRules {
    if (rules === null) {
      const policies = readPolicies(db);
      rules = { policies, hours: [...readCalendars(db), ...(deps.shiftHours?.of(db, policies) ?? [])] };
    }
    return rules;
  }

  function keep(db: ReadDb, caseUid: CaseId, events: readonly CaseEvent[]): CachedCase {
    const { policies, hours } = rulesOf(db);
    const fold: CachedCase = {
      state: new CaseFold(),
      reader: new SlaEventReader(),
      clocks: new SlaFold(policies, hours),
      promises: new PromiseReader(),
      promiseEvents: [],
    };
    for (const event of events) take(fold, event);
    cache.set(caseUid, fold);
    if (cache.size > CACHED_CASES) {
      const oldest = cache.keys().next().value;
      if (oldest !== undefined) cache.delete(oldest);
    }
    return fold;
  }

  function foldOf(db: ReadDb, caseUid: CaseId): CachedCase {
    return cache.get(caseUid) ?? keep(db, caseUid, eventsOfCase(db, caseUid));
  }

  function nextStamp(db: ReadDb): string {
    if (hlc === null) {
      const stored = lastHlc(db);
      hlc = stored === null ? HLC_ZERO : parseHlc(stored);
    }
    hlc = nextHlc(hlc, trueTime());
    return formatHlc(hlc, deps.node);
  }

  function trueTime(): Instant {
    const now = deps.clock.now();
    const team = deps.team?.() ?? null;
    return team === null ? now : correctedAt(now, team.clockAheadMs());
  }

  /** Writes one event to the log; returns what the log made of it. */
  function write(
    tx: WriteDb,
    stream: string,
    type: string,
    text: string,
    who: Authorship,
    epoch: number | null,
    derivedId: EventId | null,
  ): Omit<CaseEvent, 'actor' | 'body' | 'id'> & { readonly id: EventId } {
    const team = deps.team?.() ?? null;
    const at = who.at ?? trueTime();
    const stamp = nextStamp(tx);
    const last = lastSequence(tx);
    const sequence = deps.log.admit(last);
    const base = team === null ? null : last;
    const id = derivedId ?? deps.ids.next('evt');
    const hash = eventHash({ id, stream, type, hlc: stamp, actor: who.actor, epoch, body: text });
    const place = insertEvent(tx, {
      id,
      sequence,
      stream,
      type,
      version: EVENT_VERSION,
      actor: who.actor,
      at,
      hlc: stamp,
      epoch,
      hash,
      body: text,
      base,
      void: null,
      signedBy: null,
    });
    return { id, sequence: place, isPending: sequence === null, at, hlc: stamp, epoch };
  }

  function record(tx: WriteDb, caseUid: CaseId, bodies: readonly CaseEventBody[], who: Authorship): EventId[] {
    const fold = foldOf(tx, caseUid);
    return bodies.map((body) => {
      const { type, ...rest } = body;
      const derivedId = who.eventId?.(type, rest) ?? null;
      if (derivedId !== null && isTold(tx, derivedId)) return derivedId;
      const epoch = who.epoch ?? fold.state.state?.epoch ?? 0;
      const written = write(tx, streamOf(caseUid), type, JSON.stringify(rest), who, epoch, derivedId);
      const held = fold.state.state?.bot ?? null;
      const quiet = body.type === 'case.messageReceived' ? (fold.state.state?.reminders ?? []) : [];
      take(fold, { ...written, actor: who.actor, body });
      if (held !== null && fold.state.state?.bot === null) botStopped(tx, fold, caseUid, body, who);
      silenceBroken(tx, fold, caseUid, quiet);
      return written.id;
    });
  }

  /** The customer's message has ended reminders of their silence already; it is told in its own right, so that people can read it. */
  function silenceBroken(tx: WriteDb, fold: CachedCase, caseUid: CaseId, before: readonly Reminder[]): void {
    const ended = before.filter((each) => !(fold.state.state?.reminders ?? []).includes(each));
    for (const { reminderId } of ended) {
      const body = { type: 'reminder.cleared', reminderId, as: 'answered' } as const;
      const { type, ...rest } = body;
      const written = write(tx, streamOf(caseUid), type, JSON.stringify(rest), { actor: null }, fold.state.state?.epoch ?? 0, null);
      take(fold, { ...written, actor: null, body });
    }
  }

  /** The bot let go, or a person took the case from it, which is told in its own right; what it had to say is void. */
  function botStopped(tx: WriteDb, fold: CachedCase, caseUid: CaseId, by: CaseEventBody, who: Authorship): void {
    const now = deps.clock.now();
    const words = cancelBotWords(tx, caseUid, now);
    const bodies: CaseEventBody[] = words.map((messageId) => ({ type: 'case.replyCancelled', messageId }));
    if (by.type !== 'case.botEnded' && who.actor !== null)
      bodies.unshift({ type: 'case.botEnded', reason: 'agent', messageId: null, at: now });
    for (const body of bodies) {
      const { type, ...rest } = body;
      const actor = type === 'case.botEnded' ? who.actor : null;
      const written = write(tx, streamOf(caseUid), type, JSON.stringify(rest), { actor }, fold.state.state?.epoch ?? 0, null);
      take(fold, { ...written, actor, body });
    }
  }

  /**
   * `savedLabels`: what the projection holds, when that is known; unchanged labels are not compared again. `isWhole`: what was offered and
   * promised may be in the tables and in no event any more.
   */
  function project(
    tx: WriteDb,
    caseUid: CaseId,
    savedLabels: readonly string[] | null = null,
    isWhole = false,
  ): { readonly id: number; readonly state: CaseState } | null {
    const fold = foldOf(tx, caseUid);
    const folded = fold.state.state;
    if (folded === null) return null;
    // The streams that were merged into this case say so; for the case itself that is no merge.
    const state = folded.mergedInto === caseUid ? { ...folded, mergedInto: null } : folded;
    const contact = contactByUid(tx, state.contactId);
    if (contact === undefined) throw new Error(`case ${caseUid} names an unknown contact`);
    const now = deps.clock.now();
    const promises = promisesOf(fold, now);
    const next = nextOpenPromise(promises)?.promiseId ?? null;
    const isBots = state.bot !== null;
    const { id, language } = saveCase(tx, caseUid, state, { id: contact.id, tier: tierToNumber(contact.tier) }, next);
    saveOpenThings(tx, id, { fold, state, promises, isWhole });
    if (savedLabels !== state.labels) saveLabels(tx, id, state.labels);
    const instances = fold.clocks.instances(now);
    const clocks = caseSla(instances, contact.tier, now);
    const { labels, channel, accountId } = state;
    // what the bot has waits for nobody on shift
    const sla = isBots ? { ...clocks, nextDueAt: null } : clocks;
    const staffing = isBots
      ? NO_STAFFING
      : (deps.runway?.of(tx, { language, labels, channel, accountId, tier: contact.tier }, sla.nextDueAt) ?? NO_STAFFING);
    saveCaseSla(tx, id, { ...sla, ...staffing });
    saveOutcomes(tx, caseUid, instances);
    return { id, state };
  }

  function refold(tx: WriteDb, caseUid: CaseId): { readonly id: number; readonly state: CaseState } | null {
    cache.delete(caseUid);
    return project(tx, caseUid, null, true);
  }

  return {
    trueTime,
    append: (tx, caseUid, bodies, who) => {
      // A stream that was not there has no events to look for.
      if (bodies[0]?.type === 'case.opened' && addStream(tx, streamOf(caseUid), caseUid)) keep(tx, caseUid, []);
      const savedLabels = foldOf(tx, caseUid).state.state?.labels ?? null;
      const eventIds = record(tx, caseUid, bodies, who);
      const saved = project(tx, caseUid, savedLabels);
      if (saved === null) throw new Error(`case ${caseUid} was never opened`);
      return { ...saved, eventIds };
    },
    merge: (tx, from, into) => {
      const target = caseByUid(tx, into);
      if (target === undefined) throw new Error(`case ${into} does not exist`);
      for (const uid of from) {
        const source = caseByUid(tx, uid);
        if (source === undefined) continue;
        const joining = foldOf(tx, uid).state.state;
        const standing = joining?.openHandoff ?? null;
        // What was offered is not there any more: the case that it goes into has an owner of its own.
        const ending: CaseEventBody[] =
          standing === null ? [] : [{ type: 'handoff.superseded', handoffId: standing.handoffId, reason: 'merged' }];
        record(tx, uid, [...ending, { type: 'case.merged', into }], byMail(streamOf(uid)));
        project(tx, uid);
        moveStreams(tx, uid, into);
        moveCaseContents(tx, source.id, target.id, uid, into);
        cache.delete(uid);
        // Somebody answered for the one: nobody must not answer for both.
        const ownerId = joining?.ownerId ?? null;
        if (ownerId !== null && (foldOf(tx, into).state.state?.ownerId ?? null) === null) {
          const back: CaseEventBody[] = joining?.assigneeId === null ? [{ type: 'case.released' }] : [];
          for (const body of [{ type: 'case.assigned', agentId: ownerId } as const, ...back]) record(tx, into, [body], { actor: null });
        }
      }
      refold(tx, into);
    },
    refold,
    fold: (db, caseUid) => {
      const folded = projectCase(eventsOfCase(db, caseUid));
      return folded?.mergedInto === caseUid ? { ...folded, mergedInto: null } : folded;
    },
    retime: (tx, caseUid) => {
      project(tx, caseUid);
    },
    noteLanguage: (tx, caseId) => deps.runway?.recount(tx, caseId),
    ownership: (db, caseUid) => foldOf(db, caseUid).state.ownership,
    promises: (db, caseUid) => promisesOf(foldOf(db, caseUid), deps.clock.now()),
    clocks: (db, caseUid) => foldOf(db, caseUid).clocks.instances(deps.clock.now()),
    rules: rulesOf,
    shiftHours: (db, policies) => deps.shiftHours?.of(db, policies) ?? [],
    recordTeamEvent: (tx, stream, type, body, who) => {
      const derivedId = who.eventId?.(type, body) ?? null;
      if (derivedId !== null && isTold(tx, derivedId)) return derivedId;
      return write(tx, stream, type, JSON.stringify(body), who, null, derivedId).id;
    },
    stamp: nextStamp,
    observe: (seen, storedAt) => {
      hlc = acceptedHlc(hlc ?? HLC_ZERO, parseHlc(seen), storedAt);
    },
    forgetCase: (caseUid) => {
      cache.delete(caseUid);
    },
    forget: () => {
      rules = null;
      cache.clear();
      deps.runway?.forget();
      // The clock stays: a timestamp that was given and not used is only a gap, and finding the newest one reads every event.
    },
  };
}

/** What the clocks of all cases go by. */
export interface SlaRules {
  readonly policies: readonly Policy[];
  readonly hours: readonly OpenHours[];
}

interface CachedCase {
  readonly state: CaseFold;
  readonly reader: SlaEventReader;
  readonly clocks: SlaFold;
  readonly promises: PromiseReader;
  readonly promiseEvents: PromiseEvent[];
}

/** Every fold of a case takes its next event. */
function take(fold: CachedCase, event: CaseEvent): void {
  fold.state.append(event);
  const { state } = fold.state;
  for (const found of fold.reader.read(event, state?.openHandoff ?? null)) fold.clocks.append(found);
  fold.promiseEvents.push(...fold.promises.read(event, state?.ownerId ?? null));
}

/** Rows of what is offered, promised and to be thought of. `isWhole`: what is in a table may be in no event any more. */
function saveOpenThings(
  tx: WriteDb,
  id: number,
  of: {
    readonly fold: CachedCase;
    readonly state: CaseState;
    readonly promises: readonly CustomerPromise[];
    readonly isWhole: boolean;
  },
): void {
  const { fold, state, promises, isWhole } = of;
  if (isWhole || promises.length > 0) savePromises(tx, id, promises);
  // those of a case that was merged are of the case that it lives on in
  if (isWhole || state.reminders !== undefined) saveReminders(tx, id, state.mergedInto === null ? (state.reminders ?? []) : []);
  if (isWhole || fold.state.hasHandoffs) saveHandoffs(tx, id, fold.state.ownership);
}

/** Most cases promise nothing, and their ledgers are not worked out. */
function promisesOf({ promiseEvents }: CachedCase, now: Instant): readonly CustomerPromise[] {
  return promiseEvents.some((each) => each.body.type === 'promise-made') ? promisesAt(promiseEvents, now) : [];
}

function streamOf(caseUid: CaseId): string {
  return `case.${caseUid}`;
}

/** Covers what makes the event mean what it means; a flipped bit on the disk is noticed when events are checked. */
export function eventHash(event: {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly hlc: string;
  readonly actor: string | null;
  readonly epoch: number | null;
  readonly body: string;
}): string {
  const parts = [event.id, event.stream, event.type, event.hlc, event.actor ?? '', event.body];
  return sha256Hex([...parts, ...(event.epoch === null ? [] : [String(event.epoch)])].join('\n')).slice(0, 32);
}
