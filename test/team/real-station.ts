import { randomUUID } from 'node:crypto';
import { HAND_ACCOUNT, HandChannel } from '../engine/hand-channel.ts';
import { op, startWorkstation, until } from '../engine/workstation.ts';
import type { Workstation } from '../engine/workstation.ts';
import type { TestHub } from '../hub/hub-server.ts';
import type { EngineOptions } from '../../src/main/engine/create-engine.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { createHubLink } from '../../src/main/engine/team/create-hub-link.ts';
import { inviteLink } from '../../src/main/engine/team/hub-invite.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { Clock } from '../../src/shared/domain/time.ts';

const clock: Clock = { now: () => instant(Date.now()) };

export interface RealStation extends Workstation {
  readonly channel: HandChannel;
}

/** A workstation with the real link to a real hub, in this thread, and a channel by hand. */
export async function startRealStation(
  name: string,
  options: Partial<EngineOptions> & {
    readonly folder?: string;
    readonly secrets?: Map<string, string>;
    readonly hasChannel?: boolean;
  } = {},
): Promise<RealStation> {
  const { hasChannel = false, ...rest } = options;
  const channel = new HandChannel(clock);
  const station = await startWorkstation({
    clock,
    createConnector: () => channel.connector(),
    createLink: (invite, workstation) => createHubLink({ invite, workstation, run: randomUUID(), clock, log: () => {} }),
    ...(hasChannel
      ? {
          prepare: async ({ store }): Promise<void> => {
            store.write((tx) => saveAccount(tx, HAND_ACCOUNT));
            return Promise.resolve();
          },
        }
      : {}),
    ...rest,
  });
  if (!(await station.ask('workspace.get', {})).hasProfile) {
    await station.ask('workspace.setProfile', { opId: op(), name, zone: 'Europe/Lisbon', languages: ['en'] });
    await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0 } });
  }
  return { ...station, channel };
}

export async function joinHub(station: Workstation, hub: TestHub, user: string): Promise<void> {
  await station.ask('team.join', { opId: op(), invite: inviteLink(hub.inviteOf(user)), keepHistory: true, isSamePerson: true });
}

/** The newest case, when there is one. */
export async function theCase(station: Workstation): Promise<CaseId> {
  const found: CaseId[] = [];
  await until(async () => {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 });
    found.push(...rows.map((row) => row.caseId));
    return found.length > 0;
  }, 'a case is there');
  const [caseId] = found;
  if (caseId === undefined) throw new Error('no case');
  return caseId;
}
