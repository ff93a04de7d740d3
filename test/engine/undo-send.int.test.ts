import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNT, chatMessage } from './bot-talk.ts';
import { customerMail, HandChannel } from './hand-channel.ts';
import { introduce, op, reply, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant, SECOND_MS } from '../../src/shared/domain/time.ts';

/** A Wednesday at nine in Lisbon; the clock stands. */
const NOW = instant(Date.UTC(2026, 10, 25, 9));
const clock = { now: () => NOW };
let station: Workstation;
let channel: HandChannel;

beforeEach(async () => {
  channel = new HandChannel(clock);
  station = await startWorkstation({
    clock,
    secrets: new Map([[`account:${ACCOUNT.uid}`, 'key']]),
    createConnector: () => channel.connector(),
    prepare: async ({ store }) => {
      store.write((tx) =>
        saveAccount(tx, { ...ACCOUNT, channel: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: 'A'.repeat(87), playbook: null } }),
      );
      return Promise.resolve();
    },
  });
  await introduce(station);
});
afterEach(() => station[Symbol.asyncDispose]());

/** The case of what a customer has written. */
async function caseOf(message: NormalizedMessage): Promise<CaseId> {
  channel.deliver(message);
  const found: CaseId[] = [];
  await until(async () => {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 });
    found.push(...rows.map(({ caseId }) => caseId));
    return found.length > 0;
  }, 'the customer has written');
  const [caseId] = found;
  if (caseId === undefined) throw new Error('no case');
  return caseId;
}

test('an answer in a live chat leaves at once', async () => {
  await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 10 } });
  const chat = await caseOf(chatMessage(clock, 'Where are my coins?'));
  expect((await reply(station, chat, 'Here.', 'v1@chat')).sendAt).toBe(NOW);
  await until(() => channel.sent.length === 1, 'it has left, though no time passes');
});

test('a mail waits, whatever the time of chats', async () => {
  await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 10 } });
  const mail = await caseOf(customerMail(clock, { subject: 'Coins', text: 'Where are they?' }));
  expect((await reply(station, mail, 'Here.')).sendAt).toBe(NOW + 10 * SECOND_MS);
});

test('a time of its own for live chats is kept', async () => {
  await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0, undoChatSeconds: 5 } });
  const chat = await caseOf(chatMessage(clock, 'Where are my coins?'));
  const { outboxId, sendAt } = await reply(station, chat, 'Here.', 'v1@chat');
  expect(sendAt).toBe(NOW + 5 * SECOND_MS);
  expect(await station.call('outbox.cancel', { opId: op(), outboxId })).toMatchObject({ ok: true });
  expect(channel.sent).toEqual([]);
});
