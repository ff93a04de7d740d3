import type { AgentId } from '../ids.ts';
import type { ConflictField, NeedsYouReason } from './conflict.ts';
import { sameContent, valueOf } from './same-content.ts';
import { streamKind } from './strictness.ts';
import { APPLY, drop, following, merge, needsYou } from './verdict.ts';
import type { Judged, Verdict } from './verdict.ts';

/** The same judgement for the team's own facts: its plan, its people, its rules and settings. */

export interface TeamFact {
  readonly id: string;
  /** Place in the log; of a pending one behind all that are confirmed. */
  readonly sequence: number;
  readonly stream: string;
  readonly type: string;
  readonly actor: AgentId | null;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface PendingFact {
  readonly event: TeamFact;
  /** Everything up to this sequence was known where it was done. */
  readonly seen: number;
  /** It was handed to the log, and whether it is there is not known. */
  readonly isSent?: boolean;
}

export interface FactsRebase {
  /** Confirmed facts of any stream behind the smallest `seen`, in the order of the log; what is void left out. */
  readonly confirmed: readonly TeamFact[];
  /** In the order in which it was done. */
  readonly pending: readonly PendingFact[];
  readonly isMine: (eventId: string) => boolean;
}

/** One verdict for each pending fact, in their order. A publication and what it publishes stand or fall together. */
export function rebaseFacts({ confirmed, pending, isMine }: FactsRebase): readonly Judged<TeamFact>[] {
  const known = new Set(confirmed.map(({ id }) => id));
  const judged = pending.map(({ event, seen, isSent }, index) => {
    if (isSent === true || known.has(event.id)) return { event, verdict: APPLY };
    // what its author made of the same thing later is what they want
    const last = pending.findLast(({ event: later }, at) => at >= index && isSameThing(event, later)) ?? { event, seen };
    const theirs = confirmed.filter((other) => other.sequence > last.seen && !isMine(other.id));
    return { event, verdict: judgeFact(last.event, theirs) };
  });
  return together(chained(judged));
}

function isSameThing(one: TeamFact, other: TeamFact): boolean {
  if (one.actor === null || one.stream !== other.stream || one.type !== other.type || one.actor !== other.actor) return false;
  return one.type !== 'contact.saved' || Object.keys(decided(one)).every((key) => Object.hasOwn(decided(other), key));
}

/** Of a customer only what was decided is told: their tier, their zone, or both. */
function decided({ body }: TeamFact): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'contactId'));
}

/** A customer's tier and zone are two things: what others said of the one says nothing of the other. */
function judgeContact(mine: TeamFact, ofThing: readonly TeamFact[]): Verdict {
  const met = Object.entries(decided(mine)).flatMap(([key, value]) => {
    const other = ofThing.findLast((each) => each.type === mine.type && Object.hasOwn(decided(each), key));
    return other === undefined ? [] : [{ other, isSame: sameContent(value, other.body[key]) }];
  });
  const otherwise = met.find(({ isSame }) => !isSame);
  const first = otherwise ?? met[0];
  return first === undefined ? APPLY : against(mine, first.other, 'saved-by-other', otherwise === undefined);
}

/** Of several steps of one change the first bears the conflict. */
function chained(judged: readonly Judged<TeamFact>[]): readonly Judged<TeamFact>[] {
  return judged.map(({ event, verdict }, index) => {
    const first = judged.slice(0, index).find((other) => other.verdict.kind === 'needs-you' && isSameThing(other.event, event));
    return { event, verdict: first === undefined ? verdict : following(first.event, verdict) };
  });
}

const OF_PUBLICATION: ReadonlySet<string> = new Set(['shift.published', 'shift.cancelled', 'publication.made']);

/** Half a publication is none: when one part of it must wait, all of it does. */
function together(judged: readonly Judged<TeamFact>[]): readonly Judged<TeamFact>[] {
  const made = new Map<unknown, TeamFact>();
  const blocked = new Map<unknown, Verdict>();
  for (const { event, verdict } of judged) {
    if (!OF_PUBLICATION.has(event.type)) continue;
    const publication = event.body['publicationId'];
    if (event.type === 'publication.made') made.set(publication, event);
    if (verdict.kind === 'needs-you' && !blocked.has(publication)) blocked.set(publication, verdict);
  }
  return judged.map(({ event, verdict }) => {
    const publication = event.body['publicationId'];
    const reason = OF_PUBLICATION.has(event.type) ? blocked.get(publication) : undefined;
    const root = made.get(publication);
    if (reason === undefined || root === undefined) return { event, verdict };
    const held: Verdict = reason.kind === 'needs-you' ? { ...reason, field: 'publication', follows: null } : reason;
    return { event, verdict: event.id === root.id ? held : following(root, held) };
  });
}

const FIELDS: Readonly<Record<string, ConflictField>> = {
  hub: 'hub',
  agent: 'profile',
  template: 'template',
  rotation: 'rotation',
  requirement: 'requirement',
  shift: 'shift',
  publication: 'publication',
  override: 'override',
  absence: 'absence',
  swap: 'swap',
  contact: 'contact',
  account: 'account',
  policy: 'rules',
  calendar: 'rules',
  view: 'view',
  macro: 'macro',
};

