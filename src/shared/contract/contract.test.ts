import { z } from 'zod';
import { expect, test } from 'vitest';
import { contract } from './contract.ts';

/**
 * A tripwire, not a gate: page and engine are built together. When a change of the contract is meant, add a line to the
 * history below with what changed and why, and the new hash.
 */
const HISTORY: readonly (readonly [hash: string, why: string])[] = [
  ['edaa0d6bbaf11905', 'cases, drafts, messages, outbox, workspace, accounts'],
  ['238d011ebea3dcc7', 'SLA: clocks, policies, calendars, simulator; views due-soon and overdue, sort due'],
  ['d90c1e151d41ab88', 'the sample can be started over; a new server of a mailbox wants the password again'],
  ['28cfbbc0f7ada711', 'SLA: previews and replays are named, watched and cancelled; tiers are tried'],
  ['80c8dea3d7e44577', 'coverage: roster, plan, requirements, year, demand, fairness, interchange; view unstaffed, sort runway'],
  ['8478e202fd8256b5', 'coverage: no shift of a wrong year, no question longer than two years, only leads put the zone notice away'],
  ['2d57e8142e73ca8b', 'SLA: any hub may be promised, however long its id'],
  ['8ca234faea77ee07', 'coverage: what waits for an answer, and who is available first'],
  ['ae2e1ae0bf323208', 'handoffs, promises, acknowledgements; parking; another person at this desk; replies carry promises'],
  ['cd6ea0202c30e38', 'a team on a hub: joining, leaving, presence, channels, conflicts'],
  ['6eb43fe59d60eceb', 'only a lead takes cases along; snapshots on demand; files that are on their way from the team'],
  ['feae9b973b919b7e', 'channels beside mail: settings, health, who holds them, typing; replies that a channel would refuse'],
  [
    'b445da23d0ce5147',
    'guardrails: what was taken out of messages, replies that are refused, who is us, codes, the audit log; giving cases to the bot',
  ],
  ['cee91cf65622112c', 'cases about one thing: what may be, is and is not related'],
  ['ce98154a968b18fd', 'sign-ins of forums and X that go on in the browser'],
  ['4e9bca7069f86ae1', 'lists and counts of cases by conditions; a reply of unknown fate may be dropped, for the attempt that was seen'],
  ['ffd4e1ba98325772', 'which skills a team asks for, and what a case asks and why'],
  ['de7cdaabc94570d5', 'search by conditions'],
  ['b50ff9d4853690da', 'a webhook of a Telegram bot is taken away; a forum leads back with its key; addresses for payments are confirmed'],
  ['28e0423032aac442', 'saved views, private and shared'],
  ['a7c27e06711fc879', 'macros, one’s own and the team’s; a reply may do what a macro does'],
  [
    '6ff586a73f9a001c',
    'whose reply it is, taking it over, and what is new in a case since a reply to it was begun; reminders, snoozes for a reply or a shift',
  ],
  [
    '9e549bffa53cb971',
    'searches in two orders that go on to what is older; how many cases stand in each group; reminders, replies for later, intake; suggested answers, articles',
  ],
  ['7646250a50524d90', 'the time to take a reply back in live chats'],
];

/** 53-bit FNV-1a: enough to notice, and the domain has no crypto. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const character of text) value = BigInt.asUintN(64, (value ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  return value.toString(16);
}

test('the contract is what its history says', () => {
  const shape = Object.entries(contract)
    .map(([name, definition]) => [
      name,
      definition.kind,
      'codes' in definition ? definition.codes : [],
      z.toJSONSchema(definition.input as z.ZodType, { unrepresentable: 'any', io: 'input' }),
    ])
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  expect(hash(JSON.stringify(shape))).toBe(HISTORY.at(-1)?.[0]);
});

test('every command carries an operation id, no query does', () => {
  for (const [name, definition] of Object.entries(contract)) {
    const { properties } = z.toJSONSchema(definition.input as z.ZodType, { unrepresentable: 'any', io: 'input' }) as {
      properties?: Record<string, unknown>;
    };
    expect([name, 'opId' in (properties ?? {})]).toEqual([name, definition.kind === 'command']);
  }
});
