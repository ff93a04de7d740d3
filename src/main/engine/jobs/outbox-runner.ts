import { isLast, reconcileOne, reconcileUnknown, record, settleByLog } from './outbox-outcome.ts';
import type { OutcomeDeps } from './outbox-outcome.ts';
import { overLimit } from './outbox-limits.ts';
import { openGate } from './send-gate.ts';
import type { SendGate, SendRefusal } from './send-gate.ts';
import type { ChannelConnector, OutboundMessage, SendResult } from '../channels/connector.ts';
import type { Probe } from '../probe.ts';
import { accountByUid } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { answerTarget } from '../store/conversations.store.ts';
import { attachmentsOfMessage } from '../store/messages.store.ts';
import {
  changeOutbox,
  entriesInState,
  entriesToSendAgain,
  isFromOutbox,
  markHandedOver,
  nextDue,
  nextDueAt,
  outboxByUid,
  saveThreadToken,
  SEND_AGAIN,
} from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { listAgents } from '../store/settings.store.ts';
import { textAsSent } from '../store/mail-answers.store.ts';
import { waitsForFiles } from './outbox-files.ts';
import type { OutboxFilesDeps } from './outbox-files.ts';
import { caseOwnership } from '../usecases/case-ownership.ts';
import { glance } from '../usecases/send-reply.ts';
import { capabilitiesFor } from '../../../shared/domain/channel/capabilities.ts';
import type { Capabilities } from '../../../shared/domain/channel/capabilities.ts';
import { outboundHold } from '../../../shared/domain/handoff/handoff.ts';
import type { AccountId, AgentId, CaseId, OutboxId } from '../../../shared/domain/ids.ts';
import { afterCrash, holdReason } from '../../../shared/domain/outbox.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface OutboxRunnerDeps extends OutcomeDeps, Pick<OutboxFilesDeps, 'wantFile'> {
  readonly blobs: BlobStore;
  readonly probe: Probe;
  /** Signs the reply address of what was written at another workstation: only here is the key of the account. */
  readonly signToken?: (account: StoredAccount, caseUid: CaseId) => string | null;
  /** In a team one workstation sends a reply, once. Every reply may leave when it is left out, as in a workspace of one. */
  readonly gate?: SendGate;
  /** How long to wait before an answer that could not be stored is stored again, in milliseconds. */
  readonly retryStoringMs?: number;
}

