import { makeId } from '../../src/shared/domain/ids.ts';
import { maximumMatching } from '../../src/shared/domain/coverage/matching.ts';
import { sweep } from '../../src/shared/domain/coverage/sweep.ts';
import type { Presence } from '../../src/shared/domain/coverage/sweep.ts';
import { asList, asNumber, asText } from './fields.ts';
import type { Row } from './fields.ts';
import { readInstant, writeInstant } from './instants.ts';
import type { Outcome } from './vectors.ts';

export function checkCoverage(row: Row): Outcome {
  const [begin, end] = asList(row['window'], 'window');
  const minimum = asNumber(row['minimum'], 'minimum');
  const shifts = asList(row['shifts'], 'shifts').map(readShift);
  const segments = sweep(readInstant(begin, 'window'), readInstant(end, 'window'), minimum, minimum, shifts);
  const expected = asList(row['segments'], 'segments').map((segment) => {
    const [from, to, state, agents] = asList(segment, 'segment');
    return segmentLine(readInstant(from, 'from'), readInstant(to, 'to'), asText(state, 'state'), asNumber(agents, 'agents'));
  });
  return {
    name: `${String(begin)} ${String(shifts.length)} shifts, at least ${String(minimum)}`,
    expected: expected.join('\n'),
    found: segments.map(({ from, to, state, agents }) => segmentLine(from, to, state, agents)).join('\n'),
  };
}

function readShift(value: unknown): Presence {
  const [agent, from, to] = asList(value, 'shift');
  return { agentId: makeId('agt', asText(agent, 'agent')), from: readInstant(from, 'from'), to: readInstant(to, 'to') };
}

function segmentLine(from: Presence['from'], to: Presence['to'], state: string, agents: number): string {
  return `${writeInstant(from)} to ${writeInstant(to)} ${state} ${String(agents)}`;
}

export function checkContention(row: Row): Outcome {
  const people = readTags(row['people'], 'people');
  const needs = readTags(row['needs'], 'needs');
  const { pairs } = maximumMatching(people, needs, (tags, asked) => asked.every((tag) => tags.includes(tag)));
  return {
    name: `${String(people.length)} people, needs ${needs.map((need) => need.join('+')).join(' ')}`,
    expected: String(asNumber(row['filled'], 'filled')),
    found: String(pairs.length),
  };
}

function readTags(value: unknown, what: string): readonly (readonly string[])[] {
  return asList(value, what).map((tags) => asList(tags, what).map((tag) => asText(tag, 'tag')));
}
