import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './field.css';
import { FieldFrame } from './field.tsx';
import type { FieldFrameProps } from './field.tsx';
import './popup.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
}

export interface SelectProps<Value extends string> extends FieldFrameProps {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  readonly disabled?: boolean | undefined;
}

/** One of a few; for many or for search use `Combobox`. */
export function Select<Value extends string>({
  value,
  onChange,
  options,
  disabled = false,
  className,
  ...frame
}: SelectProps<Value>): ReactNode {
  const chosen = options.find((option) => option.value === value);
  return (
    <FieldFrame {...frame} disabled={disabled} className={className}>
      <BaseSelect.Root
        items={options}
        value={value}
        onValueChange={(next) => {
          if (next !== null) onChange(next);
        }}
        disabled={disabled}
      >
        <BaseSelect.Trigger className="m-select">
          <span className="m-select-value">
            {chosen?.icon}
            <span className="truncate">{chosen?.label ?? value}</span>
          </span>
          <ChevronDown aria-hidden="true" />
        </BaseSelect.Trigger>
        <BaseSelect.Portal>
          <BaseSelect.Positioner className="m-layer" alignItemWithTrigger={false} sideOffset={4}>
            <BaseSelect.Popup className={classNames('m-popup', 'm-select-popup')}>
              <BaseSelect.List>
                {options.map((option) => (
                  <BaseSelect.Item key={option.value} value={option.value} className="m-item">
                    {option.icon}
                    <BaseSelect.ItemText className="m-item-text">{option.label}</BaseSelect.ItemText>
                    <span className="m-item-check">
                      <BaseSelect.ItemIndicator>
                        <Check aria-hidden="true" />
                      </BaseSelect.ItemIndicator>
                    </span>
                  </BaseSelect.Item>
                ))}
              </BaseSelect.List>
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
    </FieldFrame>
  );
}
