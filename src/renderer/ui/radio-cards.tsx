import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import './radio-cards.css';

export interface RadioCard<Value extends string> {
  readonly value: Value;
  /** Its accessible name. */
  readonly label: string;
  /** What is drawn; the label itself when left out. */
  readonly content?: ReactNode;
  readonly tone?: 'ok' | 'soon' | 'breach' | undefined;
}

export interface RadioCardsProps<Value extends string> {
  readonly label: string;
  /** Null while none is chosen. */
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly options: readonly RadioCard<Value>[];
  readonly isInline?: boolean | undefined;
  readonly isRequired?: boolean | undefined;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  readonly ref?: Ref<HTMLDivElement> | undefined;
}

/** One of several that need more than a word each; all in sight, arrow keys move between them. */
export function RadioCards<Value extends string>({
  label,
  value,
  onChange,
  options,
  isInline = false,
  isRequired = false,
  onKeyDown,
  ref,
}: RadioCardsProps<Value>): ReactNode {
  return (
    <RadioGroup<Value | null>
      ref={ref}
      className={classNames('m-radio-cards', isInline && 'm-radio-cards-inline')}
      aria-label={label}
      aria-required={isRequired || undefined}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
      onKeyDown={onKeyDown}
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          className="m-radio-card"
          data-tone={option.tone}
          data-value={option.value}
          {...(option.content === undefined ? {} : { 'aria-label': option.label })}
        >
          <span className="m-radio-dot">
            <Radio.Indicator className="m-radio-dot-on" />
          </span>
          {option.content ?? option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
