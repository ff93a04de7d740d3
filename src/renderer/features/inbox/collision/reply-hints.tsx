import { GitCompareArrows, UserPen } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ThreadNews } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { noteWriting } from '../../../state/writing.ts';
import { Button } from '../../../ui/button.tsx';
import { CollisionWarning } from '../conversation/presence-line.tsx';
import type { DraftSession } from '../composer/draft-session.ts';
import './collision.css';
import { CompareDialog } from './compare-dialog.tsx';
import { useCompare } from './compare-store.ts';
import { useNewsWords } from './news-words.ts';
import { useReplyLock } from './reply-lock.ts';

const NO_NEWS: ThreadNews = { items: [], upTo: 0 };

interface ReplyHintsProps {
  readonly caseId: CaseId;
  readonly session: DraftSession;
  /** What is written so far. */
  readonly text: string;
  readonly hasFiles: boolean;
  /** Sends without asking to compare. */
  readonly onSend: () => void;
  readonly onDiscard: () => void;
}

/** Above the buttons of a reply: who else writes, who had taken it, and what is new in the case since it was begun. */
export function ReplyHints({ caseId, session, text, hasFiles, onSend, onDiscard }: ReplyHintsProps): ReactNode {
  const t = useWords('collision');
  const news = useLiveValue('drafts.news', { caseId, outboxId: null }, NO_NEWS);
  const words = useNewsWords();
  // words of a macro or of an assistant are written, too
  useEffect(() => {
    if (session.snapshot().state === 'unsaved') noteWriting(caseId);
  }, [session, caseId, text]);
  return (
    <>
      <CollisionWarning caseId={caseId} />
      {text.trim() !== '' && <LostLine caseId={caseId} />}
      <div role="status">
        {news.items.length > 0 && (
          <div className="ib-collision">
            <GitCompareArrows aria-hidden="true" />
            <span>{t('news.line', { what: words(news.items) })}</span>
            <Button size="sm" onClick={() => useCompare.setState({ reply: { caseId, news, resume: onSend } })}>
              {t('news.compare')}
            </Button>
          </div>
        )}
      </div>
      <CompareDialog session={session} hasFiles={hasFiles} onDiscard={onDiscard} />
    </>
  );
}

/** A colleague had taken it over and has left it: it may be gone on with. */
function LostLine({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('collision');
  const formats = useFormats();
  const { lost } = useReplyLock(caseId);
  return (
    <div role="status">
      {lost !== null && (
        <p className="ib-collision">
          <UserPen aria-hidden="true" />
          <span>{t(`lock.${lost.how}Gone`, { name: lost.name, at: formats.time(lost.at) })}</span>
        </p>
      )}
    </div>
  );
}
