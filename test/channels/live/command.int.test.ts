import { expect, test } from 'vitest';
import { runLive } from './command.ts';
import { startForumPeer } from '../discourse/forum-peer.ts';
import { startXPeer } from '../x/x-peer.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
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

test('the live check of a forum and of X reads, and shows neither keys nor words', async () => {
  await using forum = await startForumPeer(accountIdFor('discourse', 'live'));
  await using x = await startXPeer(accountIdFor('x', 'live'));
  const mei = forum.forum.addUser('mei');
  forum.forum.write(forum.forum.addTopic('A question'), mei, 'my own test words');
  const said: string[] = [];
  const key = { DISCOURSE_SERVER: forum.http.origin, DISCOURSE_USERNAME: 'support', DISCOURSE_USER_API_KEY: forum.key };
  expect(await runLive(['discourse'], key, (line) => said.push(line))).toBe(true);
  const somebody = x.x.addUser('mei_c');
  x.x.direct(somebody, x.us, 'my own test words');
  const { accessToken } = x.x.signIns.grant(x.us);
  const token = { X_ACCESS_TOKEN: accessToken, X_USER_ID: x.us.id, X_HANDLE: x.us.username, X_SERVER: x.http.origin };
  expect(await runLive(['x', '--send'], token, (line) => said.push(line))).toBe(true);
  expect(x.x.events.at(-1)).toMatchObject({ sender: x.us, text: 'This is a test of Meridian. Nobody has to answer it.' });
  expect(said).toContain(`credentials: support at ${forum.http.origin}`);
  expect(said).toContain(`credentials: @acme_help (${x.us.id})`);
  for (const hidden of [forum.key, accessToken, 'my own test words']) expect(said.join('\n')).not.toContain(hidden);
});
