import { signThreadToken, verifyThreadToken } from './channels/email/thread-token.ts';
import type { StoredAccount } from './store/accounts.store.ts';
import type { CaseId } from '../../shared/domain/ids.ts';

/** The case that a token in a reply address names; null when its signature is not this account's. */
export function verifyToken(account: StoredAccount, token: string): string | null {
  return verifyThreadToken(token, Buffer.from(account.tokenKey, 'hex'));
}

/** Null where the account does without. */
export function signToken(account: StoredAccount, caseUid: CaseId): string | null {
  return account.settings?.plusAddressing === true
    ? signThreadToken(caseUid.slice('case_'.length), Buffer.from(account.tokenKey, 'hex'))
    : null;
}
