import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { TEAM_ACCOUNT } from '../engine/team/hub-names.ts';
import { HubError } from './hub-state.ts';

/** What the system account of a server offers; all of it goes over the connection, so no port for watching is open. */
export interface ServerControl {
  /** Has the server read its configuration again: users that are gone are disconnected at once. Throws with the server's words. */
  reload(): Promise<void>;
  /** Null when it is well, else what is wrong. */
  trouble(): Promise<string | null>;
  /** Public keys of the users that are connected to the team's account, one entry for each connection. */
  connectedKeys(): Promise<readonly string[]>;
}

const answerSchema = z.object({
  error: z.object({ description: z.string() }).optional(),
  data: z.unknown().optional(),
});
const healthSchema = z.object({ status: z.string(), error: z.string().optional() });
const connectionsSchema = z.object({ connections: z.array(z.object({ nkey: z.string().optional() })) });

const TIMEOUT_MS = 10_000;
const MOST_CONNECTIONS = 10_000;

/** @param system a connection of the system account */
export function serverControl(system: NatsConnection): ServerControl {
  const serverId = system.info?.server_id ?? '';
  const ask = async (what: string, options: object = {}): Promise<z.infer<typeof answerSchema>> => {
    const answer = await system.request(`$SYS.REQ.SERVER.${serverId}.${what}`, JSON.stringify(options), { timeout: TIMEOUT_MS });
    return answerSchema.parse(answer.json());
  };
  return {
    reload: async () => {
      const { error } = await ask('RELOAD');
      if (error !== undefined) throw new HubError(`the server did not take its new configuration: ${error.description}`);
    },
    trouble: async () => {
      const { data, error } = await ask('HEALTHZ');
      if (error !== undefined) return error.description;
      const health = healthSchema.parse(data);
      return health.status === 'ok' ? null : (health.error ?? health.status);
    },
    connectedKeys: async () => {
      const { data } = await ask('CONNZ', { auth: true, acc: TEAM_ACCOUNT, limit: MOST_CONNECTIONS });
      return connectionsSchema.parse(data).connections.flatMap(({ nkey }) => (nkey === undefined ? [] : [nkey]));
    },
  };
}
