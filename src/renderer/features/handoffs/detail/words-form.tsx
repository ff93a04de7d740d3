import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { TextArea } from '../../../ui/field.tsx';
import { AnswerForm } from './answer-form.tsx';

export interface WordsFormProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly label: string;
  readonly submitLabel: string;
  /** What is answered. */
  readonly quote?: string | undefined;
  readonly onSubmit: (text: string) => Promise<boolean>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** A question or an answer. */
export function WordsForm({ title, hint, label, submitLabel, quote, onSubmit, onDone, onCancel }: WordsFormProps): ReactNode {
  const t = useWords('lanes');
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (text.trim() === '') return;
    setBusy(true);
    const isDone = await onSubmit(text.trim());
    setBusy(false);
    if (isDone) onDone();
  };
  return (
    <AnswerForm title={title} hint={hint} submitLabel={submitLabel} isBusy={isBusy} onSubmit={() => void submit()} onCancel={onCancel}>
      {quote !== undefined && (
        <blockquote className="hd-quote" dir="auto">
          {quote}
        </blockquote>
      )}
      <TextArea
        label={label}
        value={text}
        maxLength={2_000}
        onChange={setText}
        ref={field}
        error={isTried && text.trim() === '' ? t('words.needed') : undefined}
        onKeyDown={(event) => {
          // one line is the rule; Shift+Enter begins another
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      />
    </AnswerForm>
  );
}
