import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HubClient } from '../../src/main/engine/team/hub-client.ts';
import { JetStreamLog } from '../../src/main/engine/team/jetstream-log.ts';
import { signerOf } from '../../src/main/engine/team/nkey-signature.ts';
import { LogUnavailable } from '../../src/main/engine/team/team-log.ts';
import type { SendTeam } from '../../src/main/engine/jobs/send-gate.ts';
import { writeWire } from '../../src/shared/contract/team-wire.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { seededRandom } from '../team/seeded-random.ts';
import { runSenders } from '../team/send-model.ts';
import { TestHub } from './hub-server.ts';
import { wireOf } from './hub-wire.ts';

const REPLIES = 120;

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

test('120 replies, three senders on a real hub that is killed meanwhile, a provider that can be asked: nobody gets two answers', async () => {
  const random = seededRandom(11);
  let calls = 0;
  const inFlight = new Set<number>();
  let restart: Promise<void> | null = null;
  const teams = new Map<string, Omit<SendTeam, 'catchUp'>>();
  const wires: HubClient[] = [];
  for (const name of ['ana', 'cy', 'gate']) {
    const wire = await wireOf(hub, name);
    wires.push(wire);
    const log = new JetStreamLog(wire);
    const signer = signerOf(hub.inviteOf(name).seed);
    const counted = async <T>(work: () => Promise<T>): Promise<T> => {
      calls += 1;
      const call = calls;
      inFlight.add(call);
      if (calls === 300) restart = hub.crash().then(async () => hub.run());
      try {
        return await work();
      } finally {
        inFlight.delete(call);
      }
    };
    teams.set(name, {
      workstation: `desk-${name}`,
      read: async (stream) => counted(async () => log.readStream(stream, 0, 100)),
      append: async (stream, type, body, expected) =>
        counted(async () => {
          const event = {
            v: 1,
            id: `evt_${name}-${String(calls)}`,
            stream,
            type,
            sv: 1,
            user: name,
            workstation: `desk-${name}`,
            actor: null,
            hlc: '000000000-0000-x',
            at: instant(Date.now()),
            base: expected,
            epoch: null,
            body,
          } as const;
          const data = writeWire(event, (text) => signer.sign(Buffer.from(text)).toString('base64'));
          const appended = await log.append({ id: event.id, stream, data, expected });
          if (random() < 0.02) throw new LogUnavailable('the answer was lost');
          return appended;
        }),
    });
  }
  const { twice, never, unknown, sent } = await runSenders({
    mode: 'look-up',
    replies: REPLIES,
    faults: { random, crash: 0.02, pause: 0.01 },
    teamOf: (name) => {
      const team = teams.get(name);
      if (team === undefined) throw new Error(name);
      return team;
    },
    breathe: async () => {
      do await new Promise((resolve) => setImmediate(resolve));
      while (inFlight.size > 0);
      // while the hub is away, nobody's hours pass in a moment
      await restart;
    },
  });
  await Promise.all(wires.map(async (wire) => wire[Symbol.asyncDispose]()));
  console.log(`real hub, ${String(calls)} calls: ${String(sent)} sent, ${String(unknown)} for a person to decide, ${String(twice)} twice`);
  expect(restart).not.toBeNull();
  expect(twice).toBe(0);
  expect(sent + unknown).toBe(REPLIES);
  expect(never).toBeLessThanOrEqual(unknown);
});
