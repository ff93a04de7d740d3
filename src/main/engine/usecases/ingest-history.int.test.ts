import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventHash } from './case-ledger.ts';
import { rederiveIngestIds } from './ingest-history.ts';
import { eventRows } from '../store/events.store.ts';
import { hear, picture, told } from '../../../../test/engine/carry.ts';
import { mail, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';

let desk: Desk;
let other: Desk;
beforeEach(() => {
  desk = openDesk();
  other = openDesk();
});
afterEach(() => {
  desk[Symbol.dispose]();
  other[Symbol.dispose]();
});

test('two histories of one mailbox that an older Meridian told become one', async () => {
  for (const each of [desk, other]) {
    await receive(each, mail('a1'), mail('a2', {}, ['a1']), mail('b3', { from: { address: 'kofi@customer.test', name: 'Kofi' } }));
    // ids were made up
    each.store.write((tx) => tx.run("UPDATE events SET id = 'evt_' || upper(hex(randomblob(13)))"));
    each.ledger.forget();
  }
  const before = picture(desk);
  expect(desk.store.write(rederiveIngestIds)).toBe(5);
  expect(desk.store.write(rederiveIngestIds)).toBe(0);
  other.store.write(rederiveIngestIds);
  const ids = (of: Desk) => told(of).map(({ row }) => row.id);
  expect(ids(desk)).toEqual(ids(other));
  for (const row of desk.store.read(eventRows)) expect(row.hash).toBe(eventHash(row));
  hear(other, told(desk));
  expect(picture(other)).toEqual(before);
  expect(other.store.read((db) => db.all('SELECT 1 FROM events'))).toHaveLength(5);
});
