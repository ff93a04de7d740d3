import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ingestBatch } from './ingest-batch.ts';
import { cursorOf, quarantinedByAccount } from '../store/accounts.store.ts';
import type { Log } from '../log.ts';
import { ACCOUNT, mail, openDesk } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk[Symbol.dispose]());

test('a message that can not be stored is told, counted once, and stops no other', async () => {
  // The table refuses it, as it would refuse what a faulty connector made.
  const poison = mail('poison2', { subject: null as never });
  const events = [mail('a1'), poison, mail('b3')].map((message) => ({ kind: 'message' as const, message, remoteRef: message.nativeKey }));
  const log = vi.fn<Log>();
  for (const cursor of ['first', 'again'])
    await ingestBatch({ ...desk, log }, ACCOUNT, { events, cursor, more: false, backfill: null }, ACCOUNT.uid);
  expect(log).toHaveBeenCalledWith('error', expect.stringContaining('set aside'), expect.objectContaining({ ref: 'poison2' }));
  expect(desk.store.read(quarantinedByAccount).get(ACCOUNT.uid)).toBe(1);
  expect(desk.store.read((db) => cursorOf(db, ACCOUNT.uid))).toBe('again');
  expect(desk.store.read((db) => db.get('SELECT count(*) AS n FROM cases'))).toEqual({ n: 2 });
});
