import type { Instant } from '../../time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../time.ts';
import { fact } from './found.ts';
import type { FoundFact } from './found.ts';

/** When the text was written, and what the customer's clock showed then: minutes east of UTC, null where nobody knows. */
export interface Writing {
  readonly at: Instant;
  readonly offsetMinutes: number | null;
}

interface Part {
  readonly from: number;
  readonly to: number;
  /** The date by the customer's calendar, or the date and time; null when it can be read in two ways, or their clock is not known. */
  readonly date: string | null;
  readonly time: string | null;
  /** The clock that the text names. */
  readonly zone?: string | undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;
type Read = (groups: Groups, writing: Writing) => Pick<Part, 'date' | 'time'> | null;

const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const ROMANCE_MONTHS =
  'enero|janeiro|febrero|fevereiro|marzo|março|abril|mayo|maio|junio|junho|julio|julho|agosto|septiembre|setiembre|setembro|octubre|outubro|noviembre|novembro|diciembre|dezembro';
const MONTH_STARTS = [
  ['jan', 'ene'],
  ['feb', 'fev'],
  ['mar'],
  ['apr', 'abr'],
  ['may', 'mai'],
  ['jun'],
  ['jul'],
  ['aug', 'ago'],
  ['sep', 'set'],
  ['oct', 'out'],
  ['nov'],
  ['dec', 'dic', 'dez'],
] as const;

function monthOf(name: string): number {
  const start = name.slice(0, 3).toLowerCase();
  return MONTH_STARTS.findIndex((starts) => starts.some((each) => each === start)) + 1;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

/** A date of the calendar, or null. */
function dateText(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : null;
}

function localMs({ at, offsetMinutes }: Writing): number | null {
  return offsetMinutes === null ? null : at + offsetMinutes * MINUTE_MS;
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The date of a day and month that is nearest to when the text was written, and not in its future. */
function dateWithoutYear(month: number, day: number, { at }: Writing): string | null {
  const year = new Date(at).getUTCFullYear();
  const found = dateText(year, month, day);
  // a day ahead may be tomorrow's date elsewhere
  if (found !== null && Date.parse(found) <= at + DAY_MS) return found;
  return dateText(year - 1, month, day);
}

const daysAgo =
  (days: number): Read =>
  (_groups, writing) => {
    const local = localMs(writing);
    return { date: local === null ? null : dayText(local - days * DAY_MS), time: null };
  };

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  couple: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  half: 0.5,
  un: 1,
  una: 1,
  uma: 1,
  um: 1,
  dos: 2,
  dois: 2,
  duas: 2,
  tres: 3,
  três: 3,
  一: 1,
  两: 2,
  兩: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  半: 0.5,
  한: 1,
  두: 2,
  세: 3,
};
const COUNT = String.raw`(?<count>\d{1,3}|${Object.keys(NUMBER_WORDS)
  .toSorted((one, other) => other.length - one.length)
  .join('|')})`;

function unitMs(unit: string): number {
  if (/^(?:min|分|분)/iu.test(unit)) return MINUTE_MS;
  if (/^(?:h|小时|小時|个小时|個小時|時間|시간)/iu.test(unit)) return HOUR_MS;
  return /^(?:week|semana|周|週|个星期|個星期|星期|주)/iu.test(unit) ? 7 * DAY_MS : DAY_MS;
}

const ago: Read = ({ count = '', unit = '' }, writing) => {
  const local = localMs(writing);
  const number = NUMBER_WORDS[count.toLowerCase()] ?? Number(count);
  if (!Number.isFinite(number)) return null;
  if (local === null) return { date: null, time: null };
  const ms = local - number * unitMs(unit);
  // of days nobody means the minute
  const isExact = unitMs(unit) < DAY_MS;
  return { date: dayText(ms), time: isExact ? new Date(ms).toISOString().slice(11, 16) : null };
};

const WEEKDAYS: readonly string[] = [
  'sunday|domingo|日曜日?|周日|周天|星期日|星期天|週日|일요일',
  'monday|lunes|segunda(?:-feira)?|月曜日?|周一|星期一|週一|월요일',
  'tuesday|martes|terça(?:-feira)?|火曜日?|周二|星期二|週二|화요일',
  'wednesday|miércoles|quarta(?:-feira)?|水曜日?|周三|星期三|週三|수요일',
  'thursday|jueves|quinta(?:-feira)?|木曜日?|周四|星期四|週四|목요일',
  'friday|viernes|sexta(?:-feira)?|金曜日?|周五|星期五|週五|금요일',
  'saturday|sábado|土曜日?|周六|星期六|週六|토요일',
];

/** The last day of this name before the text was written, or the day itself. */
function weekday(index: number): Read {
  return (_groups, writing) => {
    const local = localMs(writing);
    if (local === null) return { date: null, time: null };
    const back = (new Date(local).getUTCDay() - index + 7) % 7;
    return { date: dayText(local - back * DAY_MS), time: null };
  };
}

const twoWays: Read = ({ one = '', other = '', year = '' }) => {
  const [first, second] = [Number(one), Number(other)];
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  const dayFirst = dateText(full, second, first);
  const monthFirst = dateText(full, first, second);
  if (dayFirst === null && monthFirst === null) return null;
  // 03/04 is March to some and April to others
  const isClear = dayFirst === null || monthFirst === null || dayFirst === monthFirst;
  return { date: isClear ? (dayFirst ?? monthFirst) : null, time: null };
};

const yearFirst: Read = ({ year = '', month = '', day = '' }) => {
  const date = dateText(Number(year), Number(month), Number(day));
  return date === null ? null : { date, time: null };
};

const named: Read = ({ year, month = '', day = '' }, writing) => {
  const number = /^\d+$/u.test(month) ? Number(month) : monthOf(month);
  const date = year === undefined ? dateWithoutYear(number, Number(day), writing) : dateText(Number(year), number, Number(day));
  return date === null ? null : { date, time: null };
};

const LEFT = '(?<![a-z0-9à-ÿ])';
const RIGHT = '(?![a-z0-9à-ÿ])';

const MONTH_HINTS = MONTH_STARTS.map(([start]) => start);

/** Of each pattern one of these stands in what it finds, in small letters; looking for them costs next to nothing. */
const DATES: readonly (readonly [hints: readonly string[], pattern: RegExp, read: Read])[] = [
  [['20'], /(?<!\d)(?<year>20\d\d)\s?[-/.年년]\s?(?<month>\d{1,2})\s?[-/.月월]\s?(?<day>\d{1,2})(?:\s?[日号號일])?(?![\d])/gu, yearFirst],
  [['/', '.', '-'], /(?<![\d.,/-])(?<one>\d{1,2})[./-](?<other>\d{1,2})[./-](?<year>20\d\d|\d\d)(?![\d./-])/gu, twoWays],
  [['月', '월'], /(?<!\d)(?<month>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日号號일]/gu, named],
  [
    MONTH_HINTS,
    new RegExp(`${LEFT}(?<month>${MONTHS})\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>20\\d\\d))?(?![\\d:])`, 'giu'),
    named,
  ],
  [
    MONTH_HINTS,
    new RegExp(`${LEFT}(?<day>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<month>${MONTHS})${RIGHT}\\.?(?:,? (?<year>20\\d\\d))?`, 'giu'),
    named,
  ],
  [
    [' de ', 'º de '],
    new RegExp(`${LEFT}(?<day>\\d{1,2})º? de (?<month>${ROMANCE_MONTHS})(?: (?:de|del) (?<year>20\\d\\d))?`, 'giu'),
    named,
  ],
  [
    ['day before', 'ayer', 'anteontem', '前天', 'おととい', '一昨日', '그저께', '그제'],
    new RegExp(
      `${LEFT}the day before yesterday${RIGHT}|${LEFT}(?:anteayer|antes de ayer|anteontem)${RIGHT}|前天|おととい|一昨日|그저께|그제`,
      'giu',
    ),
    daysAgo(2),
  ],
  [
    ['yesterday', 'last night', 'ayer', 'anoche', 'ontem', '昨', 'きのう', '어제', '어젯밤'],
    new RegExp(`${LEFT}(?:yesterday|last night|ayer|anoche|ontem)${RIGHT}|昨天|昨晚|昨夜|昨日|昨晩|きのう|어제|어젯밤`, 'giu'),
    daysAgo(1),
  ],
  [
    [
      'today',
      'tonight',
      'this ',
      'hoy',
      'esta ',
      'hoje',
      'just now',
      'ahora',
      'agora',
      '今',
      '本日',
      '刚',
      '剛',
      'さっき',
      'さきほど',
      '先ほど',
      'たった',
      '오늘',
      '방금',
      '조금',
    ],
    new RegExp(
      `${LEFT}(?:today|tonight|this (?:morning|afternoon|evening)|hoy|esta (?:mañana|tarde|noche)|hoje|esta (?:manhã|noite)|just now|ahora mismo|agora há pouco)${RIGHT}|今天|今早|今晚|今朝|今日|本日|刚才|刚刚|剛才|剛剛|さっき|さきほど|先ほど|たった今|오늘|방금|조금 전`,
      'giu',
    ),
    daysAgo(0),
  ],
  [
    [' ago'],
    new RegExp(
      `${LEFT}${COUNT}(?: of)? (?<unit>minutes?|mins?|hours?|hrs?|h|days?|weeks?) ago${RIGHT}|${LEFT}(?:half )?an hour ago`,
      'giu',
    ),
    ({ count, unit }, writing) => ago({ count: count ?? 'an', unit: unit ?? 'hour' }, writing),
  ],
  [
    ['hace ', 'há ', 'faz '],
    new RegExp(`${LEFT}(?:hace|há|faz)(?: unas?| uns| umas| cerca de)? ${COUNT} (?<unit>minutos?|horas?|d[ií]as?|semanas?)${RIGHT}`, 'giu'),
    ago,
  ],
  [['atrás'], new RegExp(`${LEFT}${COUNT} (?<unit>minutos?|horas?|dias?|semanas?) atrás`, 'giu'), ago],
  [['前'], new RegExp(`${COUNT}\\s?(?<unit>分钟|分鐘|个?小时|個?小時|天|周|週|个星期|個星期)(?:之?前|以前)`, 'gu'), ago],
  [['前'], new RegExp(`${COUNT}\\s?(?<unit>分|時間|日|週間)(?:ほど|くらい|ぐらい)?前`, 'gu'), ago],
  [['전'], new RegExp(`${COUNT}\\s?(?<unit>분|시간|일|주)\\s?전`, 'gu'), ago],
  ...WEEKDAYS.map(
    (names, index) =>
      [
        names.split('|').map((name) => name.slice(0, 4).replace(/[(?].*$/u, '')),
        new RegExp(`${LEFT}(?:(?:on|last|this|el|este|na|no|última?|上)\\s?)?(?:${names})${RIGHT}`, 'giu'),
        weekday(index),
      ] as const,
  ),
];

/** 14:30, 2:30 pm, 2pm, 下午2点半, 午後2時30分, 오후 2시 30분. */
const TIME =
  /(?<![\d:.])(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)(?::[0-5]\d)?(?:\s?(?<half>[ap])\.?m\.?)?(?:\s?\(?(?<zone>(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|[A-Z]{3,4}T(?![a-z])|CES?T|日本時間|北京时间|北京時間))?(?![\d:])|(?<![\d:.,])(?<hour2>1[0-2]|[1-9])\s?(?<half2>[ap])\.?m(?![a-z])|(?<part>凌晨|早上|上午|中午|下午|傍晚|晚上|午前|午後|夜|오전|오후|밤|새벽)?\s?(?<hour3>[01]?\d|2[0-3])\s?(?:点|點|時(?!間)|시(?!간))\s?(?:(?<minute3>[0-5]?\d)\s?(?:分|분)?|(?<halfPast>半|반))?(?![\d前])/giu;

function timeOf(groups: Groups): string | null {
  const { hour, minute, half, hour2, half2, part, hour3, minute3, halfPast } = groups;
  const written = Number(hour ?? hour2 ?? hour3);
  const half12 = (half ?? half2 ?? '').toLowerCase();
  const isLate = half12 === 'p' || /下午|傍晚|晚上|午後|夜|오후|밤/u.test(part ?? '') || (part === '中午' && written < 3);
  const isEarly = half12 === 'a' || /凌晨|早上|上午|午前|오전|새벽/u.test(part ?? '');
  if (!Number.isFinite(written)) return null;
  const hours = isLate && written < 12 ? written + 12 : isEarly && written === 12 ? 0 : written;
  const minutes = halfPast === undefined ? Number(minute ?? minute3 ?? 0) : 30;
  return `${pad(hours)}:${pad(minutes)}`;
}

/** A date and a time so far apart belong to different things. */
const NEAR = 40;

/** When it happened: the first date that a text names, with the time beside it; else a time. */
export function timesIn(text: string, writing: Writing): readonly FoundFact[] {
  const lower = text.toLowerCase();
  const dates = DATES.filter(([hints]) => hints.some((hint) => lower.includes(hint)))
    .flatMap(([, pattern, read]) =>
      [...text.matchAll(pattern)].flatMap((match): readonly Part[] => {
        const found = read(match.groups ?? {}, writing);
        return found === null ? [] : [{ from: match.index, to: match.index + match[0].length, ...found }];
      }),
    )
    .toSorted((one, other) => one.from - other.from || other.to - one.to);
  const times = [...text.matchAll(TIME)].flatMap((match): readonly Part[] => {
    const time = timeOf(match.groups ?? {});
    const zone = match.groups?.['zone'];
    return time === null ? [] : [{ from: match.index, to: match.index + match[0].length, date: null, time, zone }];
  });
  // a date is told more exactly by its numbers than by "today"
  const [date] = dates;
  if (date === undefined) return times.slice(0, 1).flatMap(({ from, to }) => fact('when', text.slice(from, to)));
  const time = times.find(({ from, to }) => to >= date.from - NEAR && from <= date.to + NEAR && (to <= date.from || from >= date.to));
  const parts = time === undefined ? [date] : [date, time].toSorted((one, other) => one.from - other.from);
  const said = parts.map(({ from, to }) => text.slice(from, to).trim()).join(' ');
  if (date.date === null) return fact('when', said);
  const at = time?.time ?? date.time;
  const zone = time?.zone === undefined ? '' : ` ${time.zone}`;
  return fact('when', said, at === null ? date.date : `${date.date} ${at}${zone}`);
}
