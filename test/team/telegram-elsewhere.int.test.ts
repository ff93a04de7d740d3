import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { theCase } from './real-station.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { FakeTelegram } from '../channels/telegram/fake-telegram.ts';
import { reply, until } from '../engine/workstation.ts';
import type { ConnectorFactory } from '../../src/main/engine/jobs/account-pool.ts';
import { createTelegramConnector } from '../../src/main/engine/channels/telegram/telegram-connector.ts';
import { accountIdFor } from '../../src/main/engine/identity.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** A group of Telegram whose bot is held by one workstation first and by another one then. The service is a FAKE. */

const MEI = { id: 48_211, is_bot: false, first_name: 'Mei' } as const;
const JUN = { id: 48_212, is_bot: false, first_name: 'Jun' } as const;
const KEN = { id: 48_213, is_bot: false, first_name: 'Ken' } as const;
const GROUP = -100_123;
const BOT: StoredAccount = {
  uid: accountIdFor('telegram', '7000001'),
  kind: 'telegram',
  address: '7000001',
  name: 'Team Support',
  tokenKey: '00'.repeat(32),
  createdAt: instant(1),
  removedAt: null,
  settings: null,
  channel: {
    kind: 'telegram',
    botId: '7000001',
    username: 'team_support_bot',
    name: 'Team Support',
    groups: 'addressed',
    server: null,
    playbook: null,
  },
};
const clock = { now: () => instant(Date.now()) };
const open: TeamStation[] = [];
let fake: FakeTelegram;

beforeEach(async () => {
  fake = await FakeTelegram.start();
  fake.group(GROUP, 'Traders');
});
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

const connector: ConnectorFactory = (account, _secret, io) =>
  createTelegramConnector(
    { accountId: account.uid, botId: '7000001', name: account.name, groups: 'addressed', server: fake.url, token: fake.token },
    { ...io, timings: { pollSeconds: 1, slackMs: 1_000, requestMs: 2_000, albumMs: 30 } },
  );

async function start(hub: MemoryHub, name: string): Promise<TeamStation> {
  const station = await startStation(hub, name, {
    clock,
    secrets: new Map([[`account:${BOT.uid}`, fake.token]]),
    createConnector: connector,
    prepare: async ({ store }) => Promise.resolve(store.write((tx) => saveAccount(tx, BOT))),
  });
  open.push(station);
  return station;
}

const ask = (words: string) => ({
  text: `/ask@team_support_bot ${words}`,
  entities: [{ type: 'bot_command', offset: 0, length: 21 }] as const,
});
const textsAt = (station: TeamStation): readonly string[] =>
  station.engine.store.read((db) => db.all<{ text: string }>('SELECT text FROM messages ORDER BY sent_at, id')).map(({ text }) => text);

test('who answers us, and who answers them, stays in the case after the bot went to another workstation; an edit is told', async () => {
  const hub = new MemoryHub(clock);
  const ana = await start(hub, 'Ana');
  await join(ana, hub, 'ana', 'lead');
  const asked = fake.say(GROUP, MEI, ask('where is it?') as never);
  const caseId = await theCase(ana);
  const bo = await start(hub, 'Bo');
  await join(bo, hub, 'bo', 'lead');
  await until(async () => (await bo.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).total === 1, 'Bo has the case');
  await reply(ana, caseId, 'It is on its way.', `${String(MEI.id)}@telegram`);
  await until(() => fake.sent.length === 1, 'the answer is sent');
  await until(
    async () => (await bo.ask('cases.timeline', { caseId })).some((item) => item.kind === 'message' && item.text === 'It is on its way.'),
    'Bo reads it',
  );
  await ana.settled();
  await bo.settled();
  await ana.quit();

  const ours = fake.message(GROUP, fake.sent[0]?.messageIds[0] ?? 0);
  const answer = fake.say(GROUP, JUN, { text: 'Mine is late, too', reply_to_message: ours as never });
  await until(() => textsAt(bo).includes('Mine is late, too'), 'Bo has the bot');
  fake.say(GROUP, KEN, { ...ask('and mine'), reply_to_message: { ...answer, reply_to_message: undefined } } as never);
  await until(() => textsAt(bo).some((text) => text.endsWith('and mine')), 'the next one is there');
  fake.edit(GROUP, asked.message_id, { text: '/ask@team_support_bot where is my deposit?' });
  await until(() => textsAt(bo).some((text) => text.endsWith('where is my deposit?')), 'the edit is told');
  const { total, rows } = await bo.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 });
  expect([total, rows[0]?.caseId]).toEqual([1, caseId]);
});
