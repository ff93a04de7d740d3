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
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';
import type { Clock } from '../../shared/domain/time.ts';

export interface WatchersDeps {
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
  readonly sla: SlaWatcher;
  /** After a sleep, or a clock that was set: every timer is late. */
  kick(): void;
  /** The plan or the people are others now. */
  kickPlan(): void;
  kickHandoffs(): void;
  /** Resolves when what time and others have made of handoffs is written and told. */
  settled(): Promise<void>;
}

export function startWatchers({ context, teamClock, coverage, duties, ruleRuns, shell, log, tell, changed }: WatchersDeps): Watchers {
  const { book } = coverage;
  const onClock = (): void => changed('@clock');
  const promises = startPromiseWatcher({ context, shell, log, tell, book });
  const reminders = startReminderWatcher({ context, shell, log, tell, onClock, book });
  const handoffs = startHandoffWatcher({ deps: { ...context, clock: teamClock, book, duties }, shell, log, tell, onClock });
  const plan = startCoverageWatcher({
    context,
    ...coverage,
    log,
    onClock: () => {
      changed('@clock', '@shift');
      promises.followPlan();
      handoffs.followPlan();
      reminders.followPlan();
    },
    onPlan: () => changed('@plan'),
  });
  const keyFiller = startKeyFiller({ store: context.store, log });
  const intakeFiller = startIntakeFiller({ store: context.store, log });
  const sla = startSlaWatcher({ context, shell, log, tell, onClock, runs: ruleRuns, book });
  return {
    sla,
    kick: () => {
      plan.kick();
      sla.kick();
      promises.kick();
      reminders.kick();
      handoffs.kick();
    },
    kickPlan: () => plan.kick(),
    kickHandoffs: () => handoffs.kick(),
    settled: async () => handoffs.settled(),
    [Symbol.asyncDispose]: async () => {
      keyFiller[Symbol.dispose]();
      intakeFiller[Symbol.dispose]();
      await plan[Symbol.asyncDispose]();
      await sla[Symbol.asyncDispose]();
      await promises[Symbol.asyncDispose]();
      await reminders[Symbol.asyncDispose]();
      await handoffs[Symbol.asyncDispose]();
    },
  };
}
