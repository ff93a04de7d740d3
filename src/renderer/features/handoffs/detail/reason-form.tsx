import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import type { ButtonVariant } from '../../../ui/button.tsx';
import { AnswerForm } from './answer-form.tsx';
import { ChoiceField } from './choice-field.tsx';
import type { Choice } from './choice-field.tsx';

export interface ReasonFormProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly question: string;
  readonly quick: readonly string[];
  readonly submitLabel: string;
  readonly variant?: ButtonVariant | undefined;
  /** Answers whether it worked. */
  readonly onSubmit: (reason: string) => Promise<boolean>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Why: a quick reason by its number, or words of one's own. */
export function ReasonForm({ title, hint, question, quick, submitLabel, variant, onSubmit, onDone, onCancel }: ReasonFormProps): ReactNode {
  const t = useWords('lanes');
  const [choice, setChoice] = useState<Choice | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const field = useRef<HTMLFieldSetElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const own = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const reason = choice === null ? '' : 'index' in choice ? (quick[choice.index] ?? '') : choice.words.trim();
  const submit = async (): Promise<void> => {
    setTried(true);
    if (reason === '') {
      own.current?.focus();
      return;
    }
    setBusy(true);
    const isDone = await onSubmit(reason);
    setBusy(false);
    if (isDone) onDone();
  };
  useActions(
    [...quick, null].map((text, index) => ({
      id: `handoffs.reason.${String(index + 1)}`,
      label: t('action.reason', { number: index + 1 }),
      area: 'handoff',
      keys: [String(index + 1)],
      hidden: true,
      run: () => {
        if (text === null) own.current?.focus();
        else {
          setChoice({ index });
          field.current?.querySelectorAll<HTMLElement>('input[type="radio"]')[index]?.focus();
        }
      },
    })),
  );
  return (
    <AnswerForm
      title={title}
      hint={hint}
      submitLabel={submitLabel}
      variant={variant}
      isBusy={isBusy}
      onSubmit={() => void submit()}
      onCancel={onCancel}
    >
      <ChoiceField
        legend={question}
        options={quick}
        value={choice}
        onChange={setChoice}
        ownLabel={t('reason.own')}
        isNumbered
        error={isTried && reason === '' ? t('reason.needed') : undefined}
        fieldRef={field}
        firstRef={first}
        ownRef={own}
      />
      <p className="hd-by">{t('reason.ownHint')}</p>
    </AnswerForm>
  );
}
