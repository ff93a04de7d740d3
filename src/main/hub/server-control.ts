import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { TEAM_ACCOUNT } from '../engine/team/hub-names.ts';
import { HubError } from './hub-state.ts';

/** What the system account of a server offers; all of it goes over the connection, so no port for watching is open. */
export interface ServerControl {
  /**
   * Has the server, and all of its cluster, read their configuration again: users that are gone are disconnected at once. Returns how
   * many servers did. Throws with a server's words.
   */
  reload(): Promise<number>;
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
const connectionsSchema = z.object({ connections: z.array(z.object({ authorized_user: z.string().optional() })) });

const pingSchema = z.object({ server: z.object({ id: z.string() }) });

const TIMEOUT_MS = 10_000;
/** Servers of a cluster answer one after the other; after so long a silence all have. */
const STALL_MS = 500;
const MOST_CONNECTIONS = 10_000;

/** @param system a connection of the system account */
export function serverControl(system: NatsConnection): ServerControl {
  const serverId = system.info?.server_id ?? '';
  const ask = async (what: string, options: object = {}, id = serverId): Promise<z.infer<typeof answerSchema>> => {
    const answer = await system.request(`$SYS.REQ.SERVER.${id}.${what}`, JSON.stringify(options), { timeout: TIMEOUT_MS });
    return answerSchema.parse(answer.json());
  };
  const allServers = async (): Promise<readonly string[]> => {
    if (system.info?.cluster === undefined) return [serverId];
    const ids: string[] = [];
    const answers = await system.requestMany('$SYS.REQ.SERVER.PING', '', { strategy: 'stall', stall: STALL_MS, maxWait: TIMEOUT_MS });
    for await (const answer of answers) ids.push(pingSchema.parse(answer.json()).server.id);
    return ids;
  };
  return {
    reload: async () => {
      const ids = await allServers();
      for (const id of ids) {
        const { error } = await ask('RELOAD', {}, id);
        if (error !== undefined) throw new HubError(`the server ${id} did not take its new configuration: ${error.description}`);
      }
      return ids.length;
    },
    trouble: async () => {
      const { data, error } = await ask('HEALTHZ');
      if (error !== undefined) return error.description;
      const health = healthSchema.parse(data);
      return health.status === 'ok' ? null : (health.error ?? health.status);
    },
    connectedKeys: async () => {
      const { data } = await ask('CONNZ', { auth: true, acc: TEAM_ACCOUNT, limit: MOST_CONNECTIONS });
      return connectionsSchema.parse(data).connections.flatMap((each) => each.authorized_user ?? []);
    },
  };
}
