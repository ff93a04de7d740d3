import type { TeamProgress, TeamView } from '../../../shared/contract/team.contract.ts';
import { after, instant, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/**
 * How a workstation stands with its team, in one word. `behind` and `waiting` are told when they last: every event is behind, and every
 * act waits, for a moment.
 */
export type TeamSync = 'read-only' | 'refused' | 'offline' | 'connecting' | 'working' | 'behind' | 'waiting' | 'in-sync';

/** So many events that come in are the ordinary course of things. */
const BEHIND_FROM = 10;
/** An act that waits longer than this for the hub is told. */
const WAITS_MS = 3 * SECOND_MS;
/** A clock that is off by more is told: due times and "at" of what is written here would be wrong. */
export const CLOCK_WRONG_MS = 30 * SECOND_MS;

export function teamSync(team: TeamView, now: Instant): TeamSync {
  const { phase, link, progress, pending } = team;
  if (phase === 'read-only') return 'read-only';
  if (link.state !== 'online') return link.state;
  if (progress !== null || phase !== 'live') return 'working';
  if (behindBy(team) >= BEHIND_FROM) return 'behind';
  return pending.oldestAt !== null && now - pending.oldestAt >= WAITS_MS ? 'waiting' : 'in-sync';
}

/** When `teamSync` may say something else by time alone; null when it will not. */
export function nextSyncChange({ pending }: TeamView, now: Instant): Instant | null {
  if (pending.oldestAt === null) return null;
  const at = after(pending.oldestAt, WAITS_MS);
  return at > now ? at : null;
}

/** How many events the hub has that were not applied here. */
export function behindBy({ cursor, lastSequence }: TeamView): number {
  return Math.max(0, lastSequence - cursor);
}

/** How far the clock of this machine is off, in milliseconds, when that is too much; else null. */
export function wrongClock({ link, phase }: TeamView): number | null {
  const ahead = link.clockAheadMs;
  return phase !== 'read-only' && ahead !== null && Math.abs(ahead) > CLOCK_WRONG_MS ? ahead : null;
}

/** Before this much of a job is done, what is left of it is anybody's guess. */
const GUESS_FROM_MS = 3 * SECOND_MS;
const GUESS_FROM_SHARE = 0.02;

/** How long a job will still take at the pace so far, in milliseconds; null while nobody can know. */
export function timeLeft({ done, total, startedAt }: TeamProgress, now: Instant): number | null {
  const spent = now - startedAt;
  if (total <= 0 || done <= 0 || spent < GUESS_FROM_MS || done / total < GUESS_FROM_SHARE) return null;
  return Math.max(0, Math.round((spent / done) * (total - done)));
}

/** When the words for `timeLeft` are looked at again: each second that a job goes on. */
export function nextSecond(now: Instant): Instant {
  return instant(Math.floor(now / SECOND_MS + 1) * SECOND_MS);
}

/** An address of the hub as people write it: `host:port`. All of them speak TLS, so the scheme says nothing. */
export function plainAddress(address: string): string {
  return address.replace(/^tls:\/\//u, '');
}
