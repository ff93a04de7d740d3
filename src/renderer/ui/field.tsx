import { Field } from '@base-ui/react/field';
import type { ComponentProps, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import './field.css';

export interface FieldFrameProps {
  readonly label: string;
  /** Keeps the label for screen readers only. */
  readonly hideLabel?: boolean | undefined;
  readonly hint?: ReactNode;
  /** Why the value can not be taken; announced and marked. */
  readonly error?: ReactNode;
  readonly className?: string | undefined;
}

interface FrameProps extends FieldFrameProps {
  readonly disabled?: boolean | undefined;
  readonly children: ReactNode;
}

/** Label, control, hint and error of one form field, tied together for screen readers. */
export function FieldFrame({ label, hideLabel = false, hint, error, className, disabled = false, children }: FrameProps): ReactNode {
  const hasError = error !== undefined && error !== null && error !== false && error !== '';
  return (
    <Field.Root className={classNames('m-field', className)} invalid={hasError} disabled={disabled}>
      <Field.Label className={hideLabel ? 'visually-hidden' : 'm-field-label'}>{label}</Field.Label>
      {children}
      {hint !== undefined && hint !== null && !hasError && <Field.Description className="m-field-hint">{hint}</Field.Description>}
      {hasError && (
        <Field.Error className="m-field-error" match={true}>
          {error}
        </Field.Error>
      )}
    </Field.Root>
  );
}

export interface TextFieldProps
  extends FieldFrameProps, Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'className' | 'defaultValue' | 'size'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Something at the start or the end inside the box, such as an icon or a button. */
  readonly leading?: ReactNode;
  readonly trailing?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextField({
  label,
  hideLabel,
  hint,
  error,
  className,
  value,
  onChange,
  leading,
  trailing,
  disabled,
  ...rest
}: TextFieldProps): ReactNode {
  return (
    <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} className={className} disabled={disabled}>
      <div className="m-input-box">
        {leading}
        <Field.Control {...rest} className="m-input" value={value} onValueChange={(next) => onChange(next)} />
        {trailing}
      </div>
    </FieldFrame>
  );
}

export interface TextAreaProps
  extends FieldFrameProps, Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'className' | 'defaultValue'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text; grows with what is written up to its maximum height in CSS. */
export function TextArea({ label, hideLabel, hint, error, className, value, onChange, disabled, ...rest }: TextAreaProps): ReactNode {
  return (
    <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} className={className} disabled={disabled}>
      <Field.Control
        value={value}
        onValueChange={(next) => onChange(next)}
        render={<textarea {...rest} className="m-input m-textarea" />}
      />
    </FieldFrame>
  );
}
