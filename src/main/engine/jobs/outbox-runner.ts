import type { ChannelConnector, OutboundMessage, SendResult } from '../channels/connector.ts';
import type { Log } from '../log.ts';
import type { Probe } from '../probe.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { attachmentsOfMessage, setSentAt } from '../store/messages.store.ts';
import { changeOutbox, entriesInState, isFromOutbox, markHandedOver, nextDue, nextDueAt, outboxByUid } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { Store } from '../store/sql.ts';
import type { Acknowledger } from '../usecases/acknowledge.ts';
import type { CaseLedger } from '../usecases/case-ledger.ts';
import { caseOwnership } from '../usecases/case-ownership.ts';
import { recordSent } from '../usecases/record-sent.ts';
import { glance } from '../usecases/send-reply.ts';
import { outboundHold } from '../../../shared/domain/handoff/handoff.ts';
import type { AccountId, OutboxId } from '../../../shared/domain/ids.ts';
import { afterCrash, holdReason, MAX_ATTEMPTS, retryDelayMs } from '../../../shared/domain/outbox.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

export interface OutboxRunnerDeps {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly ledger: CaseLedger;
  readonly clock: Clock;
  readonly log: Log;
  readonly probe: Probe;
  readonly random: () => number;
  /** Writes what a machine answers, right before it leaves. */
  readonly acknowledger: Acknowledger;
  /** The connected connector of an account, or null while it is offline or gone. */
  readonly connectorOf: (account: AccountId) => ChannelConnector | null;
  /** How long to wait before an answer that could not be stored is stored again, in milliseconds. */
  readonly retryStoringMs?: number;
}

const RETRY_STORING_MS = 5_000;

/** Sends what is queued: one at a time an account, in order within a case, each at most once. */
export interface OutboxRunner extends AsyncDisposable {
  /** Something may be due: a reply was queued, a connection came up, a person decided. */
  kick(account: AccountId): void;
  /** Asks the channel about every reply of unknown fate. */
  reconcile(account: AccountId): Promise<void>;
}

export function createOutboxRunner(deps: OutboxRunnerDeps): OutboxRunner {
  const running = new Map<AccountId, Promise<void>>();
  const again = new Set<AccountId>();
  const timers = new Map<AccountId, ReturnType<typeof setTimeout>>();
  const stopping = new AbortController();

  recoverAfterCrash(deps);

  function kick(account: AccountId): void {
    if (stopping.signal.aborted) return;
    if (running.has(account)) {
      again.add(account);
      return;
    }
    const run = drain(account)
      .catch((error: unknown) => {
        deps.ledger.forget();
        deps.log('error', 'the outbox stopped', { account, error });
        wakeLater(account, 10_000);
      })
      .finally(() => {
        running.delete(account);
        if (again.delete(account)) kick(account);
      });
    running.set(account, run);
  }

  function wakeLater(account: AccountId, delayMs: number): void {
    if (stopping.signal.aborted) return;
    clearTimeout(timers.get(account));
    timers.set(
      account,
      setTimeout(() => {
        timers.delete(account);
        kick(account);
      }, delayMs),
    );
  }

  async function drain(account: AccountId): Promise<void> {
    // Whoever queued the reply gets the answer first.
    await new Promise((resolve) => setImmediate(resolve));
    while (!stopping.signal.aborted) {
      const connector = deps.connectorOf(account);
      if (connector === null) return;
      const now = deps.clock.now();
      const entry = deps.store.read((db) => nextDue(db, account, now));
      if (entry === undefined) {
        const at = deps.store.read((db) => nextDueAt(db, account));
        // At most a minute, so that a clock that jumps can not leave a reply lying.
        if (at !== null) wakeLater(account, Math.min(60_000, Math.max(10, at - now)));
        return;
      }
      deps.probe('outbox:picked');
      const ready = entry.payload.automatic === undefined ? unlessChanged(deps, entry) : prepared(deps, entry);
      if (ready !== null) await attempt(deps, connector, ready, stopping.signal);
    }
  }

  return {
    kick,
    reconcile: (account) => reconcileUnknown(deps, account, stopping.signal),
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.allSettled(running.values());
    },
  };
}

