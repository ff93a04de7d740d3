import { afterEach, beforeEach, expect, test } from 'vitest';
import { rebuildProjections } from './rebuild-projections.ts';
import { openDesk, mail, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk[Symbol.dispose]());

/** Every case as the person sees it: its customer and its messages. */
function picture(): unknown[] {
  return desk.store.read((db) =>
    db.all(
      `SELECT c.uid, k.address, (SELECT group_concat(own_key, ' ') FROM (SELECT own_key FROM messages m WHERE m.case_id = c.id ORDER BY own_key)) AS messages
       FROM cases c JOIN contacts k ON k.id = c.contact_id ORDER BY c.uid`,
    ),
  );
}

test('lost rows of cases and customers come back, each with its own messages and its own customer', async () => {
  const people = ['mei', 'kofi', 'lena', 'ivan'].map((name) => ({ address: `${name}@customer.test`, name }));
  for (const [index, from] of people.entries()) {
    await receive(desk, mail(`m${index}1`, { from }), mail(`m${index}2`, { from }, [`m${index}1`]));
  }
  const before = picture();
  const { database } = desk.store;
  database.pragma('foreign_keys = OFF');
  // Damage takes whole pages: here the rows of three cases and of two customers, but no event and no message.
  database.exec('DELETE FROM cases WHERE id >= 2; DELETE FROM contacts WHERE id IN (2, 4); DELETE FROM case_labels');
  database.pragma('foreign_keys = ON');
  desk.ledger.forget();
  rebuildProjections(desk.store, desk.ledger, () => {});
  expect(picture()).toEqual(before);
});

test('a message that no event names is forgotten, and the channel brings it again', async () => {
  await receive(desk, mail('a1'), mail('b2'));
  const { database } = desk.store;
  database.pragma('foreign_keys = OFF');
  database.exec("DELETE FROM cases; DELETE FROM events WHERE stream = (SELECT stream FROM events WHERE body LIKE '%Subject b2%' LIMIT 1)");
  database.exec('DELETE FROM case_streams WHERE stream NOT IN (SELECT stream FROM events)');
  database.pragma('foreign_keys = ON');
  desk.ledger.forget();
  rebuildProjections(desk.store, desk.ledger, () => {});
  expect(picture()).toMatchObject([{ messages: 'a1' }]);
  await receive(desk, mail('b2'));
  expect(picture()).toHaveLength(2);
  expect(database.pragma('foreign_key_check')).toEqual([]);
});
