import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import './field.css';

interface ToggleProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  readonly hint?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface CheckboxProps extends ToggleProps {
  /** Some of what it stands for is chosen. */
  readonly indeterminate?: boolean | undefined;
}

export function Checkbox({
  checked,
  onChange,
  label,
  hideLabel = false,
  hint,
  disabled = false,
  indeterminate = false,
}: CheckboxProps): ReactNode {
  const box = (
    <BaseCheckbox.Root
      className="m-check-box"
      checked={checked}
      indeterminate={indeterminate}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      <BaseCheckbox.Indicator>{indeterminate ? <Minus aria-hidden="true" /> : <Check aria-hidden="true" />}</BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
  if (hideLabel) return box;
  return (
    <label className="m-check">
      {box}
      <span>
        {label}
        {hint !== undefined && <span className="m-check-hint">{hint}</span>}
      </span>
    </label>
  );
}

/**
 * A box without a form, a label beside it or a third state, for lists that draw dozens of them at once: the full one takes as long as the rest of a row.
 */
export function RowCheckbox({ checked, onChange, label }: Pick<ToggleProps, 'checked' | 'onChange' | 'label'>): ReactNode {
  return (
    <span
      role="checkbox"
      className="m-check-box"
      aria-checked={checked}
      aria-label={label}
      data-checked={checked ? '' : undefined}
      tabIndex={0}
      onClick={() => onChange(!checked)}
      onKeyDown={(event) => {
        if (event.key !== ' ') return;
        event.preventDefault();
        onChange(!checked);
      }}
    >
      {checked && <Check aria-hidden="true" />}
    </span>
  );
}

/** On or off, with effect at once. */
export function Switch({ checked, onChange, label, hideLabel = false, hint, disabled = false }: ToggleProps): ReactNode {
  const control = (
    <BaseSwitch.Root
      className="m-switch"
      checked={checked}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      <BaseSwitch.Thumb className="m-switch-thumb" />
    </BaseSwitch.Root>
  );
  if (hideLabel) return control;
  return (
    <label className="m-check">
      {control}
      <span>
        {label}
        {hint !== undefined && <span className="m-check-hint">{hint}</span>}
      </span>
    </label>
  );
}
