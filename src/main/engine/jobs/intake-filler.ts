import { startFiller } from './filler.ts';
import type { FillerDeps } from './filler.ts';
import { intakeCase, isAnyStale, noteFresh, saveCaseIntake, staleCase } from '../store/intake.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { readIntake } from '../../../shared/domain/intake/read-intake.ts';

/** Keeps what lists and filters tell of what is known of a case: works out the cases that have changed. */
export function startIntakeFiller({
  pauseMs = 100,
  sliceMs = 5,
  ...deps
}: Partial<Pick<FillerDeps, 'pauseMs' | 'sliceMs'>> & Pick<FillerDeps, 'log' | 'store'>): Disposable {
  return startFiller({
    ...deps,
    what: 'what is known of cases',
    tables: ['cases', 'messages', 'settings'],
    isAnyLeft: isAnyStale,
    fill: fillCases,
    pauseMs,
    sliceMs,
  });
}

function fillCases(tx: WriteDb, isOver: () => boolean): boolean {
  do {
    const stale = staleCase(tx);
    if (stale === undefined) return true;
    const { id, state } = stale;
    if (state !== null) saveCaseIntake(tx, id, readIntake(intakeCase(tx, id, state)));
    noteFresh(tx, id, state === null);
  } while (!isOver());
  return false;
}
