import { expect, test } from 'vitest';
import { startStation, until } from '../kit/station.ts';
import { telegramDriver } from '../kit/telegram.driver.ts';
import { op } from '../../engine/workstation.ts';
import { readUpdates } from '../../../src/main/engine/channels/telegram/read-updates.ts';
import { EMPTY_CURSOR } from '../../../src/main/engine/channels/telegram/update-cursor.ts';
import { mayAcknowledge } from '../../../src/main/engine/usecases/acknowledge-channel.ts';

/** Who of Telegram's customers is told by a machine that their message has come. The service is a FAKE. */

const MEI = { id: 48_211, is_bot: false, first_name: 'Mei' };
const TEXT = '你好，我的提现还没有到账，请帮忙查一下是什么情况。';

test('a customer who writes to the bot alone is told once, in their language', async () => {
  await using peer = await telegramDriver.start();
  await using station = await startStation(peer);
  await station.live();
  await station.workstation.ask('acknowledgements.save', { opId: op(), settings: { isOn: true, readingMinutes: 15, templates: [] } });
  await peer.inject({ text: TEXT });
  await station.has(TEXT);
  await until(async () => (await peer.sent()).length > 0, 'it is acknowledged');
  await peer.inject({ text: '还在吗？我等了很久了，请尽快回复我。', from: 'mei' });
  await peer.inject({ text: '这是机器人发出的自动消息，请不要回复。', from: 'robot' });
  await station.has('还在吗？我等了很久了，请尽快回复我。', '这是机器人发出的自动消息，请不要回复。');
  const log = await station.workstation.ask('acknowledgements.log', { limit: 10 });
  // what a machine wrote is not even thought of
  expect(log.map(({ kind, reasons }) => [kind, ...reasons])).toEqual([['silent', 'answered-recently'], ['sent']]);
  const sent = await peer.sent();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toContain('您的来信已收到');
});

function hints(message: Readonly<Record<string, unknown>>): boolean {
  const reading = {
    account: { botId: '7000001', groups: 'all' as const },
    bot: { id: 7_000_001, username: 'team_support_bot', seesAllInGroups: true },
    skipped: () => {},
  };
  const update = { update_id: 1, message: { message_id: 1, date: 1_795_000_000, text: TEXT, from: MEI, ...message } };
  const [step] = readUpdates(reading, EMPTY_CURSOR, [update]);
  return step?.read?.kind === 'message' && step.read.message.answerHints !== undefined;
}

test('never a machine, nobody in a group, and nobody for what others have said', () => {
  const chat = { id: 48_211, type: 'private' };
  expect(hints({ chat })).toBe(true);
  expect(hints({ chat, from: { ...MEI, is_bot: true } })).toBe(false);
  expect(hints({ chat: { id: -100_123, type: 'group', title: 'Traders' } })).toBe(false);
  expect(hints({ chat, forward_origin: { type: 'hidden_user', sender_user_name: 'Somebody', date: 1 } })).toBe(false);
});

test('not where a bot speaks first, in public, or in a language that nobody knows', () => {
  const origin = { conversation: 'p:1', nativeKey: '1/1', isPrivate: true, author: {} as never };
  const telegram = { kind: 'telegram', botId: '1', username: '', name: 'x', groups: 'none', server: null, playbook: null } as const;
  const asked = (playbook: string | null, isPrivate: boolean, language: string | null): boolean =>
    mayAcknowledge({ account: { channel: { ...telegram, playbook } }, message: { origin: { ...origin, isPrivate }, language } });
  expect(asked(null, true, 'zh')).toBe(true);
  expect([asked('withdrawals', true, 'zh'), asked(null, false, 'zh'), asked(null, true, null)]).toEqual([false, false, false]);
  expect(mayAcknowledge({ account: {}, message: { language: null } })).toBe(true);
});
