import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { TeamView } from '../../../shared/contract/team.contract.ts';
import { errorText } from '../../i18n/error-text.ts';
import { roleText } from '../../i18n/hub-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { useTeamNames } from '../../state/team-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Spinner } from '../../ui/progress.tsx';
import '../../ui/master-detail.css';
import { ChannelsSection } from './channels-section.tsx';
import { LeaveSection } from './leave-section.tsx';
import { NoTeam } from './no-team.tsx';
import { PeopleSection } from './people-section.tsx';
import { RegionsSection } from './regions-section.tsx';
import { StatusCard } from './status-card.tsx';
import './team-hub.css';

/** The team that this workspace belongs to: how the sync is, who is there, who holds the channels; or how to join one. */
export function TeamHubPage(): ReactNode {
  const t = useWords('hub');
  const tFrame = useWords('frame');
  const tErrors = useWords('errors');
  const live = useLive('team.get', {});
  const team = live.state === 'ready' ? live.value : null;
  return (
    <section className="settings-page team-hub">
      <header className="settings-page-head">
        <div>
          <h2>{team === null ? t('tab') : team.hub.name}</h2>
          {team !== null && <Who team={team} />}
          {live.state === 'ready' && team === null && <p className="muted">{t('none.lead')}</p>}
        </div>
      </header>
      {live.state === 'loading' && <Spinner />}
      {live.state === 'error' && (
        <EmptyState
          tone="problem"
          icon={<TriangleAlert />}
          title={tFrame('error.title')}
          description={errorText(tErrors, live.error.code)}
        />
      )}
      {live.state === 'ready' && (team === null ? <NoTeam /> : <Panel team={team} />)}
    </section>
  );
}

function Who({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  const { user, joinedAt, workstation } = team;
  const name = user.agentId === null ? user.name : names.ownName(user.agentId);
  if (team.phase === 'read-only') return <p className="muted">{t('panel.leadEnded', { name, role: roleText(t, user.role) })}</p>;
  return <p className="muted">{t('panel.lead', { name, role: roleText(t, user.role), when: formats.date(joinedAt, now), workstation })}</p>;
}

function Panel({ team }: { readonly team: TeamView }): ReactNode {
  if (team.phase === 'read-only') return <StatusCard team={team} />;
  return (
    <>
      <StatusCard team={team} />
      <PeopleSection />
      <ChannelsSection team={team} />
      <RegionsSection team={team} />
      <LeaveSection team={team} />
    </>
  );
}
