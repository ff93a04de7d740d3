import { eventHash } from './case-ledger.ts';
import type { CaseLedger } from './case-ledger.ts';
import { byMail } from './ingest-ids.ts';
import { previewOf } from './redact-message.ts';
import type { Finding } from './redactor.ts';
import { sha256Hex } from '../identity.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import {
  forgetRewrittenSources,
  noteRewrittenSource,
  rewritePreview,
  rewriteSource,
  rewriteText,
  rewrittenSources,
} from '../store/guard.store.ts';
import { messageByUid } from '../store/messages.store.ts';
import { saveSealed } from '../store/sealed.store.ts';
import type { Store, WriteDb } from '../store/sql.ts';
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
  const told = new Map<CaseId, MessageId[]>();
  for (const { messageUid: partUid, text, source } of earlier) {
    rewriteText(tx, partUid, text);
    rewritePreview(tx, partUid, previewOf(text), eventHash);
    if (source !== null) {
      rewriteSource(tx, partUid, source.bytes === null ? null : sha256Hex(source.bytes), source.files);
      noteRewrittenSource(tx, source.was);
    }
    const partCase = messageByUid(tx, partUid)?.caseUid;
    // whoever reads another case of the same customer sees why a mail there says something else
    if (partCase !== undefined && partCase !== caseUid) told.set(partCase, [...(told.get(partCase) ?? []), partUid]);
  }
  if (earlier.length > 0) ledger.forgetCase(caseUid);
  ledger.append(tx, caseUid, [{ type: 'case.secretFound', messageId: messageUid, kinds }], byMail(`case.${caseUid}`));
  for (const [partCase, parts] of told) {
    ledger.forgetCase(partCase);
    const bodies = parts.map((messageId) => ({ type: 'case.secretFound', messageId, kinds }) as const);
    ledger.append(tx, partCase, bodies, byMail(`case.${partCase}`));
  }
}

/** Erases the sources that were rewritten, those of a run that ended before it came to them, too. */
export function eraseRewritten(store: Store, blobs: Pick<BlobStore, 'drop'>): void {
  const gone = store.read(rewrittenSources);
  if (gone.length === 0) return;
  blobs.drop(gone);
  store.write((tx) => forgetRewrittenSources(tx, gone));
}
