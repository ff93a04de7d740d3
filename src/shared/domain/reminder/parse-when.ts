import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '../time.ts';
import type { Instant } from '../time.ts';
import { addDays, isLocalDate, WEEKDAYS, weekdayOf } from '../time/local-time.ts';
import type { LocalDate } from '../time/local-time.ts';
import type { WallKind } from '../time/zone-offsets.ts';
import { MORNING_HOUR } from './clock-face.ts';
import type { ClockFace } from './clock-face.ts';

/** A time that was typed freely. */
export interface TypedTime {
  readonly at: Instant;
  /** Whether the clock shows that time exactly once; of two the first is meant, a skipped one is moved forward. */
  readonly kind: WallKind;
  /** What was typed behind it. */
  readonly rest: string;
}

/** Nothing is put off for longer: two years. */
export const LONGEST_AHEAD_MS = 731 * DAY_MS;

/**
 * Reads a time as people type it, in English or Chinese: `90m`, `3h`, `in 2 days`, `fri 9`, `tomorrow 14:30`, `9am`, `next mon`, `dec 24`,
 * `2026-12-24 9:00`, `半小时`, `3小时后`, `明天 9点`, `下周一`, `周五下午3点`. A day alone is its morning at nine, a time alone the next one of
 * that clock, a weekday the coming one, and `next` and 下周 the week that begins on the coming Monday. A number alone is neither. Null when it
 * is no time, lies less than a minute ahead, or further than two years.
 * @param face the clock that days and times are read on
 */
export function parseWhen(text: string, now: Instant, face: ClockFace): TypedTime | null {
  const typed = inFull(text.normalize('NFKC').trim().slice(0, 500));
  const found = readDuration(typed, now) ?? readWall(typed, now, face);
  if (found === null || found.at < now + MINUTE_MS || found.at > now + LONGEST_AHEAD_MS) return null;
  return found;
}

/** A day and a part of it that are said in one word; an hour of the night is one after noon, and twelve is not today any more. */
function inFull(typed: string): string {
  return typed
    .replace(/^tonight(?:\s+at|\s*@)?\s+(\d{1,2})(:\d{2})?(?![\d:a-z])(?!\s*[ap]\.?m)/iu, (_, hour: string, minute = '') =>
      Number(hour) > 12 ? `today ${hour}${String(minute)}` : `today ${hour}${String(minute)}${Number(hour) === 12 ? 'am' : 'pm'}`,
    )
    .replace(/^tonight(?=\s+(?:at\s+|@\s*)?\d)/iu, 'today')
    .replace(/^tonight(?![a-z0-9])/iu, 'today evening')
    .replace(/^this\s+(?=(?:morning|afternoon|evening)(?![a-z]))/iu, 'today ')
    .replace(/^([今明])([早晚])上?/u, '$1天$2上');
}

interface Read<Value> {
  readonly value: Value;
  readonly rest: string;
}

const DIGITS = '一二三四五六七八九十';
const CJK_NUMBER = `[${DIGITS}两半]|\\d+(?:[.]\\d+)?`;
const UNIT_MS: readonly (readonly [RegExp, number])[] = [
  [/^(?:minutes?|mins?|m|分钟?)$/u, MINUTE_MS],
  [/^(?:hours?|hrs?|h|个?小时|个?钟头)$/u, HOUR_MS],
  [/^(?:days?|d|天|日)$/u, DAY_MS],
  [/^(?:weeks?|wks?|w|周|个?星期|个?礼拜)$/u, 7 * DAY_MS],
];
const PART = new RegExp(
  `^(${CJK_NUMBER})\\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|分钟?|个?小时|个?钟头|天|日|周|个?星期|个?礼拜)(?![a-z0-9])`,
  'iu',
);
/** Parts that follow each other without a space: `1h30m`. */
const JOINED_PART = /^(\d+(?:[.]\d+)?)(h|d|w)(?=\d)/iu;

function readDuration(typed: string, now: Instant): TypedTime | null {
  let rest = typed.replace(/^in\s+/iu, '');
  let sum = 0;
  let isRead = false;
  for (let parts = 0; parts < 4; parts += 1) {
    const found = JOINED_PART.exec(rest) ?? PART.exec(rest);
    if (found === null) break;
    const ms = UNIT_MS.find(([unit]) => unit.test((found[2] ?? '').toLowerCase()))?.[1] ?? 0;
    sum += numberOf(found[1] ?? '') * ms;
    rest = rest.slice(found[0].length);
    isRead = true;
    // the next part may follow after a space
    if (PART.test(rest.trimStart()) || JOINED_PART.test(rest.trimStart())) rest = rest.trimStart();
  }
  if (!isRead) return null;
  const at = after(now, Math.round(sum / MINUTE_MS) * MINUTE_MS);
  return { at, kind: 'unique', rest: tail(rest.replace(/^(?:之后|以后|后)/u, '').replace(/^\s*(?:later|from now)(?![a-z])/iu, '')) };
}

