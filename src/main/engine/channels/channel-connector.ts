import type { ChannelConnector, ConnectorIo } from './connector.ts';
import { checkBot } from './telegram/check-bot.ts';
import { telegramAccount } from './telegram/telegram-account.ts';
import { createTelegramConnector } from './telegram/telegram-connector.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import type { ChannelCheck, ChannelSettings } from '../../../shared/contract/channels.contract.ts';

/**
 * The connector of an account that is no mailbox.
 * @throws for an account that is not connected here
 */
export function channelConnector(account: StoredAccount, secret: string | null, io: ConnectorIo): ChannelConnector {
  const { channel } = account;
  if (channel === undefined || secret === null) throw new Error(`${account.uid} is not connected here`);
  switch (channel.kind) {
    case 'telegram':
      return createTelegramConnector(telegramAccount(account.uid, channel, secret), io);
    default:
      throw new Error(`there is no connector for ${channel.kind}`);
  }
}

/** Asks the service whose credentials these are, without storing anything. */
export async function checkChannel(settings: ChannelSettings, secret: string): Promise<ChannelCheck> {
  // a question that nobody waits for any more ends by its own deadlines
  const lasting = new AbortController().signal;
  switch (settings.kind) {
    case 'telegram':
      return checkBot(settings, secret.trim(), lasting);
    default:
      return Promise.resolve({ ok: false, code: 'not-supported', detail: settings.kind });
  }
}