const RETRY_STORING_MS = 5_000;
/** A hub that does not answer, or has not stored yet what waits, is asked again. */
const RETRY_HUB_MS = 3_000;
/** What the log says of replies of unknown fate is looked at again. */
const LOOK_AGAIN_MS = 60_000;

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
  const lookLater = new Map<AccountId, ReturnType<typeof setTimeout>>();
  const gate = deps.gate ?? openGate;
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
    await tellDecisions(account);
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
      if (!(await sendOne(connector, entry.uid))) {
        wakeLater(account, RETRY_HUB_MS);
        return;
      }
    }
  }

  /** What a person decided here about replies that another workstation sends by now. */
  async function tellDecisions(account: AccountId): Promise<void> {
    if (gate === openGate) return;
    for (const entry of deps.store.read((db) => entriesToSendAgain(db, account))) {
      if (!(await gate.decided(entry))) continue;
      deps.store.write((tx) => {
        const current = outboxByUid(tx, entry.uid);
        if (current?.state === 'queued' && current.code === SEND_AGAIN)
          changeOutbox(tx, entry.uid, { state: 'queued', at: deps.clock.now() });
      });
    }
  }

  /** False when the account's replies can not leave now, or not from here. */
  async function sendOne(connector: ChannelConnector, uid: OutboxId): Promise<boolean> {
    const picked = deps.store.read((db) => outboxByUid(db, uid));
    if (picked === undefined) return true;
    if (waitsForFiles(deps, picked)) return true;
    const prepared = await gate.prepare(picked.account);
    if (!prepared.go) return false;
    const ready = stillReady(deps, uid);
    if (ready === null) return true;
    const begun = await gate.begin(ready.entry);
    if (!begun.go) return refused(deps, ready.entry, begun);
    // what colleagues did was applied meanwhile
    const now = stillReady(deps, uid);
    if (now === null) {
      await gate.ended(ready.entry, { status: 'rejected', permanent: false, code: 'held', detail: '' });
      return true;
    }
    await attempt(deps, gate, connector, now, stopping.signal);
    return true;
  }

  async function reconcile(account: AccountId): Promise<void> {
    const left = await reconcileUnknown(deps, gate, account, stopping.signal);
    if (left === 0 || stopping.signal.aborted || lookLater.has(account)) return;
    lookLater.set(
      account,
      setTimeout(() => {
        lookLater.delete(account);
        reconcile(account).catch((error: unknown) =>
          deps.log('error', 'replies of unknown fate could not be looked up', { account, error }),
        );
      }, LOOK_AGAIN_MS),
    );
  }

  return {
    kick,
    reconcile,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      for (const timer of [...timers.values(), ...lookLater.values()]) clearTimeout(timer);
      timers.clear();
      lookLater.clear();
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

/** A reply as it may leave now; null when it may not any more: it was taken back, is held, or was sent elsewhere. */
function stillReady(deps: OutboxRunnerDeps, uid: OutboxId): Ready | null {
  const entry = deps.store.read((db) => outboxByUid(db, uid));
  if (entry?.state !== 'queued') return null;
  const { automatic } = entry.payload;
  if (automatic?.isWarning === true) return { entry, isTrueAt: () => true };
  return automatic === undefined ? unlessChanged(deps, entry) : prepared(deps, entry);
}

/** Writes down what the team's log says of a reply that may not leave from here. False when nothing may leave now. */
function refused(deps: OutboxRunnerDeps, entry: OutboxEntry, refusal: SendRefusal): boolean {
  switch (refusal.why) {
    case 'not-holder':
    case 'no-hub':
    case 'behind':
      return false;
    case 'other-began':
      deps.store.write((tx) => {
        changeOutbox(tx, entry.uid, { state: 'unknown', at: deps.clock.now(), code: 'interrupted' });
      });
      return true;
    case 'sent':
    case 'failed':
      deps.store.write((tx) => settleByLog(deps, tx, entry, refusal));
      return true;
  }
}

/** What a person wrote, unless the thread has changed under it: then it is held. */
function unlessChanged(deps: OutboxRunnerDeps, entry: OutboxEntry): Ready | null {
  return holdIfChanged(deps, entry) ? null : { entry, isTrueAt: () => true };
}

/** What a machine answers, as it must read now; null when it has been dropped. */
function prepared(deps: OutboxRunnerDeps, entry: OutboxEntry): Ready | null {
  return deps.store.write((tx) => deps.acknowledger.prepare(tx, entry));
}

/** Holds a reply whose thread is another than its writer saw. True when it is held now. */
export function holdIfChanged(deps: Pick<OutboxRunnerDeps, 'store' | 'ledger' | 'clock'>, entry: OutboxEntry): boolean {
  return deps.store.write((tx) => {
    const saved = caseByUid(tx, entry.caseUid);
    if (saved === undefined) return false;
    const ownership = caseOwnership(deps.ledger, tx, entry.caseUid);
    const { agent, seen } = entry;
    // what the log has not confirmed is no ownership yet; a machine owns nothing
    const now = { ...glance(saved.state), epoch: agent === null ? seen.epoch : ownership.confirmed.epoch };
    const hold = agent === null ? null : outboundHold(ownership, { authorId: agent, epoch: seen.epoch });
    const reason = holdReason(seen, now, (id) => isFromOutbox(tx, id, agent), hold);
    if (reason === null) return false;
    changeOutbox(tx, entry.uid, { state: 'held', at: deps.clock.now(), holdReason: reason });
    return true;
  });
}

async function attempt(
  deps: OutboxRunnerDeps,
  gate: SendGate,
  connector: ChannelConnector,
  { entry: written, isTrueAt }: Ready,
  signal: AbortSignal,
): Promise<void> {
  const entry = signed(deps, written);
  const attempts = entry.attempts + 1;
  // Committed before the network is touched: after a crash nobody must guess whether it was.
  deps.store.write((tx) => {
    changeOutbox(tx, entry.uid, { state: 'sending', at: deps.clock.now(), attempts, handedOver: false });
  });
  deps.probe('outbox:sending-committed');
  let handedOver = false;
  let result: SendResult;
  try {
    const outbound = toOutbound(deps, entry);
    const hooks = {
      signal,
      onHandover: () => {
        // Nothing has left yet: it is written anew at the next attempt.
        if (!isTrueAt(deps.clock.now())) throw new Error('what it says is not true any more');
        if (!gate.mayHandOver(entry)) throw new NotHolderError('another workstation may hold the account by now');
        handedOver = true;
        deps.store.write((tx) => {
          markHandedOver(tx, entry.uid);
        });
        deps.probe('outbox:handed-over');
      },
    };
    result = overLimit(capabilitiesOf(deps, entry), outbound) ?? (await connector.send(outbound, hooks));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof MissingFileError) result = { status: 'rejected', permanent: true, code: 'attachment-missing', detail };
    else result = handedOver ? { status: 'unknown', detail } : { status: 'rejected', permanent: false, code: codeOf(error), detail };
  }
  deps.probe('outbox:answered');
  try {
    await recordUntilStored(deps, entry, attempts, result, signal);
    deps.probe('outbox:result-committed');
  } finally {
    await gate.ended(entry, result.status === 'rejected' ? { ...result, permanent: isLast(result, attempts) } : result);
  }
  if (result.status === 'unknown') await reconcileOne(deps, gate, connector, entry, signal);
}

