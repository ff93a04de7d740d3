import { detectPromises } from '../../src/shared/domain/promise/detect-promises.ts';
import type { DetectedPromise, DetectionContext } from '../../src/shared/domain/promise/detect-promises.ts';
import { formatLocalDateTime, parseLocalDateTime } from '../../src/shared/domain/time/local-time.ts';
import { toInstant } from '../../src/shared/domain/time/zone.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

/** Tables of sentences with the time that each promises. */

export function wallInstant(zone: string, local: string): Instant {
  const parsed = parseLocalDateTime(local);
  if (parsed === null) throw new RangeError(`no local time: ${local}`);
  return toInstant(zone, parsed);
}

/** A Tuesday morning in New York, where the customer is; the answer is written in Singapore. */
export const TUESDAY: DetectionContext = {
  writtenAt: wallInstant('America/New_York', '2026-11-24T10:20'),
  customerZone: 'America/New_York',
  writerZone: 'Asia/Singapore',
  businessHours: null,
  language: null,
};

/** As `TUESDAY`, written at another local time of another customer. */
export function writtenAt(zone: string, local: string, part: Partial<DetectionContext> = {}): DetectionContext {
  return { ...TUESDAY, customerZone: zone, writtenAt: wallInstant(zone, local), ...part };
}

export interface TableRow {
  readonly text: string;
  /** `24T14:00` of November 2026 on the customer's clock, or the full local time; null when nothing is promised. */
  readonly due: string | null;
  readonly context: DetectionContext;
}

/** What a row must give and what it gives: the local due times of all promises in it. */
export function outcome({ text, due, context }: TableRow): { readonly expected: readonly string[]; readonly found: readonly string[] } {
  const expected = due === null ? [] : [due.length < 16 ? `2026-11-${due}` : due];
  return { expected, found: detectPromises(text, context).map((each) => formatLocalDateTime(each.dueLocal)) };
}

/** Rows that share a context, as `[text, due]`. */
export function rowsOf(context: DetectionContext, pairs: readonly (readonly [text: string, due: string | null])[]): readonly TableRow[] {
  return pairs.map(([text, due]) => ({ text, due, context }));
}

export function quoted(text: string, promise: DetectedPromise): string {
  return text.slice(promise.timeFrom, promise.timeTo);
}
