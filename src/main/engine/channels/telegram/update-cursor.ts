import { z } from 'zod';

/**
 * Where we are among the updates, and the little that a later update can only be understood with. The service forgets what is below
 * the offset as soon as it is asked with it: that happens only after the cursor was stored.
 */
export interface UpdateCursor {
  /** The first update that was not taken; null: the first that the service still has. */
  readonly offset: number | null;
  /** When the last update was taken, in epoch milliseconds. */
  readonly at: number;
  /** Groups that have become supergroups, newest last: the number they had at first, and the one they have. */
  readonly moved: readonly (readonly [from: string, to: string])[];
  /** Messages in groups, newest last, whose conversation does not follow from their author: ours, and answers within one. */
  readonly joined: readonly (readonly [message: string, conversation: string])[];
}

const MOST_MOVED = 200;
const MOST_JOINED = 400;

export const EMPTY_CURSOR: UpdateCursor = { offset: null, at: 0, moved: [], joined: [] };

const pair = z.tuple([z.string(), z.string()]).readonly();
const schema = z.object({
  v: z.literal(1),
  offset: z.number().int().nullable(),
  at: z.number(),
  moved: z.array(pair).readonly(),
  joined: z.array(pair).readonly(),
});

/** What can not be read begins anew: the service still has what nobody confirmed, and a message that is stored twice is stored once. */
export function parseCursor(text: string | null): UpdateCursor {
  if (text === null) return EMPTY_CURSOR;
  try {
    const { offset, at, moved, joined } = schema.parse(JSON.parse(text));
    return { offset, at, moved, joined };
  } catch {
    return EMPTY_CURSOR;
  }
}

export function formatCursor({ offset, at, moved, joined }: UpdateCursor): string {
  return JSON.stringify({ v: 1, offset, at, moved: moved.slice(-MOST_MOVED), joined: joined.slice(-MOST_JOINED) });
}

/** "If there are no new updates for at least a week, then identifier of the next update will be chosen randomly" (Bot API, Update). */
const NUMBERS_LAST_MS = 6 * 86_400_000;

/**
 * The offset to ask with. After a week of silence numbers begin anew, maybe below ours: then it is asked without one, which gives all
 * that nobody has confirmed.
 */
export function offsetAt(cursor: UpdateCursor, now: number): number | null {
  return cursor.offset === null || now - cursor.at > NUMBERS_LAST_MS ? null : cursor.offset;
}
