import { expect, test } from 'vitest';
import { createReplyClaims } from './reply-claims.ts';
import type { ReplyClaims } from './reply-claims.ts';
import type { TeamSession } from './team-ports.ts';
import type { Presence } from '../team/hub-link.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';

const CASE = makeId('case', 'a');
const BO: Presence = {
  user: 'bo',
  workstation: 'desk-bo',
  agentId: null,
  onShift: true,
  viewing: CASE,
  writing: false,
  claim: null,
  address: null,
  roundTripMs: null,
};

/** Ana's claims while she hears of these. The session has what claims ask of one, and nothing else. */
function claimsOf(scene: { others: readonly Presence[]; state: 'online' | 'offline' }): ReplyClaims {
  const session = {
    membership: { user: { name: 'ana' }, workstation: 'desk-ana' },
    link: { state: () => ({ state: scene.state }), presence: { others: () => scene.others } },
  } as unknown as TeamSession;
  return createReplyClaims({ session: () => session, clock: { now: () => instant(50) } });
}

test('who writes at a workstation that knows of no claims has begun first, and is taken over as anybody', () => {
  const claims = claimsOf({ others: [{ ...BO, writing: true }], state: 'online' });
  claims.ask(CASE);
  expect(claims.told()).toBeNull();
  claims.takeOver(CASE);
  expect(claims.told()).toEqual({ turn: 1, since: 50 });
  expect(claims.hear()).toBe(false);
});

test('who has another case on screen claims nothing here', () => {
  const elsewhere = { ...BO, viewing: makeId('case', 'b'), claim: { turn: 3, since: 1 } };
  const claims = claimsOf({ others: [elsewhere], state: 'online' });
  claims.ask(CASE);
  expect(claims.told()).toEqual({ turn: 0, since: 50 });
  expect(claims.on(CASE)).toHaveLength(1);
});

test('what was heard before the connection was lost locks nothing, until it is back', () => {
  const scene: Parameters<typeof claimsOf>[0] = { others: [{ ...BO, claim: { turn: 0, since: 1 } }], state: 'offline' };
  const claims = claimsOf(scene);
  claims.ask(CASE);
  expect(claims.hear()).toBe(false);
  expect(claims.told()).toEqual({ turn: 0, since: 50 });
  scene.state = 'online';
  expect(claims.hear()).toBe(true);
  expect(claims.told()).toBeNull();
  expect(claims.lostOf(CASE)).toEqual({ user: 'bo', how: 'earlier', at: 50 });
});

test('without a team there is nobody else', () => {
  const claims = createReplyClaims({ session: () => null, clock: { now: () => instant(50) } });
  expect(claims.ask(CASE)).toBe(true);
  expect(claims.ask(CASE)).toBe(false);
  expect(claims.hear()).toBe(false);
  expect(claims.told()).toEqual({ turn: 0, since: 50 });
});
