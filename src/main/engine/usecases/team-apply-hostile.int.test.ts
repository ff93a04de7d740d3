import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyEntries } from './team-apply.ts';
import { caseByUid } from '../store/cases.store.ts';
import { saveLogCursor } from '../store/team.store.ts';
import type { EntryAuthor, LogEntry } from '../team/team-log.ts';
import { lastKey, told } from '../../../../test/engine/carry.ts';
import type { Carried } from '../../../../test/engine/carry.ts';
import { caseOf, mail, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { writeWire } from '../../../shared/contract/team-wire.ts';

/** Ids of mails can be worked out before the mail has come; nobody may keep its place from it. */

const MEMBER: EntryAuthor = { isGenuine: true, user: 'mallory', role: 'agent', agentId: 'agt_mallory', holdsChannels: true };

let desk: Desk;
let holder: Desk;
beforeEach(async () => {
  desk = openDesk();
  holder = openDesk();
  await receive(holder, mail('a1'));
  desk.store.write((tx) => saveLogCursor(tx, { logId: 'log', sequence: 0, id: null }));
});
afterEach(() => {
  desk[Symbol.dispose]();
  holder[Symbol.dispose]();
});

function entry(sequence: number, { row, body, parts }: Carried, author: EntryAuthor, change: Record<string, unknown> = {}): LogEntry {
  const { id, stream, type, at, hlc, epoch } = row;
  const event = {
    v: 1,
    id,
    stream,
    type,
    sv: 1,
    user: 'mallory',
    workstation: 'w',
    actor: null,
    hlc,
    at,
    base: 0,
    epoch,
    body,
    ...(parts === null ? {} : { parts }),
    ...change,
  };
  return {
    sequence,
    id: event.id,
    stream: event.stream,
    storedAt: at,
    data: writeWire(event as unknown as Parameters<typeof writeWire>[0], () => ''),
    author,
  };
}

function apply(...entries: readonly LogEntry[]): readonly string[] {
  return desk.store.write((tx) => applyEntries({ ...desk, log: () => undefined }, tx, entries, false).voided.map(({ reason }) => reason));
}

const count = () => desk.store.read((db) => caseByUid(db, caseOf(holder, 'a1')))?.state.messageCount;

test('an entry that has the id of a mail and is none has no effect, and the mail is told all the same', () => {
  const [opened, received] = told(holder);
  if (opened === undefined || received === undefined) throw new Error('two events were expected');
  const reasons = apply(
    entry(1, opened, MEMBER),
    entry(2, received, MEMBER, { type: 'case.labelAdded', body: { label: 'mine' } }),
    entry(3, received, { isGenuine: false, reason: 'wrong-signature' }),
    entry(4, received, MEMBER),
  );
  expect(reasons).toEqual(['unfit: an id that is not its own', 'wrong-signature']);
  expect(count()).toBe(1);
  expect(caseOf(desk, 'a1')).toBe(caseOf(holder, 'a1'));
});

test('nor does it end what waits here under that id', async () => {
  const [opened, received] = told(holder);
  if (opened === undefined || received === undefined) throw new Error('two events were expected');
  await receive(desk, mail('a1'));
  desk.store.write((tx) => tx.run('UPDATE events SET sequence = NULL'));
  desk.ledger.forget();
  expect(apply(entry(1, received, { isGenuine: false, reason: 'unknown-user' }))).toEqual(['unknown-user']);
  expect(count()).toBe(1);
  const pending = desk.store.read((db) => db.all('SELECT id FROM events WHERE sequence IS NULL AND void IS NULL'));
  expect(pending).toHaveLength(2);
  // the log has it after all, as the holder of the mailbox told it
  apply(entry(2, opened, MEMBER), entry(3, received, MEMBER));
  expect(desk.store.read((db) => db.all('SELECT id FROM events WHERE sequence IS NULL AND void IS NULL'))).toEqual([]);
  expect([count(), lastKey(desk)]).toEqual([1, 3]);
});

test("a member who may hold no channel puts no words into a customer's mouth, and keeps no mail from its place", () => {
  const [opened, received] = told(holder);
  if (opened === undefined || received === undefined) throw new Error('two events were expected');
  const agent: EntryAuthor = { ...MEMBER, holdsChannels: false };
  expect(apply(entry(1, opened, agent), entry(2, received, agent))).toEqual(['channel-only', 'channel-only']);
  expect(count()).toBe(undefined);
  apply(entry(3, opened, MEMBER), entry(4, received, MEMBER));
  expect(count()).toBe(1);
});
