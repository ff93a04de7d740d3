import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { checkHubVersion, hubVersionRefusal } from '../engine/team/hub-version.ts';
import { HubError } from './hub-state.ts';

export interface ConnectionWish {
  readonly servers: readonly string[];
  /** PEM of the only authority that counts. */
  readonly authority: string;
  readonly seed: Uint8Array;
  readonly inboxPrefix: string;
  readonly timeoutMs?: number;
}

/** One connection of the hub command. Throws a HubError when the server is too old: nothing is made on it then. */
export async function connectToHub({ servers, authority, seed, inboxPrefix, timeoutMs }: ConnectionWish): Promise<NatsConnection> {
  const connection = await connect({
    servers: [...servers],
    authenticator: nkeyAuthenticator(seed),
    tls: { ca: authority },
    inboxPrefix,
    timeout: timeoutMs ?? 5_000,
    reconnect: false,
    // the addresses are those that were asked for, and not what servers tell of each other
    ignoreClusterUpdates: true,
  });
  const check = checkHubVersion(connection.info?.version);
  if (check.ok) return connection;
  await connection.close();
  throw new HubError(hubVersionRefusal(check));
}
