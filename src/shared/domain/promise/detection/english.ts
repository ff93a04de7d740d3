import { WEEKDAYS } from '../../time/local-time.ts';
import type { AtomRule, AtomValue } from './atoms.ts';
import type { Grammar } from './grammar.ts';
import { clockOf, dateOf, dayOf, inDays, lengthOf, slashDate } from './read-clock.ts';
import { ABBREVIATION_RULES, placeAtEnd } from './stated-zone.ts';
import type { DayPart, DayReference, LengthUnit } from './when.ts';

const MONTHS =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';
const MONTH_STARTS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri';
const NUMBER =
  '\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|sixty|twenty-four|forty-eight';
const UNIT = 'minutes?|mins?|hours?|hrs?|h|(?:business|working|office) hours?|days?|(?:business|working) days?|weekdays?|weeks?';
const HOUR = '(?<![\\d$€£¥.:,/v-])(\\d{1,2})';

function unitOf(word: string): LengthUnit {
  if (/^(?:business|working|office) h/u.test(word)) return 'business-hour';
  if (/^(?:business|working|weekday)/u.test(word)) return 'business-day';
  if (word.startsWith('min')) return 'minute';
  return word.startsWith('h') ? 'hour' : word.startsWith('w') ? 'week' : 'day';
}

function weekday(word: string, week: 'coming' | 'this' | 'next' | 'either'): AtomValue | null {
  const day = WEEKDAYS.find((each) => word.startsWith(each));
  return day === undefined ? null : dayOf({ kind: 'weekday', weekday: day, week });
}

function monthOf(word: string): number {
  return MONTH_STARTS.indexOf(word.slice(0, 3)) + 1;
}

/** A rule for fixed words. */
function fixed(words: string, value: AtomValue): AtomRule {
  return { pattern: new RegExp(`\\b(?:${words})\\b`, 'gu'), read: () => value };
}

function part(words: string, name: DayPart): AtomRule {
  return fixed(words, { kind: 'part', part: name });
}

const week = (weeks: number, point: 'start' | 'early' | 'end' | 'weekend'): DayReference => ({ kind: 'week', weeks, point });

