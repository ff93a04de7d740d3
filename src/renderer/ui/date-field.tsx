import type { ReactNode } from 'react';
import { formatLocalDate, parseLocalDate } from '../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../shared/domain/time/local-time.ts';
import { TextField } from './field.tsx';
import type { FieldFrameProps } from './field.tsx';

export interface DateFieldProps extends FieldFrameProps {
  readonly value: LocalDate | null;
  readonly onChange: (value: LocalDate | null) => void;
  readonly disabled?: boolean | undefined;
}

/** A date on the calendar, in no zone; empty is none. */
export function DateField({ value, onChange, ...frame }: DateFieldProps): ReactNode {
  return (
    <TextField
      {...frame}
      type="date"
      value={value === null ? '' : formatLocalDate(value)}
      onChange={(text) => onChange(text === '' ? null : parseLocalDate(text))}
    />
  );
}
