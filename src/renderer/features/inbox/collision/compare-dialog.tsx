import i18next from 'i18next';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { offerUndo } from '../../../state/undo.ts';
import { Button } from '../../../ui/button.tsx';
import { AlertDialog, Dialog } from '../../../ui/dialog.tsx';
import type { DraftSession } from '../composer/draft-session.ts';
import { askForComposer } from '../inbox-store.ts';
import { useCompare } from './compare-store.ts';
import { CompareView } from './compare-view.tsx';
import { useDialogKeys } from '../../../ui/dialog-keys.ts';
import { useNewsWords } from './news-words.ts';

interface CompareDialogProps {
  readonly session: DraftSession;
  readonly hasFiles: boolean;
  /** Throws the reply away, as its own button does. */
  readonly onDiscard: () => void;
}

/** Before a reply leaves to a case that has changed: what is new beside what was written. Nothing happens by itself. */
export function CompareDialog({ session, hasFiles, onDiscard }: CompareDialogProps): ReactNode {
  const t = useWords('collision');
  const reply = useCompare((state) => state.reply);
  const words = useNewsWords();
  const goOnButton = useRef<HTMLButtonElement>(null);
  const [asksDiscard, setAsksDiscard] = useState(false);

  const close = (): void => {
    useCompare.setState({ reply: null });
  };
  /** They have looked at it: from here on only what comes later is new. */
  const saw = async (): Promise<void> => {
    if (reply !== null) await call('drafts.sawNews', { opId: newOperationId(), caseId: reply.caseId, upTo: reply.news.upTo });
  };
  const goOn = (): void => {
    close();
    void saw();
    askForComposer();
  };
  const sendAnyway = (): void => {
    close();
    void saw().then(() => reply?.resume());
  };
  const discard = (): void => {
    const { content } = session.snapshot();
    setAsksDiscard(false);
    close();
    onDiscard();
    offerUndo({
      opId: newOperationId(),
      label: i18next.t('collision:news.discarded'),
      takeBack: async () => {
        session.edit(content);
        return Promise.resolve(null);
      },
    });
  };
  const askDiscard = hasFiles ? () => setAsksDiscard(true) : discard;
  useDialogKeys(reply !== null && !asksDiscard, { s: sendAnyway, d: askDiscard });
  // Another case is open now: what waited there waits in its draft.
  useEffect(() => close, []);

  return (
    <>
      <Dialog
        open={reply !== null}
        onOpenChange={(open) => {
          if (!open) goOn();
        }}
        size="xl"
        title={t('news.title')}
        description={reply === null ? '' : `${t('news.line', { what: words(reply.news.items) })} ${t('news.hint')}`}
        initialFocus={goOnButton}
        footer={
          <>
            <Button variant="ghost" shortcut="d" onClick={askDiscard}>
              {t('news.discard')}
            </Button>
            <Button shortcut="s" onClick={sendAnyway}>
              {t('news.sendAnyway')}
            </Button>
            <Button ref={goOnButton} variant="primary" shortcut="enter" onClick={goOn}>
              {t('news.goOn')}
            </Button>
          </>
        }
      >
        {reply !== null && <CompareView items={reply.news.items} mine={session.snapshot().content.text} mineTitle={t('news.mine')} />}
      </Dialog>
      <AlertDialog
        open={asksDiscard}
        onOpenChange={setAsksDiscard}
        danger
        title={t('news.discardTitle')}
        description={t('news.discardText')}
        confirmLabel={t('news.discard')}
        onConfirm={discard}
      />
    </>
  );
}
