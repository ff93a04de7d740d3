import { begunLater } from './begun-later.ts';
import { startWatchers } from './engine-watchers.ts';
import type { Watchers, WatchersDeps } from './engine-watchers.ts';
import { startBackups } from './jobs/backups.ts';
import { startHousekeeping } from './jobs/housekeeping.ts';
import type { PlaybookBook } from '../../shared/domain/bot/playbook.ts';

export interface ChoresDeps extends WatchersDeps {
  readonly workspacePath: string;
  readonly playbooks: () => PlaybookBook;
}

/** What the engine does by itself. Nobody waits for it, so it begins when the page has been answered, or when a part is needed before. */
export interface Chores extends AsyncDisposable {
  begin(): void;
  /** Begins them, where that has not been done. */
  readonly watchers: () => Watchers;
  /** After a sleep, or a clock that was set. */
  kick(): void;
}

export function prepareChores(deps: ChoresDeps): Chores {
  const { context, teamClock, log, workspacePath } = deps;
  let isOver = false;
  // what time itself does is done for all: not too early by a clock that is fast
  const housekeeping = begunLater(() => startHousekeeping({ ...context, clock: teamClock }, log, deps.playbooks));
  const watchers = begunLater(() => startWatchers(deps));
  const backups = begunLater(() => startBackups(context.store, workspacePath, log, context.clock));
  return {
    watchers,
    begin: () => {
      if (isOver) return;
      housekeeping();
      watchers();
      backups();
    },
    kick: () => {
      housekeeping().kick();
      watchers().kick();
    },
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      housekeeping.made()?.[Symbol.dispose]();
      await watchers.made()?.[Symbol.asyncDispose]();
      await backups.made()?.[Symbol.asyncDispose]();
    },
  };
}
