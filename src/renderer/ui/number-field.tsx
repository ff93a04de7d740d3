import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { TextField } from './field.tsx';
import type { FieldFrameProps } from './field.tsx';
import { useReportInvalid } from './invalid-fields.tsx';

export interface NumberFieldProps extends FieldFrameProps {
  readonly value: number;
  readonly least: number;
  readonly greatest: number;
  /** Whole numbers only. */
  readonly isWhole?: boolean | undefined;
  readonly onChange: (value: number) => void;
  readonly disabled?: boolean | undefined;
}

/** A number as text. It is taken over as soon as it is one within its limits; until then the last one stays and the field says why. */
export function NumberField({ value, least, greatest, isWhole = false, onChange, error, ...frame }: NumberFieldProps): ReactNode {
  const t = useWords('frame');
  const [typed, setTyped] = useState<string | null>(null);
  const taken = (text: string): number | null => {
    const number = Number(text.trim().replace(',', '.'));
    const isGood = text.trim() !== '' && Number.isFinite(number) && number >= least && number <= greatest;
    return isGood && (!isWhole || Number.isInteger(number)) ? number : null;
  };
  const [seen, setSeen] = useState(value);
  const [isAsked, setAsked] = useState(false);
  // A value that comes from elsewhere, such as one that was put back, takes the place of what was typed.
  if (value !== seen) {
    setSeen(value);
    setAsked(false);
    if (!isAsked) setTyped(null);
  }
  const isBad = typed !== null && taken(typed) === null;
  useReportInvalid(isBad);
  return (
    <TextField
      {...frame}
      value={typed ?? String(value)}
      inputMode={isWhole ? 'numeric' : 'decimal'}
      maxLength={12}
      onChange={(text) => {
        setTyped(text);
        const number = taken(text);
        if (number === null || number === value) return;
        setAsked(true);
        onChange(number);
      }}
      onBlur={() => {
        if (!isBad) setTyped(null);
      }}
      error={isBad ? t('common.numberBetween', { least, greatest }) : error}
    />
  );
}
