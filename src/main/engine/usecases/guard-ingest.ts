import { eventHash } from './case-ledger.ts';
import type { CaseLedger } from './case-ledger.ts';
import { byMail } from './ingest-ids.ts';
import { previewOf } from './redact-message.ts';
import type { Finding } from './redactor.ts';
import { rewritePreview, rewriteText } from '../store/guard.store.ts';
import { saveSealed } from '../store/sealed.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { CaseId, MessageId } from '../../../shared/domain/ids.ts';

/**
 * What follows from a secret in a message that has just been stored, in its transaction: the sealed original, the parts of the same secret in
 * messages before it, and that everybody hears of it.
 */
export function noteFinding(
  ledger: CaseLedger,
  tx: WriteDb,
  { messageUid, caseUid }: { readonly messageUid: MessageId; readonly caseUid: CaseId },
  { kinds, sealed, earlier }: Finding,
): void {
  if (sealed !== null) saveSealed(tx, messageUid, kinds, sealed);
  for (const part of earlier) {
    rewriteText(tx, part.messageUid, part.text);
    rewritePreview(tx, part.messageUid, previewOf(part.text), eventHash);
  }
  if (earlier.length > 0) ledger.forgetCase(caseUid);
  ledger.append(tx, caseUid, [{ type: 'case.secretFound', messageId: messageUid, kinds }], byMail(`case.${caseUid}`));
}
