import type { ChannelConnector, ConnectorIo } from './connector.ts';
import { checkChat, createChatConnector } from './chat/chat-connector.ts';
import { ConnectorError } from './connector.ts';
import { checkDiscourse } from './discourse/check-discourse.ts';
import { createDiscourseConnector } from './discourse/discourse-connector.ts';
import { forumAccount } from './discourse/forum-account.ts';
import { checkBot } from './telegram/check-bot.ts';
import { telegramAccount } from './telegram/telegram-account.ts';
import { createTelegramConnector } from './telegram/telegram-connector.ts';
import { checkX } from './x/check-x.ts';
import { xAccount } from './x/x-account.ts';
import { createXConnector } from './x/x-connector.ts';
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
    case 'chat':
      return createChatConnector({ accountId: account.uid, settings: channel, secret, io });
    case 'telegram':
      return createTelegramConnector(telegramAccount(account.uid, channel, secret), io);
    case 'discourse':
      return createDiscourseConnector(forumAccount(account.uid, channel, secret), io);
    case 'x':
      return createXConnector(xAccount(account.uid, channel, secret), io);
  }
}

/** Asks the service whose credentials these are, without storing anything. */
export async function checkChannel(settings: ChannelSettings, secret: string, io: Pick<ConnectorIo, 'hub'> = {}): Promise<ChannelCheck> {
  // a question that nobody waits for any more ends by its own deadlines
  const lasting = new AbortController().signal;
  switch (settings.kind) {
    case 'chat':
      return told(settings, async () => checkChat(settings, secret, io));
    case 'telegram':
      return checkBot(settings, secret.trim(), lasting);
    case 'discourse':
      return checkDiscourse(settings, secret.trim(), lasting);
    case 'x':
      return checkX(settings, secret, lasting);
  }
}

/** What was found, in the form of an answer. Throws what is no finding. */
async function told(settings: ChannelSettings, check: () => Promise<void>): Promise<ChannelCheck> {
  try {
    await check();
    return { ok: true, settings };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { ok: false, code: error.code, detail: error.message };
  }
}
