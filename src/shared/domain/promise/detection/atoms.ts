import type { ClockReference, DayPart, DayReference, LengthReference, When, ZoneReference } from './when.ts';

/** The smallest piece that tells something of a time. */
export type AtomValue =
  | { readonly kind: 'day'; readonly day: DayReference; readonly part?: DayPart }
  | { readonly kind: 'part'; readonly part: DayPart }
  | { readonly kind: 'clock'; readonly clock: ClockReference; readonly part?: DayPart }
  | { readonly kind: 'length'; readonly length: LengthReference }
  | { readonly kind: 'zone'; readonly zone: ZoneReference }
  | { readonly kind: 'limit'; readonly isBefore: boolean };

export interface Atom {
  readonly from: number;
  readonly to: number;
  readonly value: AtomValue;
}

/** One way to write an atom. The pattern is global, has no nested repetition and no open-ended one. */
export interface AtomRule {
  readonly pattern: RegExp;
  /** Null: the match is none after all. Of a match of which only a part is meant, `skip` characters are left out and `take` are taken. */
  readonly read: (match: RegExpExecArray) => (AtomValue & { readonly skip?: number; readonly take?: number }) | null;
}

/** Neighbouring atoms that tell of one time together. */
export interface Expression {
  readonly from: number;
  readonly to: number;
  readonly when: When;
}

/** The longest stretch between two atoms of one expression. */
const LONGEST_GLUE = 16;

/** The atoms in a text by their begin; of overlapping ones the longest, and of equally long ones the one of the earlier rule. */
export function atomsOf(text: string, rules: readonly AtomRule[]): readonly Atom[] {
  const found: (Atom & { readonly rank: number })[] = [];
  rules.forEach(({ pattern, read }, rank) => {
    for (const match of matchesOf(text, pattern)) {
      const value = read(match);
      if (value === null) continue;
      const from = match.index + (value.skip ?? 0);
      found.push({ from, to: value.take === undefined ? match.index + match[0].length : from + value.take, value, rank });
    }
  });
  found.sort((a, b) => a.from - b.from || b.to - a.to || a.rank - b.rank);
  const kept: Atom[] = [];
  for (const { from, to, value } of found) {
    const last = kept.at(-1);
    if (last === undefined || from >= last.to) kept.push({ from, to, value });
    else if (to - from > last.to - last.from) kept[kept.length - 1] = { from, to, value };
  }
  return kept;
}

/** All matches of a global pattern. `matchAll` would copy the pattern each time, which costs more than the search does. */
export function matchesOf(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  const search = pattern;
  search.lastIndex = 0;
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    if (match[0] === '') search.lastIndex += 1;
    else found.push(match);
  }
  return found;
}

/**
 * Joins atoms into expressions. `glue` matches what may stand between two atoms of one, `range` what stands between
 * the two ends of a range (`9:00 and 11:00`).
 */
export function expressionsOf(text: string, atoms: readonly Atom[], glue: RegExp, range: RegExp): readonly Expression[] {
  const groups: Atom[][] = [];
  for (const atom of atoms) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const between = last === undefined ? '' : text.slice(last.to, atom.from);
    const isNear =
      last !== undefined &&
      between.length <= LONGEST_GLUE &&
      (glue.test(between) || (isClock(last) && isClock(atom) && range.test(between)));
    if (group !== undefined && isNear && fits(group, atom, between, range)) group.push(atom);
    else groups.push([atom]);
  }
  return groups.flatMap((group) => expression(group) ?? []);
}

/** A second day or length begins another expression, but a weekday goes with a date; a second clock only ends a range. */
function fits(group: readonly Atom[], { value }: Atom, between: string, range: RegExp): boolean {
  const has = (kind: AtomValue['kind']): boolean => group.some((each) => each.value.kind === kind);
  switch (value.kind) {
    case 'day':
      return !has('length') && group.every((each) => each.value.kind !== 'day' || isWeekday(each.value.day) !== isWeekday(value.day));
    case 'length':
      return !has('length') && !has('day') && !has('clock');
    case 'part':
      return !has('part');
    case 'clock':
      return !has('clock') || range.test(between);
    case 'zone':
      return !has('zone');
    case 'limit':
      return !has('limit');
  }
}

/** `Wednesday, 25 November`: the date says which one. */
function isWeekday(day: DayReference): boolean {
  return day.kind === 'weekday';
}

function isLimit(atom: Atom): boolean {
  return atom.value.kind === 'limit';
}

function isClock(atom: Atom): boolean {
  return atom.value.kind === 'clock';
}

function expression(group: readonly Atom[]): Expression | null {
  let when: When = { day: null, part: null, clock: null, length: null, zone: null, isBefore: false, isRange: false };
  for (const { value } of group) {
    switch (value.kind) {
      case 'day':
        when = { ...when, day: when.day !== null && isWeekday(value.day) ? when.day : value.day, part: value.part ?? when.part };
        break;
      case 'part':
        when = { ...when, part: value.part };
        break;
      case 'clock':
        when = { ...when, clock: value.clock, part: value.part ?? when.part, isRange: when.clock !== null };
        break;
      case 'length':
        when = { ...when, length: value.length };
        break;
      case 'zone':
        when = { ...when, zone: value.zone };
        break;
      case 'limit':
        when = { ...when, isBefore: value.isBefore };
        break;
    }
  }
  const [first] = group;
  const last = group.at(-1);
  // "good morning" tells of no time
  const isDated = when.day !== null || when.clock !== null || when.length !== null || (when.part !== null && group.some(isLimit));
  return first === undefined || last === undefined || !isDated ? null : { from: first.from, to: last.to, when };
}
