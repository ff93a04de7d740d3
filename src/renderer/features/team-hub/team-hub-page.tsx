import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { TeamView } from '../../../shared/contract/team.contract.ts';
import { roleText } from '../../i18n/hub-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { useTeamNames } from '../../state/team-names.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
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
  const live = useLive('team.get', {});
  const team = live.state === 'ready' ? live.value : null;
  return (
    <Page
      className="team-hub"
      title={team === null ? t('tab') : team.hub.name}
      lead={team === null ? live.state === 'ready' && t('none.lead') : <Who team={team} />}
    >
      <Loaded live={live}>{(value) => (value === null ? <NoTeam /> : <Panel team={value} />)}</Loaded>
    </Page>
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
