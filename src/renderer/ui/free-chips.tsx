import type { ReactNode } from 'react';
import { useState } from 'react';
import { MultiCombobox } from './combobox.tsx';

export interface FreeChipsProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly placeholder: string;
  readonly known: readonly string[];
  /** Characters. */
  readonly longest: number;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Chips of words that are known, or that are typed for the first time. */
export function FreeChips({ label, hint, placeholder, known, longest, value, onChange }: FreeChipsProps): ReactNode {
  const [typed, setTyped] = useState('');
  const fresh = typed.trim().slice(0, longest);
  const words = [...new Set([...value, ...known, ...(fresh === '' ? [] : [fresh])])];
  return (
    <MultiCombobox
      label={label}
      hint={hint}
      placeholder={placeholder}
      value={value}
      onChange={onChange}
      onInput={setTyped}
      options={words.map((word) => ({ value: word, label: word }))}
    />
  );
}
