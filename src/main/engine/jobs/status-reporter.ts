import type { Log } from '../log.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import { listAccounts } from '../store/accounts.store.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import { countViews } from '../store/case-totals.store.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { me, readSettings } from '../store/settings.store.ts';
import type { Store } from '../store/sql.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import type { Arrival } from '../usecases/ingest-batch.ts';
import type { EngineEvent } from '../../../shared/contract/workspace.contract.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';

export interface StatusReporterDeps {
  readonly context: UseCaseContext;
  readonly shell: ShellPort;
  readonly log: Log;
  readonly workspace: 'main' | 'sample';
  readonly syncState: () => 'online' | 'offline' | 'problem' | 'none';
  readonly tell: (event: EngineEvent) => void;
}

/** Tells the tray how things stand, and the person what has just arrived. */
export interface StatusReporter extends Disposable {
  announce(arrivals: readonly Arrival[]): void;
  /** Something changed that no table tells, such as the state of a connection. */
  refresh(): void;
}

/** What is older than this came by a backfill or after a long absence; nobody wants to be rung for each of them. */
const FRESH_MS = 10 * MINUTE_MS;

export function startStatusReporter(deps: StatusReporterDeps): StatusReporter {
  const { store, clock } = deps.context;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let shown = '';
  let isOver = false;

  function show(): void {
    timer = null;
    const { counts, settings } = store.read((db) => ({
      counts: countViews(db, { me: me(db)?.agentId ?? null, now: clock.now() }),
      settings: readSettings(db),
    }));
    const status = {
      unread: counts.unread,
      waiting: counts['waiting-us'],
      sync: deps.syncState(),
      onShift: settings.onShift,
      workspace: deps.workspace,
    };
    const text = JSON.stringify(status);
    if (text === shown) return;
    shown = text;
    request('status.show', deps.shell.request('status.show', status));
  }

  function request(what: string, answer: Promise<unknown>): void {
    answer.catch((error: unknown) => deps.log('warn', 'the shell did not answer', { what, error }));
  }

  function schedule(): void {
    // a channel may say how it is while everything ends
    if (isOver) return;
    timer ??= setTimeout(show, 250);
  }

  const stopListening = store.onCommit((changes) => {
    if (changes.has('cases') || changes.has('settings')) schedule();
  });
  schedule();

  return {
    refresh: schedule,
    announce: (arrivals) => {
      const fresh = arrivals.filter((arrival) => !arrival.seen && clock.now() - arrival.at < FRESH_MS);
      if (fresh.length === 0) return;
      const { settings, agent } = store.read((db) => ({ settings: readSettings(db), agent: me(db) }));
      for (const arrival of fresh.slice(-5)) {
        const row = store.read((db) => rowsOfCases(db, [currentCaseUid(db, arrival.caseUid)]))[0];
        if (row === undefined) continue;
        deps.tell({
          type: 'message-arrived',
          caseId: row.caseId,
          contactName: row.contactName === '' ? row.contactAddress : row.contactName,
          subject: row.subject,
          tier: row.tier,
        });
        // Off shift nobody is rung; on shift only for what is mine or nobody's.
        const concernsMe = row.assigneeId === null || row.assigneeId === agent?.agentId;
        if (settings.notifications && settings.onShift && concernsMe && row.snoozedUntil === null) {
          request(
            'notify',
            deps.shell.request('notify', {
              title: row.contactName === '' ? row.contactAddress : row.contactName,
              body: row.subject,
              caseId: row.caseId,
            }),
          );
        }
      }
    },
    [Symbol.dispose]: () => {
      isOver = true;
      stopListening();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** How all accounts together stand with their servers. */
export function overallState(store: Store, stateOf: (account: AccountId) => string | null): 'online' | 'offline' | 'problem' | 'none' {
  // of a mailbox that a colleague has connected there is nothing to tell
  const own = store.read(listAccounts).filter((account) => account.isElsewhere !== true);
  const states = own.map((account) => stateOf(account.uid));
  if (states.length === 0) return 'none';
  if (states.some((state) => state === 'problem' || state === 'paused')) return 'problem';
  return states.every((state) => state === 'offline') ? 'offline' : 'online';
}
