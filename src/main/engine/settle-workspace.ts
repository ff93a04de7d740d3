import type { EngineOptions } from './engine-options.ts';
import { NOTICE_KEY } from './handlers/workspace.handlers.ts';
import type { Log } from './log.ts';
import { moveShiftsByZoneData } from './move-shifts.ts';
import { readLogAgain } from './store/membership.store.ts';
import type { openWorkspace } from './store/open-workspace.ts';
import { me, readSettings, saveSettings, saveSettingValue, settingValue } from './store/settings.store.ts';
import type { UseCaseContext } from './usecases/context.ts';
import type { CoverageBook } from './usecases/coverage-book.ts';
import { rebuildProjections } from './usecases/rebuild-projections.ts';
import { ensureRules } from './usecases/sla-rules.ts';
import { after, DAY_MS } from '../../shared/domain/time.ts';

interface Settling {
  readonly context: UseCaseContext;
  /** What happened to the data at this start. */
  readonly notice: ReturnType<typeof openWorkspace>['notice'];
  readonly book: CoverageBook;
  readonly log: Log;
  readonly options: Pick<EngineOptions, 'locale' | 'workspace'>;
}

/** What must be true of a workspace before anything runs in it: recovered data is folded anew, there are rules, the plan fits the zones. */
export function settleWorkspace({ context, notice, book, log, options }: Settling): void {
  const { store, ledger, clock } = context;
  const { locale } = options;
  if (notice !== null) {
    log('warn', 'the data was recovered', { ...notice });
    rebuildProjections(store, ledger, log);
    // what was lost of the team's log is read again; what is here is passed over
    store.write(readLogAgain);
    store.write((tx) => saveSettingValue(tx, NOTICE_KEY, JSON.stringify(notice)));
  }
  if (locale !== undefined && store.read((db) => settingValue(db, 'settings')) === null)
    store.write((tx) => saveSettings(tx, { ...readSettings(tx), locale }));
  // A sample workspace has a history of some weeks, and that was promised something, too.
  ensureRules(context, store.read(me)?.zone ?? 'UTC', after(clock.now(), options.workspace === 'sample' ? -60 * DAY_MS : 0));
  moveShiftsByZoneData(context, book, log);
}
