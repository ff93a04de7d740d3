import type { ChannelConnector, ConnectorIo } from './connector.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import type { ChannelCheck, ChannelSettings } from '../../../shared/contract/channels.contract.ts';

/**
 * The connector of an account that is no mailbox.
 * @throws for an account that is not connected here
 */
export function channelConnector(account: StoredAccount, secret: string | null, _io: ConnectorIo): ChannelConnector {
  const { channel } = account;
  if (channel === undefined || secret === null) throw new Error(`${account.uid} is not connected here`);
  throw new Error(`there is no connector for ${channel.kind}`);
}

/** Asks the service whose credentials these are, without storing anything. */
export async function checkChannel(settings: ChannelSettings, _secret: string): Promise<ChannelCheck> {
  return Promise.resolve({ ok: false, code: 'not-supported', detail: settings.kind });
}
