import { LockKeyhole, StickyNote, UserPen } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { ReplyLock } from '../../../../shared/contract/team.contract.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button } from '../../../ui/button.tsx';
import { askForComposer, endComposerWait, startWriting, useInbox } from '../inbox-store.ts';
import './collision.css';
import { TAKE_OVER_KEY, takeReplyOver, useReplyLock } from './reply-lock.ts';

interface ReplyGateProps {
  readonly detail: CaseDetail;
  /** The composer of the reply. */
  readonly children: ReactNode;
}

/**
 * Shows the composer of the reply, or, while a colleague writes to the same customer, who that is. What was written stays in its draft, and
 * the keyboard stays where it was: in the composer before, in what stands for it after, and back.
 */
export function ReplyGate({ detail, children }: ReplyGateProps): ReactNode {
  const { caseId } = detail;
  const { holder, lost } = useReplyLock(caseId);
  const isLocked = holder !== null;
  const [before, setBefore] = useState<Before>({ isLocked, hadFocus: false, caret: null });
  // The composer that loses the focus is gone by the time of any effect.
  if (before.isLocked !== isLocked) setBefore({ isLocked, hadFocus: hasComposerFocus(), caret: isLocked ? caretNow() : before.caret });
  const { hadFocus, caret } = before;
  useEffect(() => {
    if (isLocked) return undefined;
    if (hadFocus) askForComposer();
    // by then the composer has the focus, if it is to have it
    const frame = requestAnimationFrame(() => putCaret(caret));
    return () => cancelAnimationFrame(frame);
  }, [isLocked, hadFocus, caret]);
  return holder === null ? children : <LockedReply detail={detail} holder={holder} lost={lost} takesFocus={hadFocus} />;
}

interface Before {
  readonly isLocked: boolean;
  readonly hadFocus: boolean;
  /** Where somebody was writing when it was locked. */
  readonly caret: number | null;
}

function caretNow(): number | null {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement && active.closest('.ib-composer') !== null ? active.selectionStart : null;
}

/** Back to where it was, unless somebody has begun to write elsewhere in the text. */
function putCaret(caret: number | null): void {
  const area = document.querySelector<HTMLTextAreaElement>('.ib-composer[data-mode="reply"] textarea');
  if (caret !== null && area !== null && area === document.activeElement && area.selectionStart === 0) area.setSelectionRange(caret, caret);
}

function hasComposerFocus(): boolean {
  const active = document.activeElement;
  return active !== null && active.closest('.ib-composer') !== null;
}

interface LockedReplyProps {
  readonly detail: CaseDetail;
  readonly holder: NonNullable<ReplyLock['holder']>;
  readonly lost: ReplyLock['lost'];
  readonly takesFocus: boolean;
}

/** In place of the composer: who writes, what was written here, and the ways on. */
function LockedReply({ detail, holder, lost, takesFocus }: LockedReplyProps): ReactNode {
  const t = useWords('collision');
  const formats = useFormats();
  const { caseId } = detail;
  const area = useRef<HTMLTextAreaElement>(null);
  const titleId = useId();
  const isAwaited = useInbox((state) => state.composerFocus !== state.composerFocused);
  const draft = useLiveValue('drafts.get', { caseId, kind: 'reply' }, null);
  useEffect(() => {
    if (takesFocus) area.current?.focus();
  }, [takesFocus]);
  useEffect(() => {
    if (!isAwaited) return;
    // Whoever asked for the composer is told before a word goes nowhere; what was typed too early is kept.
    const typed = endComposerWait();
    area.current?.focus();
    if (typed.trim() !== '') void keepTyped(detail, typed);
  }, [isAwaited, detail]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    area.current?.blur();
  };
  return (
    <div className="ib-lock">
      <div role={lost === null ? 'status' : 'alert'} id={titleId} className="ib-lock-words">
        <LockKeyhole aria-hidden="true" />
        <p>
          <strong>
            {lost === null
              ? t(holder.writing ? 'lock.writing' : 'lock.paused', { name: holder.name })
              : t(`lock.${lost.how}`, { name: lost.name, at: formats.time(lost.at) })}
          </strong>{' '}
          {t('lock.hint')}
        </p>
      </div>
      {/* a field: what is typed into it does nothing, and is no command either */}
      <textarea
        ref={area}
        className="ib-editor-text ib-lock-text"
        aria-label={t('lock.draft')}
        aria-describedby={titleId}
        placeholder={t('lock.empty')}
        value={draft?.text.trim() ?? ''}
        rows={2}
        dir="auto"
        readOnly
        onKeyDown={onKeyDown}
      />
      <div className="ib-lock-buttons">
        <Button size="sm" icon={<UserPen aria-hidden="true" />} shortcut={TAKE_OVER_KEY} onClick={() => void takeReplyOver(caseId)}>
          {t(lost === null ? 'lock.takeOver' : 'lock.takeBack')}
        </Button>
        <Button size="sm" icon={<StickyNote aria-hidden="true" />} onClick={() => startWriting(caseId, 'note')}>
          {t('lock.note')}
        </Button>
      </div>
    </div>
  );
}

/** Words that were typed before anybody could know that the reply is locked go into its draft. */
async function keepTyped({ caseId, replyTo }: CaseDetail, typed: string): Promise<void> {
  const stored = await call('drafts.get', { caseId, kind: 'reply' });
  if (!stored.ok) return;
  const draft = stored.value;
  await call('drafts.save', {
    opId: newOperationId(),
    caseId,
    kind: 'reply',
    text: draft === null ? typed : `${typed}${draft.text}`,
    to: [...(draft?.to ?? replyTo)],
    cc: [...(draft?.cc ?? [])],
  });
}
