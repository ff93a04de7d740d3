import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeId } from '../ids.ts';
import type { CaseId } from '../ids.ts';
import { instant } from '../time.ts';
import { ask, hear, MOST_LOST, NO_CLAIMS, takeOver } from './own-claim.ts';
import type { ClaimScene, OwnClaims } from './own-claim.ts';
import { lockingClaim } from './reply-claim.ts';
import type { ReplyClaim } from './reply-claim.ts';

const CASE = makeId('case', 'a');
const OTHER = makeId('case', 'b');

const by = (user: string, since: number, turn = 0): ReplyClaim => ({ turn, since: instant(since), user, workstation: 'desk' });
const scene = (now: number, others: readonly ReplyClaim[] = [], user = 'ana'): ClaimScene => ({
  user,
  workstation: 'desk',
  othersOn: (caseId) => (caseId === CASE ? others : []),
  now: instant(now),
});

describe('what this workstation claims', () => {
  test('who begins to write claims the reply, and gives it up when it is sent or left', () => {
    const begun = ask(NO_CLAIMS, CASE, scene(10));
    expect(begun.claim).toEqual({ turn: 0, since: 10 });
    expect(ask(begun, CASE, scene(20))).toBe(begun);
    expect(ask(begun, null, scene(30)).claim).toBeNull();
    expect(ask(begun, OTHER, scene(30)).claim).toEqual({ turn: 0, since: 30 });
  });

  test('a reply that a colleague writes is not claimed', () => {
    expect(ask(NO_CLAIMS, CASE, scene(10, [by('bo', 5)])).claim).toBeNull();
  });

  test('a claim that is taken over is given up, with who took it and when that was known here', () => {
    const begun = ask(NO_CLAIMS, CASE, scene(10));
    const lost = hear(begun, scene(70, [by('bo', 60, 1)]));
    expect(lost.claim).toBeNull();
    expect(lost.lost.get(CASE)).toEqual({ user: 'bo', how: 'taken', at: 70 });
  });

  test('who had begun earlier, unheard of, keeps it', () => {
    const begun = ask(NO_CLAIMS, CASE, scene(10));
    expect(hear(begun, scene(20, [by('bo', 15)]))).toBe(begun);
    expect(hear(begun, scene(20, [by('bo', 5)])).lost.get(CASE)?.how).toBe('earlier');
  });

  test('what was lost is not claimed again by itself, when the colleague has left it', () => {
    const lost = hear(ask(NO_CLAIMS, CASE, scene(10)), scene(70, [by('bo', 60, 1)]));
    expect(ask(lost, CASE, scene(80)).claim).toBeNull();
    expect(hear(lost, scene(80)).claim).toBeNull();
    const again = ask(ask(lost, null, scene(90)), CASE, scene(95));
    expect(again.claim).toEqual({ turn: 0, since: 95 });
    expect(again.lost.has(CASE)).toBe(false);
  });

  test('it may be taken over, and taken back, with one key', () => {
    const taken = takeOver(NO_CLAIMS, CASE, scene(20, [by('bo', 5)]));
    expect(taken.claim).toEqual({ turn: 1, since: 20 });
    const lost = hear(taken, scene(30, [by('bo', 25, 2)]));
    expect(lost.claim).toBeNull();
    const back = takeOver(lost, CASE, scene(40, [by('bo', 25, 2)]));
    expect(back.claim).toEqual({ turn: 3, since: 40 });
    expect(back.lost.has(CASE)).toBe(false);
  });

  test('it is remembered of some cases who took them, not of all for ever', () => {
    let own: OwnClaims = NO_CLAIMS;
    for (let at = 0; at <= MOST_LOST; at += 1) {
      const caseId = makeId('case', `n${String(at)}`);
      const others = (each: CaseId): readonly ReplyClaim[] => (each === caseId ? [by('bo', 60, 1)] : []);
      own = ask(own, caseId, scene(10));
      own = hear(own, { ...scene(70), othersOn: others });
      own = ask(own, null, scene(80));
    }
    expect(own.lost.size).toBe(MOST_LOST);
    expect(own.lost.has(makeId('case', 'n0'))).toBe(false);
  });
});

/** Two desks that hear of each other late: `inbox` is what each has heard last of the other. */
interface Desk {
  own: OwnClaims;
  heard: ReplyClaim | null;
}

test('whatever two people press, and however late they hear of it: in the end one writes, and both know who', () => {
  const step = fc.record({
    who: fc.constantFrom(0, 1),
    what: fc.constantFrom('write', 'take', 'leave', 'hear' as const),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const names = ['ana', 'bo'] as const;
      const desks: [Desk, Desk] = [
        { own: NO_CLAIMS, heard: null },
        { own: NO_CLAIMS, heard: null },
      ];
      let now = 100;
      const sceneOf = (who: 0 | 1): ClaimScene => {
        const { heard } = desks[who];
        return scene(now, heard === null ? [] : [heard], names[who]);
      };
      const told = (who: 0 | 1): ReplyClaim | null => {
        const { claim } = desks[who].own;
        return claim === null ? null : { ...claim, user: names[who], workstation: 'desk' };
      };
      const listen = (who: 0 | 1): void => {
        desks[who].heard = told(who === 0 ? 1 : 0);
        desks[who].own = hear(desks[who].own, sceneOf(who));
      };
      for (const { who, what } of steps) {
        const at = who === 0 ? 0 : 1;
        now += what === 'hear' ? 0 : 1;
        const desk = desks[at];
        if (what === 'write') desk.own = ask(desk.own, CASE, sceneOf(at));
        else if (what === 'take') desk.own = takeOver(desk.own, CASE, sceneOf(at));
        else if (what === 'leave') desk.own = ask(desk.own, null, sceneOf(at));
        else listen(at);
      }
      // what is on its way arrives, and what follows of it
      for (let round = 0; round < 2; round += 1) {
        listen(0);
        listen(1);
      }
      const all = [told(0), told(1)].filter((each) => each !== null);
      expect(all.length).toBeLessThanOrEqual(1);
      for (const who of [0, 1] as const) {
        const seen = [told(who), desks[who].heard].filter((each) => each !== null);
        expect(lockingClaim(seen, names[who])).toEqual(all.find(({ user }) => user !== names[who]) ?? null);
      }
    }),
  );
});
