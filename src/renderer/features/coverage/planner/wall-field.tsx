import type { ReactNode, Ref } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { formatLocalDate, formatLocalTime, parseLocalDate, parseLocalTime } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDateTime } from '../../../../shared/domain/time/local-time.ts';
import { TextField } from '../../../ui/field.tsx';
import { useReportInvalid } from '../../../ui/invalid-fields.tsx';

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

/** A date and a time of day on the wall, as text; taken over as soon as they are one. What is neither blocks the form around it. */
export function WallField({ label, value, onChange, error, timeRef }: WallFieldProps): ReactNode {
  const t = useWords('plan');
  const [typedTime, setTypedTime] = useState<string | null>(null);
  const [typedDate, setTypedDate] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const isTimeWrong = typedTime !== null && parseLocalTime(completedTime(typedTime)) === null;
  useReportInvalid(isTimeWrong || typedDate !== null);
  return (
    <div className="plan-wall">
      <TextField
        type="date"
        label={label}
        className="plan-wall-part"
        value={typedDate ?? formatLocalDate(value)}
        onChange={(text) => {
          const date = parseLocalDate(text);
          setTypedDate(date === null ? text : null);
          if (date !== null) onChange({ ...value, ...date });
        }}
        error={typedDate === null ? undefined : t('editor.dateBad')}
      />
      <TextField
        label={t('editor.timeOf', { label })}
        hideLabel
        className="plan-wall-part plan-wall-time"
        {...(timeRef === undefined ? {} : { ref: timeRef })}
        inputMode="numeric"
        maxLength={5}
        value={typedTime ?? formatLocalTime({ hour: value.hour, minute: value.minute, second: 0 })}
        onChange={(text) => {
          setTypedTime(text);
          setLeft(false);
          const time = parseLocalTime(completedTime(text));
          if (time !== null) onChange({ ...value, ...time });
        }}
        onBlur={() => {
          setLeft(isTimeWrong);
          if (!isTimeWrong) setTypedTime(null);
        }}
        error={isTimeWrong && (isLeft || (typedTime ?? '').length === 5) ? t('editor.timeBad') : error}
      />
    </div>
  );
}
