import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startHeadless } from './headless.ts';
import type { HeadlessWorkstation } from './headless.ts';
import { op, until } from './workstation.ts';
import { FakeTelegram } from '../channels/telegram/fake-telegram.ts';
import { accountIdFor } from '../../src/main/engine/identity.ts';
import type { ProbePoint } from '../../src/main/engine/probe.ts';
import { Store } from '../../src/main/engine/store/sql.ts';

/** The built engine with its bot in a process of its own, killed between two steps; the service is a fake (see there). */

const PLAYBOOKS = join(import.meta.dirname, '../../resources/playbooks');
const MEI = { id: 48_211, is_bot: false, first_name: 'Mei', language_code: 'en' } as const;

let fake: FakeTelegram;
let folder = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-bot-kill-'));
  fake = await FakeTelegram.start();
  fake.keepsLimits = false;
  fake.privateChat(MEI);
});
afterEach(async () => {
  await fake[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function start(point?: ProbePoint): Promise<HeadlessWorkstation> {
  return startHeadless({
    folder,
    playbookFolder: PLAYBOOKS,
    secrets: { [`account:${accountIdFor('telegram', String(fake.botUser.id))}`]: fake.token },
    ...(point === undefined ? {} : { killAt: { point, count: 1 } }),
  });
}

async function connect(station: HeadlessWorkstation): Promise<void> {
  await station.ask('workspace.setProfile', { opId: op(), name: 'Ana Reis', zone: 'Europe/Lisbon', languages: [] });
  const settings = {
    kind: 'telegram',
    botId: String(fake.botUser.id),
    username: fake.botUser.username,
    name: 'Team Support',
    groups: 'addressed',
    server: fake.url,
    playbook: 'general',
  } as const;
  await station.ask('channels.add', { opId: op(), settings, secret: fake.token });
}

/** What the crash has left on disk: messages of the customer, and what the bot has to say. */
function left(): { readonly messages: number; readonly words: readonly { readonly state: string; readonly handedOver: number }[] } {
  using store = new Store(join(folder, 'main.db'));
  return store.read((db) => ({
    messages: db.get<{ count: number }>('SELECT count(*) AS count FROM messages WHERE kind = 0')?.count ?? 0,
    words: db.all('SELECT state, handed_over AS handedOver FROM outbox'),
  }));
}
const said = (words: string): number => fake.sent.filter(({ text }) => text.includes(words)).length;

test.each([
  // the message and the answer to it are one commit
  ['ingest:committed', { messages: 1, words: [{ state: 'queued', handedOver: 0 }] }, [1]],
  ['outbox:sending-committed', { messages: 1, words: [{ state: 'sending', handedOver: 0 }] }, [1]],
  // nobody can know whether it was read; never is it said twice
  ['outbox:handed-over', { messages: 1, words: [{ state: 'sending', handedOver: 1 }] }, [0, 1]],
] as const)(
  'SIGKILL at %s: the customer has one answer, and the conversation goes on',
  async (point, remains, answers) => {
    fake.say(MEI.id, MEI, { text: 'hello there, good morning' });
    const victim = await start(point);
    // the kill may come before the answer does
    await connect(victim).catch(() => null);
    expect(await victim.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(left()).toEqual(remains);
    const station = await start();
    if (!answers.includes(0 as never)) await until(() => said('What is it about?') === 1, 'it is answered');
    // nothing can be pressed there: what is offered stands below, by numbers
    for (const { text } of fake.sent) expect(text).toContain('\n2. A withdrawal takes too long\n');
    fake.say(MEI.id, MEI, { text: '2' });
    await until(() => said('What does the list of withdrawals say') === 1, 'the conversation goes on');
    expect(answers).toContain(said('What is it about?'));
    expect(said('What does the list of withdrawals say')).toBe(1);
    await station.quit();
  },
  120_000,
);
