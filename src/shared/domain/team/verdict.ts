import type { ConflictField, DroppedReason, MergedReason, NeedsYouReason } from './conflict.ts';

/** What becomes of one event that the log has not confirmed, now that it is known what others did since. */
export type Verdict =
  /** Nobody is in its way: it is passed on as it is. */
  | { readonly kind: 'apply' }
  /** It is passed on, on top of what others did; told quietly. */
  | {
      readonly kind: 'merge';
      readonly reason: MergedReason;
      /** What it met, in the order of the log. */
      readonly with: readonly string[];
      /** Passed on with this ownership instead of the one that its author saw; null: as it is. */
      readonly epoch: number | null;
    }
  /** It is not passed on and counts for nothing until a person decides. */
  | {
      readonly kind: 'needs-you';
      readonly reason: NeedsYouReason;
      readonly field: ConflictField;
      /** What it met; null when there is no such event. */
      readonly theirs: string | null;
      /** An own event that it stands or falls with: the conflict is that one's. */
      readonly follows: string | null;
    }
  /** The program did it by itself, and it makes no sense any more: kept, and counts for nothing. */
  | { readonly kind: 'drop'; readonly reason: DroppedReason; readonly theirs: string | null }
  /** Its author took it back before anybody knew of it, so nobody hears of either; `by`: the event that took it back. */
  | { readonly kind: 'undone'; readonly by: string };

export interface Judged<Event> {
  readonly event: Event;
  readonly verdict: Verdict;
}

export const APPLY: Verdict = { kind: 'apply' };

export function merge(reason: MergedReason, met: readonly { readonly id: string }[], epoch: number | null = null): Verdict {
  return { kind: 'merge', reason, with: met.map(({ id }) => id), epoch };
}

export function needsYou(reason: NeedsYouReason, field: ConflictField, theirs: { readonly id: string } | null): Verdict {
  return { kind: 'needs-you', reason, field, theirs: theirs?.id ?? null, follows: null };
}

export function drop(reason: DroppedReason, theirs: { readonly id: string } | null): Verdict {
  return { kind: 'drop', reason, theirs: theirs?.id ?? null };
}

/** The same verdict for an event that stands or falls with `root`. */
export function following(root: { readonly id: string }, verdict: Verdict): Verdict {
  return verdict.kind === 'needs-you' ? { ...verdict, follows: root.id } : verdict;
}
