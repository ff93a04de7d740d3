import { Clock, Lock, RefreshCw, ShieldAlert, Unplug, Waypoints } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import type { TeamView } from '../../../shared/contract/team.contract.ts';
import { UnlockVaultDialog } from '../../frame/vault-dialogs.tsx';
import type { Formats } from '../../i18n/formats.ts';
import { clockSpan, roundTripText } from '../../i18n/hub-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { openJoinDialog } from '../../state/join-dialog.ts';
import { goTo } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TeamProgressBar } from '../../ui/team/team-progress.tsx';
import { TeamSentence } from '../../ui/team/team-sentence.tsx';
import { behindBy, nextSyncChange, teamSync, wrongClock } from '../../ui/team/team-sync.ts';
import type { TeamSync } from '../../ui/team/team-sync.ts';

const ICONS: Readonly<Record<TeamSync, ReactNode>> = {
  'in-sync': <Waypoints aria-hidden="true" />,
  waiting: <Waypoints aria-hidden="true" />,
  behind: <Waypoints aria-hidden="true" />,
  working: <RefreshCw aria-hidden="true" />,
  connecting: <RefreshCw aria-hidden="true" />,
  offline: <Unplug aria-hidden="true" />,
  refused: <ShieldAlert aria-hidden="true" />,
  'read-only': <Lock aria-hidden="true" />,
};
const TONES: Readonly<Record<TeamSync, string>> = {
  'in-sync': 'ok',
  waiting: 'accent',
  behind: 'accent',
  working: 'accent',
  connecting: 'accent',
  offline: 'paused',
  refused: 'breach',
  'read-only': 'paused',
};

/** How it stands, what is under way, and the facts behind it. */
export function StatusCard({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const now = useNow((at) => nextSyncChange(team, at));
  const sync = teamSync(team, now);
  return (
    <section className="team-card" data-tone={TONES[sync]} aria-label={t('panel.facts')}>
      <div className="team-card-head">
        <span className="team-card-icon">{ICONS[sync]}</span>
        <TeamSentence team={team} sync={sync} />
        <Actions team={team} sync={sync} />
      </div>
      {team.progress !== null && <TeamProgressBar progress={team.progress} />}
      {team.link.detail !== '' && (sync === 'refused' || sync === 'offline') && (
        <details className="team-detail">
          <summary>{t('panel.detail')}</summary>
          <code>{team.link.detail}</code>
        </details>
      )}
      {sync !== 'read-only' && <ClockWarning team={team} />}
      {sync !== 'read-only' && <Facts team={team} sync={sync} />}
    </section>
  );
}

function Actions({ team, sync }: { readonly team: TeamView; readonly sync: TeamSync }): ReactNode {
  const t = useWords('hub');
  const [isUnlocking, setUnlocking] = useState(false);
  const { code } = team.link;
  const needsInvite =
    sync === 'read-only' || (sync === 'refused' && (code === 'revoked' || code === 'other-hub' || code === 'wrong-certificate'));
  return (
    <div className="team-card-actions">
      {team.openConflicts > 0 && sync !== 'read-only' && (
        <Button size="sm" onClick={() => goTo('conflicts')}>
          {t('sync.conflicts', { count: team.openConflicts })}
        </Button>
      )}
      {code === 'vault-locked' && (
        <Button size="sm" variant="primary" onClick={() => setUnlocking(true)}>
          {t('panel.unlock')}
        </Button>
      )}
      {needsInvite && (
        <Button size="sm" onClick={() => openJoinDialog()}>
          {t('panel.rejoin')}
        </Button>
      )}
      {(sync === 'offline' || sync === 'connecting' || (sync === 'refused' && !needsInvite)) && (
        <Button size="sm" icon={<RefreshCw aria-hidden="true" />} onClick={() => void call('team.nudge', { opId: newOperationId() })}>
          {t('sync.nudge')}
        </Button>
      )}
      <UnlockVaultDialog
        open={isUnlocking}
        onOpenChange={setUnlocking}
        onReady={() => void call('team.nudge', { opId: newOperationId() })}
      />
    </div>
  );
}

function ClockWarning({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const ahead = wrongClock(team);
  if (ahead === null) return null;
  return (
    <div className="m-note" data-tone="soon" role="alert">
      <Clock aria-hidden="true" />
      <span>
        <strong>{t(ahead > 0 ? 'clock.ahead' : 'clock.behind', { span: clockSpan(t, formats, ahead) })}</strong> {t('clock.text')}
      </span>
    </div>
  );
}

function Facts({ team, sync }: { readonly team: TeamView; readonly sync: TeamSync }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { link, pending, lastSyncAt } = team;
  const behind = behindBy(team);
  const isOnline = link.state === 'online';
  const lag =
    behind > 0 ? t('panel.events', { count: behind, amount: formats.number(behind) }) : t(isOnline ? 'panel.lagNone' : 'panel.lagUnknown');
  return (
    <dl className="team-facts">
      <Fact label={t('panel.lag')}>{lag}</Fact>
      <Fact label={t('panel.pending')}>
        {pending.count === 0 || pending.oldestAt === null
          ? t('panel.pendingNone')
          : t('panel.pendingSince', {
              count: pending.count,
              amount: formats.number(pending.count),
              when: formats.soonTime(pending.oldestAt, now),
            })}
      </Fact>
      <Fact label={t('panel.lastSync')}>
        {lastSyncAt === null ? t('panel.never') : sync === 'in-sync' ? t('panel.now') : <RelativeTime at={lastSyncAt} form="long" />}
      </Fact>
      <Fact label={t('panel.roundTrip')}>
        {!isOnline || link.roundTripMs === null ? t('panel.unknown') : roundTripText(t, formats, link.roundTripMs)}
      </Fact>
      <Fact label={t('panel.clock')}>{link.clockAheadMs === null ? t('panel.unknown') : clockText(t, formats, link.clockAheadMs)}</Fact>
      <Fact label={t('panel.server')}>
        {link.server === null
          ? t('panel.noServer')
          : link.version === null
            ? link.server
            : t('panel.serverOf', { server: link.server, version: link.version })}
      </Fact>
    </dl>
  );
}

/** Below a second a clock is right for people. */
function clockText(t: TFunction<'hub'>, formats: Formats, aheadMs: number): string {
  if (Math.abs(aheadMs) < 1_000) return t('panel.clockRight');
  const span = clockSpan(t, formats, aheadMs);
  return aheadMs > 0 ? t('panel.clockAhead', { span }) : t('panel.clockBehind', { span });
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}
