import { CalendarClock, ChevronDown, Send, ShieldQuestion, StickyNote } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { Status } from '../../../../shared/domain/case.ts';
import type { MessageOrigin } from '../../../../shared/domain/message.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { askForSendTime } from '../../../state/reply-times.ts';
import { noteWriting, stopWriting } from '../../../state/writing.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { AuthorMarks, shownName } from '../channel/author-marks.tsx';
import { isUpToDate } from '../collision/compare-store.ts';
import { ReplyGate } from '../collision/reply-gate.tsx';
import { ReplyHints } from '../collision/reply-hints.tsx';
import { useIntakeInsert } from '../context/intake-insert.ts';
import { useQuoteInsert } from './quotes.ts';
import { useMacroInsert } from '../macros/insert-macro.ts';
import { MacroBar } from '../macros/macro-bar.tsx';
import { setWithReply, useMacros } from '../macros/macro-store.ts';
import { askForComposer, setComposerMode, useInbox } from '../inbox-store.ts';
import type { ComposerMode } from '../inbox-store.ts';
import { attachFiles, detachFile } from './attach-files.ts';
import { ChannelLimits } from './channel-limits.tsx';
import './composer.css';
import type { DraftContent } from './draft-session.ts';
import { Editor } from './editor.tsx';
import { GuardBar } from './guard-bar.tsx';
import { PromiseBar } from './promise-bar.tsx';
import { forgetPromises } from './promise-marks.ts';
import { RecipientsField } from './recipients-field.tsx';
import { hasReplyAll, sameRecipients } from './recipients.ts';
import { SendHints } from './send-hints.tsx';
import { SEND_LATER_KEY, SendLater } from './send-later.tsx';
import { sendNote, sendReply } from './send-reply.ts';
import type { SendProblem } from './send-reply.ts';
import { SuggestDraft } from './suggest-draft.tsx';
import { useDraft } from './use-draft.ts';

