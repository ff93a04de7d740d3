import type { TeamLog } from './team-log.ts';

/** The log of a workspace of one: every event is confirmed by the commit that stores it. */
export function createLocalTeamLog(): TeamLog {
  return {
    kind: 'local',
    admit: (lastSequence, count) => Array.from({ length: count }, (_unused, index) => lastSequence + 1 + index),
  };
}
