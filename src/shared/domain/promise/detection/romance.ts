import { WEEKDAYS } from '../../time/local-time.ts';
import type { Weekday } from '../../time/local-time.ts';
import type { AtomRule, AtomValue } from './atoms.ts';
import { clockOf, dateOf, dayOf, lengthOf, slashDate } from './read-clock.ts';
import { placeAtBegin } from './stated-zone.ts';
import type { DayPart, DayReference, LengthUnit } from './when.ts';

/** What Spanish and Portuguese rules share. Words have accents, so their edges are told by letters and not by `\b`. */
export const BEGIN = '(?<![\\p{L}\\d])';
export const END = '(?![\\p{L}\\d])';

/** Letters without their accents, as numbers and places are looked up. */
export function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

export function fixed(words: string, value: AtomValue): AtomRule {
  return { pattern: new RegExp(`${BEGIN}(?:${words})${END}`, 'gu'), read: () => value };
}

export function part(words: string, name: DayPart): AtomRule {
  return fixed(words, { kind: 'part', part: name });
}

export function zone(words: string, kind: 'customer' | 'writer'): AtomRule {
  return fixed(words, { kind: 'zone', zone: { kind } });
}

export function week(weeks: number, point: 'start' | 'early' | 'end' | 'weekend'): DayReference {
  return { kind: 'week', weeks, point };
}

export function weekday(names: readonly string[], word: string, which: 'coming' | 'next' | 'either'): AtomValue | null {
  const index = names.findIndex((each) => bare(word).startsWith(each));
  const name: Weekday | undefined = WEEKDAYS[index];
  return name === undefined ? null : dayOf({ kind: 'weekday', weekday: name, week: which });
}

/** Dates in order of day, month and year; `months` by their first three letters. */
export function dateRules(months: string, starts: readonly string[]): readonly AtomRule[] {
  return [
    { pattern: /(?<![\d-])(20\d\d)-(\d{2})-(\d{2})(?!\d)/gu, read: ([, year, month = '', day = '']) => dateOf(year, Number(month), day) },
    {
      pattern: new RegExp(`(?<!\\d)(\\d{1,2})(?:º|°)? de (${months})${END}(?: del? (20\\d\\d))?`, 'gu'),
      read: ([, day = '', month = '', year]) => dateOf(year, starts.indexOf(month.slice(0, 3)) + 1, day),
    },
    {
      pattern: /(?<![\d/.])(\d{1,2})\/(\d{1,2})(?:\/((?:20)?\d\d))?(?![\d/])/gu,
      read: ([, day = '', month = '', year]) => slashDate(day, month, year, true),
    },
  ];
}

/** `14:00`, `14h30`, `2:30 p. m.`; with an article before it (`las 3`, `as 15h`) an hour alone. */
export function clockRules(articles: string, numbers: string): readonly AtomRule[] {
  const half = '(?: ?([ap])\\.? ?m(?:\\.|(?![\\p{L}])))?';
  const read = ([, hour = '', minute, halfText]: readonly (string | undefined)[]): AtomValue | null =>
    clockOf(
      bare(hour ?? ''),
      minute === 'media' || minute === 'meia' ? '30' : minute,
      halfText === undefined ? null : halfText === 'a' ? 'am' : 'pm',
    );
  return [
    { pattern: new RegExp(`(?<![\\d$€.:,/-])(\\d{1,2})[:h]([0-5]\\d)(?![\\d:%])${half}(?: ?(?:horas|hrs?|h)${END})?`, 'gu'), read },
    {
      pattern: new RegExp(
        `${BEGIN}(?:${articles}) (${numbers})(?:(?:[:.h]| [ye] )(media|meia|[0-5]\\d)(?!\\d))?(?![\\d:%]|[.,]\\d)(?: ?(?:horas|hrs?|h)${END})?${half}`,
        'gu',
      ),
      read,
    },
  ];
}

/** `prefix` is what says that it is a limit, `units` the words of the language. */
export function lengthRules(prefix: string, numbers: string, units: string, unitOf: (word: string) => LengthUnit): readonly AtomRule[] {
  return [
    {
      pattern: new RegExp(`${BEGIN}(?:${prefix}) (${numbers})(?: ?(?:-|–|a|o|ou|y|e) ?(${numbers}))? ?(${units})${END}`, 'gu'),
      read: ([, amount = '', upper, unit = '']) =>
        lengthOf(bare(amount), upper === undefined ? undefined : bare(upper), unitOf(bare(unit))),
    },
  ];
}

/** `hora de Madrid`: the words before the place are `lead`. */
export function placeRule(lead: string): AtomRule {
  return {
    pattern: new RegExp(`${BEGIN}(${lead})((?:[\\p{L}]{2,15} ){0,2}[\\p{L}]{2,15})`, 'gu'),
    read: ([, before = '', words = '']) => {
      const place = placeAtBegin(bare(words));
      return place === null ? null : { kind: 'zone', zone: place.zone, take: before.length + place.length };
    },
  };
}
