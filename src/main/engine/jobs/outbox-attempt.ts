import { overLimit } from './outbox-limits.ts';
import { isLast, reconcileOne, record } from './outbox-outcome.ts';
import type { OutcomeDeps } from './outbox-outcome.ts';
import type { Ready } from './outbox-ready.ts';
import type { SendGate } from './send-gate.ts';
import type { ChannelConnector, OutboundMessage, SendResult } from '../channels/connector.ts';
import type { Probe } from '../probe.ts';
import { accountByUid } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { answerTarget } from '../store/conversations.store.ts';
import { attachmentsOfMessage } from '../store/messages.store.ts';
import { changeOutbox, markHandedOver, saveThreadToken } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { listAgents } from '../store/settings.store.ts';
import { textAsSent } from '../store/mail-answers.store.ts';
import { capabilitiesFor } from '../../../shared/domain/channel/capabilities.ts';
import type { Capabilities } from '../../../shared/domain/channel/capabilities.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';

export interface AttemptDeps extends OutcomeDeps {
  readonly blobs: BlobStore;
  readonly probe: Probe;
  /** Signs the reply address of what was written at another workstation: only here is the key of the account. */
  readonly signToken?: (account: StoredAccount, caseUid: CaseId) => string | null;
  /** How long to wait before an answer that could not be stored is stored again, in milliseconds. */
  readonly retryStoringMs?: number;
}

const RETRY_STORING_MS = 5_000;

/** Hands one reply to its channel, and writes down what that answers. */
export async function attempt(
  deps: AttemptDeps,
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

function capabilitiesOf(deps: AttemptDeps, { caseId, caseUid }: OutboxEntry): Capabilities {
  return deps.store.read((db) => capabilitiesFor(caseByUid(db, caseUid)?.state.channel ?? 'email', answerTarget(db, caseId)));
}

/** The lease of the account was lost between the beginning of a send and its last bytes. */
class NotHolderError extends Error {
  override readonly name = 'NotHolderError';
  readonly code = 'not-holder';
}

function signed(deps: AttemptDeps, entry: OutboxEntry): OutboxEntry {
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

function toOutbound(deps: AttemptDeps, entry: OutboxEntry): OutboundMessage {
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
function authorOf(deps: Pick<AttemptDeps, 'store'>, agent: AgentId): Pick<OutboundMessage, 'authorName'> {
  const known = deps.store.read(listAgents).find(({ agentId }) => agentId === agent);
  return known === undefined ? {} : { authorName: known.name };
}

/**
 * What the channel answered is known only here until it is stored, so a full disk must not make us forget it. When the app
 * ends before that, the reply is of unknown fate.
 */
async function recordUntilStored(
  deps: AttemptDeps,
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
