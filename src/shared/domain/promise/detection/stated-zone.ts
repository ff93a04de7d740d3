import { HOUR_MS, MINUTE_MS } from '../../time.ts';
import { isKnownZone, zoneNames } from '../../time/zone.ts';
import type { AtomRule } from './atoms.ts';
import type { ZoneReference } from './when.ts';

/** How people name time zones in a message. */

/** Letters that stand for a zone, winter and summer alike: people write EST all year. Several zones where several use them. */
const ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['utc', ['UTC']],
  ['gmt', ['UTC']],
  ['z', ['UTC']],
  ['et', ['America/New_York']],
  ['est', ['America/New_York']],
  ['edt', ['America/New_York']],
  ['ct', ['America/Chicago']],
  ['cdt', ['America/Chicago']],
  ['cst', ['America/Chicago', 'Asia/Shanghai', 'Asia/Taipei']],
  ['mt', ['America/Denver']],
  ['mst', ['America/Denver', 'America/Phoenix']],
  ['mdt', ['America/Denver']],
  ['pt', ['America/Los_Angeles']],
  ['pst', ['America/Los_Angeles']],
  ['pdt', ['America/Los_Angeles']],
  ['bst', ['Europe/London']],
  ['wet', ['Europe/Lisbon']],
  ['west', ['Europe/Lisbon']],
  ['cet', ['Europe/Berlin']],
  ['cest', ['Europe/Berlin']],
  ['eet', ['Europe/Bucharest', 'Europe/Athens', 'Africa/Cairo']],
  ['eest', ['Europe/Bucharest', 'Europe/Athens']],
  ['msk', ['Europe/Moscow']],
  ['ist', ['Asia/Kolkata', 'Asia/Jerusalem', 'Europe/Dublin']],
  ['sgt', ['Asia/Singapore']],
  ['hkt', ['Asia/Hong_Kong']],
  ['jst', ['Asia/Tokyo']],
  ['kst', ['Asia/Seoul']],
  ['wib', ['Asia/Jakarta']],
  ['aest', ['Australia/Sydney']],
  ['aedt', ['Australia/Sydney']],
  ['nzst', ['Pacific/Auckland']],
  ['nzdt', ['Pacific/Auckland']],
  ['brt', ['America/Sao_Paulo']],
  ['art', ['America/Argentina/Buenos_Aires']],
]);

/** Places that give no zone its name, and names in other languages. */
const PLACES: readonly (readonly [zone: string, names: string])[] = [
  ['America/New_York', 'eastern|new york|nueva york|nova york|nova iorque|us eastern|美东|美国东部|纽约|米国東部|ニューヨーク'],
  ['America/Chicago', 'central'],
  ['America/Denver', 'mountain'],
  ['America/Los_Angeles', 'pacific|us pacific|los angeles|california|美西|美国西部|太平洋|洛杉矶|米国西部|ロサンゼルス'],
  ['America/Mexico_City', 'mexico|ciudad de mexico|cdmx|墨西哥'],
  ['America/Argentina/Buenos_Aires', 'argentina|buenos aires'],
  ['America/Sao_Paulo', 'brasilia|sao paulo|brasil|brazil|巴西'],
  ['America/Bogota', 'colombia|bogota'],
  ['Europe/London', 'uk|british|london|londres|伦敦|英国|ロンドン|イギリス'],
  ['Europe/Lisbon', 'portugal|lisboa|lisbon|里斯本|リスボン'],
  ['Europe/Madrid', 'spain|espana|espanola|peninsular|madrid|马德里|マドリード'],
  ['Europe/Berlin', 'central european|germany|german|berlin|alemania|柏林|德国|中欧|ベルリン|ドイツ|中央ヨーロッパ'],
  ['Europe/Paris', 'france|french|paris|巴黎|法国|パリ|フランス'],
  ['Asia/Singapore', 'singapore|singapur|singapura|新加坡|シンガポール'],
  ['Asia/Shanghai', 'china|beijing|shanghai|pekin|pequim|北京|上海|中国|中國'],
  ['Asia/Hong_Kong', 'hong kong|香港'],
  ['Asia/Taipei', 'taiwan|taipei|台北|台湾|臺灣|臺北|台灣'],
  ['Asia/Tokyo', 'japan|tokyo|tokio|toquio|东京|東京|日本|日本標準'],
  ['Asia/Seoul', 'korea|seoul|seul|首尔|首爾|韩国|韓国|韓國|ソウル'],
  ['Asia/Kolkata', 'india|indian|印度|インド'],
  ['Asia/Jerusalem', 'israel'],
  ['Asia/Dubai', 'dubai|迪拜|ドバイ'],
  ['Australia/Sydney', 'sydney|sidney|悉尼|シドニー'],
];

let places: ReadonlyMap<string, string> | null = null;

/** The zone of a place, folded, without accents; null when it is not known. */
export function zoneOfPlace(name: string): string | null {
  if (places === null) {
    const cities = zoneNames().map((zone): [string, string] => [(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ').toLowerCase(), zone]);
    const known = PLACES.filter(([zone]) => isKnownZone(zone));
    places = new Map([...cities, ...known.flatMap(([zone, names]) => names.split('|').map((each): [string, string] => [each, zone]))]);
  }
  return places.get(name) ?? null;
}

function zones(...names: readonly string[]): ZoneReference {
  return { kind: 'zones', zones: names };
}

/** `UTC`, `CET`, `UTC+8`, `GMT-3:30`: the same in every language. */
export const ABBREVIATION_RULES: readonly AtomRule[] = [
  {
    pattern: /(?<![a-z])(?:utc|gmt) ?([+−-])(\d{1,2})(?::?([0-5]\d))?(?![\d:])/gu,
    read: ([, sign = '+', hours = '0', minutes = '0']) => {
      const offsetMs = (sign === '+' ? 1 : -1) * (Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS);
      return Math.abs(offsetMs) > 14 * HOUR_MS ? null : { kind: 'zone', zone: { kind: 'offset', offsetMs } };
    },
  },
  {
    pattern: /(?<![a-z])[a-z]{1,4}(?![a-z'])/gu,
    read: ([letters]) => {
      const known = ABBREVIATIONS.get(letters);
      return known === undefined ? null : { kind: 'zone', zone: zones(...known) };
    },
  },
];

/** The place that the last words name (`friday new york` ends in New York), with the index at which its name begins. */
export function placeAtEnd(words: string): { readonly zone: ZoneReference; readonly begin: number } | null {
  for (let begin = 0; begin < words.length;) {
    const zone = zoneOfPlace(words.slice(begin));
    if (zone !== null) return { zone: zones(zone), begin };
    const blank = words.indexOf(' ', begin);
    if (blank < 0) return null;
    begin = blank + 1;
  }
  return null;
}

/** The place that the first words name (`madrid del viernes` begins with Madrid), with the length of its name. */
export function placeAtBegin(words: string): { readonly zone: ZoneReference; readonly length: number } | null {
  for (let end = words.length; end > 0; end = words.lastIndexOf(' ', end - 1)) {
    const zone = zoneOfPlace(words.slice(0, end));
    if (zone !== null) return { zone: zones(zone), length: end };
  }
  return null;
}

/** As `placeAtEnd`, for scripts without blanks: the longest place that the characters end in. */
export function placeInside(characters: string): { readonly zone: ZoneReference; readonly begin: number } | null {
  for (let begin = 0; begin < characters.length - 1; begin += 1) {
    const zone = zoneOfPlace(characters.slice(begin));
    if (zone !== null) return { zone: zones(zone), begin };
  }
  return null;
}
