import { Paperclip, Trash2 } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { ClipboardEvent, DragEvent, KeyboardEvent, ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useWords } from '../../../i18n/use-words.ts';
import type { AttachmentRow } from '../../../../shared/contract/cases.contract.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { IconButton } from '../../../ui/button.tsx';
import { AlertDialog } from '../../../ui/dialog.tsx';
import { AttachmentCards } from '../conversation/attachment-cards.tsx';
import { endComposerWait, useInbox } from '../inbox-store.ts';
import { afterClick } from './after-click.ts';
import { composerError } from './composer-error.ts';
import type { DraftView } from './draft-session.ts';
import { macroAhead } from './typing-ahead.ts';

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
  /** `#` was pressed where a word begins, at this place of the text; with what was typed behind it before the composer was there. */
  readonly onMacro?: ((caret: number, begun: string) => void) | undefined;
  /** What sending is called among the commands. */
  readonly sendLabel: string;
  readonly onSend: () => void;
  readonly onDiscard: () => void;
  readonly onLeave: () => void;
  readonly top: ReactNode;
  readonly hint: ReactNode;
  readonly buttons: ReactNode;
}

/** The text with its files and buttons; the same for replies and notes. */
export function Editor({
  view,
  attachments,
  label,
  placeholder,
  problem,
  onText,
  onFiles,
  onRemoveFile,
  onMacro,
  sendLabel,
  onSend,
  onDiscard,
  onLeave,
  top,
  hint,
  buttons,
}: EditorProps): ReactNode {
  const t = useWords('inbox');
  const tKeys = useWords('keys');
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [isDropping, setDropping] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  // An untouched composer is one line high until somebody goes into it; the signature shows then.
  const isQuiet = view.state === 'untouched' && attachments.length === 0 && !hasFocus;
  const [asksDiscard, setAsksDiscard] = useState(false);
  const hasDraft = view.state !== 'untouched' || attachments.length > 0;
  const errorId = useId();
  // in the text the keys are the editor's own; from elsewhere they would send by mistake
  useActions([
    { id: 'compose.send', label: sendLabel, area: 'compose', keys: [], when: () => hasDraft, run: onSend },
    {
      id: 'compose.attach',
      label: tKeys('command.attach'),
      area: 'compose',
      keys: [],
      when: () => onFiles !== null,
      run: () => picker.current?.click(),
    },
    {
      id: 'compose.discard',
      label: tKeys('command.discard'),
      area: 'compose',
      keys: [],
      when: () => hasDraft,
      run: () => setAsksDiscard(true),
    },
  ]);
  useComposerFocus(area, (typed) => {
    const { text, macro } = onMacro === undefined ? { text: typed, macro: null } : macroAhead(typed);
    if (text !== '') onText(text + view.content.text);
    if (macro !== null) onMacro?.(text.length, macro);
    return text.length;
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    // with Shift it is another command's
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      onSend();
    } else if (event.key === '#' && onMacro !== undefined && event.target === area.current && beginsWord(area.current)) {
      event.preventDefault();
      event.stopPropagation();
      onMacro(area.current?.selectionStart ?? 0, '');
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
      data-quiet={isQuiet}
      onKeyDown={onKeyDown}
      onFocus={() => setFocus(true)}
      onBlur={(event) => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
        const editor = event.currentTarget;
        // The composer gets lower then.
        afterClick(() => {
          if (!editor.contains(document.activeElement)) setFocus(false);
        });
        onLeave();
      }}
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
      {!isQuiet && top}
      <textarea
        ref={area}
        className="ib-editor-text"
        aria-label={label}
        placeholder={placeholder}
        value={isQuiet ? '' : view.content.text}
        dir="auto"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : errorId}
        onChange={(event) => onText(event.target.value)}
        onFocus={(event) => placeCursor(event.currentTarget)}
        onPaste={onPaste}
      />
      <AttachmentCards attachments={attachments} onRemove={onRemoveFile} />
      {problem !== null && (
        <p id={errorId} className="ib-editor-problem" role="alert">
          {composerError(t, problem)}
        </p>
      )}
      {!isQuiet && hint}
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
        {hasDraft && <DiscardButton asks={asksDiscard} onAsk={setAsksDiscard} onDiscard={onDiscard} />}
        <SaveMark view={view} />
        {buttons}
      </div>
      {isDropping && <div className="ib-drop">{t('composer.dropHere')}</div>}
    </div>
  );
}

/** Nothing is selected, and the cursor stands where a word would begin. */
function beginsWord(area: HTMLTextAreaElement | null): boolean {
  return area !== null && area.selectionStart === area.selectionEnd && /(?:^|\s)$/u.test(area.value.slice(0, area.selectionStart));
}

/** The signature stands below; writing begins above it. The text may only be put in by the render that focus causes. */
function placeCursor(node: HTMLTextAreaElement): void {
  requestAnimationFrame(() => {
    if (node.value.startsWith('\n\n-- \n') && node.selectionStart === node.selectionEnd) node.setSelectionRange(0, 0);
  });
}

/** Puts the cursor into the text when a key or a tab asked for it. */
function useComposerFocus(area: { readonly current: HTMLTextAreaElement | null }, onTyped: (typed: string) => number): void {
  const isAwaited = useInbox((state) => state.composerFocus !== state.composerFocused);
  const latest = useRef(onTyped);
  useEffect(() => {
    latest.current = onTyped;
  });
  useEffect(() => {
    if (!isAwaited) return undefined;
    area.current?.focus();
    // The focus has drawn the text by then; until then keys are kept for it.
    const timer = setTimeout(() => {
      const typed = endComposerWait();
      if (typed === '') return;
      let end = typed.length;
      flushSync(() => {
        end = latest.current(typed);
      });
      area.current?.setSelectionRange(end, end);
    });
    return () => clearTimeout(timer);
  }, [isAwaited, area]);
}

function DiscardButton({
  asks,
  onAsk,
  onDiscard,
}: {
  readonly asks: boolean;
  readonly onAsk: (asks: boolean) => void;
  readonly onDiscard: () => void;
}): ReactNode {
  const t = useWords('inbox');
  return (
    <>
      <IconButton label={t('composer.discard')} icon={<Trash2 aria-hidden="true" />} onClick={() => onAsk(true)} />
      <AlertDialog
        open={asks}
        onOpenChange={onAsk}
        danger
        title={t('composer.discardTitle')}
        description={t('composer.discardText')}
        confirmLabel={t('composer.discardConfirm')}
        onConfirm={() => {
          onAsk(false);
          onDiscard();
        }}
      />
    </>
  );
}

/** Whether what is written is in the database. */
function SaveMark({ view }: { readonly view: DraftView }): ReactNode {
  const t = useWords('inbox');
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
