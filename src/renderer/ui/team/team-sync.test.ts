import { expect, test } from 'vitest';
import type { TeamLink, TeamView } from '../../../shared/contract/team.contract.ts';
import { after, instant } from '../../../shared/domain/time.ts';
import { nextSyncChange, teamSync, timeLeft, wrongClock } from './team-sync.ts';

const NOW = instant(Date.UTC(2025, 2, 3, 9));
const online: TeamLink = {
  state: 'online',
  since: NOW,
  code: null,
  detail: '',
  server: 'n1',
  version: '2.12.4',
  address: 'hub.example.test:4222',
  roundTripMs: 12,
  clockAheadMs: 40,
};

function team(change: Partial<TeamView>): TeamView {
  return {
    hub: { id: 'hub-1', name: 'Lumen' },
    user: { name: 'ana', role: 'agent', agentId: null },
    workstation: 'w1',
    joinedAt: NOW,
    phase: 'live',
    ended: null,
    link: online,
    progress: null,
    cursor: 500,
    lastSequence: 500,
    pending: { count: 0, oldestAt: null },
    lastSyncAt: NOW,
    rewound: null,
    regions: [],
    measuredAt: null,
    channels: [],
    holdsChannels: false,
    mayHoldChannels: false,
    onLeave: 'keep',
    openConflicts: 0,
    ...change,
  };
}

const progress = { what: 'reading', done: 10, total: 100, startedAt: NOW } as const;
const offline = { ...online, state: 'offline', code: 'unreachable' } as const;

test.each([
  ['in-sync', {}],
  ['in-sync', { lastSequence: 509 }],
  ['behind', { lastSequence: 510 }],
  ['in-sync', { pending: { count: 1, oldestAt: after(NOW, -2_999) } }],
  ['waiting', { pending: { count: 1, oldestAt: after(NOW, -3_000) } }],
  ['working', { progress }],
  ['working', { phase: 'catching-up' }],
  ['offline', { link: offline, progress, pending: { count: 4, oldestAt: after(NOW, -90_000) } }],
  ['refused', { link: { ...online, state: 'refused', code: 'revoked' } }],
  ['connecting', { link: { ...online, state: 'connecting' } }],
  ['read-only', { phase: 'read-only', link: offline }],
] as const)('is %s with %o', (said, change) => {
  expect(teamSync(team(change), NOW)).toBe(said);
});

test('waiting is looked at again when it begins to be told, and not after', () => {
  const waiting = team({ pending: { count: 1, oldestAt: after(NOW, -1_000) } });
  const next = nextSyncChange(waiting, NOW);
  expect(next).toBe(after(NOW, 2_000));
  expect(teamSync(waiting, next ?? NOW)).toBe('waiting');
  expect(nextSyncChange(waiting, next ?? NOW)).toBeNull();
  expect(nextSyncChange(team({}), NOW)).toBeNull();
});

test('a clock is wrong from half a minute on, either way, and nobody cares about that of a copy', () => {
  const ahead = (ms: number | null): TeamView => team({ link: { ...online, clockAheadMs: ms } });
  expect([null, 30_000, 30_001, -30_000, -30_001].map((ms) => wrongClock(ahead(ms)))).toEqual([null, null, 30_001, null, -30_001]);
  expect(wrongClock({ ...ahead(90_000), phase: 'read-only' })).toBeNull();
});

test('what is left is told by the pace so far, and not before there is one', () => {
  const job = (done: number): Parameters<typeof timeLeft>[0] => ({ what: 'reading', done, total: 1_000, startedAt: NOW });
  expect(timeLeft(job(250), after(NOW, 10_000))).toBe(30_000);
  expect(timeLeft(job(1_000), after(NOW, 10_000))).toBe(0);
  expect(timeLeft(job(250), after(NOW, 2_999))).toBeNull();
  expect(timeLeft(job(19), after(NOW, 10_000))).toBeNull();
  expect(timeLeft({ ...job(0), total: 0 }, after(NOW, 10_000))).toBeNull();
});
