import { applyTeamEvent, TEAM_STREAMS } from './team-events.ts';
import type { TeamEvent } from './team-events.ts';
import { teamEvents } from '../store/events.store.ts';
import { forgetShiftsWithEvents } from '../store/plan.store.ts';
import type { WriteDb } from '../store/sql.ts';

/**
 * Makes the team and its plan anew from the events, after a recovery. A row that no event tells about is kept: the event
 * was lost, and the row is all there is. Who sits at this desk is no event and stays.
 * @returns how many events were folded
 */
export function rebuildRoster(tx: WriteDb): number {
  forgetShiftsWithEvents(tx);
  const events = teamEvents(tx, TEAM_STREAMS);
  for (const { type, actor, at, body } of events) {
    // Our own writer put bodies of this type into the column; kinds of a newer version are skipped.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
    applyTeamEvent(tx, { type, ...(JSON.parse(body) as object) } as TeamEvent, { actor, at });
  }
  return events.length;
}
