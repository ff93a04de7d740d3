import { noteFinding } from './guard-ingest.ts';
import type { Arrival, IngestDeps } from './ingest-batch.ts';
import { byMail } from './ingest-ids.ts';
import { messageAtRef } from './known-messages.ts';
import type { Finding } from './redactor.ts';
import type { ChannelEvent } from '../channels/connector.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { markGone, markReadUpTo, saveEdit } from '../store/conversations.store.ts';
import { messageByUid, outboundByOwnKey } from '../store/messages.store.ts';
import { dropRemoteRef } from '../store/remote-refs.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';

/** Longer than any channel lets anybody write; a text that a team shares must fit into one entry of its log. */
const LONGEST_EDIT = 50_000;

/** What a channel tells of a message that is here already: it was taken back, or read. */
export function applyLaterNews(
  deps: Pick<IngestDeps, 'ledger' | 'clock'>,
  tx: WriteDb,
  account: StoredAccount,
  event: Extract<ChannelEvent, { readonly kind: 'removed' | 'read' }>,
): void {
  if (event.kind === 'read') {
    // brackets as mail has them, which own keys are kept without
    const own = outboundByOwnKey(tx, event.clientKey.replace(/^<(.*)>$/u, '$1'));
    if (own !== undefined && markReadUpTo(tx, own.uid, event.at))
      tell(deps, tx, own.caseUid, { type: 'case.replyRead', messageId: own.uid, at: event.at });
    return;
  }
  const message = messageAt(tx, account, event.remoteRef);
  dropRemoteRef(tx, account.uid, event.remoteRef);
  // mail goes from a folder for many reasons; a chat's author has taken it back
  if (message === undefined || event.at === undefined || message.removed) return;
  markGone(tx, message.id);
  tell(deps, tx, message.caseUid, { type: 'case.messageRemoved', messageId: message.uid, at: event.at });
}

/** The author has changed a message. Somebody is told of it when what it says now takes the conversation from the bot. */
export function applyEdit(
  deps: Pick<IngestDeps, 'ledger' | 'clock' | 'bot'>,
  tx: WriteDb,
  account: StoredAccount,
  event: Extract<ChannelEvent, { readonly kind: 'edited' }>,
  finding?: Finding,
): Arrival | null {
  const message = messageAt(tx, account, event.remoteRef);
  if (message === undefined) return null;
  const { uid: messageUid, id, caseUid, caseId, from, subject } = message;
  const text = event.text.slice(0, LONGEST_EDIT);
  if (!saveEdit(tx, id, text, event.at)) return null;
  tell(deps, tx, caseUid, { type: 'case.messageEdited', messageId: messageUid, at: event.at, text });
  if (finding !== undefined) noteFinding(deps.ledger, tx, { messageUid, caseUid }, finding);
  const hasLetGo = deps.bot?.edited(tx, { caseUid, caseId, messageUid, text, at: event.at }) ?? false;
  return hasLetGo ? { caseUid, from, subject, at: event.at, seen: false } : null;
}

function messageAt(tx: WriteDb, account: StoredAccount, remoteRef: string): ReturnType<typeof messageByUid> {
  const uid = messageAtRef(tx, account.uid, remoteRef);
  return uid === null ? undefined : messageByUid(tx, uid);
}

function tell(deps: Pick<IngestDeps, 'ledger'>, tx: WriteDb, caseUid: CaseId, body: CaseEventBody): void {
  deps.ledger.append(tx, caseUid, [body], byMail(`case.${caseUid}`));
}
