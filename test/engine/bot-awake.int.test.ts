import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNT, chatMessage } from './bot-talk.ts';
import { HandChannel } from './hand-channel.ts';
import { body, drafted, setUp, TOMAS } from './roster-team.ts';
import { op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { PHRASES } from '../../src/shared/domain/bot/phrases.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** What the bot promises while nobody is awake. */

/** A Wednesday at nine in the evening in Lisbon, six in the morning of Thursday where the customer is. */
let nowMs = Date.UTC(2026, 10, 25, 21);
const clock = { now: () => instant(nowMs) };
let station: Workstation;
let channel: HandChannel;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 25, 21);
  channel = new HandChannel(clock);
  station = await startWorkstation({
    clock,
    playbookFolder: join(import.meta.dirname, '../../resources/playbooks'),
    secrets: new Map([[`account:${ACCOUNT.uid}`, 'key']]),
    createConnector: () => channel.connector(),
    prepare: async ({ store }) => {
      store.write((tx) => saveAccount(tx, ACCOUNT));
      return Promise.resolve();
    },
  });
  await setUp(station);
});
afterEach(() => station[Symbol.asyncDispose]());

async function say(text: string, visitor: string): Promise<string> {
  const before = channel.sent.length;
  channel.deliver(chatMessage(clock, text, { senderOffsetMinutes: 540 }, visitor));
  await until(() => channel.sent.length === before + 1, `the bot answers to ${text}`);
  return channel.sent.at(-1)?.text ?? '';
}

test('it says when somebody is awake, on the customer’s clock, and no time where nobody knows one', async () => {
  const untimed = PHRASES['en']?.untimed ?? '';
  // nothing is planned
  expect(await say('agent please', 'v1')).toContain(untimed);
  await station.ask('plan.edit', { opId: op(), changes: [drafted('tomas', body(TOMAS.agentId, '2026-11-26T08:00', '2026-11-26T12:00'))] });
  await station.ask('plan.publish', { opId: op(), note: '' });
  // eight in Lisbon is five in the afternoon there, and a quarter of an hour is for reading
  const offered = await say('agent please', 'v2');
  expect(offered).toContain('reads this by 17:15 your time.');
  expect(offered).not.toContain(untimed);
  expect(await say('my account was hacked', 'v3')).toContain('reads this by 17:15 your time.');
  // behind the last shift that anybody has planned
  nowMs += 20 * HOUR_MS;
  expect(await say('agent please', 'v4')).toContain(untimed);
});
