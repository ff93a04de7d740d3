import type { ReactNode, Ref } from 'react';
import { useId } from 'react';
import { TextField } from '../../../ui/field.tsx';

/** One of the given texts, or words of one's own. */
export type Choice = { readonly index: number } | { readonly words: string };

export interface ChoiceFieldProps {
  readonly legend: string;
  readonly options: readonly string[];
  readonly value: Choice | null;
  readonly onChange: (value: Choice) => void;
  readonly ownLabel: string;
  /** Number keys choose: the number is shown. */
  readonly isNumbered?: boolean | undefined;
  readonly error?: string | undefined;
  readonly fieldRef?: Ref<HTMLFieldSetElement> | undefined;
  readonly firstRef?: Ref<HTMLInputElement> | undefined;
  readonly ownRef?: Ref<HTMLInputElement> | undefined;
}

/** A list to choose from with a line for other words at its end; typing there chooses it. */
export function ChoiceField({
  legend,
  options,
  value,
  onChange,
  ownLabel,
  isNumbered = false,
  error,
  fieldRef,
  firstRef,
  ownRef,
}: ChoiceFieldProps): ReactNode {
  const name = useId();
  const isOwn = value !== null && 'words' in value;
  return (
    <fieldset className="hd-choice" ref={fieldRef}>
      <legend>{legend}</legend>
      {options.map((option, index) => (
        // texts of a packet may be alike
        <label key={`${String(index)} ${option}`} className="hd-choice-option">
          <input
            type="radio"
            name={name}
            ref={index === 0 ? firstRef : undefined}
            checked={value !== null && 'index' in value && value.index === index}
            onChange={() => onChange({ index })}
          />
          {isNumbered && (
            <kbd className="hd-choice-key" aria-hidden="true">
              {index + 1}
            </kbd>
          )}
          <span dir="auto">{option}</span>
        </label>
      ))}
      <div className="hd-choice-option hd-choice-own">
        {options.length > 0 && (
          <input
            type="radio"
            name={name}
            aria-label={ownLabel}
            checked={isOwn}
            onChange={() => onChange({ words: isOwn ? value.words : '' })}
          />
        )}
        <TextField
          label={options.length > 0 ? ownLabel : legend}
          hideLabel
          placeholder={ownLabel}
          maxLength={2_000}
          value={isOwn ? value.words : ''}
          error={error}
          onChange={(words) => onChange({ words })}
          {...(ownRef === undefined ? {} : { ref: ownRef })}
        />
      </div>
    </fieldset>
  );
}
