import { createAlarm } from './alarm.ts';
import type { Log } from '../log.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import { isCopy } from '../store/membership.store.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import { me, readSettings } from '../store/settings.store.ts';
import { casesPastBoundary, nextBoundary } from '../store/sla.store.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import type { CoverageBook } from '../usecases/coverage-book.ts';
import type { RuleRuns } from '../usecases/rule-runs.ts';
import { reevaluateOpen } from '../usecases/sla-rules.ts';
import { warnedPeople } from '../usecases/warned-people.ts';
import { APPLYING } from '../../../shared/domain/sla/policy.ts';
import type { EngineEvent } from '../../../shared/contract/workspace.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Instance } from '../../../shared/domain/sla/clock.ts';
import { after, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface SlaWatcherDeps {
  readonly context: UseCaseContext;
  readonly shell: ShellPort;
  readonly log: Log;
  readonly tell: (event: EngineEvent) => void;
  /** Time has moved a case into or out of a view. */
  readonly onClock: () => void;
  /** Tells how far applying changed rules is. */
  readonly runs: RuleRuns;
  /** Who is on shift. */
  readonly book: CoverageBook;
}

/** Sleeps until the next clock passes half, four fifths or all of its target, keeps the lists right, and warns whom it concerns. */
export interface SlaWatcher extends AsyncDisposable {
  /** The machine woke up or its clock moved: look again. */
  kick(): void;
  /** The rules changed: every open case is worked out anew in the background. */
  reevaluate(apply: boolean): void;
}

type Level = Extract<EngineEvent, { type: 'sla-warning' }>['level'];

/** What was passed longer ago is history: nobody is rung for the whole night at eight in the morning. */
const FRESH_MS = 5 * MINUTE_MS;

export function startSlaWatcher(deps: SlaWatcherDeps): SlaWatcher {
  const { context, log } = deps;
  const stopping = new AbortController();
  const alarm = createAlarm({
    clock: context.clock,
    log,
    what: 'the next time of a clock',
    longestMs: MINUTE_MS,
    shortestMs: 25,
    onRing: () => sweep(),
    nextAt: (now) => context.store.read(nextBoundary) ?? after(now, MINUTE_MS),
  });
  let working: Promise<unknown> = Promise.resolve();

  function sweep(): void {
    if (stopping.signal.aborted) return;
    try {
      const now = context.clock.now();
      const { passed, isQuiet } = context.store.read((db) => ({ passed: casesPastBoundary(db, now), isQuiet: isCopy(db) }));
      for (const each of isQuiet ? [] : passed) warn(each.uid, each.boundaryAt, now);
      if (passed.length > 0) {
        context.store.write((tx) => {
          for (const { uid } of passed) context.ledger.retime(tx, uid);
        });
        deps.onClock();
      }
    } catch (error) {
      context.ledger.forget();
      log('error', 'the clocks could not be looked at', { error });
    }
    alarm.set();
  }

  function warn(caseId: CaseId, boundaryAt: Instant, now: Instant): void {
    if (now - boundaryAt > FRESH_MS) return;
    const found = context.store.read((db) => ({
      row: rowsOfCases(db, [caseId])[0],
      agent: me(db),
      settings: readSettings(db),
      clocks: context.ledger.clocks(db, caseId),
    }));
    const { row, agent, settings } = found;
    const crossed = found.clocks.map((instance) => levelAt(instance, boundaryAt, now)).find((each) => each !== null);
    // what the bot has waits for nobody
    if (row === undefined || row.bot !== null || crossed === undefined || crossed === null) return;
    // Warnings go to people on shift. Without a plan: to the owner, or to everybody while there is none.
    const warned = context.store.read((db) => warnedPeople(db, deps.book, row.assigneeId, now));
    const isNamed =
      warned === null ? row.assigneeId === null || row.assigneeId === agent?.agentId : agent !== null && warned.has(agent.agentId);
    // Who switched off by hand is not rung, whatever the plan says.
    const concernsMe = settings.onShift && isNamed;
    if (!concernsMe || row.snoozedUntil !== null) return;
    deps.tell({
      type: 'sla-warning',
      caseId,
      subject: row.subject,
      level: crossed.level,
      metric: crossed.instance.metric,
      dueAt: crossed.dueAt,
    });
    if (settings.notifications && crossed.level !== 'half') {
      const title = row.contactName === '' ? row.contactAddress : row.contactName;
      deps.shell
        .request('notify', { title, body: row.subject, caseId })
        .catch((error: unknown) => log('warn', 'the shell did not answer', { error }));
    }
  }

  const stopListening = context.store.onCommit((changes) => {
    if (changes.has('cases')) alarm.set();
  });
  sweep();
  return {
    kick: sweep,
    reevaluate: (apply) => {
      working = working
        .then(() => deps.runs.during(APPLYING, (run) => reevaluateOpen(context, { apply, signal: stopping.signal, run })))
        .then(() => deps.onClock())
        .catch((error: unknown) => {
          context.ledger.forget();
          log('error', 'the open cases could not be worked out anew', { error });
        });
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      stopListening();
      alarm.stop();
      await working;
    },
  };
}

function levelAt(
  instance: Instance,
  at: Instant,
  now: Instant,
): { readonly level: Level; readonly instance: Instance; readonly dueAt: Instant } | null {
  if (instance.endedAt !== null || instance.dueAt === null) return null;
  const { dueAt } = instance;
  // At the due time it is still in time; a look that comes a moment later sees the breach.
  if (at >= dueAt && now > dueAt) return { level: 'breach', instance, dueAt };
  if (at === instance.fourFifthsAt) return { level: 'four-fifths', instance, dueAt };
  return at === instance.halfAt ? { level: 'half', instance, dueAt } : null;
}
