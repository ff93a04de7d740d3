import type { LiveChannel } from './live-channel.ts';
import { checkDiscourse } from '../../../src/main/engine/channels/discourse/check-discourse.ts';
import { createDiscourseConnector } from '../../../src/main/engine/channels/discourse/discourse-connector.ts';
import { forumAccount } from '../../../src/main/engine/channels/discourse/forum-account.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
import type { DiscourseSettings } from '../../../src/shared/contract/channels.contract.ts';

type Environment = Parameters<LiveChannel['check']>[0];

function settingsOf(environment: Environment): DiscourseSettings {
  return {
    kind: 'discourse',
    server: environment['DISCOURSE_SERVER'] ?? '',
    username: environment['DISCOURSE_USERNAME'] ?? '',
    name: 'Meridian',
    categories: [],
  };
}

const keyOf = (environment: Environment): string => environment['DISCOURSE_USER_API_KEY'] ?? '';

export const discourseLive: LiveChannel = {
  name: 'discourse',
  variables: [
    { name: 'DISCOURSE_SERVER', what: 'the forum, such as https://community.example.com' },
    { name: 'DISCOURSE_USERNAME', what: 'the user that the key belongs to' },
    { name: 'DISCOURSE_USER_API_KEY', what: 'a user API key with the scopes read and write' },
  ],
  reading: 'nothing is changed at the forum; some of the 20 requests a minute of the key are used',
  check: async (environment) => {
    const answer = await checkDiscourse(settingsOf(environment), keyOf(environment), new AbortController().signal);
    if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
    return answer.settings.kind === 'discourse' ? `${answer.settings.username} at ${answer.settings.server}` : '';
  },
  connector: (environment, io) =>
    createDiscourseConnector(forumAccount(accountIdFor('discourse', 'live'), settingsOf(environment), keyOf(environment)), io),
};
