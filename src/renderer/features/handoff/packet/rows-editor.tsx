import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { IconButton } from '../../../ui/button.tsx';
import { TextArea } from '../../../ui/field.tsx';

export interface RowsEditorProps<Item> {
  /** Names the list, and finds its fields again when one of them is to be focused. */
  readonly field: string;
  readonly label: string;
  readonly items: readonly Item[];
  readonly onChange: (items: readonly Item[]) => void;
  readonly blank: Item;
  readonly isBlank: (item: Item) => boolean;
  /** The order matters: Alt+↑ and Alt+↓ move a row. */
  readonly isOrdered?: boolean | undefined;
  readonly children: (item: Item, index: number, change: (item: Item) => void) => ReactNode;
}

/**
 * Rows of text that are written like a list: Enter begins the next row, Backspace in an empty one takes it away, and so
 * does the button beside it. Nothing is drawn for no rows.
 */
export function RowsEditor<Item>({
  field,
  label,
  items,
  onChange,
  blank,
  isBlank,
  isOrdered = false,
  children,
}: RowsEditorProps<Item>): ReactNode {
  const t = useWords('handoff');
  const list = useRef<HTMLUListElement>(null);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const row = list.current?.children.item(wanted.current);
    wanted.current = null;
    row?.querySelector<HTMLElement>('textarea,input')?.focus();
  });
  const remove = (index: number): void => {
    wanted.current = Math.max(0, index - 1);
    onChange(items.filter((_, place) => place !== index));
  };
  const insert = (index: number): void => {
    wanted.current = index;
    onChange([...items.slice(0, index), blank, ...items.slice(index)]);
  };
  const move = (index: number, by: number): void => {
    const item = items[index];
    const target = index + by;
    if (item === undefined || target < 0 || target >= items.length) return;
    const rest = items.filter((_, place) => place !== index);
    wanted.current = target;
    onChange([...rest.slice(0, target), item, ...rest.slice(target)]);
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    if (event.nativeEvent.isComposing || !(event.target instanceof HTMLTextAreaElement)) return;
    const item = items[index];
    if (item === undefined) return;
    if (isOrdered && event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(index, event.key === 'ArrowUp' ? -1 : 1);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (!isBlank(item)) insert(index + 1);
    } else if (event.key === 'Backspace' && event.target.value === '' && isBlank(item)) {
      event.preventDefault();
      remove(index);
    }
  };
  if (items.length === 0) return null;
  return (
    <ul ref={list} className="hp-rows" aria-label={label} data-packet-field={field}>
      {items.map((item, index) => (
        // rows have no identity of their own, and two may be alike
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the keys of the fields within
        <li key={index} className="hp-row" onKeyDown={(event) => onKeyDown(event, index)}>
          {isOrdered && <span className="hp-row-number tabular">{index + 1}.</span>}
          {children(item, index, (next) => onChange(items.map((each, place) => (place === index ? next : each))))}
          <IconButton
            size="sm"
            label={t('edit.remove')}
            icon={<X aria-hidden="true" />}
            // Backspace in the empty row does the same; the way through the fields stays short
            tabIndex={-1}
            onClick={() => remove(index)}
          />
        </li>
      ))}
    </ul>
  );
}

/** One line that grows into several when its words do. */
export function LineField({
  label,
  value,
  onChange,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
}): ReactNode {
  return (
    <TextArea
      label={label}
      hideLabel
      className="hp-line"
      rows={1}
      dir="auto"
      maxLength={2_000}
      value={value}
      onChange={onChange}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
}
