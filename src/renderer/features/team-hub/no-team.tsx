import { GitPullRequestArrow, ServerCog, UserCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { openWorkspace } from '../../frame/open-workspace.ts';
import { openJoinDialog } from '../../state/join-dialog.ts';
import { Button } from '../../ui/button.tsx';

const POINTS = [
  { name: 'one', icon: <UserCheck aria-hidden="true" /> },
  { name: 'two', icon: <GitPullRequestArrow aria-hidden="true" /> },
  { name: 'three', icon: <ServerCog aria-hidden="true" /> },
] as const;

/** What a team is, and the way into one. */
export function NoTeam(): ReactNode {
  const t = useWords('hub');
  const tFrame = useWords('frame');
  const isSample = useLiveValue('workspace.get', {}, null)?.workspace === 'sample';
  return (
    <div className="team-none">
      <ul className="team-points">
        {POINTS.map(({ name, icon }) => (
          <li key={name}>
            <span className="team-point-icon">{icon}</span>
            <h3>{t(`none.${name}`)}</h3>
            <p className="muted">{t(`none.${name}Text`)}</p>
          </li>
        ))}
      </ul>
      {isSample ? (
        <div className="team-none-foot">
          <p className="muted">{t('none.sample')}</p>
          <Button onClick={() => void openWorkspace('main')}>{tFrame('sample.leave')}</Button>
        </div>
      ) : (
        <div className="team-none-foot">
          <Button variant="primary" onClick={() => openJoinDialog()}>
            {t('none.join')}
          </Button>
        </div>
      )}
    </div>
  );
}
