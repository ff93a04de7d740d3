import { currentCaseUid } from '../store/cases.store.ts';
import { caseOfConversation, unlinkedAnswers } from '../store/conversations.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { isSameText } from '../../../shared/domain/channel/own-words.ts';
import type { AccountId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';

/** A message of ours that is here. */
export interface OwnMessage {
  readonly id: number;
  readonly uid: MessageId;
  readonly caseUid: CaseId;
}

/**
 * What a forum or X shows as ours may be an answer of ours that left from here: such services carry no key of ours, so that after a
 * restart only its place, its time and its words tell. Each answer is recognised once, so that two with the same words are two.
 */
export function ownByWords(tx: WriteDb, account: AccountId, message: NormalizedMessage): OwnMessage | undefined {
  const { origin } = message;
  if (message.direction !== 'out' || origin === undefined) return undefined;
  const caseUid = caseOfConversation(tx, account, origin.conversation);
  if (caseUid === undefined) return undefined;
  // what waits for a long time is written long before it is shown, and clocks differ
  const span = { from: after(message.sentAt, -3 * DAY_MS), until: after(message.sentAt, DAY_MS) };
  const answers = unlinkedAnswers(tx, currentCaseUid(tx, caseUid), span);
  const found = answers.find(({ text }) => isSameText(text, message.text));
  return found === undefined ? undefined : { id: found.id, uid: found.uid, caseUid: currentCaseUid(tx, caseUid) };
}
