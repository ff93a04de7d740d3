import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress.tsx';

export interface RunProgressProps {
  readonly run: string;
  readonly label: string;
  /** Left out where there is another way to end it. */
  readonly onCancel?: (() => void) | undefined;
}

/** How far a preview or a replay is, in cases. */
export function RunProgress({ run, label, onCancel }: RunProgressProps): ReactNode {
  const t = useWords('frame');
  const progress = useLiveValue('sla.progress', { run }, null);
  return (
    <div className="rules-progress" role="status">
      <ProgressBar label={label} done={progress?.done ?? 0} total={progress?.total ?? null} />
      {onCancel !== undefined && (
        <Button size="sm" icon={<X aria-hidden="true" />} onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      )}
    </div>
  );
}
