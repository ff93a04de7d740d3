import { FileUp, KeyRound } from 'lucide-react';
import type { ClipboardEvent, DragEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { Button } from '../../../ui/button.tsx';
import { TextArea } from '../../../ui/field.tsx';

/** An invite is one link; what is larger is another file. */
const MOST_BYTES = 64 * 1024;

export interface InviteStepProps {
  /** What was typed; it is still there when it turned out to be no invite. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Why the last text was none, in words. */
  readonly problem: string | null;
  readonly onInvite: (text: string, fileName: string | null) => void;
  readonly onProblem: (problem: string | null) => void;
}

/** Takes the invite: pasted, dropped, or chosen as a file. */
export function InviteStep({ text, onText, problem, onInvite, onProblem }: InviteStepProps): ReactNode {
  const t = useWords('hub');
  const tFrame = useWords('frame');
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  const takeFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > MOST_BYTES) {
      onProblem(t('join.tooLarge'));
      return;
    }
    try {
      onInvite(await file.text(), file.name);
    } catch {
      onProblem(t('join.notRead'));
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text');
    if (!/^\s*meridian:\/\/join\//iu.test(pasted)) return;
    event.preventDefault();
    onInvite(pasted, null);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) void takeFile(file);
    else if (event.dataTransfer.getData('text') !== '') onInvite(event.dataTransfer.getData('text'), null);
  };
  return (
    // Dropping is one of three ways; the field and the button below are the others, by key as well.
    <div
      className="join-invite"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <p className="muted">{t('join.lead')}</p>
      <form
        className="join-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') onInvite(text, null);
        }}
      >
        <TextArea
          label={t('join.label')}
          hint={isOver ? t('join.drop') : t('join.hint')}
          error={problem ?? undefined}
          placeholder={t('join.placeholder')}
          value={text}
          rows={4}
          maxLength={20_000}
          spellCheck={false}
          autoComplete="off"
          className="join-text"
          onPaste={onPaste}
          onChange={(next) => {
            onProblem(null);
            onText(next);
          }}
        />
        <p className="join-secret muted">
          <KeyRound aria-hidden="true" />
          <span>{t('join.secret')}</span>
        </p>
        <div className="join-buttons">
          <input
            ref={picker}
            type="file"
            hidden
            aria-label={t('join.choose')}
            onChange={(event) => {
              void takeFile(event.target.files?.[0]);
              // The same file may be chosen again after it was put right.
              event.target.value = '';
            }}
          />
          <Button icon={<FileUp aria-hidden="true" />} onClick={() => picker.current?.click()}>
            {t('join.choose')}
          </Button>
          <Button type="submit" variant="primary" disabled={text.trim() === ''}>
            {tFrame('common.next')}
          </Button>
        </div>
      </form>
    </div>
  );
}
