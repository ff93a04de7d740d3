import { Autocomplete } from '@base-ui/react/autocomplete';
import { Check, Search } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import './field.css';
import './option-list.css';
import './popup.css';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon?: ReactNode;
  readonly isChosen?: boolean | undefined;
  /** Shown below it. */
  readonly more?: ReactNode;
  /** Other words to find it by. */
  readonly keywords?: string | undefined;
}

interface OptionListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly options: readonly Option[];
  readonly emptyText: string;
  readonly onChoose: (value: string) => void;
  readonly onType?: ((text: string) => void) | undefined;
  /** What stands in the field at first. */
  readonly begun?: string | undefined;
  /** Gets the field, for whoever gives it the focus. */
  readonly field?: RefObject<HTMLInputElement | null> | undefined;
  /** What was chosen is being done: nothing else can be chosen. */
  readonly isBusy?: boolean | undefined;
}

function matches(option: Option, typed: string): boolean {
  const haystack = `${option.label} ${option.keywords ?? ''}`.toLocaleLowerCase();
  return typed
    .trim()
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => haystack.includes(word));
}

/** A list that is narrowed by typing; arrow keys move, Enter chooses. For use inside a dialog. */
export function OptionList({
  label,
  placeholder,
  options,
  emptyText,
  onChoose,
  onType,
  begun = '',
  field,
  isBusy = false,
}: OptionListProps): ReactNode {
  // room for the mark only where something may bear it
  const hasChosen = options.some(({ isChosen }) => isChosen !== undefined);
  return (
    <Autocomplete.Root
      inline
      open
      items={options}
      defaultValue={begun}
      filter={matches}
      itemToStringValue={(option: Option) => option.label}
      autoHighlight="always"
      keepHighlight
      onValueChange={(text) => onType?.(text)}
    >
      <div className="m-input-box">
        <Search aria-hidden="true" />
        <Autocomplete.Input ref={field} className="m-input" aria-label={label} placeholder={placeholder} />
      </div>
      <Autocomplete.Empty className="m-combobox-empty">{emptyText}</Autocomplete.Empty>
      <Autocomplete.List className="m-options" aria-label={label}>
        {(option: Option) => (
          <Autocomplete.Item
            key={option.value}
            value={option}
            className={option.more === undefined ? 'm-item' : 'm-item m-option-tall'}
            disabled={isBusy}
            onClick={() => onChoose(option.value)}
          >
            {option.icon}
            <span className="m-item-text truncate">{option.label}</span>
            {option.detail !== undefined && <span className="m-item-detail tabular">{option.detail}</span>}
            {hasChosen && <span className="m-item-check">{option.isChosen === true && <Check aria-hidden="true" />}</span>}
            {option.more}
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
