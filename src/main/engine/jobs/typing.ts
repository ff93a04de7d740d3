import type { AccountPool } from './account-pool.ts';
import { caseByUid } from '../store/cases.store.ts';
import { answerTarget, caseOfConversation } from '../store/conversations.store.ts';
import type { Store } from '../store/sql.ts';
import type { AccountId, CaseId } from '../../../shared/domain/ids.ts';

/** What nobody says again within this time is over. Widgets repeat it every few seconds. */
const LASTS_MS = 8_000;

/** Telegram shows it for five seconds: as long as somebody writes it is said again. */
const SAY_AGAIN_MS = 4_000;
/** Nobody types for so long without saying so again. */
const LONGEST_MS = 60_000;

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

  const told = new Map<CaseId, { readonly repeat: ReturnType<typeof setInterval>; readonly end: ReturnType<typeof setTimeout> }>();

  function hush(caseUid: CaseId): void {
    const known = told.get(caseUid);
    if (known === undefined) return;
    clearInterval(known.repeat);
    clearTimeout(known.end);
    told.delete(caseUid);
  }

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
      hush(caseUid);
      const found = deps.store.read((db) => {
        const saved = caseByUid(db, caseUid);
        return saved === undefined ? null : { account: saved.state.accountId, target: answerTarget(db, saved.id) };
      });
      if (found === null || found.target === null) return;
      const { account, target } = found;
      const say = (isOn: boolean): void => deps.pool().onlineConnector(account)?.typing?.(target.conversation, isOn, authorName);
      say(isTyping);
      if (!isTyping) return;
      const repeat = setInterval(() => say(true), SAY_AGAIN_MS);
      const end = setTimeout(() => hush(caseUid), LONGEST_MS);
      repeat.unref();
      end.unref();
      told.set(caseUid, { repeat, end });
    },
    [Symbol.dispose]: () => {
      for (const timer of ends.values()) clearTimeout(timer);
      ends.clear();
      for (const caseUid of told.keys()) hush(caseUid);
    },
  };
}
