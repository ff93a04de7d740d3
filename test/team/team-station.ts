import { createUser } from '@nats-io/nkeys';
import type { MemoryHub, MemoryLink } from './memory-hub.ts';
import { HAND_ACCOUNT, HandChannel } from '../engine/hand-channel.ts';
import { op, startWorkstation } from '../engine/workstation.ts';
import type { Workstation } from '../engine/workstation.ts';
import type { EngineOptions } from '../../src/main/engine/create-engine.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { inviteLink, parseInvite } from '../../src/main/engine/team/hub-invite.ts';
import { signerOf } from '../../src/main/engine/team/nkey-signature.ts';
import type { Clock } from '../../src/shared/domain/time.ts';

/** A link of an invite to the hub in memory. Its key is real, its authority is none. */
export function inviteTo(user: string, role: string, agentId: string | null = null, hubId = 'hub-memory'): string {
  return inviteLink({
    hub: { id: hubId, name: 'Memory' },
    servers: ['tls://localhost:4222'],
    authority: `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n-----END CERTIFICATE-----\n`,
    user: { name: user, role, agentId },
    seed: new TextDecoder().decode(createUser().getSeed()),
  });
}

export interface TeamStation extends Workstation {
  readonly channel: HandChannel;
  /** Of the workstation as it is now; another one after it was started again. */
  link(): MemoryLink;
  /** Resolves when everything is said and heard that can be. */
  settled(): Promise<void>;
}

/** A workstation with a channel by hand that may join the hub. */
export async function startStation(
  hub: MemoryHub,
  name: string,
  options: Partial<EngineOptions> & {
    readonly clock: Clock;
    readonly folder?: string;
    readonly secrets?: Map<string, string>;
    readonly hasChannel?: boolean;
  },
): Promise<TeamStation> {
  const channel = new HandChannel(options.clock);
  let link: MemoryLink | null = null;
  const station = await startWorkstation({
    createConnector: () => channel.connector(),
    createLink: (invite, workstation) => {
      link = hub.link(invite.user.name, workstation);
      return link;
    },
    ...(options.hasChannel === true
      ? {
          prepare: async ({ store }): Promise<void> => {
            store.write((tx) => saveAccount(tx, HAND_ACCOUNT));
            return Promise.resolve();
          },
        }
      : {}),
    ...options,
  });
  const known = await station.ask('workspace.get', {});
  if (!known.hasProfile) {
    await station.ask('workspace.setProfile', { opId: op(), name, zone: 'Europe/Lisbon', languages: ['en'] });
    await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0 } });
  }
  return {
    ...station,
    channel,
    link: () => {
      if (link === null) throw new Error(`${name} has joined no team`);
      return link;
    },
    settled: async () => {
      await station.engine.team.session()?.sync.settled();
      await station.engine.settled();
    },
  };
}

export async function join(station: TeamStation, hub: MemoryHub, user: string, role = 'agent'): Promise<void> {
  const invite = inviteTo(user, role);
  const seed = parseInvite(invite)?.seed ?? '';
  hub.addUser(user, role, null, signerOf(seed).publicKey);
  await station.ask('team.join', { opId: op(), invite, keepHistory: true, isSamePerson: true });
}
