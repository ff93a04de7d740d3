import { RRuleTemporal } from 'rrule-temporal';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { DAY_MS, instant } from '../../../shared/domain/time.ts';
import { parseLocalDate, parseLocalDateTime, wallOf } from '../../../shared/domain/time/local-time.ts';
import type { Wall } from '../../../shared/domain/time/local-time.ts';
import { utcText } from './ics-text.ts';
import { recordOf } from './jcal.ts';

export type RuleProblem = 'rule-unsupported' | 'rule-too-long';

const FREQUENCIES: readonly unknown[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
/** jCal of our parser counts the days of a week from Sunday, 1. */
const WEEK_STARTS: readonly string[] = ['', 'SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const PARTS: readonly string[] = ['freq', 'interval', 'count', 'until', 'wkst', 'byday', 'bymonthday', 'bymonth', 'bysetpos'];

/**
 * The wall times of a repetition (RFC 5545, 3.8.5.3) within `[from, to]`, in order. It runs on the wall, where no hour
 * is skipped or repeated: which instants they are is the clock's matter. So none is lost in a night in which the clocks
 * change, as would be by the letter of 3.3.10. The first is always `start`, and counts as one.
 * @param value the rule as jCal has it
 * @param wallOfUntil what the clock on the wall shows at the instant that UNTIL names
 */
export function expandRule(
  value: unknown,
  start: Wall,
  window: { readonly from: Wall; readonly to: Wall },
  wallOfUntil: (until: number) => Wall,
): Result<readonly Wall[], RuleProblem> {
  const rule = recordOf(value);
  if (!isSupported(rule)) return fail('rule-unsupported');
  const until = lastWall(rule['until'], wallOfUntil);
  if (until === null) return fail('rule-unsupported');
  const to = Math.min(window.to, until);
  if (to < window.from || start > to) return ok([]);
  const text = Object.entries(rule)
    .filter(([name]) => name !== 'until')
    .map(
      ([name, part]) => `${name.toUpperCase()}=${typeof part === 'number' && name === 'wkst' ? (WEEK_STARTS[part] ?? '') : String(part)}`,
    )
    .join(';');
  try {
    // the wall is taken for UTC: a clock that never changes
    const expanded = new RRuleTemporal({ rruleString: `DTSTART:${utcText(instant(start))}\nRRULE:${text}`, includeDtstart: true });
    return ok(expanded.between(new Date(window.from), new Date(to), true).map((each) => each.epochMilliseconds));
  } catch (error) {
    return fail(error instanceof Error && error.message.startsWith('Maximum') ? 'rule-too-long' : 'rule-unsupported');
  }
}

function isSupported(rule: Readonly<Record<string, unknown>>): boolean {
  const isKnown = Object.keys(rule).every((part) => PARTS.includes(part)) && FREQUENCIES.includes(rule['freq']);
  // every Monday of a year is a weekly rule; nobody means the twentieth Monday
  return isKnown && !(rule['freq'] === 'YEARLY' && 'byday' in rule && !('bymonth' in rule));
}

/** The last wall time that UNTIL allows; null when it can not be read. */
function lastWall(until: unknown, wallOfUntil: (until: number) => Wall): Wall | null {
  if (until === undefined) return Number.POSITIVE_INFINITY;
  if (typeof until !== 'string') return null;
  const date = parseLocalDate(until);
  if (date !== null) return wallOf(date) + DAY_MS - 1;
  const isUtc = until.endsWith('Z');
  const local = parseLocalDateTime(isUtc ? until.slice(0, -1) : until);
  if (local === null) return null;
  return isUtc ? wallOfUntil(wallOf(local)) : wallOf(local);
}
