import type { AgentId, RequirementId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { maximumMatching } from './matching.ts';
import type { Presence } from './sweep.ts';

/** A requirement as contention looks at it: when it counts, and who is there who can do it. */
export interface Contender {
  readonly requirementId: RequirementId;
  readonly minimum: number;
  readonly windows: readonly Span[];
  readonly able: readonly Presence[];
}

/** A stretch in which requirements compete for the same people although each alone has enough. */
export interface Contention extends Span {
  /** In the order of the contenders. */
  readonly rivals: readonly RequirementId[];
  /** Needs that can be filled at once, the least of the stretch, and needs that there are. */
  readonly have: number;
  readonly want: number;
}

/**
 * Where one person is counted for two needs. In each elementary interval every requirement whose window is open and which
 * alone has enough people brings as many needs as its minimum; distinct people are matched to them. Who stays without
 * somebody is named with those they compete with, each group by itself.
 */
export function contentions(contenders: readonly Contender[]): readonly Contention[] {
  const found: Contention[] = [];
  const known = new Map<string, readonly Rivalry[]>();
  /** By rivals: the contention that lasts until now. */
  let running = new Map<string, Contention>();
  for (const { from, to, open } of intervals(contenders)) {
    const key = open.map(({ index, people }) => `${String(index)}:${people.join(',')}`).join(';');
    const rivalries = known.get(key) ?? rivalriesOf(open);
    known.set(key, rivalries);
    const next = new Map<string, Contention>();
    for (const { rivals, have, want } of rivalries) {
      const name = rivals.join(' ');
      const before = running.get(name);
      const isSame = before !== undefined && before.to === from;
      next.set(name, { from: isSame ? before.from : from, to, rivals, have: isSame ? Math.min(before.have, have) : have, want });
    }
    for (const [name, each] of running) if (next.get(name)?.from !== each.from) found.push(each);
    running = next;
  }
  return [...found, ...running.values()].sort((a, b) => a.from - b.from);
}

type Rivalry = Omit<Contention, 'from' | 'to'>;

interface OpenContender {
  readonly index: number;
  readonly contender: Contender;
  /** Who is there, sorted. */
  readonly people: readonly AgentId[];
}

function rivalriesOf(open: readonly OpenContender[]): readonly Rivalry[] {
  if (open.length < 2) return [];
  const people = [...new Set(open.flatMap((each) => each.people))].sort();
  const able = new Map(open.map((each) => [each, new Set(each.people)]));
  const slots = open.flatMap((each) => Array.from({ length: each.contender.minimum }, () => each));
  const { pairs, deficient } = maximumMatching(people, slots, (person, slot) => able.get(slot)?.has(person) === true);
  return deficient.map((group) => {
    const members = new Set(group);
    const rivals = [...members].map((each) => each.contender.requirementId);
    return { rivals, have: pairs.filter((pair) => members.has(pair.need)).length, want: group.length };
  });
}

interface Interval extends Span {
  readonly open: readonly OpenContender[];
}

type Event = readonly [at: Instant, contender: number, agentId: AgentId | null, change: 1 | -1];

/** Elementary intervals in which two or more requirements that count have enough people, each alone. */
function* intervals(contenders: readonly Contender[]): Generator<Interval> {
  const events = contenders.flatMap(({ windows, able }, index): Event[] => [
    ...windows.flatMap(({ from, to }): Event[] =>
      from < to
        ? [
            [from, index, null, 1],
            [to, index, null, -1],
          ]
        : [],
    ),
    ...able.flatMap(({ agentId, from, to }): Event[] =>
      from < to
        ? [
            [from, index, agentId, 1],
            [to, index, agentId, -1],
          ]
        : [],
    ),
  ]);
  events.sort((a, b) => a[0] - b[0]);
  const isOpen = contenders.map(() => 0);
  const there = contenders.map(() => new Map<AgentId, number>());
  const sorted = contenders.map((): readonly AgentId[] | null => null);
  for (let place = 0; place < events.length; place += 1) {
    const event = events[place];
    if (event === undefined) return;
    apply(event, isOpen, there, sorted);
    const next = events[place + 1];
    if (next === undefined || next[0] === event[0]) continue;
    const open = contenders.flatMap((contender, index): OpenContender[] => {
      const map = there[index];
      if (map === undefined || (isOpen[index] ?? 0) <= 0 || map.size < contender.minimum) return [];
      const people = sorted[index] ?? [...map.keys()].sort();
      sorted[index] = people;
      return [{ index, contender, people }];
    });
    if (open.length > 1) yield { from: event[0], to: next[0], open };
  }
}

function apply(
  [, index, agentId, change]: Event,
  isOpen: number[],
  there: readonly Map<AgentId, number>[],
  sorted: (readonly AgentId[] | null)[],
): void {
  if (agentId === null) {
    isOpen[index] = (isOpen[index] ?? 0) + change;
    return;
  }
  const people = there[index];
  const depth = (people?.get(agentId) ?? 0) + change;
  if (depth === 0) people?.delete(agentId);
  else people?.set(agentId, depth);
  sorted[index] = null;
}
