import { SECOND_MS, instant } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { formatLocalDate, localOfWall, parseLocalDateTime, wallOf } from '../../src/shared/domain/time/local-time.ts';
import { asText } from './fields.ts';

/** Reads `YYYY-MM-DDTHH:MM:SSZ`. */
export function readInstant(value: unknown, what: string): Instant {
  const text = asText(value, what);
  const local = text.endsWith('Z') ? parseLocalDateTime(text.slice(0, -1)) : null;
  if (local === null) throw new TypeError(`${what} is no instant: ${text}`);
  return instant(wallOf(local));
}

export function readInstantOrNull(value: unknown, what: string): Instant | null {
  return value === null ? null : readInstant(value, what);
}

/** Writes `YYYY-MM-DDTHH:MM:SSZ`, with milliseconds when there are any: a difference must not hide in them. */
export function writeInstant(at: Instant | null): string {
  if (at === null) return 'null';
  const local = localOfWall(at);
  const time = [local.hour, local.minute, local.second].map((part) => String(part).padStart(2, '0')).join(':');
  const rest = ((at % SECOND_MS) + SECOND_MS) % SECOND_MS;
  return `${formatLocalDate(local)}T${time}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}Z`;
}
