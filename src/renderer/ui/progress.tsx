import { Progress } from '@base-ui/react/progress';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useFormats } from '../i18n/use-formats.ts';
import './progress.css';

export interface ProgressBarProps {
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  readonly done: number;
  /** Null while it is not known how much there is. */
  readonly total: number | null;
}

/** How far work is, with counts. */
export function ProgressBar({ label, hideLabel = false, done, total }: ProgressBarProps): ReactNode {
  const t = useWords('frame');
  const formats = useFormats();
  const known = total !== null && total > 0;
  return (
    <Progress.Root className="m-progress" value={known ? Math.min(done, total) : null} max={known ? total : 100} aria-label={label}>
      <div className="m-progress-head">
        {!hideLabel && <span className="truncate">{label}</span>}
        <span className="m-progress-counts tabular">
          {known ? t('common.countOf', { done: formats.number(done), total: formats.number(total) }) : formats.number(done)}
        </span>
      </div>
      <Progress.Track className="m-progress-track">
        <Progress.Indicator className="m-progress-fill" />
      </Progress.Track>
    </Progress.Root>
  );
}

/** Something is being waited for and it is not known how long. */
export function Spinner({
  label,
  size = 'md',
}: {
  readonly label?: string | undefined;
  readonly size?: 'sm' | 'md' | 'lg' | undefined;
}): ReactNode {
  const t = useWords('frame');
  return (
    <span className={`m-spinner m-spinner-${size}`} role="status">
      <span className="visually-hidden">{label ?? t('common.loading')}</span>
    </span>
  );
}
