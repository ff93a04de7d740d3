import { afterEach, beforeEach, expect, test } from 'vitest';
import { customerMail, HAND_ACCOUNT, startWithChannel } from './hand-channel.ts';
import type { HandChannel } from './hand-channel.ts';
import { introduce, op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** What becomes of replies that wait when the channel that they were to leave by is disconnected. */

const clock = { now: () => instant(Date.now()) };
let station: Workstation;
let channel: HandChannel;
let caseId: CaseId;

beforeEach(async () => {
  ({ station, channel } = await startWithChannel(clock));
  await introduce(station);
  await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0 } });
  channel.deliver(customerMail(clock));
  const list = async () => (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 })).rows;
  await until(async () => (await list()).length === 1, 'the mail is fetched');
  const [row] = await list();
  if (row === undefined) throw new Error('no case');
  ({ caseId } = row);
  channel.cut();
  await until(async () => (await station.ask('accounts.list', {}))[0]?.state === 'offline', 'the channel is offline');
});
afterEach(async () => station[Symbol.asyncDispose]());

async function reply(text: string, sendAt?: number): Promise<void> {
  const to = [{ address: 'mei@customer.test', name: '' }];
  const { draftId } = await station.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text, to, cc: [] });
  await station.ask('cases.reply', {
    opId: op(),
    caseId,
    draftId,
    thenStatus: null,
    ...(sendAt === undefined ? {} : { sendAt: instant(sendAt) }),
  });
}
const outbox = async () => (await station.ask('outbox.list', {})).map(({ state, code }) => `${state} ${code ?? ''}`.trim());

test('they have failed and say why, also what was to leave later; connected again, they can be sent again', async () => {
  await reply('At once.');
  await reply('Tomorrow.', Date.now() + 20 * HOUR_MS);
  expect(await outbox()).toEqual(['queued', 'queued']);
  await station.ask('accounts.remove', { opId: op(), accountId: HAND_ACCOUNT.uid });
  await until(async () => (await outbox()).every((line) => line === 'failed channel-removed'), 'both have failed');
  const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 })).rows;
  expect(row).toMatchObject({ failedReplies: 2, queuedReplies: 0, sendsAt: null });
  // sent again, it does not wait either
  const [first] = await station.ask('outbox.list', {});
  if (first === undefined) throw new Error('no reply');
  await station.ask('outbox.sendNow', { opId: op(), outboxId: first.outboxId });
  await until(async () => (await outbox())[0] === 'failed channel-removed', 'it has failed again');
  expect(channel.sent).toEqual([]);
  // the channel is there again
  channel.restore();
  station.engine.store.write((tx) => saveAccount(tx, HAND_ACCOUNT));
  await station.ask('outbox.sendNow', { opId: op(), outboxId: first.outboxId });
  expect(await outbox()).toEqual(['queued', 'failed channel-removed']);
});

test('what waited when the workstation ended has failed when it starts', async () => {
  await reply('At once.');
  // as a workstation of an older version left it
  station.engine.store.database.prepare('UPDATE accounts SET removed_at = 1 WHERE uid = ?').run(HAND_ACCOUNT.uid);
  expect(await outbox()).toEqual(['queued']);
  await station.quit();
  const { folder } = station;
  station = await startWorkstation({ clock, folder, createConnector: () => channel.connector() });
  await until(async () => (await outbox())[0] === 'failed channel-removed', 'it has failed');
});
