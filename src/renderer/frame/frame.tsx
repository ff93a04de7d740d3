import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useLive } from '../bridge/use-live.ts';
import type { Workspace } from '../../shared/contract/workspace.contract.ts';
import { markReady } from '../state/appearance.ts';
import { useSession } from '../state/session.ts';
import { Announcer } from './announcer.tsx';
import { Banners } from './banners.tsx';
import './frame.css';
import { Rail } from './rail.tsx';
import { SunRibbon } from './sun-ribbon/sun-ribbon.tsx';

/** Banners, the left rail, and the screen that is open. */
export function Frame({ workspace, children }: { readonly workspace: Workspace; readonly children: ReactNode }): ReactNode {
  const t = useWords('frame');
  useReadiness();
  return (
    <div className="frame">
      <a className="frame-skip" href="#content">
        {t('nav.skip')}
      </a>
      <Banners workspace={workspace} />
      <SunRibbon />
      <div className="frame-body">
        <Rail workspace={workspace} />
        <main className="frame-content" id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Announcer />
    </div>
  );
}

/** Ready once the list of the open view has been answered and painted; at once on the other screens. */
function useReadiness(): void {
  const isInbox = useSession((state) => state.route === 'inbox');
  const counts = useLive('cases.counts', {});
  const isThere = !isInbox || counts.state !== 'loading';
  useEffect(() => {
    if (!isThere) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(markReady);
    });
    return () => cancelAnimationFrame(frame);
  }, [isThere]);
}
