import type { Log } from '../log.ts';
import { dueSnoozes, nextSnoozeAt } from '../store/cases.store.ts';
import { expiredTiers } from '../store/contacts.store.ts';
import { isCopy } from '../store/membership.store.ts';
import { forgetOperations } from '../store/settings.store.ts';
import { letSilentGo } from '../usecases/bot-commands.ts';
import { changeTier } from '../usecases/change-tier.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import type { PlaybookBook } from '../../../shared/domain/bot/playbook.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const AFTER_FAILURE_MS = 10 * SECOND_MS;

/** What time itself does: snoozes end, VIP flags run out, old operations are forgotten. */
export interface Housekeeping extends Disposable {
  /** A snooze was set or the clock moved: look again. */
  kick(): void;
}

/** @param playbooks as their files are now; without them nobody here knows what the bot has offered */
export function startHousekeeping(context: UseCaseContext, log: Log, playbooks: () => PlaybookBook = () => new Map()): Housekeeping {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastSweepAt = 0;
  let lastLookAt = 0;

  function sweep(): void {
    try {
      if (context.store.read(isCopy)) {
        wait(MINUTE_MS);
        return;
      }
      wakeDue(context);
      const now = context.clock.now();
      // who was offered a person must not wait an hour for one
      if (Math.abs(now - lastLookAt) >= MINUTE_MS) {
        lastLookAt = now;
        context.store.write((tx) => letSilentGo(context, tx, now, playbooks));
      }
      // Also after the clock was set back.
      if (Math.abs(now - lastSweepAt) >= HOUR_MS) {
        lastSweepAt = now;
        context.store.write((tx) => {
          forgetOperations(tx, after(now, -30 * DAY_MS));
          for (const contactId of expiredTiers(tx, now))
            changeTier(context, tx, { contactId, tier: 'standard', reason: '', until: null }, null);
        });
      }
    } catch (error) {
      context.ledger.forget();
      log('error', 'housekeeping failed', { error });
      // What is due is still due: without a pause it would be tried and fail fifty times a second.
      wait(AFTER_FAILURE_MS);
      return;
    }
    arm();
  }

  function wait(ms: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(sweep, ms);
  }

  function arm(): void {
    let next: Instant | null = null;
    try {
      next = context.store.read(nextSnoozeAt);
    } catch (error) {
      log('error', 'housekeeping failed', { error });
    }
    // At least once a minute: a clock that jumps must not leave a case asleep.
    wait(next === null ? MINUTE_MS : Math.min(MINUTE_MS, Math.max(20, next - context.clock.now())));
  }

  const stopListening = context.store.onCommit((changes) => {
    if (changes.has('cases')) arm();
  });
  sweep();
  return {
    kick: sweep,
    [Symbol.dispose]: () => {
      stopListening();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Brings back the cases whose snooze is over. */
export function wakeDue(context: UseCaseContext): void {
  const now = context.clock.now();
  const due = context.store.read((db) => dueSnoozes(db, now));
  if (due.length === 0) return;
  context.store.write((tx) => {
    for (const uid of due) context.ledger.append(tx, uid, [{ type: 'case.woken', reason: 'time' }], { actor: null });
  });
}
