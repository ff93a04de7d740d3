import type { Received } from './acknowledge.ts';
import type { CaseLedger } from './case-ledger.ts';
import { guardRulesOf } from './guard-settings.ts';
import { queueMachineMessage } from './machine-message.ts';
import { listAccounts } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { warningsInCase } from '../store/guard.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { customerWarning } from '../../../shared/domain/guard/customer-warning.ts';
import { WALLET_SECRETS } from '../../../shared/domain/guard/reveal-rules.ts';
import type { SecretKind } from '../../../shared/domain/guard/secret-types.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import { autoReplySubject, decideAutoReply } from '../../../shared/domain/promise/auto-reply.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/domain/time.ts';

/** Tells a customer at once what to do who has sent a recovery phrase or a key; once a day in a case, and never in public. */
export interface CustomerWarner {
  /** In the transaction that stored the message. */
  warn(tx: WriteDb, received: Received, kinds: readonly SecretKind[]): void;
}

/** Where an automatic answer costs nothing and reaches only its customer. */
const CHANNELS: ReadonlySet<Channel> = new Set(['email', 'chat', 'telegram', 'web']);
/** One a day; how many in all does not matter, since each was earned. */
const RULES = { windowMs: DAY_MS, mostPerCase: 50, oldestMs: HOUR_MS };

export function createCustomerWarner(deps: {
  readonly ledger: CaseLedger;
  readonly clock: Clock;
  readonly signToken: (account: StoredAccount, caseUid: CaseId) => string | null;
}): CustomerWarner {
  const { clock } = deps;

  /** To whom, and with which headers; null when no machine may answer. */
  function answerable(
    db: ReadDb,
    { message, caseId }: Received,
  ): { readonly to: string; readonly headers: Readonly<Record<string, string>> } | null {
    const now = clock.now();
    const lastAt = warningsInCase(db, caseId);
    if (message.origin !== undefined) {
      const isDue = lastAt === null || now - lastAt >= RULES.windowMs;
      const isFresh = now - message.receivedAt <= RULES.oldestMs;
      return message.origin.isPrivate && message.auto === 'none' && isDue && isFresh ? { to: message.from.address, headers: {} } : null;
    }
    // where nothing is known of the sender's nature no machine answers
    if (message.answerHints === undefined) return null;
    const recipients = [...message.to, ...message.cc].map((each) => each.address);
    const decision = decideAutoReply(
      { ...message.answerHints, auto: message.auto, recipients, receivedAt: message.receivedAt },
      { ownAddresses: listAccounts(db).map((each) => each.address), lastToContactAt: lastAt, sentInCase: 0 },
      now,
      RULES,
    );
    return decision.kind === 'send' ? decision : null;
  }

  return {
    warn: (tx, received, kinds) => {
      const { message } = received;
      if (!kinds.some((kind) => WALLET_SECRETS.has(kind)) || !CHANNELS.has(message.channel) || !guardRulesOf(tx).warnsCustomers) return;
      const decision = answerable(tx, received);
      if (decision === null) return;
      queueMachineMessage(deps, tx, received, {
        machine: 'warning',
        text: customerWarning(message.language),
        language: null,
        subject: message.origin === undefined ? autoReplySubject(message.subject) : message.subject,
        to: decision.to,
        automatic: { headers: decision.headers, isWarning: true },
      });
    },
  };
}
