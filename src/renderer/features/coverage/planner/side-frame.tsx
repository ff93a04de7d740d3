import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/button.tsx';
import { usePlanner } from './planner.store.ts';

/** The frame of a panel beside the plan. */
export function SideFrame({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation('frame');
  return (
    <aside className="plan-side" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <IconButton size="sm" label={t('common.close')} icon={<X />} onClick={() => usePlanner.setState({ side: null })} />
      </header>
      <div className="plan-side-body">{children}</div>
    </aside>
  );
}
