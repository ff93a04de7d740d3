import type { CaseLedger } from './case-ledger.ts';
import { accountPart } from './team-parts-of.ts';
import { listAccounts } from '../store/accounts.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import { readHandoffRules } from '../store/handoff-settings.store.ts';
import { settingValue } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { contactsWithDecisions, hasEventsIn } from '../store/team-rows.store.ts';
import type { AccountId, AgentId, ContactId } from '../../../shared/domain/ids.ts';

/** Facts that are rows of this workspace and that no event tells: from before they had events, or of no interest to a workspace of one. */

/** Tells the team of the accounts that are connected here. */
export function recordOwnAccounts({ ledger }: { readonly ledger: CaseLedger }, tx: WriteDb, actor: AgentId | null): void {
  for (const { uid, isElsewhere } of listAccounts(tx)) if (isElsewhere !== true) recordAccount(ledger, tx, uid, actor);
}

/** Tells that an account is there, without its servers and secrets; nothing when that was told. */
export function recordAccount(ledger: CaseLedger, tx: WriteDb, uid: AccountId, actor: AgentId | null): void {
  const account = accountPart(tx, uid);
  if (account === null || tellsTheSame(tx, `account.${uid}`, account)) return;
  ledger.recordTeamEvent(tx, `account.${uid}`, 'account.saved', account, { actor });
}

function tellsTheSame(db: ReadDb, stream: string, body: object): boolean {
  const last = db.get<{ body: string }>('SELECT body FROM events WHERE stream = @stream AND void IS NULL ORDER BY local_id DESC LIMIT 1', {
    stream,
  });
  return last?.body === JSON.stringify(body);
}

/** Tells what was decided about customers and how handoffs go, where no event does: for a workspace that joins a team with its history. */
export function recordUntold({ ledger }: { readonly ledger: CaseLedger }, tx: WriteDb, actor: AgentId | null, isFirst = true): void {
  for (const uid of contactsWithDecisions(tx)) if (!hasEventsIn(tx, `contact.${uid}`)) recordContact(ledger, tx, uid, actor);
  // the team that is there has its own rules
  if (isFirst && settingValue(tx, 'handoff-rules') !== null && !hasEventsIn(tx, 'handoff-rules'))
    ledger.recordTeamEvent(tx, 'handoff-rules', 'handoffRules.saved', { rules: readHandoffRules(tx) }, { actor });
}

function recordContact(ledger: CaseLedger, tx: WriteDb, uid: ContactId, actor: AgentId | null): void {
  const contact = contactByUid(tx, uid);
  if (contact === undefined) return;
  const { tier, tierReason: reason, tierUntil: until, zone } = contact;
  const body = { contactId: uid, ...(tier === 'standard' ? {} : { tier: { tier, reason, until } }), ...(zone === null ? {} : { zone }) };
  ledger.recordTeamEvent(tx, `contact.${uid}`, 'contact.saved', body, { actor });
}
