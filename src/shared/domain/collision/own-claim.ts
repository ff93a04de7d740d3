import type { CaseId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { lockingClaim, nextTurn } from './reply-claim.ts';
import type { ReplyClaim } from './reply-claim.ts';

/** How a reply went to a colleague: they took it over, or they had begun earlier and neither had heard of the other. */
export type LostHow = 'taken' | 'earlier';

/** That the reply one was writing is a colleague's now. `at`: when this workstation learned of it, by its clock. */
export interface LostClaim {
  readonly user: string;
  readonly how: LostHow;
  readonly at: Instant;
}

/** What one workstation claims, and what it has lost. */
export interface OwnClaims {
  /** The case whose reply this person is writing, as the page says; null when they write none. */
  readonly asked: CaseId | null;
  /** What colleagues are told; null while the reply is a colleague's. */
  readonly claim: Pick<ReplyClaim, 'turn' | 'since'> | null;
  /** By case, the newest last. */
  readonly lost: ReadonlyMap<CaseId, LostClaim>;
}

export const NO_CLAIMS: OwnClaims = { asked: null, claim: null, lost: new Map() };

/** Of so many cases it is remembered who took them. */
export const MOST_LOST = 50;

/** Who this workstation is, what others claim on a case as far as it was heard, and the time. */
export interface ClaimScene {
  readonly user: string;
  readonly workstation: string;
  readonly othersOn: (caseId: CaseId) => readonly ReplyClaim[];
  readonly now: Instant;
}

/** The page says whose reply is being written now. The same again changes nothing: what was lost is not claimed again by itself. */
export function ask(own: OwnClaims, asked: CaseId | null, scene: ClaimScene): OwnClaims {
  if (asked === own.asked) return own;
  if (asked === null || lockingClaim(scene.othersOn(asked), scene.user) !== null) return { ...own, asked, claim: null };
  return { asked, claim: { turn: 0, since: scene.now }, lost: without(own.lost, asked) };
}

/** Takes the reply of a case over from whoever writes it. */
export function takeOver(own: OwnClaims, caseId: CaseId, scene: ClaimScene): OwnClaims {
  return { asked: caseId, claim: { turn: nextTurn(scene.othersOn(caseId)), since: scene.now }, lost: without(own.lost, caseId) };
}

/** After colleagues were heard: a claim that goes behind one of theirs is given up, and remembered as lost. */
export function hear(own: OwnClaims, scene: ClaimScene): OwnClaims {
  const { asked, claim } = own;
  if (asked === null || claim === null) return own;
  const { user, workstation } = scene;
  const winner = lockingClaim([...scene.othersOn(asked), { ...claim, user, workstation }], user);
  if (winner === null) return own;
  const lost = new Map(without(own.lost, asked));
  lost.set(asked, { user: winner.user, how: winner.turn > claim.turn ? 'taken' : 'earlier', at: scene.now });
  for (const caseId of lost.keys()) if (lost.size > MOST_LOST) lost.delete(caseId);
  return { asked, claim: null, lost };
}

function without(lost: OwnClaims['lost'], caseId: CaseId): OwnClaims['lost'] {
  return lost.has(caseId) ? new Map([...lost].filter(([each]) => each !== caseId)) : lost;
}
