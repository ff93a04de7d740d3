import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import type { Redactor } from './redactor.ts';
import { packBlob } from '../store/blobs.store.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { deleteDraft, draftByUid, saveDraft } from '../store/drafts.store.ts';
import { attachmentByUid, attachmentsOfDraft, deleteAttachment, insertAttachment } from '../store/messages.store.ts';
import { toAttachmentRow } from '../store/timeline.store.ts';
import type { Output } from '../../../shared/contract/contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { AttachmentId, CaseId, DraftId, OperationId } from '../../../shared/domain/ids.ts';
import type { Party } from '../../../shared/domain/message.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { sha256Hex } from '../identity.ts';

/** Files of one reply together; with the third that base64 adds some providers take less, and say so when it is sent. */
export const MAX_ATTACHMENTS_BYTES = 25 * 1024 * 1024;

export function saveDraftText(
  context: UseCaseContext,
  input: {
    readonly opId: OperationId;
    readonly caseId: CaseId;
    readonly kind: 'reply' | 'note';
    readonly text: string;
    readonly to: readonly Party[];
    readonly cc: readonly Party[];
  },
): Result<{ readonly draftId: DraftId; readonly savedAt: Instant }, CallError> {
  return once(context, input.opId, 'drafts.save', (tx) => {
    const caseUid = currentCaseUid(tx, input.caseId);
    if (caseByUid(tx, caseUid) === undefined) throw new CommandFailure('not-found', `case ${input.caseId}`);
    const savedAt = context.clock.now();
    const draftId = saveDraft(tx, {
      uid: context.ids.next('drf'),
      caseUid,
      kind: input.kind,
      text: input.text,
      to: input.to,
      cc: input.cc,
      savedAt,
    });
    return { value: { draftId, savedAt } };
  });
}

export function discardDraft(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly draftId: DraftId },
): Result<null, CallError> {
  return once(context, input.opId, 'drafts.discard', (tx) => {
    for (const attachment of attachmentsOfDraft(tx, input.draftId)) deleteAttachment(tx, attachment.uid);
    deleteDraft(tx, input.draftId);
    return { value: null };
  });
}

/** Keeps a file with a draft, without the secrets in it. The bytes are committed before the row that names them. */
export async function attachToDraft(
  context: UseCaseContext & { readonly redactor: Pick<Redactor, 'file'> },
  input: {
    readonly opId: OperationId;
    readonly draftId: DraftId;
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
  },
): Promise<Result<Output<'drafts.attach'>, CallError>> {
  if (input.bytes.length > MAX_ATTACHMENTS_BYTES) return { ok: false, error: { code: 'too-large', detail: `${input.bytes.length} bytes` } };
  const { file, kinds } = await context.redactor.file(input);
  const sha256 = sha256Hex(file.bytes);
  if (!context.blobs.has(sha256)) context.blobs.put([await packBlob(sha256, file.bytes)]);
  return once(context, input.opId, 'drafts.attach', (tx) => {
    if (draftByUid(tx, input.draftId) === undefined) throw new CommandFailure('not-found', `draft ${input.draftId}`);
    // Looked at here and not before: several files may be on their way, and the same one may come twice.
    const present = attachmentsOfDraft(tx, input.draftId);
    const total = present.reduce((sum, each) => sum + each.sizeBytes, file.bytes.length);
    if (total > MAX_ATTACHMENTS_BYTES) throw new CommandFailure('too-large', `${total} bytes`);
    const uid = context.ids.next('att');
    const position = present.reduce((last, each) => Math.max(last, each.position + 1), 0);
    insertAttachment(tx, {
      uid,
      messageId: null,
      draftUid: input.draftId,
      position,
      inline: false,
      sizeBytes: file.bytes.length,
      sha256,
      inSource: false,
      contentId: null,
      embedded: null,
      type: input.type === '' ? 'application/octet-stream' : input.type,
      name: file.name,
    });
    const stored = attachmentByUid(tx, uid);
    if (stored === undefined) throw new Error('the attachment was not stored');
    return { value: { ...toAttachmentRow(stored), takenOut: kinds } };
  });
}

export function detachFromDraft(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly draftId: DraftId; readonly attachmentId: AttachmentId },
): Result<null, CallError> {
  return once(context, input.opId, 'drafts.detach', (tx) => {
    if (attachmentByUid(tx, input.attachmentId)?.draftUid === input.draftId) deleteAttachment(tx, input.attachmentId);
    return { value: null };
  });
}