const rules: readonly AtomRule[] = [
  fixed('by|no later than|not later than|at the latest by|latest by|on or before|at the latest', { kind: 'limit', isBefore: false }),
  fixed('before|prior to|ahead of', { kind: 'limit', isBefore: true }),
  fixed('(?:later )?today', inDays(0)),
  fixed('tonight', inDays(0, 'night')),
  fixed('this morning', inDays(0, 'morning')),
  fixed('this afternoon', inDays(0, 'afternoon')),
  fixed('this evening', inDays(0, 'evening')),
  fixed('tomorrow', inDays(1)),
  fixed('(?:first thing|early) tomorrow(?: morning)?|tomorrow first thing|first thing in the morning', inDays(1, 'early')),
  fixed('the day after tomorrow', inDays(2)),
  {
    pattern: new RegExp(`\\b(?:(this|next|this coming) )?(${DAYS})\\b(?! week)`, 'gu'),
    read: ([, which, day = '']) => weekday(day, which === 'next' ? 'either' : 'coming'),
  },
  { pattern: new RegExp(`\\b(${DAYS})(?: of)? next week\\b`, 'gu'), read: ([, day = '']) => weekday(day, 'next') },
  fixed('(?:the )?end of (?:the|this) week|(?:later )?this week', dayOf(week(0, 'end'))),
  fixed('(?:the )?end of next week|next week', dayOf(week(1, 'end'))),
  fixed('early next week|(?:the )?(?:beginning|start) of next week', dayOf(week(1, 'early'))),
  fixed('(?:the|this|over the) weekend', dayOf(week(0, 'weekend'))),
  fixed('(?:the )?end of (?:the|this) month|this month', dayOf({ kind: 'month', months: 0 })),
  fixed('(?:the )?end of next month', dayOf({ kind: 'month', months: 1 })),
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/gu, read: ([, year, month = '', day = '']) => dateOf(year, Number(month), day) },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${MONTHS})\\b\\.?(?:,? (20\\d\\d)\\b)?`, 'gu'),
    read: ([, day = '', month = '', year]) => dateOf(year, monthOf(month), day),
  },
  {
    pattern: new RegExp(`\\b(${MONTHS})\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,? (20\\d\\d)\\b)?`, 'gu'),
    read: ([, month = '', day = '', year]) => dateOf(year, monthOf(month), day),
  },
  {
    pattern: /(?<![\d/.])(\d{1,2})\/(\d{1,2})(?:\/((?:20)?\d\d))?(?![\d/])/gu,
    read: ([, a = '', b = '', year]) => slashDate(a, b, year, null),
  },
  { pattern: /\bthe (\d{1,2})(?:st|nd|rd|th)\b/gu, read: ([, day]) => dayOf({ kind: 'day-of-month', day: Number(day) }) },
  part('(?:in the )?morning', 'morning'),
  part('first thing', 'early'),
  part('noon|midday|lunch(?:time)?', 'noon'),
  part('(?:in the )?afternoon', 'afternoon'),
  part('(?:in the )?evening', 'evening'),
  part('at night|night', 'night'),
  part('(?:the )?(?:end|close) of (?:the |our |your )?(?:(?:business|working) )?(?:day|business)|eod|eob|cob', 'workday'),
  fixed('midnight', { kind: 'clock', clock: { hour: 24, minute: 0, half: '24' } }),
  {
    pattern: new RegExp(`${HOUR}(?:[:.]([0-5]\\d))? ?([ap])\\.?m\\b\\.?`, 'gu'),
    read: ([, hour = '', minute, half]) => clockOf(hour, minute, half === 'a' ? 'am' : 'pm'),
  },
  {
    pattern: new RegExp(`${HOUR}[:h]([0-5]\\d)(?![\\d:%])(?: ?(?:hrs?|hours|h)\\b)?`, 'gu'),
    read: ([, hour = '', minute]) => clockOf(hour, minute, null),
  },
  { pattern: new RegExp(`${HOUR}\\.([0-5]\\d) ?(?:hrs?|hours|h)\\b`, 'gu'), read: ([, hour = '', minute]) => clockOf(hour, minute, null) },
  { pattern: new RegExp(`${HOUR} ?o'clock\\b`, 'gu'), read: ([, hour = '']) => clockOf(hour, undefined, null) },
  {
    pattern: new RegExp(`${HOUR}(?= (?:(?:your|our|my|local) |[a-z]{2,12} )time\\b)`, 'gu'),
    read: ([, hour = '']) => clockOf(hour, undefined, null),
  },
  {
    pattern: /(?<![\d$€£¥.:,/v-])([01]\d|2[0-3])([0-5]\d)(?: ?(?:hrs?|hours)\b|(?= ?(?:utc|gmt)\b))/gu,
    read: ([, hour = '', minute]) => clockOf(hour, minute, null),
  },
  {
    pattern: new RegExp(
      `\\b(?:within|inside|in|over|no later than|not later than|at most|in (?:less|no more|not more) than|in under|in at most)(?: (?:about|around|approximately|roughly|at most|just|only|max|a maximum of))?(?: the)?(?: (?:next|coming|following))? (${NUMBER})(?: ?(?:-|–|to|or) ?(${NUMBER}))?[ -]?(${UNIT})\\b`,
      'gu',
    ),
    read: ([, amount = '', upper, unit = '']) => lengthOf(amount, upper, unitOf(unit)),
  },
  {
    pattern: new RegExp(`\\b(${NUMBER}) (${UNIT}) from now\\b`, 'gu'),
    read: ([, amount = '', unit = '']) => lengthOf(amount, undefined, unitOf(unit)),
  },
  {
    pattern: /\b(?:within|in)(?: about)? (half an|an?|the|the next) hour\b/gu,
    read: ([, amount]) => (amount === 'half an' ? lengthOf('30', undefined, 'minute') : lengthOf('1', undefined, 'hour')),
  },
  {
    pattern: new RegExp(`\\b(?:within|in) (?:the next |a )couple of (${UNIT})\\b`, 'gu'),
    read: ([, unit = '']) => lengthOf('2', undefined, unitOf(unit), true),
  },
  fixed('(?:in )?your (?:local )?time ?zone|your (?:local |own )?time|(?:your )?local time|where you are', {
    kind: 'zone',
    zone: { kind: 'customer' },
  }),
  fixed('our (?:local )?time|my (?:local )?time', { kind: 'zone', zone: { kind: 'writer' } }),
  {
    pattern: /\b([a-z]{2,20}(?: [a-z]{2,20}){0,2}) (?:standard |daylight |summer )?time\b/gu,
    read: ([whole, words = '']) => {
      const place = placeAtEnd(words);
      return place === null ? null : { kind: 'zone', zone: place.zone, skip: place.begin, take: whole.length - place.begin };
    },
  },
  ...ABBREVIATION_RULES,
];

const DONE =
  'answered|replied|contacted|informed|notified|updated|reviewed|checked|confirmed|released|refunded|resolved|fixed|completed|processed|credited|sent|restored|unlocked|finished|done|called|investigated|finalised|finalized|sorted|in touch|back|with you|ready';
const ACT =
  'reply|respond|answer|get back|come back|be back|follow up|update|contact|reach out|call|ring|phone|write|email|message|let you know|inform|notify|confirm|send|share|check|look into|look at|investigate|review|release|refund|resolve|fix|solve|complete|finish|process|credit|restore|unlock|provide|deliver|escalate|prepare|report|return|have|be in touch|get in touch|hear|receive|see|get|know|do|take care|handle|sort';