function numberOf(text: string): number {
  if (text === '半') return 0.5;
  if (text === '两') return 2;
  const place = DIGITS.indexOf(text);
  return text !== '' && place >= 0 ? place + 1 : Number(text);
}

function readWall(typed: string, now: Instant, face: ClockFace): TypedTime | null {
  const today = face.local(now);
  const first = readDay(typed, today);
  const time = readTime(first?.rest ?? typed, first !== null);
  // the day may stand behind the time: "9am tomorrow"
  const second = first === null && time !== null ? readDay(time.rest, today) : null;
  const day = first ?? second;
  if (day === null && time === null) return null;
  const clockTime = time?.value ?? { hour: MORNING_HOUR, minute: 0 };
  const rest = tail((second ?? time ?? day)?.rest ?? '');
  // a number behind the day that is no time is no note, either
  if (time === null && /^\d/u.test(rest)) return null;
  const at = (date: LocalDate): TypedTime => {
    const { instant, kind } = face.resolve({ year: date.year, month: date.month, day: date.day, ...clockTime, second: 0 });
    return { at: instant, kind, rest };
  };
  if (day === null) {
    const next = at(today);
    return next.at >= now + MINUTE_MS ? next : at(addDays(today, 1));
  }
  const found = at(day.value.date);
  // "friday" on a Friday whose morning is over is the next one
  return day.value.isWeekday && found.at < now + MINUTE_MS ? at(addDays(day.value.date, 7)) : found;
}

interface Day {
  readonly date: LocalDate;
  readonly isWeekday: boolean;
}

const EN_DAYS = '(mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const EN_MONTHS = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const EN_YEAR = '(?:,?\\s+20\\d{2}(?![\\d:]))?';
const RELATIVE: readonly (readonly [RegExp, number])[] = [
  [/^(?:today|tod)(?![a-z0-9])/iu, 0],
  [/^(?:tomorrow|tmrw?|tom)(?![a-z0-9])/iu, 1],
  [/^(?:今天|今日)/u, 0],
  [/^(?:明天|明日|明早)/u, 1],
  [/^大后天/u, 3],
  [/^后天/u, 2],
];

function readDay(typed: string, today: LocalDate): Read<Day> | null {
  const text = typed.replace(/^(?:[\s,，]*(?:on|at|@)\s+|[\s,，]+)/iu, '');
  for (const [pattern, days] of RELATIVE) {
    const found = pattern.exec(text);
    if (found !== null) return { value: { date: addDays(today, days), isWeekday: false }, rest: text.slice(found[0].length) };
  }
  return readWeekday(text, today) ?? readDate(text, today);
}

function readWeekday(text: string, today: LocalDate): Read<Day> | null {
  const week = /^(?:next\s+week|下周|下星期|下个星期)(?![a-z0-9一二三四五六日天])/iu.exec(text);
  const here = WEEKDAYS.indexOf(weekdayOf(today));
  if (week !== null) return { value: { date: addDays(today, 7 - here), isWeekday: false }, rest: text.slice(week[0].length) };
  const found =
    new RegExp(`^(next\\s+)?${EN_DAYS}(?![a-z0-9])`, 'iu').exec(text) ??
    /^(下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])/u.exec(text);
  if (found === null) return null;
  const name = found[2] ?? '';
  const chinese = '一二三四五六日'.indexOf(name === '天' ? '日' : name);
  const wanted = chinese >= 0 ? chinese : WEEKDAYS.findIndex((each) => name.toLowerCase().startsWith(each));
  const prefix = found[1] ?? '';
  const rest = text.slice(found[0].length);
  if (/^(?:next|下)/iu.test(prefix)) return { value: { date: addDays(today, 7 - here + wanted), isWeekday: false }, rest };
  if (prefix !== '') return { value: { date: addDays(today, wanted - here), isWeekday: false }, rest };
  return { value: { date: addDays(today, (wanted - here + 7) % 7), isWeekday: true }, rest };
}

