import { HubClient } from '../../src/main/engine/team/hub-client.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { TestHub } from './hub-server.ts';

/** A workstation's connection to a test hub, as the app makes it. Resolves when it is up. */
export async function wireOf(hub: TestHub, user: string): Promise<HubClient> {
  const client = new HubClient({ invite: hub.inviteOf(user), clock: { now: () => instant(Date.now()) }, log: () => {} });
  await new Promise<void>((resolve) => void client.onConnect(() => resolve()));
  return client;
}
