import { GitCompareArrows } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId, OutboxId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useCompare } from './compare-store.ts';
import { CompareView } from './compare-view.tsx';
import { useDialogKeys } from '../../../ui/dialog-keys.ts';
import { useNewsWords } from './news-words.ts';

interface CompareHeldProps {
  readonly caseId: CaseId;
  readonly outboxId: OutboxId;
  readonly onSend: () => void;
  readonly onEdit: () => void;
}

/** For a reply that the outbox holds because its case has changed: what is new beside the reply, and the same ways on as below it. */
export function CompareHeld({ caseId, outboxId, onSend, onEdit }: CompareHeldProps): ReactNode {
  const t = useWords('collision');
  const isOpen = useCompare((state) => state.held?.outboxId === outboxId);
  return (
    <>
      <Button size="sm" icon={<GitCompareArrows aria-hidden="true" />} onClick={() => useCompare.setState({ held: { caseId, outboxId } })}>
        {t('news.compare')}
      </Button>
      {isOpen && <HeldDialog caseId={caseId} outboxId={outboxId} onSend={onSend} onEdit={onEdit} />}
    </>
  );
}

function HeldDialog({ caseId, outboxId, onSend, onEdit }: CompareHeldProps): ReactNode {
  const t = useWords('collision');
  const words = useNewsWords();
  const editButton = useRef<HTMLButtonElement>(null);
  const news = useLiveValue('drafts.news', { caseId, outboxId }, null);
  const timeline = useLiveValue('cases.timeline', { caseId }, null);
  const held = timeline?.find((item) => item.kind === 'message' && item.delivery?.outboxId === outboxId);
  const close = (): void => {
    useCompare.setState({ held: null });
  };
  const then = (work: () => void) => () => {
    close();
    work();
  };
  useDialogKeys(true, { s: then(onSend), e: then(onEdit) });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      size="xl"
      title={t('news.titleHeld')}
      description={news === null || news.items.length === 0 ? undefined : t('news.lineHeld', { what: words(news.items) })}
      initialFocus={editButton}
      footer={
        <>
          <Button variant="ghost" shortcut="escape" onClick={close}>
            {t('news.later')}
          </Button>
          <Button shortcut="s" onClick={then(onSend)}>
            {t('news.sendAnyway')}
          </Button>
          <Button ref={editButton} variant="primary" shortcut="e" onClick={then(onEdit)}>
            {t('news.edit')}
          </Button>
        </>
      }
    >
      <CompareView items={news?.items ?? []} mine={held?.kind === 'message' ? held.text : ''} mineTitle={t('news.mineHeld')} />
    </Dialog>
  );
}
