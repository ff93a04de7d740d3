import type { StoredAccount } from '../store/accounts.store.ts';
import { channelAddress } from '../../../shared/domain/channel/capabilities.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';

/**
 * Whether a message may be acknowledged where it came from. Mail always, as far as RFC 3834 lets us. A chat only between two: whoever reads
 * along has asked nothing. Where a bot speaks first, it says itself what follows; and in a language that nobody knows nothing is said.
 */
export function mayAcknowledge({
  account,
  message,
}: {
  readonly account: Pick<StoredAccount, 'channel'>;
  readonly message: Pick<NormalizedMessage, 'origin' | 'language'>;
}): boolean {
  if (message.origin === undefined) return true;
  const { channel } = account;
  const hasBot = channel !== undefined && 'playbook' in channel && channel.playbook !== null;
  return message.origin.isPrivate && message.language !== null && !hasBot;
}

/** Our addresses as messages name them. */
export function ownAddresses(accounts: readonly Pick<StoredAccount, 'kind' | 'address'>[]): readonly string[] {
  return accounts.map(({ kind, address }) => (kind === 'telegram' ? channelAddress('telegram', address) : address));
}
