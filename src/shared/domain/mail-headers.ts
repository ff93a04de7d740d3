/** Rules about mail headers that need no bytes: Message-IDs, dates, subjects. Sources: RFC 5322, RFC 2822 section 4 (obsolete forms). */

/** Longest identifier kept; RFC 5322 limits a line to 998 characters. */
const MESSAGE_ID_LENGTH = 998;

/**
 * A Message-ID without angle brackets, white space and control characters, or null when nothing is left.
 * Case is kept: the left part is case-sensitive.
 */
export function normaliseMessageId(value: string): string | null {
  const open = value.indexOf('<');
  const close = open < 0 ? -1 : value.indexOf('>', open + 1);
  const inner = close > open ? value.slice(open + 1, close) : value.replace(/[<>]/gu, '');
  const clean = inner.replace(/[\s\u0000-\u001f\u007f]+/gu, '').slice(0, MESSAGE_ID_LENGTH);
  return clean === '' ? null : clean;
}

/** All Message-IDs of an In-Reply-To or References value in order, without duplicates. Prose around them is ignored. */
export function parseMessageIds(value: string): string[] {
  const found = new Set<string>();
  let position = 0;
  let sawBrackets = false;
  for (;;) {
    const open = value.indexOf('<', position);
    if (open < 0) break;
    const close = value.indexOf('>', open + 1);
    if (close < 0) break;
    sawBrackets = true;
    // `<a <b@c>`: an identifier begins at the last opening bracket
    const id = normaliseMessageId(value.slice(value.lastIndexOf('<', close), close + 1));
    if (id !== null) found.add(id);
    position = close + 1;
  }
  if (!sawBrackets) {
    for (const word of value.split(/[\s,;]+/u)) {
      if (!word.includes('@')) continue;
      const id = normaliseMessageId(word);
      if (id !== null) found.add(id);
    }
  }
  return [...found];
}

/** At most `limit` identifiers: the first one, which names the thread, and the most recent ones. */
export function capReferences(ids: readonly string[], limit: number): string[] {
  const first = ids[0];
  if (ids.length <= limit || first === undefined) return [...ids];
  return limit <= 1 ? [first].slice(0, limit) : [first, ...ids.slice(ids.length - (limit - 1))];
}

/** References of a reply: the original's chain and the original itself, at most the first and the last 20 (RFC 5322 section 3.6.4). */
export function replyReferences(references: readonly string[], inReplyTo: string | null): string[] {
  const chain = references.filter((id) => id !== inReplyTo);
  if (inReplyTo !== null) chain.push(inReplyTo);
  return capReferences([...new Set(chain)], 21);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Obsolete zone names with a defined meaning; every other name means "unknown" (RFC 5322 section 4.3). */
const namedOffsets: ReadonlyMap<string, number> = new Map([
  ['ut', 0],
  ['gmt', 0],
  ['utc', 0],
  ['z', 0],
  ['edt', -240],
  ['est', -300],
  ['cdt', -300],
  ['cst', -360],
  ['mdt', -360],
  ['mst', -420],
  ['pdt', -420],
  ['pst', -480],
  ['cet', 60],
  ['cest', 120],
  ['jst', 540],
  ['kst', 540],
]);

/** A mail date: epoch milliseconds, and the minutes east of UTC that the sender wrote (null when unknown or `-0000`). */
export interface MailDate {
  readonly at: number;
  readonly offsetMinutes: number | null;
}

interface DateFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly zone: string;
}

/** Reads a Date header: RFC 5322 with the obsolete forms, asctime and ISO 8601. Null when it names no real instant. */
export function parseMailDate(value: string): MailDate | null {
  const text = withoutComments(value.slice(0, 200)).replace(/\s+/gu, ' ').replace(/ ,/gu, ',').trim();
  const fields = readRfc5322(text) ?? readAsctime(text) ?? readIso(text);
  if (fields === null) return null;
  const { year, month, day, hour, minute, second } = fields;
  if (hour > 23 || minute > 59 || second > 60 || day < 1 || year < 1970 || year > 9999) return null;
  const wall = Date.UTC(year, month, day, hour, minute, Math.min(second, 59));
  // Date.UTC rolls 31 February over into March; such a date is malformed
  if (new Date(wall).getUTCDate() !== day) return null;
  const offsetMinutes = readZone(fields.zone);
  return { at: wall - (offsetMinutes ?? 0) * 60_000, offsetMinutes };
}

