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
