import { ChevronDown, CloudOff, Moon, Paperclip, Send, StickyNote, Trash2 } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { ClipboardEvent, DragEvent, KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentRow, CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { AccountRow } from '../../../../shared/contract/workspace.contract.ts';
import type { Status } from '../../../../shared/domain/case.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { AlertDialog } from '../../../ui/dialog.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { AttachmentCards } from '../conversation/attachment-cards.tsx';
import { partOfDay, placeOf, wallTime } from '../format/zone-time.ts';
import type { Place } from '../format/zone-time.ts';
import { setComposerMode, useInbox } from '../inbox-store.ts';
import type { ComposerMode } from '../inbox-store.ts';
import { useTimeThere } from '../list/local-time.tsx';
import { attachFiles, detachFile } from './attach-files.ts';
import { composerError } from './composer-error.ts';
import './composer.css';
import type { DraftContent, DraftView } from './draft-session.ts';
import { RecipientsField } from './recipients-field.tsx';
import { sameRecipients } from './recipients.ts';
import { sendNote, sendReply } from './send-reply.ts';
import { useDraft } from './use-draft.ts';

/** Writes replies and notes. What is typed is saved as it is written and never lost to an error. */
export function Composer({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const { t } = useTranslation('inbox');
  const chosen = useInbox((state) => state.composerModes[detail.caseId]);
  const hasAll = detail.replyAllCc.length > 0 || !sameRecipients(detail.replyTo, detail.replyAllTo);
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
              useInbox.setState((state) => ({ composerFocus: state.composerFocus + 1 }));
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
      {mode === 'note' ? <NoteEditor detail={detail} /> : <ReplyEditor detail={detail} toAll={mode === 'reply-all'} />}
    </section>
  );
}

function startText(signature: string): string {
  return signature.trim() === '' ? '' : `\n\n-- \n${signature.trim()}`;
}

function ReplyEditor({ detail, toAll }: { readonly detail: CaseDetail; readonly toAll: boolean }): ReactNode {
  const { t } = useTranslation('inbox');
  const settings = useLiveValue('settings.get', {}, null);
  const signature = settings?.signature ?? '';
  const { caseId, replyTo, replyAllTo, replyAllCc } = detail;
  const start = useMemo<DraftContent>(
    () => ({ text: startText(signature), to: toAll ? replyAllTo : replyTo, cc: toAll ? replyAllCc : [] }),
    [signature, toAll, replyTo, replyAllTo, replyAllCc],
  );
  const { session, view, attachments } = useDraft(caseId, 'reply', start);
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

  const send = async (thenStatus: Status | null): Promise<void> => {
    if (isSending) return;
    if (content.text.trim() === '' || (content.text.trim() === start.text.trim() && attachments.length === 0)) {
      setProblem('empty');
      return;
    }
    if (content.to.length + content.cc.length === 0) {
      setProblem('no-recipient');
      return;
    }
    setSending(true);
    // Words that are only the signature and a file are words of the person's own too: they must be stored first.
    if (session.snapshot().draftId === null) session.edit({});
    setProblem(await sendReply(session, caseId, thenStatus));
    setSending(false);
  };
  return (
    <Editor
      view={view}
      attachments={attachments}
      label={t('composer.text')}
      placeholder={t('composer.placeholder', { name: detail.contactName === '' ? detail.contactAddress : detail.contactName })}
      problem={problem}
      onText={(text) => {
        setProblem(null);
        session.edit({ text });
      }}
      onFiles={(files) => void attachFiles(session, files, attachments)}
      onRemoveFile={(attachment) => void detachFile(session, attachment)}
      onSend={() => void send(null)}
      onDiscard={() => void session.discard()}
      onLeave={() => void session.flush()}
      top={
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
      }
      hint={<SendHints detail={detail} />}
      buttons={<SendButtons isSending={isSending} onSend={(status) => void send(status)} />}
    />
  );
}

function SendButtons({
  isSending,
  onSend,
}: {
  readonly isSending: boolean;
  readonly onSend: (thenStatus: Status | null) => void;
}): ReactNode {
  const { t } = useTranslation('inbox');
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
  const { t } = useTranslation('inbox');
  const { session, view } = useDraft(detail.caseId, 'note', NOTE_START);
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

interface EditorProps {
  readonly view: DraftView;
  readonly attachments: readonly AttachmentRow[];
  readonly label: string;
  readonly placeholder: string;
  readonly problem: string | null;
  readonly onText: (text: string) => void;
  /** Null when files can not be added. */
  readonly onFiles: ((files: readonly File[]) => void) | null;
  readonly onRemoveFile: (attachment: AttachmentRow) => void;
  readonly onSend: () => void;
  readonly onDiscard: () => void;
  readonly onLeave: () => void;
  readonly top: ReactNode;
  readonly hint: ReactNode;
  readonly buttons: ReactNode;
}

function Editor({
  view,
  attachments,
  label,
  placeholder,
  problem,
  onText,
  onFiles,
  onRemoveFile,
  onSend,
  onDiscard,
  onLeave,
  top,
  hint,
  buttons,
}: EditorProps): ReactNode {
  const { t } = useTranslation('inbox');
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [isDropping, setDropping] = useState(false);
  const errorId = useId();
  useComposerFocus(area);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      onSend();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      area.current?.blur();
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    // Programs put a picture of copied text beside the text; the words are what was meant.
    if (onFiles === null || files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    onFiles(files);
  };
  const hasFiles = (event: DragEvent): boolean => onFiles !== null && event.dataTransfer.types.includes('Files');
  return (
    <div
      className="ib-editor"
      role="presentation"
      data-dropping={isDropping}
      onKeyDown={onKeyDown}
      onBlur={onLeave}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setDropping(false);
      }}
      onDrop={(event) => {
        setDropping(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        onFiles?.([...event.dataTransfer.files]);
      }}
    >
      {top}
      <textarea
        ref={area}
        className="ib-editor-text"
        aria-label={label}
        placeholder={placeholder}
        value={view.content.text}
        dir="auto"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : errorId}
        onChange={(event) => onText(event.target.value)}
        onPaste={onPaste}
      />
      <AttachmentCards attachments={attachments} onRemove={onRemoveFile} />
      {problem !== null && (
        <p id={errorId} className="ib-editor-problem" role="alert">
          {composerError(t, problem)}
        </p>
      )}
      {hint}
      <div className="ib-editor-bar">
        {onFiles !== null && (
          <>
            <IconButton label={t('composer.attach')} icon={<Paperclip aria-hidden="true" />} onClick={() => picker.current?.click()} />
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                onFiles([...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
          </>
        )}
        <DiscardButton view={view} hasFiles={attachments.length > 0} onDiscard={onDiscard} />
        <SaveMark view={view} />
        {buttons}
      </div>
      {isDropping && <div className="ib-drop">{t('composer.dropHere')}</div>}
    </div>
  );
}

/** Puts the cursor into the text when a key or a tab asked for it. */
function useComposerFocus(area: { readonly current: HTMLTextAreaElement | null }): void {
  const asked = useInbox((state) => state.composerFocus);
  const seen = useRef(asked - (asked > answeredFocus ? 1 : 0));
  useEffect(() => {
    if (seen.current === asked) return;
    seen.current = asked;
    answeredFocus = asked;
    const node = area.current;
    if (node === null) return;
    node.focus();
    // The signature stands below; writing begins above it.
    if (node.value.startsWith('\n\n-- \n')) node.setSelectionRange(0, 0);
  }, [asked, area]);
}
let answeredFocus = 0;

function DiscardButton({
  view,
  hasFiles,
  onDiscard,
}: {
  readonly view: DraftView;
  readonly hasFiles: boolean;
  readonly onDiscard: () => void;
}): ReactNode {
  const { t } = useTranslation('inbox');
  const [asks, setAsks] = useState(false);
  if (view.state === 'untouched' && !hasFiles) return null;
  return (
    <>
      <IconButton label={t('composer.discard')} icon={<Trash2 aria-hidden="true" />} onClick={() => setAsks(true)} />
      <AlertDialog
        open={asks}
        onOpenChange={setAsks}
        danger
        title={t('composer.discardTitle')}
        description={t('composer.discardText')}
        confirmLabel={t('composer.discardConfirm')}
        onConfirm={() => {
          setAsks(false);
          onDiscard();
        }}
      />
    </>
  );
}

/** Whether what is written is in the database. */
function SaveMark({ view }: { readonly view: DraftView }): ReactNode {
  const { t } = useTranslation('inbox');
  const texts = {
    untouched: '',
    unsaved: t('composer.unsaved'),
    saving: t('composer.saving'),
    saved: t('composer.saved'),
    error: t('composer.saveFailed'),
  };
  return (
    <span className="ib-saved" data-state={view.state} role={view.state === 'error' ? 'alert' : 'status'}>
      {texts[view.state]}
    </span>
  );
}

const NO_ACCOUNTS: readonly AccountRow[] = [];

/** What one should know before sending: that there is no network, and what time it is for the customer. */
function SendHints({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const { t } = useTranslation('inbox');
  const accounts = useLiveValue('accounts.list', {}, NO_ACCOUNTS);
  const account = accounts.find((each) => each.address === detail.accountAddress);
  const place = placeOf(detail.contactZone, detail.contactOffsetMinutes);
  const name = detail.contactName === '' ? detail.contactAddress : detail.contactName;
  const isOffline = account?.state === 'offline' || account?.state === 'problem';
  if (!isOffline && place === null) return null;
  return (
    <p className="ib-send-hints">
      {isOffline && (
        <span className="ib-send-offline" role="status">
          <CloudOff aria-hidden="true" />
          {t('composer.offline')}
        </span>
      )}
      {place !== null && <CustomerClock place={place} name={name} />}
    </p>
  );
}

function CustomerClock({ place, name }: { readonly place: Place; readonly name: string }): ReactNode {
  const { t } = useTranslation('inbox');
  const now = useNow(nextMinute);
  const time = useTimeThere(place, now) ?? '';
  const isNight = partOfDay(wallTime(place, now).hour) === 'night';
  return (
    <span className="tabular" data-night={isNight}>
      {isNight && <Moon aria-hidden="true" />}
      {isNight ? t('composer.theirNight', { time, name }) : t('composer.theirTime', { time, name })}
    </span>
  );
}
