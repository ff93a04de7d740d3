import type { Beginnings } from './begun-later.ts';
import { startCoverageWatcher } from './jobs/coverage-watcher.ts';
import { startHandoffWatcher } from './jobs/handoff-watcher.ts';
import { startIntakeFiller } from './jobs/intake-filler.ts';
import { startKeyFiller } from './jobs/key-filler.ts';
import { startPromiseWatcher } from './jobs/promise-watcher.ts';
import { startReminderWatcher } from './jobs/reminder-watcher.ts';
import { startSlaWatcher } from './jobs/sla-watcher.ts';
import type { SlaWatcher } from './jobs/sla-watcher.ts';
import type { Log } from './log.ts';
import type { ShellPort } from './ports/shell-port.ts';
import type { UseCaseContext } from './usecases/context.ts';
import type { coverageParts } from './usecases/coverage-parts.ts';
import type { DutyBook } from './usecases/duty-book.ts';
import type { RuleRuns } from './usecases/rule-runs.ts';
import type { EngineEvent, NotBegun } from '../../shared/contract/workspace.contract.ts';
import type { Clock } from '../../shared/domain/time.ts';

export interface WatchersDeps {
  readonly later: Beginnings<NotBegun>['later'];
  readonly context: UseCaseContext;
  /** The team's time as far as it is known: what is written by it must not come too early for everybody else. */
  readonly teamClock: Clock;
  readonly coverage: ReturnType<typeof coverageParts>;
  readonly duties: DutyBook;
  readonly ruleRuns: RuleRuns;
  readonly shell: ShellPort;
  readonly log: Log;
  readonly tell: (event: EngineEvent) => void;
  /** Tells subscriptions that facts outside SQL changed. */
  readonly changed: (...facts: readonly string[]) => void;
}

/** What time brings about: turns that begin and end, clocks that run out, offers that expire, promises that fall due; and what is made up for. */
export interface Watchers extends AsyncDisposable {
  /** Begins all that have not begun. Each begins at the latest when it is asked for something. */
  begin(): void;
  /** The rules changed: every open case is worked out anew in the background. */
  readonly reevaluate: SlaWatcher['reevaluate'];
  /** After a sleep, or a clock that was set: every timer is late. */
  kick(): void;
  /** The plan or the people are others now. */
  kickPlan(): void;
  kickHandoffs(): void;
  /** Resolves when what time and others have made of handoffs is written and told. */
  settled(): Promise<void>;
}

export function prepareWatchers(deps: WatchersDeps): Watchers {
  const { later, context, teamClock, coverage, duties, ruleRuns, shell, log, tell, changed } = deps;
  const { book } = coverage;
  const { store } = context;
  const onClock = (): void => changed('@clock');
  const promises = later('promises', () => startPromiseWatcher({ context, shell, log, tell, book }));
  const reminders = later('reminders', () => startReminderWatcher({ context, shell, log, tell, onClock, book }));
  const handoffs = later('handoffs', () =>
    startHandoffWatcher({ deps: { ...context, clock: teamClock, book, duties }, shell, log, tell, onClock }),
  );
  const plan = later('plan', () =>
    startCoverageWatcher({
      context,
      ...coverage,
      log,
      onClock: () => {
        changed('@clock', '@shift');
        promises()?.followPlan();
        handoffs()?.followPlan();
        reminders()?.followPlan();
      },
    }),
  );
  // From the beginning: the book is read before anybody follows the plan, and what it is not told now it never learns.
  const stopNoting = store.onCommit((changes) => {
    const hasNewRules = changes.has('settings') && store.read((db) => book.noteRules(db));
    if (!book.note(changes) && !hasNewRules) return;
    changed('@plan');
    plan.made()?.followSoon();
  });
  const keyFiller = later('older-cases', () => startKeyFiller({ store, log }));
  const intakeFiller = later('older-cases', () => startIntakeFiller({ store, log }));
  const sla = later('clocks', () => startSlaWatcher({ context, shell, log, tell, onClock, runs: ruleRuns, book }));
  return {
    begin: () => {
      for (const each of [promises, reminders, handoffs, plan, keyFiller, intakeFiller, sla]) each();
    },
    reevaluate: (apply) => sla()?.reevaluate(apply),
    kick: () => {
      plan()?.kick();
      sla()?.kick();
      promises()?.kick();
      reminders()?.kick();
      handoffs()?.kick();
    },
    kickPlan: () => plan()?.kick(),
    kickHandoffs: () => handoffs()?.kick(),
    settled: async () => handoffs()?.settled(),
    [Symbol.asyncDispose]: async () => {
      stopNoting();
      keyFiller.made()?.[Symbol.dispose]();
      intakeFiller.made()?.[Symbol.dispose]();
      await plan.made()?.[Symbol.asyncDispose]();
      await sla.made()?.[Symbol.asyncDispose]();
      await promises.made()?.[Symbol.asyncDispose]();
      await reminders.made()?.[Symbol.asyncDispose]();
      await handoffs.made()?.[Symbol.asyncDispose]();
    },
  };
}
