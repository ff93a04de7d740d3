import type { CaseEvent, CaseEventType } from './case.ts';
import type { HandoffLogBody, HandoffLogEvent } from './handoff/handoff-event.ts';
import type { Ownership } from './handoff/handoff.ts';
import { OwnershipFold } from './handoff/ownership-fold.ts';
import type { OwnershipSummary } from './handoff/ownership-fold.ts';
import type { CaseId } from './ids.ts';

/**
 * Who owns a case, out of its events and those of the cases that were merged into it. Each is folded by itself: the ones
 * that have gone must move nothing in the one that stays, and what was offered of them is still told.
 */
export class CaseOwners {
  readonly #own = new OwnershipFold();
  readonly #joined = new Map<CaseId, OwnershipFold>();

  /** Whether any of them was ever offered to somebody. */
  get hasHandoffs(): boolean {
    return this.#own.hasHandoffs || [...this.#joined.values()].some((each) => each.hasHandoffs);
  }

  /** Takes the next event in the order of the log; returns the ownership when it may be another now. */
  append(event: CaseEvent): OwnershipSummary | null {
    const found = logEventOf(event);
    if (found === null) return null;
    if (event.joinedFrom !== undefined) {
      const fold = this.#joined.get(event.joinedFrom) ?? new OwnershipFold();
      this.#joined.set(event.joinedFrom, fold);
      fold.append(found, event.sequence);
      return null;
    }
    this.#own.append(found, event.sequence);
    return this.#own.summary();
  }

  /** What was offered of the cases that have gone comes first. */
  state(): Ownership {
    const own = this.#own.state();
    if (this.#joined.size === 0) return own;
    const all = [...[...this.#joined.values()].map((each) => each.state()), own];
    return {
      ...own,
      handoffs: all.flatMap((each) => each.handoffs),
      doubleReplies: all.flatMap((each) => each.doubleReplies),
      outcomes: new Map(all.flatMap((each) => [...each.outcomes])),
    };
  }
}

const OWNERSHIP_TYPES: ReadonlySet<string> = new Set([
  'case.claimed',
  'case.released',
  'case.assigned',
  'case.messageReceived',
  'case.replySent',
  'case.merged',
] satisfies CaseEventType[]);

/** An event as the fold of the case's ownership sees it; null for what ownership does not look at. */
export function handoffLogEventOf(event: CaseEvent): HandoffLogEvent | null {
  return event.joinedFrom === undefined ? logEventOf(event) : null;
}

function logEventOf(event: CaseEvent): HandoffLogEvent | null {
  const { id, sequence, isPending, hlc, at, actor, epoch, body } = event;
  if (!OWNERSHIP_TYPES.has(body.type) && !body.type.startsWith('handoff.')) return null;
  // A machine's reply answers nobody, so nobody has answered twice.
  const author = body.type === 'case.replySent' && (body.auto ?? 'none') !== 'none' ? null : actor;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types above are those of the union; strings can not say so
  return { id, sequence: isPending ? null : sequence, hlc, at, author, epoch, body: body as HandoffLogBody };
}
