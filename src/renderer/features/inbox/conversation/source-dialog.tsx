import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { MessageId } from '../../../../shared/domain/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useFetched } from '../use-fetched.ts';
import { useSource } from './message-menu.tsx';

/** Longest source that is drawn; the whole of it is copied. */
const MAX_SHOWN = 200_000;

/** The source that somebody asked to see. */
export function ShownSource(): ReactNode {
  const messageId = useSource((state) => state.messageId);
  return messageId === null ? null : <SourceDialog messageId={messageId} onClose={() => useSource.setState({ messageId: null })} />;
}

/** The message as it came over the wire, as text. */
function SourceDialog({ messageId, onClose }: { readonly messageId: MessageId; readonly onClose: () => void }): ReactNode {
  const t = useWords('inbox');
  const fetched = useFetched('messages.source', messageId, { messageId });
  const source = fetched.state === 'ready' ? fetched.value : undefined;
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
      {fetched.state === 'being-fetched' && (
        <p className="muted" role="status">
          {t('message.beingFetched')}
        </p>
      )}
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
