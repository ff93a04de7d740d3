import { startFiller } from './filler.ts';
import type { FillerDeps } from './filler.ts';
import { addKeys, keysFilledFrom, messagesWithoutKeys, noteKeysFilled, windowBelow } from '../store/routing.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { keysOf } from '../../../shared/domain/routing/case-keys.ts';

/** Messages that are looked at in one slice at most. */
const WINDOW = 200;

/**
 * Works out what older messages name, which were stored before that was kept, so that a new case finds an old one about the same thing.
 * The newest first; it begins anew when messages come in that have no keys (a snapshot from an older Meridian).
 */
export function startKeyFiller({
  pauseMs = 30,
  sliceMs = 6,
  ...deps
}: Partial<Pick<FillerDeps, 'pauseMs' | 'sliceMs'>> & Pick<FillerDeps, 'log' | 'store'>): Disposable {
  return startFiller({
    ...deps,
    what: 'what older messages name',
    // holds down to where they have their keys
    tables: ['settings'],
    isAnyLeft: (db) => keysFilledFrom(db) !== 0,
    fill: fillMessages,
    pauseMs,
    sliceMs,
  });
}

function fillMessages(tx: WriteDb, isOver: () => boolean): boolean {
  const below = keysFilledFrom(tx) ?? Number.MAX_SAFE_INTEGER;
  const from = windowBelow(tx, below, WINDOW);
  let until = from;
  for (const { id, ...message } of messagesWithoutKeys(tx, from, below)) {
    addKeys(tx, id, keysOf(message));
    if (!isOver()) continue;
    until = id;
    break;
  }
  noteKeysFilled(tx, until);
  return until === 0;
}