const SETTINGS: Readonly<Record<string, ConflictField>> = { sla: 'rules', staffing: 'staffing', acknowledgements: 'acknowledgements' };

/** What of the team a stream is about. */
export function fieldOfStream(stream: string): ConflictField {
  if (Object.hasOwn(SETTINGS, stream)) return SETTINGS[stream] ?? 'setting';
  const kind = streamKind(stream);
  return Object.hasOwn(FIELDS, kind) ? (FIELDS[kind] ?? 'setting') : 'setting';
}

/** What was decided about one thing; whoever decides later must know of it. */
const DECISIONS: ReadonlySet<string> = new Set(['absence.decided', 'swap.answered', 'swap.decided']);
/** True beside whatever others did. */
const COMMUTING: ReadonlySet<string> = new Set(['agent.noticesSeen', 'agent.joined', 'absence.requested', 'swap.asked', 'macro.counted']);

function judgeFact(mine: TeamFact, theirs: readonly TeamFact[]): Verdict {
  if (COMMUTING.has(mine.type)) return APPLY;
  const field = fieldOfStream(mine.stream);
  const ofThing = theirs.filter((other) => other.stream === mine.stream);
  if (mine.type === 'publication.made') {
    const published = theirs.findLast((other) => other.type === 'publication.made');
    return published === undefined ? APPLY : needsYou('published-by-other', field, published);
  }
  if (mine.type === 'shift.published' || mine.type === 'shift.cancelled') {
    const published = ofThing.findLast((other) => OF_PUBLICATION.has(other.type));
    return published === undefined ? APPLY : against(mine, published, 'published-by-other', isSaidBy(mine, published));
  }
  if (mine.type === 'shift.drafted') {
    const other = ofThing.findLast(({ type }) => type === 'shift.drafted' || type === 'shift.published' || type === 'shift.cancelled');
    if (other === undefined) return APPLY;
    return against(mine, other, other.type === 'shift.drafted' ? 'saved-by-other' : 'published-by-other', isSaidBy(mine, other));
  }
  if (DECISIONS.has(mine.type)) {
    const other = ofThing.findLast(({ type }) => DECISIONS.has(type));
    if (other === undefined) return APPLY;
    return against(mine, other, 'decided-by-other', other.type === mine.type && sameContent(other.body, mine.body));
  }
  if (mine.type === 'override.made') {
    const other = theirs.findLast((each) => each.type === 'override.made' && isOverlapping(mine, each) && !isTakenBack(each, theirs));
    return other === undefined ? APPLY : against(mine, other, 'saved-by-other', isSameCover(mine, other));
  }
  if (mine.type === 'contact.saved') return judgeContact(mine, ofThing);
  const other = ofThing.findLast(({ type }) => type === mine.type);
  return other === undefined ? APPLY : against(mine, other, 'saved-by-other', sameContent(other.body, mine.body));
}

function against(mine: TeamFact, other: TeamFact, reason: NeedsYouReason, isSame: boolean): Verdict {
  if (mine.actor === null) return drop(isSame ? 'already-done' : 'no-longer-true', other);
  return isSame ? merge('same-by-other', [other]) : needsYou(reason, fieldOfStream(mine.stream), other);
}

/** Whether the shift is by the other event what it is to be by mine. */
function isSaidBy(mine: TeamFact, other: TeamFact): boolean {
  return sameContent(meant(mine), meant(other));
}

/** What an event makes of a shift; null: nothing is left of it. A draft that is as published means what is published. */
function meant({ type, body }: TeamFact): unknown {
  if (type === 'shift.published') return body['body'];
  if (type === 'shift.cancelled') return null;
  const draft = body['draft'];
  if (typeof draft !== 'object' || draft === null) return undefined;
  const kind = valueOf(draft, 'kind');
  return kind === 'changed' ? valueOf(draft, 'body') : kind === 'removed' ? null : 'same';
}

function overrideOf({ body }: TeamFact): {
  readonly shiftId: unknown;
  readonly from: unknown;
  readonly to: unknown;
  readonly agentIn: unknown;
} {
  const override = body['override'];
  const value = typeof override === 'object' && override !== null ? override : {};
  return {
    shiftId: valueOf(value, 'shiftId'),
    from: valueOf(value, 'startAt'),
    to: valueOf(value, 'endAt'),
    agentIn: valueOf(value, 'agentIn'),
  };
}

function isOverlapping(one: TeamFact, other: TeamFact): boolean {
  const a = overrideOf(one);
  const b = overrideOf(other);
  if (a.shiftId !== b.shiftId) return false;
  const times = [a.from, a.to, b.from, b.to];
  if (!times.every((each) => typeof each === 'number')) return true;
  const [from = 0, to = 0, otherFrom = 0, otherTo = 0] = times;
  return from < otherTo && otherFrom < to;
}

function isSameCover(one: TeamFact, other: TeamFact): boolean {
  return sameContent(overrideOf(one), overrideOf(other));
}

function isTakenBack(made: TeamFact, theirs: readonly TeamFact[]): boolean {
  return theirs.some(({ stream, type, sequence }) => stream === made.stream && type === 'override.cancelled' && sequence > made.sequence);
}