export const english: Grammar = {
  language: 'en',
  reads: (text) => /[a-z]{2}/u.test(text),
  prepare: (text) => text,
  mentions:
    /\d|\b(?:to(?:day|night|morrow)|morning|(?:mid|after)?noon|midday|lunch|evening|night|midnight|mon|tue|wed|thu|fri|sat|sun|week|month|day|hour|minute|eod|eob|cob|close of business)/u,
  rules,
  glue: /^[\s,()]{0,3}(?:(?:at|on|in|the|around|about|of|is)[\s,]{1,2}){0,3}$/u,
  range: /^ ?(?:-|–|—|to|and|or) ?$/u,
  voice: {
    governs: 'before',
    ours: new RegExp(
      [
        "(?<!\\byou )\\b(?:will|shall)\\b|(?<!\\byou)'ll\\b|\\bgoing to\\b",
        "you(?:'ll| will| should| can expect to) (?:hear|receive|get|see|have (?:an?|our|my|the|it|your)|be (?:contacted|informed|notified|refunded|updated|credited))",
        '\\b(?:we|i) (?:hereby |can |do )?(?:promise|guarantee|commit|aim|hope|plan|expect|intend|try|should|can)\\b',
        "\\bi'm (?:calling|writing|sending|sharing|replying|updating)\\b|\\bwe're (?:calling|sending|replying)\\b",
        '\\blet me (?!know)',
        "\\b(?:we|i)(?:'d| would) (?:hope|expect|aim)\\b",
        '\\bexpect (?:to hear|an?|our|my|the) ?(?:back|from|reply|answer|update|response|call|refund|result)\\b',
        '\\byou (?:can|may|should) expect\\b',
        '(?:^|[,.:!–-] )(?:back (?:to you|with)|next update|update)\\b',
      ].join('|'),
      'gu',
    ),
    others: new RegExp(
      [
        '\\bplease\\b(?! (?:be (?:assured|patient)|rest assured|note|know|expect|allow|bear with))',
        '\\byou (?:need|have to|must|should(?! (?:hear|receive|get|have|expect|see))|can(?! expect)|could|may(?! expect)|want|would|are (?:required|asked)|send|reply|confirm)\\b',
        "\\byou(?:'ll| will) (?!hear|receive|get|see|have (?:an?|our|my|the|it|your)|be (?:contacted|informed|notified|refunded|updated|credited))",
        '\\b(?:could|can|would|will|do|did|are|have) you\\b',
        "(?:'ll|will|do|just|still|also) (?:also )?(?:need|require|ask)\\b|\\bi need\\b|\\bwe need\\b",
        '(?:^|[-–:] |\\bjust |\\bkindly |\\bsimply |\\band )(?:send|reply|confirm|submit|upload|return|provide|complete|sign) (?!you\\b)',
        '\\b(?:expires?|expired|expiry|valid|deadline|promotion|cut-?off)\\b',
        '\\b(?:your|the) (?:bank|provider|carrier|courier|issuer|exchange|card (?:issuer|company)|merchant|court|post|sender|network|market)(?: team| support)?(?: (?:will|should|usually))?\\b',
        '\\b(?:customers|users|clients) (?:must|should|have to|need to|will)\\b',
      ].join('|'),
      'gu',
    ),
    breaks: /\b(?:and|but|so|which|because)\b/u,
    action: new RegExp(
      `\\b(?:${ACT}|${DONE}|news|response|result|callback|reach|back|calling|writing|sending|sharing|replying|updating|replies|answers|responds|reads|reviews|handles|takes)\\b`,
      'u',
    ),
    hedges:
      /\b(?:aim|hope|hoping|try|trying|should|expect|expected|estimate[ds]?|plan|intend|may|might|could|can|probably|likely|usually|typically|normally|generally|ideally|possibly|around|roughly|approximately)\b/u,
    question: /\?$/u,
    conditions:
      /\b(?:if|once|unless|whether|provided|assuming|in case|should you|as long as|subject to|upon|so (?:that )?we can|in order (?:to|that)|as soon as (?:you|we (?:receive|get|have|hear)|i (?:receive|get|have|hear))|(?:when|after) (?:you|we (?:receive|get|have|hear)|receiving|receipt))\b|(?<!\bas (?:i|we) )\b(?:said|told (?:you|us|me)|promised (?:you|us|me|that|to)|(?:was|were) told|claimed|assured (?:you|us|me))\b/u,
    blockedBefore:
      /\b(?:until|till|since|after|from|for|last|past|previous|every|each|not before|than|already|not|until the|since the|after the|from the)[\s,(]{1,2}$/u,
    blockedAfter:
      /^[\s,]{0,2}(?:if|once|unless|provided|assuming|of (?:receiving|receipt|your|our|us|getting)|after|following|upon|as soon as|when (?:you|we (?:receive|get))|ago|earlier|old)\b/u,
    never:
      /\b(?:won't|will not|cannot|can't|unable to|not be able|(?:be|are|is|'m|'re) (?:closed|away|out of (?:the )?office|offline|unavailable|on (?:holiday|leave)|not available))\b/u,
  },
};
