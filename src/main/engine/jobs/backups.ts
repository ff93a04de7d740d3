import type { Log } from '../log.ts';
import { backUp } from '../store/open-workspace.ts';
import type { Store } from '../store/sql.ts';
import { HOUR_MS } from '../../../shared/domain/time.ts';

const EVERY_MS = 6 * HOUR_MS;

/** Copies of the database, four times a day and at the end. A copy that fails is told in the log, and stops nothing. */
export function startBackups(store: Store, workspacePath: string, log: Log): AsyncDisposable {
  const make = async (): Promise<void> => {
    try {
      await backUp(store, workspacePath);
    } catch (error) {
      log('warn', 'no backup', { error });
    }
  };
  const timer = setInterval(() => void make(), EVERY_MS);
  timer.unref();
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await make();
    },
  };
}
