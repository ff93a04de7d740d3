import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HubClient } from '../../src/main/engine/team/hub-client.ts';
import type { Presence } from '../../src/main/engine/team/hub-link.ts';
import { createPresence, FORGET_MS, HEARTBEAT_MS, type HubPresence } from '../../src/main/engine/team/hub-presence.ts';
import type { Timers } from '../../src/main/engine/team/machine-clock.ts';
import { TestHub } from './hub-server.ts';
import { wireOf } from './hub-wire.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** Time that passes by hand. */
function handTime(): {
  readonly options: { readonly clock: { monotonicMs: () => number; uptimeMs: () => number }; readonly timers: Timers };
  pass: (ms: number) => void;
} {
  let nowMs = 0;
  const due: { at: number; work: () => void }[] = [];
  return {
    options: {
      clock: { monotonicMs: () => nowMs, uptimeMs: () => nowMs },
      timers: {
        after: (ms, work) => {
          const entry = { at: nowMs + ms, work };
          due.push(entry);
          return () => {
            const at = due.indexOf(entry);
            if (at !== -1) due.splice(at, 1);
          };
        },
      },
    },
    pass: (ms) => {
      const until = nowMs + ms;
      for (;;) {
        const next = due.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        due.splice(due.indexOf(next), 1);
        nowMs = Math.max(nowMs, next.at);
        next.work();
      }
      nowMs = until;
    },
  };
}

