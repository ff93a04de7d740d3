import type { CaseEvent, CaseState } from '../case.ts';
import type { CaseId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { changesOf, changesOfFact } from './conflict-changes.ts';
import { choicesFor } from './conflict.ts';
import type { ConflictChange, NeedsYouReason, TeamConflict } from './conflict.ts';
import type { TeamFact } from './rebase-facts.ts';
import type { Judged, Verdict } from './verdict.ts';

/** Records of what came of pending events: one for each that met somebody, and none for what follows another. */

/** A fact with the time that it was done at. */
export type DatedFact = TeamFact & { readonly at: Instant };

interface Described {
  readonly id: string;
  readonly type: string;
  readonly actor: CaseEvent['actor'];
  readonly at: Instant;
  readonly changes: readonly ConflictChange[];
}

export function conflictsOfCase(
  judged: readonly Judged<CaseEvent>[],
  scene: {
    readonly caseId: CaseId;
    /** When it was found. */
    readonly at: Instant;
    /** The case as the author had it, and as the log has it. */
    readonly before: CaseState | null;
    readonly confirmed: readonly CaseEvent[];
  },
): readonly TeamConflict[] {
  const { caseId, at, before, confirmed } = scene;
  const describe = (event: CaseEvent): Described => ({ ...plain(event), type: event.body.type, changes: changesOf(event, before) });
  return records(judged, {
    at,
    caseId,
    streamOf: (event) => `case.${event.joinedFrom ?? caseId}`,
    describeMine: describe,
    describeTheirs: (id) => {
      const found = confirmed.find((each) => each.id === id);
      return found === undefined ? null : describe(found);
    },
  });
}

export function conflictsOfFacts(
  judged: readonly Judged<DatedFact>[],
  scene: { readonly at: Instant; readonly confirmed: readonly DatedFact[] },
): readonly TeamConflict[] {
  const { at, confirmed } = scene;
  const find = (id: string | null): DatedFact | null => confirmed.find((each) => each.id === id) ?? null;
  return records(judged, {
    at,
    caseId: null,
    streamOf: ({ stream }) => stream,
    describeMine: (fact, theirs) => ({ ...plain(fact), type: fact.type, changes: changesOfFact(fact, find(theirs)) }),
    describeTheirs: (id, mine) => {
      const found = find(id);
      return found === null ? null : { ...plain(found), type: found.type, changes: changesOfFact(found, mine) };
    },
  });
}

/** The record of an event that the hub refuses. */
export function refusedByHub(
  event: { readonly id: string; readonly stream: string; readonly type: string; readonly actor: CaseEvent['actor']; readonly at: Instant },
  reason: Extract<NeedsYouReason, 'not-permitted' | 'too-large'>,
  scene: { readonly caseId: CaseId | null; readonly at: Instant; readonly changes: readonly ConflictChange[] },
): TeamConflict {
  const { id, stream, type, actor, at } = event;
  return {
    id,
    caseId: scene.caseId,
    stream,
    at: scene.at,
    kind: 'needs-you',
    reason,
    mine: { type, actor, at, changes: scene.changes },
    theirs: null,
    alsoMine: [],
    choices: choicesFor('needs-you', reason, type),
    decision: null,
  };
}

function plain({
  id,
  actor,
  at,
}: {
  readonly id: string;
  readonly actor: CaseEvent['actor'];
  readonly at: Instant;
}): Omit<Described, 'type' | 'changes'> {
  return { id, actor, at };
}

function records<Event extends { readonly id: string }>(
  judged: readonly Judged<Event>[],
  scene: {
    readonly at: Instant;
    readonly caseId: CaseId | null;
    readonly streamOf: (event: Event) => string;
    readonly describeMine: (event: Event, theirs: string | null) => Described;
    readonly describeTheirs: (id: string, mine: Event) => Described | null;
  },
): readonly TeamConflict[] {
  return judged.flatMap(({ event, verdict }) => {
    if (verdict.kind === 'apply' || verdict.kind === 'undone') return [];
    if (verdict.kind === 'needs-you' && verdict.follows !== null) return [];
    const met = metBy(verdict);
    const mine = scene.describeMine(event, met);
    const theirs = met === null ? null : scene.describeTheirs(met, event);
    const kind = verdict.kind === 'merge' ? 'merged' : verdict.kind === 'drop' ? 'dropped' : 'needs-you';
    const alsoMine = judged.flatMap(({ event: other, verdict: its }) =>
      its.kind === 'needs-you' && its.follows === event.id ? [other.id] : [],
    );
    return [
      {
        id: event.id,
        caseId: scene.caseId,
        stream: scene.streamOf(event),
        at: scene.at,
        kind,
        reason: verdict.reason,
        mine: { type: mine.type, actor: mine.actor, at: mine.at, changes: mine.changes },
        theirs:
          theirs === null ? null : { eventId: theirs.id, type: theirs.type, actor: theirs.actor, at: theirs.at, changes: theirs.changes },
        alsoMine,
        choices: choicesFor(kind, verdict.reason, mine.type),
        decision: null,
      },
    ];
  });
}

function metBy(verdict: Exclude<Verdict, { readonly kind: 'apply' | 'undone' }>): string | null {
  return verdict.kind === 'merge' ? (verdict.with.at(-1) ?? null) : verdict.theirs;
}
