import { watchClock } from './jobs/clock-watch.ts';
import { watchLater } from './jobs/later-watch.ts';
import { failRepliesOfRemoved } from './jobs/outbox-outcome.ts';
import { createOutboxRunner } from './jobs/outbox-runner.ts';
import type { OutboxRunner, OutboxRunnerDeps } from './jobs/outbox-runner.ts';
import type { ShellPort } from './ports/shell-port.ts';
import { listAccounts } from './store/accounts.store.ts';
import { caseByUid } from './store/cases.store.ts';
import { isCopy } from './store/membership.store.ts';
import type { OutboxEntry } from './store/outbox.store.ts';
import { me, readSettings } from './store/settings.store.ts';
import type { MachineClock, Timers } from './team/machine-clock.ts';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';
import type { HoldReason } from '../../shared/domain/outbox.ts';

export interface EngineOutboxDeps extends Omit<OutboxRunnerDeps, 'clockJump' | 'onHeld'> {
  readonly shell: ShellPort;
  readonly timers: Timers;
  readonly machine: MachineClock;
  readonly tell: (event: EngineEvent) => void;
  /** In a team another workstation may have the channel still. */
  readonly isMember: () => boolean;
}

export interface EngineOutbox extends AsyncDisposable {
  readonly runner: OutboxRunner;
  /** The machine woke up or its clock moved. */
  kick(): void;
}

/** What leaves from here, at once or at a time of its own, and who is told when that can not be. */
export function startOutbox(deps: EngineOutboxDeps): EngineOutbox {
  const { store, log, shell } = deps;
  const clockJump = watchClock({ now: () => deps.ledger.trueTime() }, deps.machine);
  const runner = createOutboxRunner({ ...deps, clockJump, onHeld });

  function kickAll(): void {
    for (const account of store.read(listAccounts)) runner.kick(account.uid);
  }

  /** Whoever wrote it, and whoever has the case, must look at it again. */
  function onHeld(entry: OutboxEntry, reason: HoldReason): void {
    const { isConcerned, settings, contactName } = store.read((db) => {
      const own = me(db)?.agentId ?? null;
      const owner = caseByUid(db, entry.caseUid)?.state.ownerId ?? null;
      return {
        isConcerned: own !== null && !isCopy(db) && (entry.agent === own || owner === own),
        settings: readSettings(db),
        contactName: entry.payload.to[0]?.name ?? '',
      };
    });
    log('info', 'a reply for later is held back', { outbox: entry.uid, reason });
    if (!isConcerned) return;
    const { caseUid: caseId, payload } = entry;
    deps.tell({ type: 'reply-held', caseId, subject: payload.subject, reason });
    if (!settings.notifications) return;
    shell
      .request('notify', {
        title: contactName === '' ? (payload.to[0]?.address ?? payload.subject) : contactName,
        body: payload.subject,
        caseId,
      })
      .catch((error: unknown) => log('warn', 'the shell did not answer', { error }));
  }

  const later = watchLater({ ...deps, clockJump, onHeld });
  const withoutChannel = (): void => {
    try {
      if (!deps.isMember()) failRepliesOfRemoved({ ...deps, onHeld });
    } catch (error) {
      // as on a full disk: they are found with the next commit, or at the next start
      deps.ledger.forget();
      log('error', 'replies without a channel could not be looked at', { error });
    }
  };
  withoutChannel();
  const stopKicking = store.onCommit((changes) => {
    if (changes.has('outbox') || changes.has('accounts')) withoutChannel();
    if (changes.has('outbox')) kickAll();
  });
  return {
    runner,
    kick: () => {
      kickAll();
      later.kick();
    },
    [Symbol.asyncDispose]: async () => {
      stopKicking();
      later[Symbol.dispose]();
      await runner[Symbol.asyncDispose]();
    },
  };
}
