import {
  Download,
  File,
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Mail,
  TriangleAlert,
  X,
} from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import i18next from 'i18next';
import { useWords } from '../../../i18n/use-words.ts';
import type { AttachmentRow } from '../../../../shared/contract/cases.contract.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { fileLook, splitFileName } from '../format/file-name.ts';
import type { FileLook } from '../format/file-name.ts';
import { useFetched } from '../use-fetched.ts';
import './attachment-cards.css';

const ICONS: Readonly<Record<FileLook, ReactNode>> = {
  image: <FileImage aria-hidden="true" />,
  document: <FileText aria-hidden="true" />,
  sheet: <FileSpreadsheet aria-hidden="true" />,
  archive: <FileArchive aria-hidden="true" />,
  audio: <FileAudio aria-hidden="true" />,
  video: <FileVideo aria-hidden="true" />,
  mail: <Mail aria-hidden="true" />,
  code: <FileCode aria-hidden="true" />,
  other: <File aria-hidden="true" />,
};

/** Raster pictures that the page may show itself; everything else is only saved. */
const SHOWN_TYPES = /^image\/(?:png|jpeg|gif|webp|bmp)$/u;
const MAX_PREVIEW_BYTES = 12_000_000;

interface CardsProps {
  readonly attachments: readonly AttachmentRow[];
  /** Set while they are part of a draft: they can be taken out again. */
  readonly onRemove?: ((attachment: AttachmentRow) => void) | undefined;
}

/** Files of a message, as cards. */
export function AttachmentCards({ attachments, onRemove }: CardsProps): ReactNode {
  const t = useWords('inbox');
  const [shown, setShown] = useState<AttachmentRow | null>(null);
  if (attachments.length === 0) return null;
  return (
    <ul className="ib-files" aria-label={t('attachment.title', { count: attachments.length })}>
      {attachments.map((attachment) => (
        <AttachmentCard key={attachment.attachmentId} attachment={attachment} onRemove={onRemove} onShow={setShown} />
      ))}
      {shown !== null && <PictureDialog attachment={shown} onClose={() => setShown(null)} />}
    </ul>
  );
}

interface CardProps {
  readonly attachment: AttachmentRow;
  readonly onRemove: CardsProps['onRemove'];
  readonly onShow: (attachment: AttachmentRow) => void;
}

function AttachmentCard({ attachment, onRemove, onShow }: CardProps): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const { name, type, sizeBytes, risky, embedded } = attachment;
  const { stem, extension } = splitFileName(embedded !== null && embedded.subject !== '' ? embedded.subject : name);
  const canShow = SHOWN_TYPES.test(type) && sizeBytes <= MAX_PREVIEW_BYTES && !risky;
  const words = (
    <span className="ib-file-words">
      <span className="ib-file-name" title={name}>
        <span className="truncate">{stem}</span>
        <span className="ib-file-extension">{extension}</span>
      </span>
      <span className="ib-file-facts">
        {embedded !== null ? (
          <span className="truncate">{t('attachment.embeddedFrom', { from: embedded.from })}</span>
        ) : (
          <span className="tabular">{formats.bytes(sizeBytes)}</span>
        )}
        {risky && (
          <span className="ib-file-risk" title={t('attachment.riskyHint')}>
            <TriangleAlert aria-hidden="true" />
            {t('attachment.risky')}
          </span>
        )}
      </span>
    </span>
  );
  return (
    <li className="ib-file" data-risky={risky} data-attachment={attachment.attachmentId}>
      {canShow ? (
        <button type="button" className="ib-file-main" aria-label={t('attachment.showImage', { name })} onClick={() => onShow(attachment)}>
          {ICONS.image}
          {words}
        </button>
      ) : (
        <span className="ib-file-main">
          {ICONS[embedded === null ? fileLook(name, type) : 'mail']}
          {words}
        </span>
      )}
      {onRemove === undefined ? (
        <IconButton
          size="sm"
          label={t('attachment.save', { name })}
          icon={<Download aria-hidden="true" />}
          onClick={() => void saveAttachment(attachment)}
        />
      ) : (
        <IconButton
          size="sm"
          label={t('attachment.remove', { name })}
          icon={<X aria-hidden="true" />}
          onClick={() => onRemove(attachment)}
        />
      )}
    </li>
  );
}

/** Asks where to, and saves a file there; says how that went. */
export async function saveAttachment(attachment: AttachmentRow): Promise<void> {
  const answer = await call('attachments.save', { opId: newOperationId(), attachmentId: attachment.attachmentId });
  if (!answer.ok && answer.error.code === 'being-fetched')
    showToast({ title: i18next.t('inbox:attachment.beingFetched'), description: i18next.t('inbox:attachment.saveSoon'), tone: 'neutral' });
  else if (!answer.ok)
    showToast({
      title: i18next.t('inbox:attachment.saveFailed'),
      description: errorText(i18next.getFixedT(null, 'errors'), answer.error.code),
      tone: 'problem',
    });
  else if (answer.value !== null) showToast({ title: i18next.t('inbox:attachment.saved'), description: answer.value.path, tone: 'ok' });
}

/** A picture in its own window, from the bytes that the engine hands out. */
function PictureDialog({ attachment, onClose }: { readonly attachment: AttachmentRow; readonly onClose: () => void }): ReactNode {
  const t = useWords('inbox');
  const { attachmentId } = attachment;
  const fetched = useFetched('attachments.bytes', attachmentId, { attachmentId });
  const file = fetched.state === 'ready' ? fetched.value : null;
  const url = useMemo(
    () =>
      file === null || !SHOWN_TYPES.test(file.type)
        ? null
        : URL.createObjectURL(new Blob([new Uint8Array(file.bytes)], { type: file.type })),
    [file],
  );
  useEffect(
    () => () => {
      if (url !== null) URL.revokeObjectURL(url);
    },
    [url],
  );
  return (
    <Dialog open onOpenChange={onClose} size="lg" title={attachment.name}>
      <div className="ib-picture" aria-busy={url === null}>
        {fetched.state === 'being-fetched' && (
          <p className="muted" role="status">
            {t('message.beingFetched')}
          </p>
        )}
        {url !== null && <img src={url} alt={attachment.name} />}
      </div>
    </Dialog>
  );
}
