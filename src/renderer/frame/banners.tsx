import { CircleAlert, Clock, FlaskConical, HardDrive, History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newOperationId } from '../bridge/client.ts';
import type { Workspace } from '../../shared/contract/workspace.contract.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useRosterView } from '../state/roster.ts';
import { goTo, useSession } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { openWorkspace } from './open-workspace.ts';
import { ResetSample } from './reset-sample.tsx';
import { TeamBanners } from './team-banners.tsx';

/** Strips above everything, for what must not be overlooked. */
export function Banners({ workspace }: { readonly workspace: Workspace }): ReactNode {
  const { t } = useTranslation('frame');
  const formats = useFormats();
  const isStorageFull = useSession((state) => state.isStorageFull);
  const notBegun = useSession((state) => state.notBegun);
  return (
    <header>
      {isStorageFull && (
        <div className="banner banner-problem" role="alert">
          <HardDrive aria-hidden="true" />
          <span>{t('storage.full')}</span>
          <Button size="sm" onClick={() => void call('app.revealData', { opId: newOperationId() })}>
            {t('storage.reveal')}
          </Button>
        </div>
      )}
      {notBegun.length > 0 && (
        <div className="banner banner-problem" role="alert">
          <CircleAlert aria-hidden="true" />
          <span>{t('notBegun.told', { what: formats.list(notBegun.map((each) => t(`notBegun.what.${each}`))) })}</span>
          <Button size="sm" onClick={() => void call('app.revealData', { opId: newOperationId() })}>
            {t('storage.reveal')}
          </Button>
        </div>
      )}
      {workspace.notice !== null && (
        <div className="banner banner-notice" role="alert">
          <History aria-hidden="true" />
          <span>
            {workspace.notice.code === 'recovered-from-backup' ? t('notice.recovered') : t('notice.rebuilt')}{' '}
            {workspace.notice.setAsidePath !== '' && t('notice.setAside', { path: workspace.notice.setAsidePath })}
          </span>
          <Button size="sm" onClick={() => void call('workspace.dismissNotice', { opId: newOperationId() })}>
            {t('notice.understood')}
          </Button>
        </div>
      )}
      <TeamBanners />
      <ZoneNotice />
      {workspace.workspace === 'sample' && (
        <div className="banner banner-sample" role="note" aria-label={t('sample.strip')}>
          <FlaskConical aria-hidden="true" />
          <strong>{t('sample.strip')}</strong>
          <span>{t('sample.detail')}</span>
          <Button size="sm" onClick={() => void openWorkspace('main')}>
            {t('sample.leave')}
          </Button>
          <ResetSample />
        </div>
      )}
    </header>
  );
}

/** Tells leads that a change of time-zone law has moved shifts that are still to come. */
function ZoneNotice(): ReactNode {
  const { t } = useTranslation('frame');
  const live = useRosterView();
  if (live.state !== 'ready' || live.value.zoneNotice === null || !live.value.canPlan) return null;
  const { moved, was, is } = live.value.zoneNotice;
  return (
    <div className="banner banner-notice" role="alert">
      <Clock aria-hidden="true" />
      <span>{t('zoneLaw.moved', { count: moved, was, is })}</span>
      <Button size="sm" onClick={() => goTo('coverage')}>
        {t('zoneLaw.show')}
      </Button>
      <Button size="sm" onClick={() => void call('plan.dismissZoneNotice', { opId: newOperationId() })}>
        {t('notice.understood')}
      </Button>
    </div>
  );
}