/** Writes replies and notes. What is typed is saved as it is written and never lost to an error. */
export function Composer({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const chosen = useInbox((state) => state.composerModes[detail.caseId]);
  const hasAll = hasReplyAll(detail);
  const wanted: ComposerMode = chosen ?? 'reply';
  const fallback: ComposerMode = detail.canReply ? 'reply' : 'note';
  const mode: ComposerMode =
    wanted === 'note' ? 'note' : detail.canReply ? (wanted === 'reply-all' && !hasAll ? 'reply' : wanted) : fallback;
  const tabs: readonly { readonly mode: ComposerMode; readonly label: string }[] = [
    { mode: 'reply', label: t('composer.reply') },
    ...(hasAll ? [{ mode: 'reply-all' as const, label: t('composer.replyAll') }] : []),
    { mode: 'note', label: t('composer.note') },
  ];
  return (
    <section className="ib-composer" data-mode={mode === 'note' ? 'note' : 'reply'} aria-label={t('composer.title')}>
      <div className="ib-composer-tabs" role="group" aria-label={t('composer.title')}>
        {tabs.map((tab) => (
          <button
            key={tab.mode}
            type="button"
            className="ib-composer-tab"
            aria-pressed={mode === tab.mode}
            disabled={tab.mode !== 'note' && !detail.canReply}
            onClick={() => {
              setComposerMode(detail.caseId, tab.mode);
              askForComposer();
            }}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {!detail.canReply && detail.cannotReplyCode !== null && (
        <p className="ib-composer-hint" role="status">
          {t(`composer.cannot.${detail.cannotReplyCode}`)}
        </p>
      )}
      {mode === 'note' ? (
        <NoteEditor detail={detail} />
      ) : (
        <ReplyGate detail={detail}>
          <ReplyEditor detail={detail} toAll={mode === 'reply-all'} />
        </ReplyGate>
      )}
    </section>
  );
}

function startText(signature: string): string {
  return signature.trim() === '' ? '' : `\n\n-- \n${signature.trim()}`;
}

function ReplyEditor({ detail, toAll }: { readonly detail: CaseDetail; readonly toAll: boolean }): ReactNode {
  const t = useWords('inbox');
  const tKeys = useWords('keys');
  const settings = useLiveValue('settings.get', {}, null);
  const signature = settings?.signature ?? '';
  const { caseId, replyTo, replyAllTo, replyAllCc } = detail;
  const start = useMemo<DraftContent>(
    () => ({ text: detail.origin === null ? startText(signature) : '', to: toAll ? replyAllTo : replyTo, cc: toAll ? replyAllCc : [] }),
    [signature, toAll, replyTo, replyAllTo, replyAllCc, detail.origin],
  );
  const { session, view, attachments } = useDraft(caseId, 'reply', start);
  useMacroInsert(caseId, session);
  useQuoteInsert(caseId, 'reply', session);
  useIntakeInsert(caseId, session);
  const { content } = view;
  // Choosing another kind of reply exchanges the recipients, unless they were changed by hand.
  const lastStart = useRef(start);
  useEffect(() => {
    const before = lastStart.current;
    lastStart.current = start;
    const now = session.snapshot().content;
    const isUsual = sameRecipients(now.to, before.to) && sameRecipients(now.cc, before.cc);
    if (before !== start && isUsual && session.snapshot().state !== 'untouched') session.edit({ to: start.to, cc: start.cc });
  }, [session, start]);
  const [showsCc, setShowsCc] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);

  /** Whether there is something to send; else it is said what is missing. */
  const isWhole = (): boolean => {
    if (content.text.trim() === '' || (content.text.trim() === start.text.trim() && attachments.length === 0)) {
      setProblem('empty');
      return false;
    }
    if (content.to.length + content.cc.length > 0) return true;
    setProblem('no-recipient');
    return false;
  };
  const send = async (thenStatus: Status | null, isCompared = false, sendAt?: Instant): Promise<SendProblem> => {
    if (isSending || !isWhole()) return null;
    setSending(true);
    // Words that are only the signature and a file are words of the person's own too: they must be stored first.
    if (session.snapshot().draftId === null) session.edit({});
    const taken = await session.take();
    if (
      taken !== null &&
      !isCompared &&
      !(await isUpToDate(caseId, () => void send(thenStatus, true, sendAt), detail.channel === 'chat'))
    ) {
      session.giveBack();
      setSending(false);
      return null;
    }
    const code = taken === null ? (session.snapshot().errorCode ?? 'empty') : await sendReply(session, taken, detail, thenStatus, sendAt);
    setProblem(code);
    setSending(false);
    // what was written since is written on
    if (code !== null || session.snapshot().state === 'untouched') stopWriting(caseId);
    return code;
  };
  const discard = (): void => {
    forgetPromises(caseId);
    setWithReply(caseId, null);
    stopWriting(caseId);
    void session.discard();
  };
  useEffect(() => () => stopWriting(caseId), [caseId]);
  return (
    <Editor
      view={view}
      attachments={attachments}
      label={t('composer.text')}
      placeholder={t('composer.placeholder', { name: detail.contactName === '' ? detail.contactAddress : detail.contactName })}
      // the box below says it already, and says it again
      problem={problem === 'not-summoned' ? null : problem}
      onText={(text) => {
        setProblem(null);
        noteWriting(caseId);
        const isFirst = session.snapshot().state === 'untouched';
        session.edit({ text });
        // what is new in the case is told from the first word on, not from the first pause
        if (isFirst) void session.flush();
      }}
      onFiles={(files) => void attachFiles(session, files, attachments)}
      onRemoveFile={(attachment) => void detachFile(session, attachment)}
      onMacro={(caret, typed) => useMacros.setState({ picker: { caseIds: [caseId], caret, typed } })}
      sendLabel={tKeys('command.send')}
      onSend={() => void send(null)}
      onDiscard={discard}
      onLeave={() => void session.flush()}
      top={
        detail.origin !== null ? (
          <ChannelRecipient detail={detail} origin={detail.origin} />
        ) : (
          <div className="ib-composer-people">
            <RecipientsField label={t('composer.to')} value={content.to} onChange={(to) => session.edit({ to })} />
            {content.cc.length > 0 || showsCc ? (
              <RecipientsField label={t('composer.cc')} value={content.cc} onChange={(cc) => session.edit({ cc })} />
            ) : (
              <button type="button" className="ib-add-cc" onClick={() => setShowsCc(true)}>
                {t('composer.addCc')}
              </button>
            )}
          </div>
        )
      }
      hint={
        <>
          <ReplyHints
            caseId={caseId}
            session={session}
            text={content.text}
            hasFiles={attachments.length > 0}
            onSend={() => void send(null, true)}
            onDiscard={discard}
          />
          <MacroBar caseId={caseId} text={content.text} />
          <PromiseBar caseId={caseId} text={content.text} />
          <GuardBar caseId={caseId} text={content.text} language={detail.language} onInsert={(text) => session.edit({ text })} />
          <ChannelLimits detail={detail} text={content.text} attachments={attachments} isRefused={problem === 'not-summoned'} />
          <SendHints detail={detail} />
        </>
      }
      buttons={
        <>
          <SuggestDraft
            caseId={caseId}
            onDraft={(text) => {
              const now = session.snapshot().content.text;
              const isUntouched = now.trim() === '' || now.trim() === start.text.trim();
              // what the person has written stays, above it
              session.edit({ text: isUntouched ? `${text}${start.text}` : `${now.trimEnd()}\n\n${text}` });
            }}
          />
          <SendButtons
            isSending={isSending}
            onSend={(status) => void send(status)}
            onLater={(thenStatus) => isWhole() && askForSendTime(caseId, thenStatus)}
          />
          <SendLater detail={detail} mayAsk={isWhole} onSend={async (thenStatus, at) => send(thenStatus, false, at)} />
        </>
      }
    />
  );
}

/** Whom an answer on a chat-like channel reaches: always the conversation, never an address that one types. */
function ChannelRecipient({ detail, origin }: { readonly detail: CaseDetail; readonly origin: MessageOrigin }): ReactNode {
  const t = useWords('channel');
  const tInbox = useWords('inbox');
  const name = shownName({ name: detail.contactName, address: detail.contactAddress }, origin);
  const handle = origin.author.handle;
  return (
    <p className="ib-channel-to">
      <span>
        {t('to', { name: handle === null || handle === name ? name : `${name} (${handle})`, channel: tInbox(`channel.${detail.channel}`) })}
      </span>
      <AuthorMarks origin={origin} channel={detail.channel} />
      {detail.byMail !== null && (
        <>
          <span>{t('byMail', { address: detail.byMail.address, from: detail.byMail.from })}</span>
          {!detail.byMail.isVerified && (
            <Badge tone="soon" icon={<ShieldQuestion aria-hidden="true" />} title={t('mailUnverifiedHint')}>
              {t('mailUnverified')}
            </Badge>
          )}
        </>
      )}
    </p>
  );
}

function SendButtons({
  isSending,
  onSend,
  onLater,
}: {
  readonly isSending: boolean;
  readonly onSend: (thenStatus: Status | null) => void;
  readonly onLater: (thenStatus: Status | null) => void;
}): ReactNode {
  const t = useWords('inbox');
  const tLater = useWords('sendLater');
  return (
    <span className="ib-split">
      <Button variant="primary" icon={<Send aria-hidden="true" />} shortcut="mod+enter" loading={isSending} onClick={() => onSend(null)}>
        {t('composer.send')}
      </Button>
      <Menu
        side="top"
        align="end"
        trigger={
          <IconButton variant="primary" label={t('composer.sendOptions')} disabled={isSending} icon={<ChevronDown aria-hidden="true" />} />
        }
      >
        <MenuItem icon={<CalendarClock aria-hidden="true" />} shortcut={SEND_LATER_KEY} onSelect={() => onLater(null)}>
          {tLater('action')}
        </MenuItem>
        <MenuItem onSelect={() => onLater('solved')}>{tLater('afterwards.action')}</MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => onSend('pending')}>{t('composer.sendPending')}</MenuItem>
        <MenuItem onSelect={() => onSend('solved')}>{t('composer.sendSolved')}</MenuItem>
        <MenuItem onSelect={() => onSend('hold')}>{t('composer.sendHold')}</MenuItem>
        <MenuItem onSelect={() => onSend('open')}>{t('composer.sendOpen')}</MenuItem>
      </Menu>
    </span>
  );
}

const NOTE_START: DraftContent = { text: '', to: [], cc: [] };

function NoteEditor({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const tKeys = useWords('keys');
  const { session, view } = useDraft(detail.caseId, 'note', NOTE_START);
  useQuoteInsert(detail.caseId, 'note', session);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const add = async (): Promise<void> => {
    if (isSending) return;
    setSending(true);
    setProblem(await sendNote(session, detail.caseId));
    setSending(false);
  };
  return (
    <Editor
      view={view}
      attachments={[]}
      label={t('composer.noteText')}
      placeholder={t('composer.notePlaceholder')}
      problem={problem}
      onText={(text) => {
        setProblem(null);
        session.edit({ text });
      }}
      onFiles={null}
      onRemoveFile={() => undefined}
      sendLabel={tKeys('command.saveNote')}
      onSend={() => void add()}
      onDiscard={() => void session.discard()}
      onLeave={() => void session.flush()}
      top={null}
      hint={null}
      buttons={
        <Button icon={<StickyNote aria-hidden="true" />} shortcut="mod+enter" loading={isSending} onClick={() => void add()}>
          {t('composer.addNote')}
        </Button>
      }
    />
  );
}
