import { createAlarm } from './alarm.ts';
import type { Log } from '../log.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import { isCopy } from '../store/membership.store.ts';
import { markTold, nextReminding, untoldReminders } from '../store/reminders.store.ts';
import { me, readSettings } from '../store/settings.store.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import type { CoverageBook } from '../usecases/coverage-book.ts';
import { followShifts } from '../usecases/shift-snooze.ts';
import type { EngineEvent } from '../../../shared/contract/workspace.contract.ts';
import { HOUR_MS, after, instant } from '../../../shared/domain/time.ts';

export interface ReminderWatcherDeps {
  readonly context: UseCaseContext;
  readonly shell: ShellPort;
  readonly log: Log;
  readonly tell: (event: EngineEvent) => void;
  /** Something is due now that was coming. */
  readonly onClock: () => void;
  readonly book: CoverageBook;
}

/**
 * Sleeps until the next reminder or follow-up is due, and tells whoever is at this desk what is theirs: each once, also what fell due while
 * nothing ran, and what became theirs because the case did. Who is off shift is told when they are back.
 */
export interface ReminderWatcher extends AsyncDisposable {
  /** The machine woke up, or its clock moved: look again. */
  kick(): void;
  /** Somebody else may come, or come at another time: cases that sleep for them follow. */
  followPlan(): void;
}

/** Timers can not wait for months, and a clock that jumps must not hide anything for long. */
const LONGEST_SLEEP_MS = HOUR_MS;
/** What is due at once is rung for so often; all of it is told in the window. */
const MOST_RUNG = 3;
const GATHER_MS = 250;
const NEEDS_LOOK: readonly string[] = ['reminders', 'cases', 'settings', 'agents'];

export function startReminderWatcher({ context, shell, log, tell, onClock, book }: ReminderWatcherDeps): ReminderWatcher {
  const { store, clock, ledger } = context;
  const stopping = new AbortController();
  let lookedAt = clock.now();
  let soon: ReturnType<typeof setTimeout> | null = null;
  const alarm = createAlarm({
    clock,
    log,
    what: 'the next reminder',
    longestMs: LONGEST_SLEEP_MS,
    shortestMs: 1,
    onRing: () => sweep(),
    // also after the clock was set back
    nextAt: (now) => store.read((db) => nextReminding(db, instant(Math.min(now, lookedAt)))) ?? after(now, LONGEST_SLEEP_MS),
  });

  function sweep(): void {
    if (stopping.signal.aborted) return;
    // this is the look that was to come soon
    if (soon !== null) clearTimeout(soon);
    soon = null;
    try {
      const now = clock.now();
      const passed = store.read((db) => nextReminding(db, instant(Math.min(now, lookedAt))));
      lookedAt = now;
      if (passed !== null && passed <= now) onClock();
      remind();
    } catch (error) {
      ledger.forget();
      log('error', 'reminders could not be looked at', { error });
    }
    alarm.set();
  }

  function remind(): void {
    const now = clock.now();
    const { agentId, settings, due } = store.read((db) => {
      const agent = me(db);
      const isTold = agent !== null && agent !== undefined && !isCopy(db);
      return { agentId: agent?.agentId, settings: readSettings(db), due: isTold ? untoldReminders(db, agent.agentId, now) : [] };
    });
    if (agentId === undefined || due.length === 0 || !settings.onShift) return;
    // First it is written down: whoever dies between the two is told too little, and finds it in the list.
    store.write((tx) => markTold(tx, agentId, due));
    for (const { reminderId, caseId, subject, note, at } of due) tell({ type: 'reminder', reminderId, caseId, subject, note, at });
    if (!settings.notifications) return;
    for (const { contactName, subject, note, caseId } of due.slice(0, MOST_RUNG)) {
      shell
        .request('notify', { title: contactName, body: note === '' ? subject : note, caseId })
        .catch((error: unknown) => log('warn', 'the shell did not answer', { error }));
    }
  }

  /** What is stored all the time, as when a mailbox is fetched, must not put the look off again and again. */
  function lookSoon(): void {
    soon ??= setTimeout(sweep, GATHER_MS);
  }

  const stopListening = store.onCommit((changes) => {
    // what fell due before may have become somebody's, and a moment later is soon enough
    if (NEEDS_LOOK.some((table) => changes.has(table))) lookSoon();
  });
  sweep();
  return {
    kick: sweep,
    followPlan: () => {
      try {
        if (!stopping.signal.aborted) followShifts(context, book);
      } catch (error) {
        ledger.forget();
        log('error', 'snoozes could not follow the plan', { error });
      }
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      stopListening();
      if (soon !== null) clearTimeout(soon);
      alarm.stop();
    },
  };
}
