import { CaseRunway } from './case-runway.ts';
import { CoverageBook } from './coverage-book.ts';
import { ShiftHours } from './shift-hours.ts';
import { zoneDataInUse } from './zone-data.ts';
import type { Clock } from '../../../shared/domain/time.ts';

/** What keeps the published plan worked out: one book for everything that asks about it. */
export interface CoverageParts {
  readonly book: CoverageBook;
  readonly runway: CaseRunway;
  readonly shiftHours: ShiftHours;
}

export function coverageParts(clock: Clock): CoverageParts {
  const book = new CoverageBook(zoneDataInUse());
  return { book, runway: new CaseRunway(book, clock), shiftHours: new ShiftHours(book, clock) };
}