/** What was being sent when the process ended: certain before the hand-over, unknown after it. */
function recoverAfterCrash(deps: OutboxRunnerDeps): void {
  for (const entry of deps.store.read((db) => entriesInState(db, 'sending'))) {
    const state = afterCrash(entry.handedOver);
    deps.store.write((tx) => {
      changeOutbox(tx, entry.uid, { state, at: deps.clock.now(), code: state === 'unknown' ? 'interrupted' : null });
    });
    deps.log('info', 'a reply was interrupted', { outbox: entry.uid, state });
  }
}

/** What may leave now, and until when what it says is true. */
interface Ready {
  readonly entry: OutboxEntry;
  readonly isTrueAt: (at: Instant) => boolean;
}

/** What a person wrote, unless the thread has changed under it: then it is held. */
function unlessChanged(deps: OutboxRunnerDeps, entry: OutboxEntry): Ready | null {
  return holdIfChanged(deps, entry) ? null : { entry, isTrueAt: () => true };
}

/** What a machine answers, as it must read now; null when it has been dropped. */
function prepared(deps: OutboxRunnerDeps, entry: OutboxEntry): Ready | null {
  return deps.store.write((tx) => deps.acknowledger.prepare(tx, entry));
}

function holdIfChanged(deps: OutboxRunnerDeps, entry: OutboxEntry): boolean {
  return deps.store.write((tx) => {
    const saved = caseByUid(tx, entry.caseUid);
    if (saved === undefined) return false;
    const ownership = caseOwnership(deps.ledger, tx, entry.caseUid);
    const { agent, seen } = entry;
    // what the log has not confirmed is no ownership yet; a machine owns nothing
    const now = { ...glance(saved.state), epoch: agent === null ? seen.epoch : ownership.confirmed.epoch };
    const hold = agent === null ? null : outboundHold(ownership, { authorId: agent, epoch: seen.epoch });
    const reason = holdReason(seen, now, (id) => isFromOutbox(tx, id), hold);
    if (reason === null) return false;
    changeOutbox(tx, entry.uid, { state: 'held', at: deps.clock.now(), holdReason: reason });
    return true;
  });
}

async function attempt(
  deps: OutboxRunnerDeps,
  connector: ChannelConnector,
  { entry, isTrueAt }: Ready,
  signal: AbortSignal,
): Promise<void> {
  const attempts = entry.attempts + 1;
  // Committed before the network is touched: after a crash nobody must guess whether it was.
  deps.store.write((tx) => {
    changeOutbox(tx, entry.uid, { state: 'sending', at: deps.clock.now(), attempts, handedOver: false });
  });
  deps.probe('outbox:sending-committed');
  let handedOver = false;
  let result: SendResult;
  try {
    result = await connector.send(toOutbound(deps, entry), {
      signal,
      onHandover: () => {
        // Nothing has left yet: it is written anew at the next attempt.
        if (!isTrueAt(deps.clock.now())) throw new Error('what it says is not true any more');
        handedOver = true;
        deps.store.write((tx) => {
          markHandedOver(tx, entry.uid);
        });
        deps.probe('outbox:handed-over');
      },
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof MissingFileError) result = { status: 'rejected', permanent: true, code: 'attachment-missing', detail };
    else result = handedOver ? { status: 'unknown', detail } : { status: 'rejected', permanent: false, code: codeOf(error), detail };
  }
  deps.probe('outbox:answered');
  await recordUntilStored(deps, entry, attempts, result, signal);
  deps.probe('outbox:result-committed');
  if (result.status === 'unknown') await reconcileOne(deps, connector, entry, signal);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'server-error';
}

/** The bytes of a file are not here any more: the file of sources was damaged and begun anew. */
class MissingFileError extends Error {
  override readonly name = 'MissingFileError';
}

function toOutbound(deps: OutboxRunnerDeps, entry: OutboxEntry): OutboundMessage {
  const attachments = deps.store
    .read((db) => attachmentsOfMessage(db, entry.messageId))
    .map((each) => {
      const bytes = deps.blobs.get(each.sha256);
      if (bytes === null) throw new MissingFileError(each.name);
      return { name: each.name, type: each.type, bytes };
    });
  return {
    outboxId: entry.uid,
    clientKey: entry.clientKey,
    subject: entry.payload.subject,
    to: entry.payload.to,
    cc: entry.payload.cc,
    text: entry.payload.text,
    parentKeys: entry.payload.parentKeys,
    threadToken: entry.payload.threadToken,
    attachments,
    writtenAt: entry.writtenAt,
    ...(entry.payload.automatic === undefined ? {} : { automatic: { headers: entry.payload.automatic.headers } }),
  };
}

/**
 * What the channel answered is known only here until it is stored, so a full disk must not make us forget it. When the app
 * ends before that, the reply is of unknown fate.
 */
async function recordUntilStored(
  deps: OutboxRunnerDeps,
  entry: OutboxEntry,
  attempts: number,
  result: SendResult,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      record(deps, entry.uid, attempts, result);
      return;
    } catch (error) {
      deps.ledger.forget();
      if (signal.aborted) throw error;
      deps.log('error', 'the answer to a reply could not be stored', { outbox: entry.uid, status: result.status, error });
      await pause(deps.retryStoringMs ?? RETRY_STORING_MS, signal);
    }
  }
}