function capabilitiesOf(deps: OutboxRunnerDeps, { caseId, caseUid }: OutboxEntry): Capabilities {
  return deps.store.read((db) => capabilitiesFor(caseByUid(db, caseUid)?.state.channel ?? 'email', answerTarget(db, caseId)));
}

/** The lease of the account was lost between the beginning of a send and its last bytes. */
class NotHolderError extends Error {
  override readonly name = 'NotHolderError';
  readonly code = 'not-holder';
}

function signed(deps: OutboxRunnerDeps, entry: OutboxEntry): OutboxEntry {
  if (entry.payload.threadToken !== null) return entry;
  const account = deps.store.read((db) => accountByUid(db, entry.account));
  const threadToken = account === undefined ? null : (deps.signToken?.(account, entry.caseUid) ?? null);
  if (threadToken === null) return entry;
  deps.store.write((tx) => saveThreadToken(tx, entry.uid, threadToken));
  return { ...entry, payload: { ...entry.payload, threadToken } };
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
  const target = deps.store.read((db) => answerTarget(db, entry.caseId));
  return {
    outboxId: entry.uid,
    clientKey: entry.clientKey,
    subject: entry.payload.subject,
    to: entry.payload.to,
    cc: entry.payload.cc,
    text: deps.store.read((db) => textAsSent(db, entry)),
    parentKeys: entry.payload.parentKeys,
    threadToken: entry.payload.threadToken,
    attachments,
    writtenAt: entry.writtenAt,
    ...(target === null ? {} : { conversation: target.conversation, inReplyTo: target.nativeKey }),
    ...(target?.isSummon === undefined ? {} : { isSummoned: target.isSummon }),
    ...(entry.payload.automatic !== undefined || entry.agent === null ? {} : authorOf(deps, entry.agent)),
    ...automaticOf(entry),
  };
}

/** What keeps other machines quiet; of the bot, which answers it offers. */
function automaticOf({ payload }: OutboxEntry): Pick<OutboundMessage, 'automatic' | 'bot'> {
  const { automatic } = payload;
  if (automatic === undefined) return {};
  const { headers, bot } = automatic;
  return bot === undefined ? { automatic: { headers } } : { automatic: { headers }, bot: { options: bot.options } };
}

/** The name that a customer may see; none for somebody whom nobody knows any more. */
function authorOf(deps: Pick<OutboxRunnerDeps, 'store'>, agent: AgentId): Pick<OutboundMessage, 'authorName'> {
  const known = deps.store.read(listAgents).find(({ agentId }) => agentId === agent);
  return known === undefined ? {} : { authorName: known.name };
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
