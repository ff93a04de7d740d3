import { mayAcknowledge, ownAddresses } from './acknowledge-channel.ts';
import { composeAcknowledgement } from './acknowledge-compose.ts';
import type { Composed, ComposingDeps } from './acknowledge-compose.ts';
import { acknowledgementSettings } from './acknowledge-settings.ts';
import { isAnsweredBy, queueMachineMessage } from './machine-message.ts';
import type { Log } from '../log.ts';
import { listAccounts } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import {
  automaticAnswers,
  forgetDecisions,
  hasWaitingReply,
  rewriteAnswer,
  saveDecision,
  settleDecision,
} from '../store/acknowledgements.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { messageByUid } from '../store/messages.store.ts';
import { changeOutbox, outboxByUid } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { AcknowledgementEntry } from '../../../shared/contract/promise.contract.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import type { CaseId, ContactId, MessageId } from '../../../shared/domain/ids.ts';
import { bareSubject } from '../../../shared/domain/mail-headers.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';
import { isStale } from '../../../shared/domain/promise/acknowledge.ts';
import { autoReplySubject, decideAutoReply, DEFAULT_AUTO_REPLY_RULES } from '../../../shared/domain/promise/auto-reply.ts';
import type { AutoReplyDecision } from '../../../shared/domain/promise/auto-reply.ts';
import { after, DAY_MS, HOUR_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** A customer's message that has just been stored. */
export interface Received {
  readonly account: StoredAccount;
  readonly message: NormalizedMessage;
  readonly messageUid: MessageId;
  readonly caseUid: CaseId;
  readonly caseId: number;
  readonly contactUid: ContactId;
}

/** An acknowledgement as it may leave now. */
export interface ReadyAcknowledgement {
  readonly entry: OutboxEntry;
  /** False when what it says is no longer true at an instant. */
  readonly isTrueAt: (at: Instant) => boolean;
}

/**
 * Tells customers that their message has come, and by when a person reads it. Whether a machine may answer at all is the
 * domain's (RFC 3834); here it is carried out: decided when a message comes, written right before it is sent, never stale.
 */
export interface Acknowledger {
  /** Decides about a message; in the transaction that stored it. Does nothing while acknowledgements are off. */
  received(tx: WriteDb, received: Received): void;
  /** Writes it anew; null when it is not needed any more: then it has been dropped. */
  prepare(tx: WriteDb, entry: OutboxEntry): ReadyAcknowledgement | null;
  /** Nobody will get it, and nobody has to care: it goes. */
  failed(tx: WriteDb, entry: OutboxEntry, code: string, detail: string): void;
}

export interface AcknowledgerDeps extends ComposingDeps {
  /** Signs the thread token for the plus-address; null where the account does without. */
  readonly signToken: (account: StoredAccount, caseUid: CaseId) => string | null;
  readonly log: Log;
}

/** An acknowledgement that could not leave for so long answers nothing any more. */
const LONGEST_WAIT_MS = HOUR_MS;
/** Older mail is history that is being fetched: nothing is said about it, not even why. */
const HISTORY_MS = DAY_MS;
/** The log of decisions reaches back so far. */
const LOG_MS = 90 * DAY_MS;

export function createAcknowledger(deps: AcknowledgerDeps): Acknowledger {
  const { ledger, clock } = deps;

  /** A text that can not be written must keep neither the customer's message nor anybody's mail from coming and going. */
  function composedNow(db: ReadDb, caseUid: CaseId, answersId: MessageId): Composed | null {
    try {
      return composeAcknowledgement(db, deps, caseUid, answersId);
    } catch (error) {
      deps.log('error', 'an acknowledgement could not be written', { caseUid, error });
      return null;
    }
  }

  function queue(tx: WriteDb, received: Received, decision: Extract<AutoReplyDecision, { kind: 'send' }>): void {
    const { message, caseUid, messageUid } = received;
    const composed = composedNow(tx, caseUid, messageUid);
    if (composed === null) return;
    const messageId = queueMachineMessage(deps, tx, received, {
      machine: 'acknowledgement',
      text: composed.text,
      language: null,
      subject: autoReplySubject(message.subject),
      to: decision.to,
      automatic: { headers: decision.headers },
    });
    if (messageId !== null) note(tx, received, { messageId, kind: 'queued', reasons: [], text: composed.text });
  }

  function note(
    tx: WriteDb,
    { message, messageUid, caseUid, contactUid }: Omit<Received, 'account' | 'caseId'>,
    what: Pick<AcknowledgementEntry, 'messageId' | 'kind' | 'reasons' | 'text'>,
  ): void {
    const now = clock.now();
    const subject = bareSubject(message.subject);
    saveDecision(tx, { answersId: messageUid, caseId: caseUid, contactId: contactUid, subject, at: now, ...what });
    forgetDecisions(tx, after(now, -LOG_MS));
  }

  function drop(tx: WriteDb, entry: OutboxEntry, outcome: Pick<AcknowledgementEntry, 'kind' | 'reasons' | 'text'>): void {
    const at = clock.now();
    changeOutbox(tx, entry.uid, { state: 'cancelled', at });
    ledger.append(tx, entry.caseUid, [{ type: 'case.replyCancelled', messageId: entry.messageUid }], { actor: null });
    settleDecision(tx, entry.messageUid, { at, ...outcome });
  }

  /** Why an acknowledgement is not needed any more; empty while it is. */
  function reasonsToDrop(db: ReadDb, entry: OutboxEntry, state: CaseState, answersId: MessageId): AcknowledgementEntry['reasons'] {
    if (!acknowledgementSettings(db).isOn) return ['switched-off'];
    const answered = messageByUid(db, answersId);
    const isAnswered = state.waitingSince === null || answered === undefined || state.waitingSince > answered.sentAt;
    if (isAnswered || state.status === 'solved' || hasWaitingReply(db, entry.caseId)) return ['answered'];
    if (clock.now() - entry.writtenAt <= LONGEST_WAIT_MS) return [];
    return entry.attempts === 0 ? ['too-late', 'account-offline'] : ['too-late'];
  }

  return {
    received: (tx, received) => {
      const { message, caseId, contactUid } = received;
      const now = clock.now();
      // History is looked at first: a backfill asks nothing else.
      if (now - message.receivedAt > HISTORY_MS || message.answerHints === undefined || !mayAcknowledge(received)) return;
      if (!acknowledgementSettings(tx).isOn) return;
      const decision = decideAutoReply(
        {
          ...message.answerHints,
          auto: message.auto,
          recipients: [...message.to, ...message.cc].map((each) => each.address),
          receivedAt: message.receivedAt,
        },
        { ownAddresses: ownAddresses(listAccounts(tx)), ...automaticAnswers(tx, contactUid, caseId) },
        now,
        DEFAULT_AUTO_REPLY_RULES,
      );
      // A colleague's workstation has answered it already, by the same id.
      const isDone = isAnsweredBy('acknowledgement', tx, received);
      if (decision.kind === 'send' && !isDone) queue(tx, received, decision);
      else {
        const reasons = decision.kind === 'silent' ? decision.reasons : (['answered-recently'] as const);
        note(tx, received, { messageId: null, kind: 'silent', reasons, text: '' });
      }
    },
    prepare: (tx, entry) => {
      const { automatic, text } = entry.payload;
      const saved = caseByUid(tx, entry.caseUid);
      if (automatic === undefined || saved === undefined) return null;
      const reasons = reasonsToDrop(tx, entry, saved.state, automatic.answers);
      const composed = reasons.length > 0 ? null : composedNow(tx, entry.caseUid, automatic.answers);
      if (composed === null) {
        drop(tx, entry, { kind: reasons.length > 0 ? 'dropped' : 'failed', reasons, text });
        return null;
      }
      if (composed.text !== text) rewriteAnswer(tx, entry.messageId, composed.text);
      return { entry: outboxByUid(tx, entry.uid) ?? entry, isTrueAt: (at) => !isStale(composed.facts, at) };
    },
    failed: (tx, entry, code, detail) => drop(tx, entry, { kind: 'failed', reasons: [], text: detail === '' ? code : detail }),
  };
}