function readDate(text: string, today: LocalDate): Read<Day> | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:t(?=\d)|(?!\d))/iu.exec(text);
  if (iso !== null) return dateRead(text, iso[0], Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const chinese = /^(?:20\d{2}年)?(\d{1,2})月(\d{1,2})[日号]?/u.exec(text);
  const monthFirst = new RegExp(`^${EN_MONTHS}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![a-z0-9:])${EN_YEAR}`, 'iu').exec(text);
  const dayFirst = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?\\s+${EN_MONTHS}(?![a-z])${EN_YEAR}`, 'iu').exec(text);
  const found = chinese ?? monthFirst ?? dayFirst;
  if (found === null) return null;
  const [first = '', second = ''] = found.slice(1);
  const [month, day] =
    chinese !== null
      ? [Number(first), Number(second)]
      : monthFirst !== null
        ? [MONTHS.indexOf(first.toLowerCase()) + 1, Number(second)]
        : [MONTHS.indexOf(second.toLowerCase()) + 1, Number(first)];
  // a date without a year is the coming one
  const isOver = month < today.month || (month === today.month && day < today.day);
  const year = /^20\d{2}(?=年)|20\d{2}$/u.exec(found[0])?.[0];
  return dateRead(text, found[0], year === undefined ? today.year + (isOver ? 1 : 0) : Number(year), month, day);
}

function dateRead(text: string, taken: string, year: number, month: number, day: number): Read<Day> | null {
  const date = { year, month, day };
  return isLocalDate(date) ? { value: { date, isWeekday: false }, rest: text.slice(taken.length) } : null;
}

interface ClockTime {
  readonly hour: number;
  readonly minute: number;
}

const NAMED: readonly (readonly [RegExp, number])[] = [
  [/^(?:noon|midday)(?![a-z])/iu, 12],
  [/^morning(?![a-z])/iu, MORNING_HOUR],
  [/^afternoon(?![a-z])/iu, 14],
  [/^evening(?![a-z])/iu, 18],
  [/^(?:早上|上午|早晨)(?!\s*[\d一二两三四五六七八九十])/u, MORNING_HOUR],
  [/^中午(?!\s*[\d一二两三四五六七八九十])/u, 12],
  [/^下午(?!\s*[\d一二两三四五六七八九十])/u, 14],
  [/^晚上(?!\s*[\d一二两三四五六七八九十])/u, 18],
];
const CHINESE_TIME =
  /^(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)?\s*(\d{1,2}|十[一二]?|[一二两三四五六七八九])(?:点|时)(?:(半)|(\d{1,2})分?)?/u;
const PART_TIME = /^(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)\s*(\d{1,2})(?::([0-5]\d))?(?![\d月.])/u;
const PLAIN_TIME = /^(\d{1,2})(?::([0-5]\d))?\s*(am|pm|a\.m\.|p\.m\.)?(?!:?\d|[a-z月号日.])/iu;

/** @param isAfterDay a bare number is a time only behind a day */
function readTime(typed: string, isAfterDay: boolean): Read<ClockTime> | null {
  const text = typed.replace(/^(?:[\s,，]*(?:at|@)\s+|[\s,，]+|的)/iu, '');
  for (const [pattern, hour] of NAMED) {
    const found = pattern.exec(text);
    if (found !== null) return { value: { hour, minute: 0 }, rest: text.slice(found[0].length) };
  }
  const chinese = CHINESE_TIME.exec(text) ?? PART_TIME.exec(text);
  if (chinese !== null) {
    const minute = chinese[3] === '半' ? 30 : Number(chinese[4] ?? chinese[3] ?? 0);
    return timeRead(text, chinese[0], partHour(chinese[1], chineseHour(chinese[2] ?? '')), minute);
  }
  const plain = PLAIN_TIME.exec(text);
  if (plain === null || (plain[2] === undefined && plain[3] === undefined && !isAfterDay)) return null;
  const hour = Number(plain[1]);
  const half = (plain[3] ?? '').toLowerCase().replaceAll('.', '');
  if (half !== '' && (hour < 1 || hour > 12)) return null;
  return timeRead(text, plain[0], half === '' ? hour : (hour % 12) + (half === 'pm' ? 12 : 0), Number(plain[2] ?? 0));
}

function timeRead(text: string, taken: string, hour: number, minute: number): Read<ClockTime> | null {
  return hour > 23 || minute > 59 ? null : { value: { hour, minute }, rest: text.slice(taken.length) };
}

function chineseHour(text: string): number {
  if (/^\d/u.test(text)) return Number(text);
  return text.length === 2 ? 10 + numberOf(text.slice(1)) : numberOf(text);
}

function partHour(part: string | undefined, hour: number): number {
  if (hour > 12) return hour;
  switch (part) {
    case '下午':
    case '傍晚':
      return (hour % 12) + 12;
    case '晚上':
      return hour === 12 ? 0 : hour + 12;
    case '中午':
      return hour < 4 ? hour + 12 : hour;
    case '凌晨':
      return hour % 12;
    default:
      return hour;
  }
}

/** What stands behind a time, without what only parts the two. */
function tail(rest: string): string {
  return rest.replace(/^[\s,，;；:：、-]+/u, '').trim();
}
