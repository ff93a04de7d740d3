import { CircleSlash, History, Redo2, Undo2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { setDoneListOpen, useDoneList } from '../state/done-list.ts';
import { canRedo, redoDeed, undoDeed, undoStack } from '../state/undo.ts';
import type { Deed } from '../state/undo-stack.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import './done-list.css';

/** What was done in this session, newest first, each to be taken back by itself. */
export function DoneList(): ReactNode {
  const t = useWords('keys');
  const isOpen = useDoneList((state) => state.isOpen);
  const deeds = useSyncExternalStore(undoStack.subscribe, undoStack.list);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setDoneListOpen}
      title={t('undone.title')}
      {...(deeds.length === 0 ? {} : { description: t('undone.lead') })}
    >
      {deeds.length === 0 ? (
        <EmptyState icon={<History />} title={t('undone.empty')} description={t('undone.emptyHint')} />
      ) : (
        <ol className="done-list">
          {deeds.toReversed().map((deed) => (
            <DoneRow key={deed.key} deed={deed} />
          ))}
        </ol>
      )}
    </Dialog>
  );
}

function DoneRow({ deed }: { readonly deed: Deed }): ReactNode {
  const t = useWords('keys');
  const formats = useFormats();
  return (
    <li className="done-row" data-state={deed.state}>
      <time className="muted tabular" dateTime={new Date(deed.at).toISOString()}>
        {formats.time(deed.at)}
      </time>
      <span className="done-what">
        <span>{deed.label}</span>
        {deed.about !== undefined && <span className="muted truncate">{deed.about}</span>}
        {deed.state !== 'done' && (
          <span className="muted">{deed.state === 'undone' ? t('undone.isUndone') : t('undone.isGone', { why: deed.why })}</span>
        )}
      </span>
      {deed.state === 'done' && (
        <Button
          size="sm"
          icon={<Undo2 aria-hidden="true" />}
          aria-label={t('undone.undoOf', { what: deed.label })}
          onClick={() => void undoDeed(deed.key)}
        >
          {t('undone.undo')}
        </Button>
      )}
      {canRedo(deed) && (
        <Button
          size="sm"
          variant="ghost"
          icon={<Redo2 aria-hidden="true" />}
          aria-label={t('undone.redoOf', { what: deed.label })}
          onClick={() => void redoDeed(deed.key)}
        >
          {t('undone.redo')}
        </Button>
      )}
      {deed.state === 'gone' && <CircleSlash aria-hidden="true" />}
    </li>
  );
}
