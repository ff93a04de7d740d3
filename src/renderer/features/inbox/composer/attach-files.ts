import i18next from 'i18next';
import type { AttachmentRow } from '../../../../shared/contract/cases.contract.ts';
import type { SecretKind } from '../../../../shared/domain/guard/secret-types.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { formatsFor } from '../../../i18n/formats.ts';
import type { Formats } from '../../../i18n/formats.ts';
import { kindsText } from '../../../i18n/guard-sentence.ts';
import { useSession } from '../../../state/session.ts';
import { showToast } from '../../../ui/toast.tsx';
import type { DraftSession } from './draft-session.ts';

/** All files of one mail together; larger ones are refused by most servers. The engine has the last word. */
export const MAX_TOTAL_BYTES = 25 * 1_000_000;

/** The files that fit beside those that are there already, in order, and those that do not. */
export function splitBySize<Sized extends { readonly size: number }>(
  files: readonly Sized[],
  usedBytes: number,
): { readonly fits: readonly Sized[]; readonly tooLarge: readonly Sized[] } {
  const fits: Sized[] = [];
  const tooLarge: Sized[] = [];
  let used = usedBytes;
  for (const file of files) {
    if (used + file.size > MAX_TOTAL_BYTES) tooLarge.push(file);
    else {
      fits.push(file);
      used += file.size;
    }
  }
  return { fits, tooLarge };
}

/** Adds files to a draft. Each one that can not be added is named with the reason; the others are added all the same. */
export async function attachFiles(session: DraftSession, files: readonly File[], attached: readonly AttachmentRow[]): Promise<void> {
  const { locale, zone } = useSession.getState();
  const formats = formatsFor(locale, zone);
  const t = i18next.getFixedT(null, 'inbox');
  const used = attached.reduce((sum, each) => sum + each.sizeBytes, 0);
  const { fits, tooLarge } = splitBySize(files, used);
  for (const file of tooLarge)
    showToast({
      title: t('composer.tooLargeFile', { name: file.name, size: formats.bytes(file.size), limit: formats.bytes(MAX_TOTAL_BYTES) }),
      tone: 'problem',
    });
  if (fits.length === 0) return;
  const draftId = await session.ensureStored();
  if (draftId === null) {
    showToast({ title: t('composer.saveFailed'), tone: 'problem' });
    return;
  }
  for (const file of fits) {
    const progress = file.size > 2_000_000 ? showToast({ title: t('composer.attaching', { name: file.name }), durationMs: 0 }) : null;
    // One after the other: a mail's files keep their order.
    const bytes = new Uint8Array(await file.arrayBuffer());
    const answer = await call('drafts.attach', {
      opId: newOperationId(),
      draftId,
      name: file.name === '' ? 'file' : file.name.slice(0, 255),
      type: file.type.slice(0, 127),
      bytes,
    });
    progress?.close();
    if (answer.ok) {
      if (answer.value.takenOut.length > 0) tellTakenOut(file.name, answer.value.takenOut, formats);
      continue;
    }
    const detail = errorText(i18next.getFixedT(null, 'errors'), answer.error.code);
    const title =
      answer.error.code === 'too-large'
        ? t('composer.tooLargeFile', { name: file.name, size: formats.bytes(file.size), limit: formats.bytes(MAX_TOTAL_BYTES) })
        : t('composer.attachFailed', { name: file.name, detail });
    showToast({ title, tone: 'problem' });
  }
}

/** Whoever attached it must know that it is not what they have on their disk. */
function tellTakenOut(name: string, kinds: readonly SecretKind[], formats: Formats): void {
  const t = i18next.getFixedT(null, 'guard');
  const told = { name, kinds: kindsText(kinds, t, formats) };
  showToast({ title: t('attached.takenOut', told), description: t('attached.why'), tone: 'problem' });
}

/** Takes a file out of a draft again. */
export async function detachFile(session: DraftSession, attachment: AttachmentRow): Promise<void> {
  const { draftId } = session.snapshot();
  if (draftId === null) return;
  const answer = await call('drafts.detach', { opId: newOperationId(), draftId, attachmentId: attachment.attachmentId });
  if (!answer.ok)
    showToast({
      title: i18next.t('inbox:done.failed'),
      description: errorText(i18next.getFixedT(null, 'errors'), answer.error.code),
      tone: 'problem',
    });
}
