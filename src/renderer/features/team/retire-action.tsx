import { Archive, ArchiveRestore } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { Button } from '../../ui/button.tsx';

/** Takes something out of use, or into use again; like every edit it is saved with the others. */
export function RetireAction({
  isActive,
  hint,
  onChange,
}: {
  readonly isActive: boolean;
  readonly hint: string;
  readonly onChange: (isActive: boolean) => void;
}): ReactNode {
  const t = useWords('team');
  return (
    <div className="m-actions">
      <Button icon={isActive ? <Archive aria-hidden="true" /> : <ArchiveRestore aria-hidden="true" />} onClick={() => onChange(!isActive)}>
        {isActive ? t('retire') : t('restore')}
      </Button>
      {isActive && <span className="muted">{hint}</span>}
    </div>
  );
}