interface Desk {
  readonly wire: HubClient;
  readonly board: HubPresence;
  readonly pass: (ms: number) => void;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

async function desk(user: string, workstation = 'desk', agentOf: (user: string) => string | null = () => null): Promise<Desk> {
  const wire = await wireOf(hub, user);
  const { options, pass } = handTime();
  const link = (): Pick<Presence, 'address' | 'roundTripMs'> => ({ address: 'tls://hub:4222', roundTripMs: 12 });
  const board = createPresence(wire, { workstation, link, agentOf, random: () => 0.5, ...options });
  pass(0);
  return {
    wire,
    board,
    pass,
    [Symbol.asyncDispose]: async () => {
      await board[Symbol.asyncDispose]();
      await wire[Symbol.asyncDispose]();
    },
  };
}

const idle = { agentId: 'agt_1', onShift: true, viewing: null, writing: false, claim: null } as const;

test('a newcomer sees everybody, everybody sees the newcomer, changes arrive, and whoever leaves is gone', async () => {
  await using ana = await desk('ana');
  await using bo = await desk('bo');
  ana.board.tell(idle);
  bo.board.tell({ ...idle, agentId: 'agt_2', viewing: 'case_1', writing: true, claim: { turn: 2, since: 5 } });
  for (const each of [ana, bo]) each.pass(0);
  await expect
    .poll(() => ana.board.others())
    .toEqual([
      {
        user: 'bo',
        workstation: 'desk',
        agentId: 'agt_2',
        onShift: true,
        viewing: 'case_1',
        writing: true,
        claim: { turn: 2, since: 5 },
        address: 'tls://hub:4222',
        roundTripMs: 12,
      },
    ]);
  // long after the others told it
  const cy = await desk('cy');
  await cy.wire.connection().flush();
  await expect
    .poll(() => {
      for (const each of [ana, bo]) each.pass(500);
      return cy.board.others().map(({ user }) => user);
    })
    .toEqual(['ana', 'bo']);
  let changes = 0;
  ana.board.onChange(() => {
    changes += 1;
  });
  cy.board.tell({ ...idle, agentId: 'agt_3' });
  cy.pass(0);
  await expect.poll(() => ana.board.others().map(({ user }) => user)).toEqual(['bo', 'cy']);
  cy.board.tell({ ...idle, agentId: 'agt_3', viewing: 'case_1' });
  cy.pass(250);
  await expect.poll(() => ana.board.others().at(-1)?.viewing).toBe('case_1');
  await cy[Symbol.asyncDispose]();
  await expect.poll(() => ana.board.others().map(({ user }) => user)).toEqual(['bo']);
  expect(changes).toBe(3);
});

test('nobody says more than four things a second, and the last one counts; the same again is not said', async () => {
  await using ana = await desk('ana');
  const heard: string[] = [];
  await using bo = await desk('bo');
  bo.wire.subscribe('presence.ana', (message) => heard.push(message.json<{ viewing: string }>().viewing));
  ana.board.tell({ ...idle, viewing: 'case_0' });
  // bo asked when it came, and has its answer
  await expect
    .poll(() => {
      ana.pass(500);
      return bo.board.others();
    })
    .toHaveLength(1);
  await ana.wire.connection().flush();
  await bo.wire.connection().flush();
  heard.length = 0;
  for (let at = 1; at <= 100; at += 1) {
    ana.board.tell({ ...idle, viewing: `case_${String(at)}` });
    ana.pass(10);
  }
  ana.pass(250);
  await expect.poll(() => heard.at(-1)).toBe('case_100');
  expect(heard.length).toBeLessThanOrEqual(6);
  const before = heard.length;
  ana.board.tell({ ...idle, viewing: 'case_100' });
  ana.pass(HEARTBEAT_MS - 1_000);
  await ana.wire.connection().flush();
  expect(heard).toHaveLength(before);
  ana.pass(1_000);
  await expect.poll(() => heard.length).toBe(before + 1);
});

test('whoever is silent for 25 seconds is forgotten, and told of', async () => {
  await using ana = await desk('ana');
  const bo = await desk('bo');
  bo.board.tell(idle);
  bo.pass(0);
  await expect.poll(() => ana.board.others()).toHaveLength(1);
  await bo.wire[Symbol.asyncDispose]();
  let changes = 0;
  ana.board.onChange(() => {
    changes += 1;
  });
  ana.pass(FORGET_MS - 1);
  expect([ana.board.others().length, changes]).toEqual([1, 0]);
  ana.pass(1);
  expect([ana.board.others().length, changes]).toEqual([0, 1]);
});

test('a connection that was lost and comes back tells and asks anew', async () => {
  await using ana = await desk('ana');
  await using bo = await desk('bo');
  ana.board.tell(idle);
  await expect
    .poll(() => {
      ana.pass(500);
      return bo.board.others();
    })
    .toHaveLength(1);
  await hub.crash();
  bo.board.tell(idle);
  bo.pass(FORGET_MS);
  expect(bo.board.others()).toEqual([]);
  await hub.run();
  await expect
    .poll(
      () => {
        for (const each of [ana, bo]) each.pass(500);
        return [ana.board.others().length, bo.board.others().length];
      },
      { timeout: 30_000 },
    )
    .toEqual([1, 1]);
});

test('what is no presence is dropped, whoever says it, and nobody is believed somebody else', async () => {
  await using ana = await desk('ana', 'desk', (user) => (user === 'bo' ? 'agt_bo' : null));
  await using bo = await desk('bo');
  const say = (text: string | Uint8Array): void => bo.wire.connection().publish('presence.bo', text);
  const here = { v: 1, kind: 'here', workstation: 'w', ...idle, address: null, roundTripMs: null };
  say('');
  say('{');
  say('null');
  say(new Uint8Array([0xff, 0xfe, 0x00]));
  say(JSON.stringify({ ...here, v: 2 }));
  say(JSON.stringify({ ...here, onShift: 'yes' }));
  say(JSON.stringify({ ...here, viewing: 'x'.repeat(101) }));
  say(JSON.stringify({ ...here, padding: 'x'.repeat(5_000) }));
  say(JSON.stringify({ ...here, kind: 'stranger' }));
  // an address or a claim that is none is left out, and what is unknown is skipped
  say(
    JSON.stringify({
      ...here,
      workstation: 'good',
      address: 5,
      roundTripMs: -1,
      claim: { turn: 1_001, since: 1 },
      isNew: 1,
      __proto__: { user: 'ana' },
    }),
  );
  for (let at = 0; at < 40; at += 1) say(JSON.stringify({ ...here, workstation: `w${String(at)}` }));
  // for somebody else: the hub does not let it pass
  bo.wire.connection().publish('presence.cy', JSON.stringify(here));
  await bo.wire.connection().flush();
  await expect.poll(() => ana.board.others().length).toBe(8);
  await ana.wire.connection().flush();
  expect(ana.board.others().length).toBe(8);
  expect(new Set(ana.board.others().map(({ user }) => user))).toEqual(new Set(['bo']));
  expect(ana.board.others().find(({ workstation }) => workstation === 'good')).toEqual({
    user: 'bo',
    workstation: 'good',
    ...idle,
    agentId: 'agt_bo',
    address: null,
    roundTripMs: null,
  });
});
