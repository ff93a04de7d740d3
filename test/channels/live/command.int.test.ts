import { expect, test } from 'vitest';
import { runLive } from './command.ts';
import { FakeTelegram } from '../telegram/fake-telegram.ts';

test('the live check says whose bot it is, reads without confirming, answers when asked to, and shows neither token nor words', async () => {
  await using fake = await FakeTelegram.start();
  const me = { id: 5_000_001, is_bot: false, first_name: 'Me' } as const;
  fake.privateChat(me);
  fake.say(me.id, me, { text: 'my own test words' });
  const said: string[] = [];
  const run = async (...words: readonly string[]): Promise<boolean> =>
    runLive(words, { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_SERVER: fake.url }, (line) => said.push(line));
  expect(await run('telegram')).toBe(true);
  expect(fake.waitingUpdates).toBe(1);
  expect(fake.sent).toEqual([]);
  expect(await run('telegram', '--send')).toBe(true);
  expect(fake.sent).toMatchObject([{ chat: me.id, text: 'This is a test of Meridian. Nobody has to answer it.' }]);
  expect(said).toContain('credentials: @team_support_bot (7000001)');
  expect(said.join('\n')).not.toContain(fake.token);
  expect(said.join('\n')).not.toContain('my own test words');
  expect(await runLive(['telegram'], {}, (line) => said.push(line))).toBe(false);
  expect(said.at(-1)).toMatch(/^TELEGRAM_BOT_TOKEN is not set/u);
});
