import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { IconButton } from '../../../ui/button.tsx';
import { focusOn, usePlanner } from './planner.store.ts';

/** The frame of a panel beside the plan. When it closes with the focus in it, the focus goes back to where it came from. */
export function SideFrame({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const t = useWords('frame');
  useEffect(() => {
    const former = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const { cursor } = usePlanner.getState();
        if (former instanceof HTMLElement && former.isConnected && former !== document.body) former.focus();
        else if (cursor !== null) focusOn(cursor);
      });
    };
  }, []);
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
