import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { Button } from '../../../ui/button.tsx';
import type { ButtonVariant } from '../../../ui/button.tsx';
import { isInDialog } from '../use-list-keys.ts';

export interface AnswerFormProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly submitLabel: string;
  readonly variant?: ButtonVariant | undefined;
  readonly isBusy: boolean;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  /** Stands right above the buttons, where one looks before pressing. */
  readonly notes?: ReactNode;
  readonly children: ReactNode;
}

/** A short form in the answer column: Enter confirms from wherever one is (in a text with lines Ctrl+Enter), Escape closes. */
export function AnswerForm({
  title,
  hint,
  submitLabel,
  variant = 'primary',
  isBusy,
  onSubmit,
  onCancel,
  notes,
  children,
}: AnswerFormProps): ReactNode {
  const t = useWords('lanes');
  const frame = useWords('frame');
  useActions([
    {
      id: 'handoffs.form.submit',
      label: t('action.submit'),
      area: 'handoff',
      keys: ['mod+enter'],
      hidden: true,
      when: () => !isBusy && !isInDialog(),
      run: onSubmit,
    },
    {
      id: 'handoffs.form.cancel',
      label: t('action.cancel'),
      area: 'handoff',
      keys: ['escape'],
      hidden: true,
      whileTyping: true,
      when: () => !isInDialog(),
      run: onCancel,
    },
  ]);
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    if (!isBusy) onSubmit();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter confirms a form from any of its fields
    <form
      className="hd-form"
      aria-label={title}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSubmit();
      }}
    >
      <header>
        <h3>{title}</h3>
        {hint !== undefined && <p className="muted">{hint}</p>}
      </header>
      <div className="hd-form-fields">{children}</div>
      <footer>
        {notes}
        <div className="hd-form-buttons">
          <Button type="submit" variant={variant} loading={isBusy} shortcut="enter">
            {submitLabel}
          </Button>
          <Button variant="ghost" shortcut="escape" onClick={onCancel}>
            {frame('common.cancel')}
          </Button>
        </div>
      </footer>
    </form>
  );
}
