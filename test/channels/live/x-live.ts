import type { LiveChannel } from './live-channel.ts';
import { checkX } from '../../../src/main/engine/channels/x/check-x.ts';
import { xAccount } from '../../../src/main/engine/channels/x/x-account.ts';
import { createXConnector } from '../../../src/main/engine/channels/x/x-connector.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
import type { XSettings } from '../../../src/shared/contract/channels.contract.ts';

type Environment = Parameters<LiveChannel['check']>[0];

function settingsOf(environment: Environment): XSettings {
  return {
    kind: 'x',
    userId: environment['X_USER_ID'] ?? '0',
    handle: environment['X_HANDLE'] ?? 'x',
    name: 'Meridian',
    clientId: 'live',
    mentions: environment['X_MENTIONS'] === '1',
    directMessages: environment['X_MENTIONS'] !== '1',
    monthlyBudgetUsd: 1,
    server: environment['X_SERVER'] ?? null,
  };
}

/** Without a refresh token: a renewed one that nobody keeps would end the sign-in. */
const secretOf = (environment: Environment): string =>
  JSON.stringify({ accessToken: environment['X_ACCESS_TOKEN'] ?? '', refreshToken: null, expiresAt: Date.UTC(2100, 0) });

export const xLive: LiveChannel = {
  name: 'x',
  variables: [
    { name: 'X_ACCESS_TOKEN', what: 'of a user, by OAuth 2 with the scopes tweet.read, users.read, dm.read (and dm.write)' },
    { name: 'X_USER_ID', what: 'the number of that user' },
    { name: 'X_HANDLE', what: 'their handle, without @' },
    { name: 'X_MENTIONS', what: '1: reads posts that name the user instead of direct messages', isOptional: true },
    { name: 'X_SERVER', what: 'another address of the API', isOptional: true },
  ],
  reading: 'X charges for it: up to 0.01 USD for each message and user',
  check: async (environment) => {
    const answer = await checkX(settingsOf(environment), secretOf(environment), new AbortController().signal);
    if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
    return answer.settings.kind === 'x' ? `@${answer.settings.handle} (${answer.settings.userId})` : '';
  },
  connector: (environment, io) => createXConnector(xAccount(accountIdFor('x', 'live'), settingsOf(environment), secretOf(environment)), io),
};
