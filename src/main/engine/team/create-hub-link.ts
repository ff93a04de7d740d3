import type { Clock } from '../../../shared/domain/time.ts';
import type { Log } from '../log.ts';
import { createChat } from './hub-chat.ts';
import { HubClient } from './hub-client.ts';
import { createDirectory } from './hub-directory.ts';
import { createFiles } from './hub-files.ts';
import type { HubInvite } from './hub-invite.ts';
import { createLeases, type HubLeases } from './hub-leases.ts';
import type { HubLink } from './hub-link.ts';
import { createPresence } from './hub-presence.ts';
import { JetStreamLog } from './jetstream-log.ts';
import { createSnapshots } from './hub-snapshots.ts';
import { withReadAhead } from './read-ahead.ts';
import { verifiedLog } from './verified-log.ts';

export interface HubLinkOptions {
  readonly invite: HubInvite;
  /** The id of this workstation in the team. */
  readonly workstation: string;
  /** Another one at each start of the program. */
  readonly run: string;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

/** A link whose leases can be followed, for whoever stands between it and their holder. */
export interface LocalHubLink extends HubLink {
  readonly leases: HubLeases;
}

/** Everything of a hub, in this thread. It connects by itself and goes on trying until it is disposed of. */
export function createHubLink({ invite, workstation, run, clock, log, random = Math.random }: HubLinkOptions): LocalHubLink {
  const client = new HubClient({ invite, clock, log, random });
  const directory = createDirectory(client);
  const verified = verifiedLog(new JetStreamLog(client), directory);
  const leases = createLeases(client, { user: invite.user.name, workstation, run });
  const presence = createPresence(client, {
    workstation,
    random,
    link: () => {
      const { address, roundTripMs } = client.state();
      return { address, roundTripMs };
    },
    agentOf: (user) => directory.users().find(({ name }) => name === user)?.agentId ?? null,
  });
  return {
    log: withReadAhead(verified, (drop) => client.onConnect(drop)),
    leases,
    presence,
    files: createFiles(client, { users: () => directory.users().map(({ name }) => name) }),
    snapshots: createSnapshots(client),
    directory,
    chat: createChat(client),
    state: () => client.state(),
    onState: (listener) => client.onState(listener),
    nudge: () => client.nudge(),
    measure: async () => client.measure(),
    [Symbol.asyncDispose]: async () => {
      // what others should know goes out while there is a connection
      await Promise.all([leases[Symbol.asyncDispose](), presence[Symbol.asyncDispose]()]);
      verified[Symbol.dispose]();
      directory[Symbol.dispose]();
      await client[Symbol.asyncDispose]();
    },
  };
}
