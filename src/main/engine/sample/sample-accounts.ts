import { accountIdFor, sha256Hex } from '../identity.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { Channel, Party } from '../../../shared/domain/message.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The invented company. All its addresses end in `.example`, which nobody can ever own (RFC 2606). */
export const COMPANY = 'Aurelia';

interface SampleAccount {
  readonly channel: Channel;
  readonly accountId: AccountId;
  readonly address: string;
  readonly name: string;
}

function account(channel: Channel, address: string, name: string): SampleAccount {
  return { channel, accountId: accountIdFor('sample', address), address, name };
}

const ACCOUNTS: Readonly<Record<Channel, SampleAccount>> = {
  email: account('email', 'support@aurelia.example', 'Aurelia Support'),
  chat: account('chat', 'help@chat.aurelia.example', 'Aurelia live chat'),
  telegram: account('telegram', 'aurelia_support@telegram.example', 'Aurelia on Telegram'),
  x: account('x', 'aureliahelp@x.example', 'Aurelia on X'),
  web: account('web', 'form@web.aurelia.example', 'Contact form'),
  community: account('community', 'forum@community.aurelia.example', 'Aurelia community'),
};

/** The one account that a channel has in the sample workspace. */
export function sampleAccount(channel: Channel): SampleAccount {
  return ACCOUNTS[channel];
}

export function sampleAccountParty(channel: Channel): Party {
  return { address: ACCOUNTS[channel].address, name: ACCOUNTS[channel].name };
}

/** The channel that a sample account stands for, or null when it is no sample account. */
export function sampleChannelOf(accountId: AccountId): Channel | null {
  return CHANNELS.find((channel) => ACCOUNTS[channel].accountId === accountId) ?? null;
}

/** The accounts as they are stored. The token key is invented with everything else: it protects nothing. */
export function sampleStoredAccounts(seed: string, createdAt: Instant): StoredAccount[] {
  return CHANNELS.map((channel) => ({
    uid: ACCOUNTS[channel].accountId,
    kind: 'sample',
    address: ACCOUNTS[channel].address,
    name: ACCOUNTS[channel].name,
    tokenKey: sha256Hex(`sample token key ${seed} ${channel}`),
    createdAt,
    removedAt: null,
    settings: null,
  }));
}
