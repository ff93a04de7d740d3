import type { AccountPool } from './account-pool.ts';
import { caseByUid } from '../store/cases.store.ts';
import { answerTarget, caseOfConversation } from '../store/conversations.store.ts';
import type { Store } from '../store/sql.ts';
import type { AccountId, CaseId } from '../../../shared/domain/ids.ts';

/** What nobody says again within this time is over. Widgets repeat it every few seconds. */
const LASTS_MS = 8_000;

/** Who is typing. Nothing stores it. */
export interface Typing extends Disposable {
  /** A customer types in a conversation, or has stopped. */
  heard(account: AccountId, conversation: string, isTyping: boolean): void;
  /** Cases in which a customer is typing now. */
  cases(): readonly CaseId[];
  /** Somebody of ours types in a case: the customer is shown it where the account runs here and its channel can. */
  tell(caseUid: CaseId, isTyping: boolean, authorName: string): void;
}

/** @param changed called when `cases` has become another list */
export function createTyping(deps: {
  readonly store: Store;
  readonly pool: () => Pick<AccountPool, 'onlineConnector'>;
  readonly changed: () => void;
}): Typing {
  const ends = new Map<CaseId, ReturnType<typeof setTimeout>>();

  function stop(caseUid: CaseId): void {
    const timer = ends.get(caseUid);
    if (timer === undefined) return;
    clearTimeout(timer);
    ends.delete(caseUid);
    deps.changed();
  }

  return {
    heard: (account, conversation, isTyping) => {
      const caseUid = deps.store.read((db) => caseOfConversation(db, account, conversation));
      if (caseUid === undefined) return;
      if (!isTyping) {
        stop(caseUid);
        return;
      }
      const isNew = !ends.has(caseUid);
      clearTimeout(ends.get(caseUid));
      const timer = setTimeout(() => stop(caseUid), LASTS_MS);
      timer.unref();
      ends.set(caseUid, timer);
      if (isNew) deps.changed();
    },
    cases: () => [...ends.keys()],
    tell: (caseUid, isTyping, authorName) => {
      const found = deps.store.read((db) => {
        const saved = caseByUid(db, caseUid);
        return saved === undefined ? null : { account: saved.state.accountId, target: answerTarget(db, saved.id) };
      });
      if (found === null || found.target === null) return;
      deps.pool().onlineConnector(found.account)?.typing?.(found.target.conversation, isTyping, authorName);
    },
    [Symbol.dispose]: () => {
      for (const timer of ends.values()) clearTimeout(timer);
      ends.clear();
    },
  };
}
