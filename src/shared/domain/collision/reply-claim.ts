import type { Instant } from '../time.ts';

/**
 * That somebody is writing the reply of a case. A courtesy among colleagues: it is told by presence, nothing stores it, and it decides
 * nothing but whose composer is open.
 */
export interface ReplyClaim {
  /** Counts take-overs: 0 for who simply began. */
  readonly turn: number;
  /** When it was made, by the clock of the workstation that made it. */
  readonly since: Instant;
  /** The name of a person on the hub, and one of their workstations. */
  readonly user: string;
  readonly workstation: string;
}

/** More take-overs in one reply are not believed. */
export const MOST_TURNS = 1_000;

/**
 * Which of two claims on one case goes first: negative when it is `a`. A take-over beats what it was made over; of equal turns the one
 * that began earlier; of equal times the name of the person, then of the workstation. A total order over different workstations, so that
 * everybody who knows the same claims finds the same one first, in whatever order they came.
 */
export function compareClaims(a: ReplyClaim, b: ReplyClaim): number {
  return b.turn - a.turn || a.since - b.since || compareText(a.user, b.user) || compareText(a.workstation, b.workstation);
}

/** By code unit: no locale, so that all workstations agree. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The claim that holds; null when nobody writes. */
export function holdingClaim(claims: readonly ReplyClaim[]): ReplyClaim | null {
  return claims.reduce<ReplyClaim | null>((best, claim) => (best === null || compareClaims(claim, best) < 0 ? claim : best), null);
}

/**
 * The claim of a colleague that locks the reply for `user`; null when the reply is theirs or nobody's. Another workstation of the same
 * person locks nothing.
 */
export function lockingClaim(claims: readonly ReplyClaim[], user: string): ReplyClaim | null {
  const holding = holdingClaim(claims);
  return holding === null || holding.user === user ? null : holding;
}

/** The turn of somebody who takes a reply over from all of these. */
export function nextTurn(claims: readonly ReplyClaim[]): number {
  return Math.min(MOST_TURNS, claims.reduce((most, { turn }) => Math.max(most, turn), -1) + 1);
}
