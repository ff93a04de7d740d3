import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId } from '../../../../shared/domain/ids.ts';
import { call } from '../../../bridge/client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { showToast } from '../../../ui/toast.tsx';

/** Longest source that is drawn; the whole of it is copied. */
const MAX_SHOWN = 200_000;

/** The message as it came over the wire, as text. */
export function SourceDialog({ messageId, onClose }: { readonly messageId: MessageId; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('inbox');
  const [source, setSource] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    const load = async (): Promise<void> => {
      const answer = await call('messages.source', { messageId });
      if (isCurrent) setSource(answer.ok ? answer.value : null);
    };
    void load();
    return () => {
      isCurrent = false;
    };
  }, [messageId]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(source ?? '');
    showToast({ title: t('message.copied'), tone: 'ok' });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title={t('message.sourceTitle')}
      footer={typeof source === 'string' && <Button onClick={() => void copy()}>{t('message.copySource')}</Button>}
    >
      {source === null && <p className="muted">{t('message.sourceNone')}</p>}
      {typeof source === 'string' && (
        // A long text that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className="ib-source" tabIndex={0} dir="ltr">
          {source.slice(0, MAX_SHOWN)}
        </pre>
      )}
    </Dialog>
  );
}
