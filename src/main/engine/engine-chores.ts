import { createBeginnings } from './begun-later.ts';
import { prepareWatchers } from './engine-watchers.ts';
import type { Watchers, WatchersDeps } from './engine-watchers.ts';
import { startBackups } from './jobs/backups.ts';
import { startHousekeeping } from './jobs/housekeeping.ts';
import type { NotBegun } from '../../shared/contract/workspace.contract.ts';
import type { PlaybookBook } from '../../shared/domain/bot/playbook.ts';

export interface ChoresDeps extends Omit<WatchersDeps, 'later'> {
  readonly workspacePath: string;
  readonly playbooks: () => PlaybookBook;
  /** A chore could not be begun. */
  readonly onFailure: (error: unknown) => void;
  /** Which can not be begun, whenever that has changed. */
  readonly onFailing: (failing: readonly NotBegun[]) => void;
}

/**
 * What the engine does by itself. Nobody waits for it, so it begins when the page has been answered, or when a part is needed before.
 * A part that can not be begun is told and tried again; the others begin.
 */
export interface Chores extends AsyncDisposable {
  begin(): void;
  /** Begins each of them that is needed, where that has not been done. */
  readonly watchers: Watchers;
  /** After a sleep, or a clock that was set. */
  kick(): void;
}

export function prepareChores(deps: ChoresDeps): Chores {
  const { context, teamClock, log, workspacePath } = deps;
  const beginnings = createBeginnings<NotBegun>(deps);
  const { later } = beginnings;
  // what time itself does is done for all: not too early by a clock that is fast
  const housekeeping = later('snoozes', () => startHousekeeping({ ...context, clock: teamClock }, log, deps.playbooks));
  const watchers = prepareWatchers({ ...deps, later });
  const backups = later('backups', () => startBackups(context.store, workspacePath, log, context.clock));
  return {
    watchers,
    begin: () => {
      housekeeping();
      watchers.begin();
      backups();
    },
    kick: () => {
      housekeeping()?.kick();
      watchers.kick();
    },
    [Symbol.asyncDispose]: async () => {
      beginnings[Symbol.dispose]();
      housekeeping.made()?.[Symbol.dispose]();
      await watchers[Symbol.asyncDispose]();
      await backups.made()?.[Symbol.asyncDispose]();
    },
  };
}
