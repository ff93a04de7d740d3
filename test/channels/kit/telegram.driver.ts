import type { ServerResponse } from 'node:http';
import { until } from './station.ts';
import type { Customer, Driver, Fault, Peer, Said, SendStage } from './peer.ts';
import { FakeTelegram, refuse } from '../telegram/fake-telegram.ts';
import { Refusal } from '../telegram/bot-request.ts';
import { startProxy } from '../../mail-server/proxy.ts';
import { createTelegramConnector } from '../../../src/main/engine/channels/telegram/telegram-connector.ts';
import { telegramAccount } from '../../../src/main/engine/channels/telegram/telegram-account.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
import { CAPABILITIES } from '../../../src/shared/domain/channel/capabilities.ts';
import { instant } from '../../../src/shared/domain/time.ts';

const PEOPLE = {
  mei: { id: 48_211, is_bot: false, first_name: 'Mei', username: 'mei_c' },
  jun: { id: 48_212, is_bot: false, first_name: 'Jun' },
  robot: { id: 48_213, is_bot: true, first_name: 'Robot', username: 'robot_bot' },
} as const satisfies Readonly<Record<Customer, object>>;

const QUICK = { pollSeconds: 1, slackMs: 2_000, requestMs: 5_000, albumMs: 30 };

function meet(fault: Fault): (response: ServerResponse) => void {
  switch (fault.kind) {
    case 'rate-limited': {
      const parameters: Readonly<Record<string, number>> = fault.retryAfter === 'json' ? { retry_after: Math.ceil(fault.ms / 1_000) } : {};
      return (response) => refuse(response, new Refusal(429, 'Too Many Requests', parameters));
    }
    case 'server-error':
      return (response) => refuse(response, new Refusal(502, 'Bad Gateway'));
    case 'malformed':
      return (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"result":[{"upd');
    case 'slow':
      return (response) => {
        const timer = setTimeout(() => response.end('{"ok":true,"result":[]}'), fault.ms);
        response.once('close', () => clearTimeout(timer));
      };
  }
}

/** What the service should never hand us, and what it may hand us in years to come. */
const HOSTILE: readonly Readonly<Record<string, unknown>>[] = [
  { hologram: { from: PEOPLE.mei, size: 9 } },
  { poll_answer: { poll_id: '1', option_ids: [0] } },
  { message: null },
  { message: 'no object' },
  { message: { message_id: 'x', date: 'yesterday', chat: {}, text: 42 } },
  { message: { message_id: 900_001, date: 1, chat: { id: 48_211, type: 'private' }, from: PEOPLE.mei, text: 'A'.repeat(300_000) } },
  {
    message: {
      message_id: 900_002,
      date: 1,
      chat: { id: 48_211, type: 'private' },
      from: PEOPLE.mei,
      text: 'short',
      entities: [{ type: 'text_link', offset: 99_999_999, length: 5, url: 'javascript:alert(1)' }],
    },
  },
  { message: { message_id: 900_003, date: 9e15, chat: { id: 48_211, type: 'private' }, from: PEOPLE.mei, text: 'time' } },
  { message: { message_id: 900_004, date: 1, chat: { id: 48_211, type: 'private' }, from: PEOPLE.mei, rich_message: nested(1_000) } },
  {
    message: {
      message_id: 900_005,
      date: 1,
      chat: { id: 48_211, type: 'private' },
      from: PEOPLE.mei,
      document: { file_id: '../../../etc/passwd' },
    },
  },
  { edited_message: { message_id: 900_006, date: 1, edit_date: -5, chat: { id: 48_211, type: 'private' }, text: 'x' } },
];

function nested(depth: number): unknown {
  let inner: unknown = 'deep';
  for (let index = 0; index < depth; index += 1) inner = { text: [inner] };
  return { blocks: [inner] };
}

async function startPeer(): Promise<Peer> {
  const fake = await FakeTelegram.start();
  const proxy = await startProxy({ host: '127.0.0.1', port: fake.port });
  for (const person of Object.values(PEOPLE)) fake.privateChat(person);
  const settings = {
    kind: 'telegram',
    botId: String(fake.botUser.id),
    username: fake.botUser.username,
    name: 'Team Support',
    groups: 'addressed',
    server: `http://127.0.0.1:${proxy.port}`,
    playbook: null,
  } as const;
  const uid = accountIdFor('telegram', settings.botId);
  const secrets = [fake.token];
  let typedAt = 0;

  return {
    account: {
      uid,
      kind: 'telegram',
      address: settings.botId,
      name: settings.name,
      tokenKey: '00'.repeat(32),
      createdAt: instant(0),
      removedAt: null,
      settings: null,
      channel: settings,
    },
    get secret() {
      return fake.token;
    },
    secrets,
    connector: (io, options = {}) =>
      createTelegramConnector(telegramAccount(uid, settings, options.secret ?? fake.token), {
        ...io,
        // the service's time is the connector's: a week of silence is a matter of both
        clock: { now: () => instant(fake.now()) },
        ...(options.timings === 'production' ? {} : { timings: QUICK }),
      }),
    inject: async ({ text, from = 'mei', at, files = [] }: Said) => {
      const person = PEOPLE[from];
      const [first] = files;
      const content =
        first === undefined
          ? { text }
          : { caption: text, document: { ...fake.keepFile(first.bytes, first.name), file_name: first.name, mime_type: first.type } };
      const { message_id: id } = fake.say(person.id, person, content, at);
      return Promise.resolve(`${person.id}/${id}`);
    },
    edit: async (ref, text) => {
      const [chat = '0', id = '0'] = ref.split('/');
      return Promise.resolve(fake.edit(Number(chat), Number(id), { text }));
    },
    sent: async () => Promise.resolve(fake.sent.map(({ text, files }) => ({ text, files }))),
    sawTyping: async () => {
      const seen = fake.actions.length > typedAt;
      typedAt = fake.actions.length;
      return Promise.resolve(seen);
    },
    requests: () => fake.calls.length,
    dropTcp: () => proxy.dropAll(),
    blackHole: () => proxy.blackHole(),
    restore: async () => {
      fake.calm();
      await proxy.restore();
    },
    fault: (where, fault, count) => fake.trouble(where, meet(fault), count),
    cutNextSend: (stage: SendStage) => {
      if (stage === 'connect') void proxy.refuse();
      else fake.cutNextSend(stage);
    },
    rotateAuth: async () => {
      secrets.push(fake.rotateToken());
      return Promise.resolve(fake.token);
    },
    restart: async () => fake.restart(),
    resetCursorDomain: async () => {
      // the service counts anew after a week without anything: what came before was confirmed long ago
      await until(() => fake.isQuiet, 'what came was confirmed');
      const week = fake.now() - Date.now() + 8 * 86_400_000;
      fake.now = () => Date.now() + week;
      fake.restartNumbers();
    },
    hostile: async () => {
      for (const update of HOSTILE) fake.push(update);
      return Promise.resolve(HOSTILE.length);
    },
    repeat: async (ref) => {
      const [chat = '0', id = '0'] = ref.split('/');
      return Promise.resolve(fake.push({ message: fake.message(Number(chat), Number(id)) }));
    },
    settled: async () => Promise.resolve(),
    [Symbol.asyncDispose]: async () => {
      await proxy.stop();
      await fake[Symbol.asyncDispose]();
    },
  };
}

export const telegramDriver: Driver = {
  connector: 'telegram',
  peer: 'fake Bot API',
  kind: 'fake',
  channel: 'telegram',
  capabilities: CAPABILITIES.telegram,
  reasons: {
    remove: 'bots are not told of deletions',
    readAll: 'bots are shown no read marks',
    type: 'bots are not told that somebody types',
    bounce: 'a message that can not be delivered is refused at once',
  },
  // it always says how long; that it may not is asked in telegram.int.test.ts, and takes seconds
  retryForms: ['json'],
  obstacle: () => null,
  start: startPeer,
};
