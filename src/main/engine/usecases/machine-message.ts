import type { Received } from './acknowledge.ts';
import type { CaseLedger } from './case-ledger.ts';
import { acknowledgementKey, botKey, warningKey } from './client-keys.ts';
import { byMail } from './ingest-ids.ts';
import { messageIdFor } from '../identity.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { insertMessage, outboundByOwnKey } from '../store/messages.store.ts';
import { insertOutbox } from '../store/outbox.store.ts';
import type { Automatic } from '../store/outbox.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { bindKeys } from '../store/threads.store.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/domain/time.ts';

/** What says something by itself, in answer to a message: the acknowledgement, the warning about a secret, the bot. */
export type Machine = 'acknowledgement' | 'warning' | 'bot';

const KEYS = { acknowledgement: acknowledgementKey, warning: warningKey, bot: botKey } as const;
/** What ids of its outbox entries begin with: each machine answers a message once. */
const LETTERS = { acknowledgement: 'a', warning: 'w', bot: 'b' } as const;

export interface MachineMessageDeps {
  readonly ledger: CaseLedger;
  readonly clock: Clock;
  /** Signs the thread token for the plus-address; null where the account does without. */
  readonly signToken?: (account: StoredAccount, caseUid: CaseId) => string | null;
}

export interface MachineMessage {
  readonly machine: Machine;
  readonly text: string;
  /** Of the text, where that is known. */
  readonly language: string | null;
  readonly subject: string;
  /** The address or the id at the channel, as it is sent to. */
  readonly to: string;
  /** What keeps other machines quiet, and what its machine must know of it when it leaves. */
  readonly automatic: Omit<Automatic, 'answers'>;
}

/** The key of what a machine answers to a message, without the brackets of a Message-ID: the same on every workstation. */
export function machineKey(machine: Machine, account: Pick<StoredAccount, 'address'>, answers: MessageId): string {
  return bare(KEYS[machine](account, answers));
}

/** Whether it was answered already, here or at a colleague's workstation. */
export function isAnsweredBy(machine: Machine, db: ReadDb, { account, messageUid }: Pick<Received, 'account' | 'messageUid'>): boolean {
  return outboundByOwnKey(db, machineKey(machine, account, messageUid)) !== undefined;
}

/**
 * Queues what a machine answers to a message: the message, its outbox row, the event of its case, in the transaction that stored what
 * is answered. All its ids follow from that, so every workstation makes the same. Returns the id of the message; null when it is there
 * already, because a colleague's workstation was first.
 */
export function queueMachineMessage(deps: MachineMessageDeps, tx: WriteDb, received: Received, what: MachineMessage): MessageId | null {
  const { account, message, messageUid: answers, caseUid, caseId } = received;
  const { machine, text, subject } = what;
  if (isAnsweredBy(machine, tx, received)) return null;
  const now = deps.clock.now();
  const clientKey = KEYS[machine](account, answers);
  const ownKey = bare(clientKey);
  const uid = messageIdFor(account.uid, clientKey);
  const outboxId = makeId('out', `${LETTERS[machine]}${answers.slice('msg_'.length)}`);
  const auto = machine === 'bot' ? 'bot' : 'auto-reply';
  const preview = text.trim().replaceAll(/\s+/gu, ' ').slice(0, 200);
  const queued = { type: 'case.replyQueued', messageId: uid, outboxId, preview, auto } as const;
  const { lastInboundId, lastOutboundId, epoch, status } = deps.ledger.append(tx, caseUid, [queued], byMail(`case.${caseUid}`)).state;
  const isMail = message.origin === undefined;
  const to = { address: what.to, name: message.from.name };
  const messageId = insertMessage(tx, {
    uid,
    caseId,
    kind: 'out',
    sentAt: now,
    receivedAt: now,
    agent: null,
    language: what.language,
    offsetMinutes: null,
    auto,
    ownKey,
    sourceSha: null,
    hasHtml: false,
    warnings: [],
    from: { address: account.address, name: account.name },
    // whoever answers by mail is compared with it; ids of other channels are what they are
    recipients: { to: [isMail ? { ...to, address: to.address.toLowerCase() } : to], cc: [], replyTo: [] },
    subject,
    text,
  });
  if (messageId === null) throw new Error(`the ${machine} is already there`);
  const { parentKeys, ownKey: answeredKey } = message.thread;
  insertOutbox(tx, {
    uid: outboxId,
    caseId,
    messageId,
    account: account.uid,
    clientKey,
    sendAt: now,
    writtenAt: now,
    seen: { lastInboundId, lastOutboundId, epoch, status },
    payload: {
      subject,
      to: [to],
      cc: [],
      text,
      parentKeys: isMail && answeredKey !== null ? [...parentKeys, answeredKey] : parentKeys,
      threadToken: deps.signToken?.(account, caseUid) ?? null,
      automatic: { answers, ...what.automatic },
    },
  });
  bindKeys(tx, account.uid, [ownKey], caseUid);
  return uid;
}

function bare(key: string): string {
  return key.replace(/^<(.*)>$/u, '$1');
}