/** Resolves after `ms`, or at once when the signal aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

function record(deps: OutboxRunnerDeps, uid: OutboxId, attempts: number, result: SendResult): void {
  const now = deps.clock.now();
  deps.store.write((tx) => {
    // Read again: its case may have been merged into another one while it was being sent.
    const entry = outboxByUid(tx, uid);
    if (entry === undefined) return;
    switch (result.status) {
      case 'sent':
        setSentAt(tx, entry.messageId, result.at);
        recordSent(deps.ledger, tx, entry, {
          at: result.at,
          now,
          ...(result.refused.length === 0 ? {} : { code: 'some-refused', detail: result.refused.join(', ') }),
        });
        return;
      case 'unknown':
        changeOutbox(tx, entry.uid, { state: 'unknown', at: now, code: 'no-answer', detail: result.detail });
        return;
      case 'rejected': {
        const final = result.permanent || attempts >= MAX_ATTEMPTS;
        if (final && entry.payload.automatic !== undefined) deps.acknowledger.failed(tx, entry, result.code, result.detail);
        else if (final) {
          changeOutbox(tx, entry.uid, { state: 'failed', at: now, code: result.code, detail: result.detail });
          deps.ledger.append(tx, entry.caseUid, [{ type: 'case.replyFailed', messageId: entry.messageUid, reason: result.code }], {
            actor: null,
          });
        } else {
          changeOutbox(tx, entry.uid, {
            state: 'queued',
            at: now,
            handedOver: false,
            nextAttemptAt: after(now, retryDelayMs(attempts, deps.random())),
            code: result.code,
            detail: result.detail,
          });
        }
      }
    }
  });
}

async function reconcileUnknown(deps: OutboxRunnerDeps, account: AccountId, signal: AbortSignal): Promise<void> {
  const connector = deps.connectorOf(account);
  if (connector === null) return;
  for (const entry of deps.store.read((db) => entriesInState(db, 'unknown'))) {
    if (entry.account === account && !signal.aborted) await reconcileOne(deps, connector, entry, signal);
  }
}

/** Looks the message up by its own id. Only a find proves anything: a copy that is not there may still be on its way. */
async function reconcileOne(deps: OutboxRunnerDeps, connector: ChannelConnector, entry: OutboxEntry, signal: AbortSignal): Promise<void> {
  try {
    if ((await connector.reconcile(entry.clientKey, signal)) !== 'sent') return;
  } catch (error) {
    deps.log('warn', 'a reply could not be looked up', { outbox: entry.uid, error });
    return;
  }
  const now = deps.clock.now();
  try {
    deps.store.write((tx) => {
      // A person may have settled it meanwhile, and its case may have been merged into another one.
      const current = outboxByUid(tx, entry.uid);
      if (current?.state !== 'unknown') return;
      recordSent(deps.ledger, tx, current, { at: now, now });
    });
  } catch (error) {
    // It stays of unknown fate and is looked up again.
    deps.ledger.forget();
    deps.log('error', 'a reply was found, which could not be stored', { outbox: entry.uid, error });
  }
}
