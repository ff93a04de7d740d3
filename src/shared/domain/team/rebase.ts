import { projectCase } from '../case.ts';
import type { CaseEvent } from '../case.ts';
import { isOfOwnership, judgeOwner, OwnersOnTop } from './rebase-owner.ts';
import { judgeReply } from './rebase-reply.ts';
import { chainOf, fieldOf, isReport, judgeField, judgeReport, movesAlong } from './rebase-rules.ts';
import type { Sight } from './sight.ts';
import { APPLY, drop, following, merge, needsYou } from './verdict.ts';
import type { Judged, Verdict } from './verdict.ts';

/**
 * What was done here and not confirmed, judged against what others did in the same case meanwhile. Each pending event is passed on,
 * or a person decides; none is lost. A pure function of the log and of what is pending, so it may be asked again at any time.
 */

export interface PendingCaseEvent {
  readonly event: CaseEvent;
  /** Everything of the case up to this sequence was known where it was done. */
  readonly seen: number;
  /** It was handed to the log, and whether it is there is not known: then the fold has the word, and nothing is held back. */
  readonly isSent?: boolean;
}

export interface CaseRebase {
  /** Everything that the log has confirmed of the case and of those that were merged into it, in its order; what is void left out. */
  readonly confirmed: readonly CaseEvent[];
  /** In the order in which it was done; what already waits for a person left out. */
  readonly pending: readonly PendingCaseEvent[];
  /** Whether a confirmed event was made at this workstation; those of the same person at another one are others'. */
  readonly isMine: (eventId: string) => boolean;
}

/** One verdict for each pending event, in their order. */
export function rebaseCase(input: CaseRebase): readonly Judged<CaseEvent>[] {
  return new Rebase(input).run();
}

class Rebase {
  readonly #input: CaseRebase;
  readonly #owners: OwnersOnTop;
  readonly #undone: ReadonlyMap<string, string>;
  /** What waits for a person already, in order. */
  readonly #held: CaseEvent[] = [];
  readonly #verdicts = new Map<string, Verdict>();
  #isOpened: boolean;

  constructor(input: CaseRebase) {
    this.#input = input;
    this.#owners = new OwnersOnTop(input.confirmed);
    this.#undone = takenBack(input.pending);
    this.#isOpened = input.confirmed.some((event) => event.body.type === 'case.opened');
  }

  run(): readonly Judged<CaseEvent>[] {
    return this.#input.pending.map((each, index) => {
      const { event } = each;
      if (event.body.type === 'case.opened') this.#isOpened = true;
      const verdict = this.#fromRoot(this.#judge(each, index));
      this.#verdicts.set(event.id, verdict);
      if (verdict.kind === 'needs-you') this.#held.push(event);
      return { event, verdict };
    });
  }

  #judge(each: PendingCaseEvent, index: number): Verdict {
    const { event } = each;
    const by = this.#undone.get(event.id);
    if (by !== undefined) return { kind: 'undone', by };
    if (each.isSent === true || this.#input.confirmed.some(({ id }) => id === event.id)) return this.#passedOn(event);
    if (!this.#isOpened) return isProgram(event) ? drop('case-gone', null) : needsYou('case-gone', fieldOf(event.body.type), null);
    const root = this.#held.find((other) => hangsOn(event, other));
    const verdictOfRoot = root === undefined ? undefined : this.#verdicts.get(root.id);
    if (root !== undefined && verdictOfRoot !== undefined) return this.#followed(root, verdictOfRoot);
    // what its author made of the same thing later is what they want
    const last = this.#lastOfChain(event, index);
    const verdict = this.#judgeAlone(this.#sight(last));
    if (verdict.kind !== 'needs-you') return verdict;
    const chain = chainOf(event);
    const first = chain === null ? undefined : this.#held.find((other) => other.actor === event.actor && chainOf(other) === chain);
    return first === undefined ? verdict : following(first, verdict);
  }

  /** It counts in the fold whatever it meets. */
  #passedOn(event: CaseEvent): Verdict {
    if (isOfOwnership(event)) this.#owners.takeAnyway(event);
    return APPLY;
  }

  /** What hangs on something that hangs on something else stands or falls with the first of them: that one alone has a record. */
  #fromRoot(verdict: Verdict): Verdict {
    if (verdict.kind !== 'needs-you' || verdict.follows === null) return verdict;
    const above = this.#verdicts.get(verdict.follows);
    return above?.kind === 'needs-you' && above.follows !== null ? { ...verdict, follows: above.follows } : verdict;
  }

  #followed(root: CaseEvent, verdict: Verdict): Verdict {
    const first = verdict.kind === 'needs-you' && verdict.follows !== null ? { id: verdict.follows } : root;
    return following(first, verdict);
  }

  #lastOfChain(event: CaseEvent, index: number): PendingCaseEvent {
    const { pending } = this.#input;
    const chain = chainOf(event);
    const last =
      chain === null ? undefined : pending.findLast(({ event: later }) => later.actor === event.actor && chainOf(later) === chain);
    const found = last ?? pending[index];
    if (found === undefined) throw new RangeError(`no pending event ${index}`);
    return found;
  }

  #sight({ event, seen }: PendingCaseEvent): Sight {
    const { confirmed, isMine } = this.#input;
    const isTheirs = (other: CaseEvent): boolean => other.sequence > seen && !isMine(other.id);
    return {
      event,
      theirs: confirmed.filter(isTheirs),
      isProgram: isProgram(event),
      before: () => projectCase(confirmed.filter((other) => !isTheirs(other))),
    };
  }

  #judgeAlone(sight: Sight): Verdict {
    const { event, theirs } = sight;
    const gone = theirs.find((other) => other.body.type === 'case.merged' && other.joinedFrom === event.joinedFrom);
    if (gone !== undefined && event.body.type !== 'case.merged') return judgeGone(sight, gone);
    if (isReport(event)) return judgeReport(sight);
    if (event.body.type === 'case.replyQueued') return judgeReply(sight, event.body, this.#owners);
    if (isOfOwnership(event)) return judgeOwner(sight, this.#owners, this.#held);
    return judgeField(sight);
  }
}

