import { Clock, History, Lock, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { call, newOperationId } from '../bridge/client.ts';
import type { TeamView } from '../../shared/contract/team.contract.ts';
import { clockSpan } from '../i18n/hub-text.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { nextMinute, useNow } from '../state/clock-store.ts';
import { openJoinDialog } from '../state/join-dialog.ts';
import { openSettings } from '../state/session.ts';
import { useTeam } from '../state/team.ts';
import { Button } from '../ui/button.tsx';
import { wrongClock } from '../ui/team/team-sync.ts';

/** Strips for what nobody in a team may overlook: removed from it, a copy only, a hub put back, a wrong clock. */
export function TeamBanners(): ReactNode {
  const team = useTeam();
  if (team === null) return null;
  return (
    <>
      <Ended team={team} />
      <Rewound team={team} />
      <WrongClock team={team} />
    </>
  );
}

function Ended({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const hub = team.hub.name;
  const isRevoked = team.link.state === 'refused' && team.link.code === 'revoked';
  const isCopy = team.phase === 'read-only';
  if (!isRevoked && !isCopy) return null;
  const isRemoved = isRevoked || team.ended?.why === 'revoked';
  return (
    <div className={isRemoved ? 'banner banner-problem' : 'banner banner-notice'} role="alert">
      {isRemoved ? <UserX aria-hidden="true" /> : <Lock aria-hidden="true" />}
      <span>
        {isRemoved && t('banner.revoked', { hub })}
        {isCopy && ` ${t('banner.readOnly', { hub, when: formats.date(team.ended?.at ?? team.link.since, now) })}`}
      </span>
      <Button size="sm" onClick={() => openJoinDialog()}>
        {t('banner.rejoin')}
      </Button>
      <Button size="sm" onClick={() => openSettings('team-hub')}>
        {t('banner.show')}
      </Button>
    </div>
  );
}

function Rewound({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  if (team.rewound === null || team.phase === 'read-only') return null;
  const { missing } = team.rewound;
  return (
    <div className="banner banner-notice" role="alert">
      <History aria-hidden="true" />
      <span>{missing === 0 ? t('banner.rewoundNone') : t('banner.rewound', { count: missing })}</span>
      <Button size="sm" onClick={() => void call('team.dismissRewound', { opId: newOperationId() })}>
        {t('banner.understood')}
      </Button>
    </div>
  );
}

function WrongClock({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const ahead = wrongClock(team);
  if (ahead === null) return null;
  return (
    <div className="banner banner-notice" role="alert">
      <Clock aria-hidden="true" />
      <span>{t(ahead > 0 ? 'clock.ahead' : 'clock.behind', { span: clockSpan(t, formats, ahead) })}</span>
      <Button size="sm" onClick={() => openSettings('team-hub')}>
        {t('banner.show')}
      </Button>
    </div>
  );
}