function withoutComments(value: string): string {
  let depth = 0;
  let kept = '';
  for (const character of value) {
    if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept;
}

function readRfc5322(text: string): DateFields | null {
  const match =
    /^(?:[a-z]{2,10}\.?,? )?(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{2,4}),? (\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?(?: ?(am|pm))?(?: ?(\S+))?/iu.exec(
      text,
    );
  if (match === null) return null;
  const month = months.indexOf((match[2] ?? '').slice(0, 3).toLowerCase());
  if (month < 0) return null;
  let hour = Number(match[4]);
  const half = match[7]?.toLowerCase();
  if (half !== undefined && hour <= 12) hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  return {
    year: fullYear(match[3] ?? ''),
    month,
    day: Number(match[1]),
    hour,
    minute: Number(match[5]),
    second: Number(match[6] ?? 0),
    zone: match[8] ?? '',
  };
}

function readAsctime(text: string): DateFields | null {
  const match =
    /^[a-z]{3},? ([a-z]{3}) (\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([a-z]{1,4}|[+-]\d{4}))? (\d{4})(?: ([+-]\d{4}))?$/iu.exec(text);
  if (match === null) return null;
  const month = months.indexOf((match[1] ?? '').toLowerCase());
  if (month < 0) return null;
  return {
    year: Number(match[7]),
    month,
    day: Number(match[2]),
    hour: Number(match[3]),
    minute: Number(match[4]),
    second: Number(match[5] ?? 0),
    zone: match[8] ?? match[6] ?? '',
  };
}

function readIso(text: string): DateFields | null {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)? ?(\S+)?/u.exec(text);
  if (match === null) return null;
  const month = Number(match[2]) - 1;
  if (month < 0 || month > 11) return null;
  return {
    year: Number(match[1]),
    month,
    day: Number(match[3]),
    hour: Number(match[4]),
    minute: Number(match[5]),
    second: Number(match[6] ?? 0),
    zone: match[7] ?? '',
  };
}

/** Two- and three-digit years as RFC 5322 section 4.3 reads them. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function readZone(zone: string): number | null {
  const match = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})$/iu.exec(zone);
  if (match === null) return namedOffsets.get(zone.toLowerCase()) ?? null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  // -0000 says that the local zone is unknown (RFC 5322 section 3.3)
  if (match[1] === '-' && minutes === 0) return null;
  if (Number(match[3]) > 59 || minutes > 24 * 60) return null;
  return match[1] === '-' ? -minutes : minutes;
}

/** Reply and forward prefixes as mail programs write them, in the languages we meet. */
const replyPrefix =
  /^\s*(?:re|aw|antw|antwort|rv|sv|vs|ref|rif|r|odp|ynt|回复|回覆|答复|答覆|返信|회신|답장)(?:\s*[[(]?\d{1,3}[\])]?)?\s*[:：]\s*/iu;
const forwardPrefix = /^\s*(?:fwd?|wg|tr|rv|enc|i|doorst|vb|vl|pd|ilt|转发|轉寄|轉發|転送|전달)(?:\s*[[(]?\d{1,3}[\])]?)?\s*[:：]\s*/iu;

/** The subject without any reply or forward prefixes, with white space collapsed: what replies of one thread share. */
export function bareSubject(subject: string): string {
  let rest = subject.replace(/\s+/gu, ' ').trim();
  for (let count = 0; count < 20; count += 1) {
    const shorter = rest.replace(replyPrefix, '').replace(forwardPrefix, '');
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest.trim();
}

/** Subject of a reply: `Re: ` once; prefixes of other mail programs (`回复:`, `AW:` ...) count as that one. */
export function replySubject(subject: string): string {
  let rest = subject.replace(/\s+/gu, ' ').trim();
  for (let count = 0; count < 20 && replyPrefix.test(rest); count += 1) rest = rest.replace(replyPrefix, '');
  return `Re: ${rest.trim()}`.trimEnd();
}