/** The case that it was done in lives on in another one. */
function judgeGone({ event, isProgram: isByProgram }: Sight, gone: CaseEvent): Verdict {
  if (movesAlong(event.body.type)) return isByProgram ? APPLY : merge('moved-along', [gone]);
  return isByProgram ? drop('case-merged', gone) : needsYou('case-merged', fieldOf(event.body.type), gone);
}

function isProgram(event: CaseEvent): boolean {
  return event.actor === null || isReport(event);
}

/** Whether it means nothing without an own event that waits for a person. */
function hangsOn({ body }: CaseEvent, held: CaseEvent): boolean {
  const on = held.body;
  switch (body.type) {
    case 'case.replyCancelled':
    case 'case.replyQueued':
      return on.type === 'case.replyQueued' && on.messageId === body.messageId;
    case 'promise.made':
      return on.type === 'case.replyQueued' && on.messageId === body.messageId;
    case 'promise.kept':
    case 'promise.released':
      return on.type === 'promise.made' && on.promiseId === body.promiseId;
    default:
      return false;
  }
}

/**
 * Replies that were queued and taken back before anybody knew, with what they promised: the event that took each back. Passed on
 * one after the other, the reply might be sent in between.
 */
function takenBack(pending: readonly PendingCaseEvent[]): ReadonlyMap<string, string> {
  const undone = new Map<string, string>();
  const events = pending.filter(({ isSent }) => isSent !== true).map(({ event }) => event);
  const messages = new Map<string, string>();
  const promises = new Map<string, string>();
  for (const { id, body } of events) {
    if (body.type === 'case.replyQueued') messages.delete(body.messageId);
    if (body.type !== 'case.replyCancelled') continue;
    // it is known to others as soon as one of its events was handed over
    const others = pending.filter(({ event }) => 'messageId' in event.body && event.body.messageId === body.messageId);
    const isOwn = others.some(({ event }) => event.body.type === 'case.replyQueued');
    if (isOwn && others.every(({ isSent }) => isSent !== true)) messages.set(body.messageId, id);
  }
  for (const { id, body } of events) {
    const isOfMessage = body.type === 'case.replyQueued' || body.type === 'case.replyCancelled' || body.type === 'promise.made';
    const by = isOfMessage && body.messageId !== null ? messages.get(body.messageId) : undefined;
    const promiseBy = body.type === 'promise.kept' || body.type === 'promise.released' ? promises.get(body.promiseId) : undefined;
    if (by !== undefined && body.type === 'promise.made') promises.set(body.promiseId, by);
    const found = by ?? promiseBy;
    if (found !== undefined) undone.set(id, found);
  }
  return undone;
}
