import type { Log } from './log.ts';
import { membership } from './store/membership.store.ts';
import type { UseCaseContext } from './usecases/context.ts';
import type { CoverageBook } from './usecases/coverage-book.ts';
import { rederivePlan } from './usecases/rederive-plan.ts';
import { zoneDataInUse } from './usecases/zone-data.ts';

/** Moves shifts to where they are by the zone data of this start. In a team a lead's workstation does it and tells the others. */
export function moveShiftsByZoneData(context: UseCaseContext, book: CoverageBook, log: Log): void {
  try {
    const role = context.store.read(membership)?.user.role ?? 'lead';
    const moved = role === 'lead' ? rederivePlan(context, zoneDataInUse()) : 0;
    if (moved === 0) return;
    book.forget();
    log('info', 'shifts were moved by other time-zone data', { moved });
  } catch (error) {
    // The plan stands as it was worked out before; nothing of that keeps anybody from working.
    log('error', 'the plan could not be worked out again', { error });
  }
}
