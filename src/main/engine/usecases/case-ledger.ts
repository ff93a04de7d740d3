import { sha256Hex } from '../identity.ts';
import type { IdSource } from '../identity.ts';
import { caseByUid, moveCaseContents, saveCase, saveLabels } from '../store/cases.store.ts';
import { contactByUid, tierToNumber } from '../store/contacts.store.ts';
import { addStream, eventsOfCase, insertEvent, lastHlc, lastSequence, moveStreams } from '../store/events.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { TeamLog } from '../team/team-log.ts';
import { CaseFold, projectCase } from '../../../shared/domain/case.ts';
import type { CaseEventBody, CaseState } from '../../../shared/domain/case.ts';
import { formatHlc, HLC_ZERO, nextHlc, parseHlc } from '../../../shared/domain/hlc.ts';
import type { Hlc } from '../../../shared/domain/hlc.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** Who did it, and when by their clock (default: now). Null is the engine itself. */
export interface Authorship {
  readonly actor: AgentId | null;
  readonly at?: Instant;
}

/** The only writer of case events: appends, folds, and keeps the projection in the same transaction. */
export interface CaseLedger {
  /** Appends events to a case and returns its new state and local key. The first event of a case opens it. */
  append(
    tx: WriteDb,
    caseUid: CaseId,
    bodies: readonly CaseEventBody[],
    who: Authorship,
  ): { readonly id: number; readonly state: CaseState };
  /** Makes one case of several whose threads turned out to be one; what was said in each is kept. */
  merge(tx: WriteDb, from: readonly CaseId[], into: CaseId): void;
  /** Folds the events again and writes the projection; used after a merge and when projections are rebuilt. */
  refold(tx: WriteDb, caseUid: CaseId): { readonly id: number; readonly state: CaseState } | null;
  /** The state by folding, without looking at the projection; for tests and repairs. */
  fold(db: ReadDb, caseUid: CaseId): CaseState | null;
  /** Must be called when a transaction was rolled back: what it appended is not there. */
  forget(): void;
}

const EVENT_VERSION = 1;
const CACHED_CASES = 500;

export function createCaseLedger(deps: {
  readonly log: TeamLog;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly node: string;
}): CaseLedger {
  // Folds of the cases that were written last: a busy thread is neither read nor folded again for every message.
  const cache = new Map<CaseId, CaseFold>();
  let hlc: Hlc | null = null;

  function keep(caseUid: CaseId, fold: CaseFold): CaseFold {
    cache.set(caseUid, fold);
    if (cache.size > CACHED_CASES) {
      const oldest = cache.keys().next().value;
      if (oldest !== undefined) cache.delete(oldest);
    }
    return fold;
  }

  function foldOf(db: ReadDb, caseUid: CaseId): CaseFold {
    return cache.get(caseUid) ?? keep(caseUid, new CaseFold(eventsOfCase(db, caseUid)));
  }

  function record(tx: WriteDb, caseUid: CaseId, bodies: readonly CaseEventBody[], who: Authorship): void {
    const stream = streamOf(caseUid);
    const now = deps.clock.now();
    const at = who.at ?? now;
    if (hlc === null) {
      const stored = lastHlc(tx);
      hlc = stored === null ? HLC_ZERO : parseHlc(stored);
    }
    const last = lastSequence(tx);
    const sequences = deps.log.admit(last, bodies.length);
    const fold = foldOf(tx, caseUid);
    for (const [index, body] of bodies.entries()) {
      hlc = nextHlc(hlc, now);
      const { type, ...rest } = body;
      const id = deps.ids.next('evt');
      const text = JSON.stringify(rest);
      const stamp = formatHlc(hlc, deps.node);
      const sequence = sequences[index] ?? null;
      insertEvent(tx, {
        id,
        sequence,
        stream,
        type,
        version: EVENT_VERSION,
        actor: who.actor,
        at,
        hlc: stamp,
        hash: eventHash({ id, stream, type, hlc: stamp, actor: who.actor, body: text }),
        body: text,
      });
      fold.append({ id, sequence: sequence ?? Number.MAX_SAFE_INTEGER, at, actor: who.actor, body });
    }
  }

  /** `savedLabels`: what the projection holds, when that is known; unchanged labels are not compared again. */
  function project(
    tx: WriteDb,
    caseUid: CaseId,
    savedLabels: readonly string[] | null = null,
  ): { readonly id: number; readonly state: CaseState } | null {
    const folded = foldOf(tx, caseUid).state;
    if (folded === null) return null;
    // The streams that were merged into this case say so; for the case itself that is no merge.
    const state = folded.mergedInto === caseUid ? { ...folded, mergedInto: null } : folded;
    const contact = contactByUid(tx, state.contactId);
    if (contact === undefined) throw new Error(`case ${caseUid} names an unknown contact`);
    const id = saveCase(tx, caseUid, state, { id: contact.id, tier: tierToNumber(contact.tier) });
    if (savedLabels !== state.labels) saveLabels(tx, id, state.labels);
    return { id, state };
  }

  function refold(tx: WriteDb, caseUid: CaseId): { readonly id: number; readonly state: CaseState } | null {
    cache.delete(caseUid);
    return project(tx, caseUid);
  }

  return {
    append: (tx, caseUid, bodies, who) => {
      // A stream that was not there has no events to look for.
      if (bodies[0]?.type === 'case.opened' && addStream(tx, streamOf(caseUid), caseUid)) keep(caseUid, new CaseFold());
      const savedLabels = foldOf(tx, caseUid).state?.labels ?? null;
      record(tx, caseUid, bodies, who);
      const saved = project(tx, caseUid, savedLabels);
      if (saved === null) throw new Error(`case ${caseUid} was never opened`);
      return saved;
    },
    merge: (tx, from, into) => {
      const target = caseByUid(tx, into);
      if (target === undefined) throw new Error(`case ${into} does not exist`);
      for (const uid of from) {
        const source = caseByUid(tx, uid);
        if (source === undefined) continue;
        record(tx, uid, [{ type: 'case.merged', into }], { actor: null });
        project(tx, uid);
        moveStreams(tx, uid, into);
        moveCaseContents(tx, source.id, target.id, uid, into);
        cache.delete(uid);
      }
      refold(tx, into);
    },
    refold,
    fold: (db, caseUid) => {
      const folded = projectCase(eventsOfCase(db, caseUid));
      return folded?.mergedInto === caseUid ? { ...folded, mergedInto: null } : folded;
    },
    forget: () => {
      cache.clear();
      hlc = null;
    },
  };
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
  readonly body: string;
}): string {
  return sha256Hex([event.id, event.stream, event.type, event.hlc, event.actor ?? '', event.body].join('\n')).slice(0, 32);
}
