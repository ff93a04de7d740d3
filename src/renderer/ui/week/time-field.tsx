import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { formatMinute, parseMinute } from '../../../shared/domain/time/calendar.ts';
import { TextField } from '../field.tsx';
import { useReportInvalid } from '../invalid-fields.tsx';

export interface TimeFieldProps {
  readonly label: string;
  /** Minutes since midnight. */
  readonly value: number;
  /** 1439 for what opens, 1440 (24:00) for what closes. */
  readonly greatest: 1_439 | 1_440;
  readonly onChange: (minute: number) => void;
  readonly error?: string | undefined;
}

/** `9`, `930`, `9:30` and `09.30` are taken for what they mean. */
function completed(text: string): string {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/u.exec(text.trim());
  return found === null ? text.trim() : `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`;
}

/** A time of day as text. A time is taken over as soon as it is one; what is left unfinished goes back to the last one. */
export function TimeField({ label, value, greatest, onChange, error }: TimeFieldProps): ReactNode {
  const t = useWords('rules');
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const taken = (text: string): number | null => {
    const minute = parseMinute(text);
    return minute !== null && minute <= greatest ? minute : null;
  };
  useReportInvalid(typed !== null && taken(completed(typed)) === null);
  const change = (text: string): void => {
    setLeft(false);
    setTyped(text);
    const minute = taken(text);
    if (minute !== null && minute !== value) onChange(minute);
  };
  const leave = (): void => {
    if (typed === null) return;
    const minute = taken(completed(typed));
    setLeft(minute === null);
    if (minute === null) return;
    setTyped(null);
    if (minute !== value) onChange(minute);
  };
  const ownError = isLeft ? t(greatest === 1_440 ? 'hours.timeBadClose' : 'hours.timeBad') : undefined;
  return (
    <TextField
      className="week-form-time"
      label={label}
      hideLabel
      value={typed ?? formatMinute(value)}
      onChange={change}
      onBlur={leave}
      inputMode="numeric"
      maxLength={5}
      error={ownError ?? error}
    />
  );
}
