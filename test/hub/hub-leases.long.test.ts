import { expect, test } from 'vitest';
import { LEASE_TTL_MS } from '../../src/main/engine/team/hub-names.ts';
import { TestHub } from './hub-server.ts';
import { failover } from './lease-machines.ts';

test('after a holder was killed another has its lease within half a minute, with the time to live that hubs have', async () => {
  await using hub = await TestHub.start();
  const tookMs = await failover(hub, LEASE_TTL_MS);
  console.log(`failover after a kill: ${(tookMs / 1_000).toFixed(1)} s`);
  expect(tookMs).toBeLessThan(30_000);
});
