import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { caseBodiesShape, checkCaseBody } from './team-bodies.ts';
import { planFact, readFact, ruleFact } from './team-facts.ts';
import { partsShape, readParts } from './team-parts.ts';
import { readWire, splitWire, wireShape } from './team-wire.ts';
import { entriesOf, FACT_TYPES, isOfCase, isSigned, sampleOf, writtenToday, WRITTEN_TYPES } from '../../../test/team/wire-samples.ts';
import { projectCase } from '../domain/case.ts';

/**
 * The format of a team's log, which outlives every version of the program. A change is meant when it only adds: add a line with what
 * changed and why and, when today's code writes other bytes, a new file of samples; the old ones stay.
 */
const HISTORY: readonly {
  readonly version: string;
  readonly why: string;
  readonly envelope: string;
  readonly parts: string;
  readonly facts: string;
  readonly bodies: string;
  readonly types: string;
}[] = [
  {
    version: '1.0',
    why: 'the first log that workstations share: events of cases with what they speak of, the plan, the rules, sends, members',
    envelope: 'f4fdb1e2dc891490',
    parts: '5cc1edfc691adf2a',
    facts: '4e91368848b95159',
    bodies: '1906ba0738fdb8ef',
    types: 'd1a6562e9b97840a',
  },
  {
    version: '1.1',
    why: 'channels beside mail: where a message belongs and who its author is, changes and receipts, the bot; links between cases; their kinds of accounts',
    envelope: 'f4fdb1e2dc891490',
    parts: '48da6ebf0317d965',
    facts: 'f98c65246c268954',
    bodies: 'af11dad9f3d6c384',
    types: 'ed1a5f9bf431fef5',
  },
  {
    version: '1.2',
    why: 'anybody may decide about a reply of unknown fate, and a reply may be dropped; which skills a team asks for; shared views; macros, and how often they are used; snoozes until a reply or a shift, replies for later, reminders, what is known of a case and what its author had seen of it, what a team asks for; what a case becomes when a reply for later has left; why the guardrails stopped what a bot was to say; where a reply in a group is, for whoever holds the account next',
    envelope: 'f4fdb1e2dc891490',
    parts: '24a14ec1adeee16c',
    facts: '3542252bfa6cd7ce',
    bodies: 'bb96b9261bd70b80',
    types: 'b758901a5041989f',
  },
];

const FOLDER = join(import.meta.dirname, '../../../test/fixtures/wire');
const FILES = readdirSync(FOLDER).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
const OLD: readonly (readonly [file: string, entry: string])[] = FILES.flatMap((file) =>
  entriesOf(readFileSync(join(FOLDER, file), 'utf8')).map((entry) => [file, entry] as const),
);

/** 64-bit FNV-1a: enough to notice. */
function hash(shape: unknown): string {
  let value = 0xcbf29ce484222325n;
  for (const character of JSON.stringify(shape))
    value = BigInt.asUintN(64, (value ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  return value.toString(16);
}

const jsonSchema = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });

test('the wire format is what its history says', () => {
  const { version: _version, why: _why, ...newest } = HISTORY.at(-1) ?? { version: '', why: '' };
  expect({
    envelope: hash(wireShape()),
    parts: hash(partsShape()),
    facts: hash([jsonSchema(planFact), jsonSchema(ruleFact)]),
    bodies: hash(caseBodiesShape()),
    types: hash(WRITTEN_TYPES),
  }).toEqual(newest);
});

test('today’s code writes the newest samples, byte by byte', async () => {
  // a new version of the format: its file is made by `vitest run -u`, and never again afterwards
  await expect(`${writtenToday()}\n`).toMatchFileSnapshot(join(FOLDER, `${HISTORY.at(-1)?.version ?? ''}.txt`));
});

test('every version of the format has its samples', () => {
  expect(FILES).toEqual(HISTORY.map(({ version }) => `${version}.txt`));
});

test('every kind that readers know has a sample', () => {
  const known = [...Object.keys(caseBodiesShape() as object), ...FACT_TYPES];
  expect(known.filter((type) => !WRITTEN_TYPES.includes(type))).toEqual([]);
});

/** What is wrong with an event for a reader of today; null when nothing is. */
function problemOf(entry: string): string | null {
  const event = readWire(entry);
  if (event === null) return 'unreadable';
  const parts = readParts(event.parts);
  if (!parts.ok) return `parts: ${parts.reason}`;
  if (isOfCase(event.type)) {
    const fit = checkCaseBody(event.type, event.body);
    return fit === 'fit' ? null : JSON.stringify(fit);
  }
  const fact = readFact(event.type, event.body);
  return fact.kind === 'malformed' || (FACT_TYPES.includes(event.type) && fact.kind === 'unknown') ? JSON.stringify(fact) : null;
}

test.each(OLD)('%s: what was written is still signed, read, and understood', (_file, entry) => {
  const split = splitWire(entry);
  if (split === null) throw new Error('no entry');
  expect(isSigned(split.json, split.signature)).toBe(true);
  expect(problemOf(entry)).toBeNull();
});

/** The same with a key that nobody knows in every object. */
function withNews(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNews);
  if (typeof value !== 'object' || value === null) return value;
  return { ...Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNews(each)])), fromTheFuture: { deep: [1, 'two'] } };
}

// keys of these are names that people chose, and not keys of the format
const NAMED_BY_PEOPLE = new Set(['staffing.saved', 'sla.rulesSaved', 'case.replyQueued']);

test.each(WRITTEN_TYPES.filter((type) => !NAMED_BY_PEOPLE.has(type)))('%s: what a newer version adds is passed over, and kept', (type) => {
  const newer = `${JSON.stringify(withNews(sampleOf(type)))}\nsignature`;
  expect(problemOf(newer)).toBeNull();
  expect(readWire(newer)?.body).toHaveProperty('fromTheFuture');
});

test.each([...NAMED_BY_PEOPLE])('%s: what a newer version adds beside what is known is passed over', (type) => {
  const sample = sampleOf(type);
  const newer = `${JSON.stringify({ ...sample, fromTheFuture: 1, body: { ...sample.body, fromTheFuture: 1 } })}\nsignature`;
  expect(problemOf(newer)).toBeNull();
});

test('kinds that are not known are kept, and passed over by the fold', () => {
  const strange = { ...sampleOf('case.claimed'), type: 'case.telepathyReceived', body: { thought: 'hello' }, sv: 9 };
  const event = readWire(`${JSON.stringify(strange)}\nsignature`);
  expect(event).toMatchObject({ type: 'case.telepathyReceived', sv: 9, body: { thought: 'hello' } });
  expect(checkCaseBody('case.telepathyReceived', strange.body)).toBe('unknown');
  expect(readFact('weather.changed', { sky: 'blue' })).toEqual({ kind: 'unknown' });
  const opened = sampleOf('case.opened');
  const fold = (samples: readonly ReturnType<typeof sampleOf>[]): unknown =>
    projectCase(
      samples.map(({ id, type, actor, at, hlc, body }, index) => {
        const told = { type, ...body } as Parameters<typeof projectCase>[0][number]['body'];
        return { id, sequence: index + 1, isPending: false, hlc, epoch: 0, at, actor, body: told };
      }),
    );
  expect(fold([opened, strange])).toMatchObject({ subject: 'Order 7', ownerId: null });
  expect(fold([opened, strange, sampleOf('case.claimed')])).toMatchObject({ ownerId: 'agt_ana' });
});
