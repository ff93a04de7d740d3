import type { Log } from '../log.ts';
import { backedUpAt, BackupTooLongError, backUp } from '../store/open-workspace.ts';
import type { Store } from '../store/sql.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/domain/time.ts';

const EVERY_MS = 6 * HOUR_MS;
const LOOK_EVERY_MS = 10 * MINUTE_MS;
/** The engine has five seconds to end: who is cut off is checked from end to end at the next start, which takes a minute for a few gigabytes. */
const LAST_LIMIT_MS = 2_000;

/**
 * Copies of the database, four times a day and at the end, where a large one is not waited for. A copy that fails is told in the log, and
 * stops nothing.
 */
export function startBackups(store: Store, workspacePath: string, log: Log, clock: Clock): AsyncDisposable {
  let making: Promise<void> | null = null;
  const make = async (limitMs?: number): Promise<void> => {
    try {
      await backUp(store, workspacePath, limitMs);
    } catch (error) {
      if (error instanceof BackupTooLongError) log('info', 'no backup at the end: there is too much to copy', {});
      else log('warn', 'no backup', { error });
    }
  };
  // so short runs of a large workspace come to a copy, too
  const timer = setInterval(() => {
    if (making !== null || clock.now() - backedUpAt(workspacePath) < EVERY_MS) return;
    making = make().finally(() => {
      making = null;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      if (making === null) await make(LAST_LIMIT_MS);
    },
  };
}
