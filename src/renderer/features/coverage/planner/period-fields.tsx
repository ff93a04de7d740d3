import type { ReactNode } from 'react';
import type { LocalDate } from '../../../../shared/domain/time/local-time.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { DateField } from '../../../ui/date-field.tsx';

interface PeriodFieldsProps {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** The last day lies before the first. */
  readonly isBackwards: boolean;
  readonly onFrom: (date: LocalDate) => void;
  readonly onTo: (date: LocalDate) => void;
}

/** The first and the last day of what is planned or handed out. A field that is emptied keeps the day it had. */
export function PeriodFields({ from, to, isBackwards, onFrom, onTo }: PeriodFieldsProps): ReactNode {
  const t = useWords('plan');
  return (
    <div className="plan-form-pair">
      <DateField
        label={t('generate.from')}
        value={from}
        onChange={(date) => {
          if (date !== null) onFrom(date);
        }}
      />
      <DateField
        label={t('generate.to')}
        value={to}
        onChange={(date) => {
          if (date !== null) onTo(date);
        }}
        error={isBackwards ? t('generate.backwards') : undefined}
      />
    </div>
  );
}
