import type { LiveChannel } from './live-channel.ts';
import { botIdOf, checkBot } from '../../../src/main/engine/channels/telegram/check-bot.ts';
import { telegramAccount } from '../../../src/main/engine/channels/telegram/telegram-account.ts';
import { createTelegramConnector } from '../../../src/main/engine/channels/telegram/telegram-connector.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
import type { TelegramSettings } from '../../../src/shared/contract/channels.contract.ts';

type Environment = Parameters<LiveChannel['check']>[0];

function settingsOf(environment: Environment): TelegramSettings {
  return {
    kind: 'telegram',
    botId: botIdOf(environment['TELEGRAM_BOT_TOKEN'] ?? '') ?? '0000',
    username: '',
    name: 'Meridian',
    groups: 'addressed',
    server: environment['TELEGRAM_SERVER'] ?? null,
    playbook: null,
  };
}

export const telegramLive: LiveChannel = {
  name: 'telegram',
  variables: [
    { name: 'TELEGRAM_BOT_TOKEN', what: 'the token that BotFather gave for a bot of your own' },
    { name: 'TELEGRAM_SERVER', what: 'a Bot API server of your own', isOptional: true },
  ],
  reading: 'nothing is confirmed: what is read stays waiting for whoever receives with this bot',
  check: async (environment) => {
    const answer = await checkBot(settingsOf(environment), environment['TELEGRAM_BOT_TOKEN'] ?? '', new AbortController().signal);
    if (!answer.ok) throw new Error(`${answer.code} ${answer.detail}`);
    return answer.settings.kind === 'telegram' ? `@${answer.settings.username} (${answer.settings.botId})` : '';
  },
  connector: (environment, io) => {
    const settings = settingsOf(environment);
    const account = telegramAccount(accountIdFor('telegram', settings.botId), settings, environment['TELEGRAM_BOT_TOKEN'] ?? '');
    return createTelegramConnector(account, io);
  },
};
