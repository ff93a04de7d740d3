import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import { Check, ChevronDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import './field.css';
import { FieldFrame } from './field.tsx';
import type { FieldFrameProps } from './field.tsx';
import './popup.css';

export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon?: ReactNode;
  /** More words to find it by. */
  readonly keywords?: string | undefined;
}

interface SharedProps extends FieldFrameProps {
  readonly options: readonly ComboboxOption[];
  readonly placeholder?: string | undefined;
  readonly emptyText?: string | undefined;
  /** At most this many are listed at once; the rest is found by typing. */
  readonly limit?: number | undefined;
  readonly onInput?: ((text: string) => void) | undefined;
}

export interface ComboboxProps extends SharedProps {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

function matches(option: ComboboxOption, typed: string): boolean {
  const haystack = `${option.label} ${option.value} ${option.keywords ?? ''}`.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => haystack.includes(word));
}

function sameOption(a: ComboboxOption, b: ComboboxOption): boolean {
  return a.value === b.value;
}

/** One of many, found by typing. */
export function Combobox({
  value,
  onChange,
  options,
  placeholder,
  emptyText,
  limit = 60,
  onInput,
  className,
  ...frame
}: ComboboxProps): ReactNode {
  const { t } = useTranslation('frame');
  const label = options.find((option) => option.value === value)?.label ?? null;
  const chosen = useMemo(() => (value === null || label === null ? null : { value, label }), [value, label]);
  // The text is ours: left to itself, the combobox would overwrite what is being typed whenever fresh options come.
  const [text, setText] = useState(label ?? '');
  const [shownLabel, setShownLabel] = useState(label);
  if (label !== shownLabel) {
    setShownLabel(label);
    setText(label ?? '');
  }
  return (
    <FieldFrame {...frame} className={className}>
      <BaseCombobox.Root<ComboboxOption>
        items={options}
        value={chosen}
        onValueChange={(next: ComboboxOption | null, details) => {
          if (details.reason === 'escape-key') details.allowPropagation();
          else onChange(next?.value ?? null);
        }}
        inputValue={text}
        onInputValueChange={(next, details) => {
          // Escape closes the list; it does not throw away what was chosen, and with no list it is for what stands around the field.
          const shown = details.reason === 'escape-key' ? (label ?? '') : next;
          setText(shown);
          onInput?.(shown);
        }}
        isItemEqualToValue={sameOption}
        filter={matches}
        limit={limit}
        autoHighlight
      >
        <BaseCombobox.InputGroup className="m-input-box">
          <BaseCombobox.Input className="m-input" placeholder={placeholder} />
          <BaseCombobox.Trigger className="m-chip-remove" aria-label={t('common.showAll')}>
            <ChevronDown aria-hidden="true" />
          </BaseCombobox.Trigger>
        </BaseCombobox.InputGroup>
        <ComboboxPopup emptyText={emptyText} />
      </BaseCombobox.Root>
    </FieldFrame>
  );
}

export interface MultiComboboxProps extends SharedProps {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Several of many, found by typing, shown as chips. */
export function MultiCombobox({
  value,
  onChange,
  options,
  placeholder,
  emptyText,
  limit = 60,
  onInput,
  className,
  ...frame
}: MultiComboboxProps): ReactNode {
  const { t } = useTranslation('frame');
  const chosen = value.map((each) => options.find((option) => option.value === each) ?? { value: each, label: each });
  return (
    <FieldFrame {...frame} className={className}>
      <BaseCombobox.Root
        multiple
        items={options}
        value={chosen}
        onValueChange={(next: ComboboxOption[], details) => {
          if (details.reason === 'escape-key') details.allowPropagation();
          else onChange(next.map((option) => option.value));
        }}
        onInputValueChange={(text) => onInput?.(text)}
        isItemEqualToValue={sameOption}
        filter={matches}
        limit={limit}
        autoHighlight
      >
        <BaseCombobox.InputGroup className="m-input-box">
          <BaseCombobox.Chips className="m-chips">
            {chosen.map((option) => (
              <BaseCombobox.Chip key={option.value} className="m-chip" aria-label={option.label}>
                {option.label}
                <BaseCombobox.ChipRemove className="m-chip-remove" aria-label={t('common.removeItem', { name: option.label })}>
                  <X aria-hidden="true" />
                </BaseCombobox.ChipRemove>
              </BaseCombobox.Chip>
            ))}
            <BaseCombobox.Input className="m-input" placeholder={chosen.length === 0 ? placeholder : undefined} />
          </BaseCombobox.Chips>
        </BaseCombobox.InputGroup>
        <ComboboxPopup emptyText={emptyText} />
      </BaseCombobox.Root>
    </FieldFrame>
  );
}

function ComboboxPopup({ emptyText }: { readonly emptyText: string | undefined }): ReactNode {
  const { t } = useTranslation('frame');
  return (
    <BaseCombobox.Portal>
      <BaseCombobox.Positioner className="m-layer" sideOffset={4}>
        <BaseCombobox.Popup className={classNames('m-popup', 'm-combobox-popup')}>
          <BaseCombobox.Empty className="m-combobox-empty">{emptyText ?? t('common.nothingFound')}</BaseCombobox.Empty>
          <BaseCombobox.List>
            {(option: ComboboxOption) => (
              <BaseCombobox.Item key={option.value} value={option} className="m-item">
                {option.icon}
                <span className="m-item-text truncate">{option.label}</span>
                {option.detail !== undefined && <span className="m-item-detail tabular">{option.detail}</span>}
                <BaseCombobox.ItemIndicator className="m-item-check">
                  <Check aria-hidden="true" />
                </BaseCombobox.ItemIndicator>
              </BaseCombobox.Item>
            )}
          </BaseCombobox.List>
        </BaseCombobox.Popup>
      </BaseCombobox.Positioner>
    </BaseCombobox.Portal>
  );
}
