import type { ReactNode, Ref } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLocalDate, formatLocalTime, parseLocalDate, parseLocalTime } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDateTime } from '../../../../shared/domain/time/local-time.ts';
import { TextField } from '../../../ui/field.tsx';

export interface WallFieldProps {
  readonly label: string;
  readonly value: LocalDateTime;
  readonly onChange: (value: LocalDateTime) => void;
  readonly error?: string | undefined;
  /** Of the field for the time of day. */
  readonly timeRef?: Ref<HTMLInputElement> | undefined;
}

/** `9`, `930`, `9:30` and `09.30` are taken for what they mean. */
export function completedTime(text: string): string {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/u.exec(text.trim());
  return found === null ? text.trim() : `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`;
}

/** A date and a time of day on the wall, as text; taken over as soon as they are one. */
export function WallField({ label, value, onChange, error, timeRef }: WallFieldProps): ReactNode {
  const { t } = useTranslation('plan');
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const shown = formatLocalTime({ hour: value.hour, minute: value.minute, second: 0 });
  const take = (text: string): boolean => {
    const time = parseLocalTime(text);
    if (time !== null) onChange({ ...value, ...time });
    return time !== null;
  };
  return (
    <div className="plan-wall">
      <TextField
        type="date"
        label={label}
        value={formatLocalDate(value)}
        onChange={(text) => {
          const date = parseLocalDate(text);
          if (date !== null) onChange({ ...value, ...date });
        }}
      />
      <TextField
        label={t('editor.timeOf', { label })}
        hideLabel
        className="plan-wall-time"
        {...(timeRef === undefined ? {} : { ref: timeRef })}
        inputMode="numeric"
        maxLength={5}
        value={typed ?? shown}
        onChange={(text) => {
          setTyped(text);
          setWrong(false);
          take(text);
        }}
        onBlur={() => {
          if (typed === null) return;
          const isTaken = take(completedTime(typed));
          setWrong(!isTaken);
          if (isTaken) setTyped(null);
        }}
        error={isWrong ? t('editor.timeBad') : error}
      />
    </div>
  );
}
