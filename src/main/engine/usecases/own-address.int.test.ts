import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowsOfCases } from '../store/case-list.store.ts';
import { ACCOUNT, caseOf, mail, openDesk, receive, T0 } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { instant } from '../../../shared/domain/time.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk[Symbol.dispose]());

const OWN = { from: { address: ACCOUNT.address, name: 'Our website' }, warnings: ['claims-own-address'] };
const rows = (key: string) => desk.store.read((db) => rowsOfCases(db, [caseOf(desk, key)]));

test('a contact form that writes in our name opens a case of the customer, which waits for us', async () => {
  await receive(desk, mail('f1', { ...OWN, replyTo: [{ address: 'mei@customer.test', name: 'Mei' }] }));
  expect(rows('f1')).toMatchObject([{ contactAddress: 'mei@customer.test', waitingSince: T0 + 1_000, unread: true }]);
});

test('our own message that comes back to us is no news', async () => {
  await receive(desk, mail('a1'), mail('r2', { direction: 'out', to: [{ address: 'mei@customer.test', name: '' }] }, ['a1']));
  await receive(desk, mail('echo3', { ...OWN, thread: { tokens: [], ownKey: '<r2>', parentKeys: ['<a1>'] } }));
  expect(rows('a1')).toMatchObject([{ messageCount: 2, waitingSince: null }]);
});

test('a customer whose clock is years behind still waits for us', async () => {
  await receive(desk, mail('a1'), mail('r2', { direction: 'out' }, ['a1']));
  await receive(desk, mail('b3', { sentAt: instant(Date.UTC(1999, 0, 1)) }, ['a1']));
  expect(rows('a1')).toMatchObject([{ waitingSince: T0 + 3_000, unread: true }]);
});
