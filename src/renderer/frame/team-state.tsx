import { Lock, RefreshCw, ShieldAlert, Unplug, Waypoints } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { call, newOperationId } from '../bridge/client.ts';
import type { TeamView } from '../../shared/contract/team.contract.ts';
import type { Formats } from '../i18n/formats.ts';
import { linkCodeText } from '../i18n/hub-text.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useNow } from '../state/clock-store.ts';
import { goTo, openSettings } from '../state/session.ts';
import { behindBy, nextSyncChange, teamSync } from '../ui/team/team-sync.ts';
import type { TeamSync } from '../ui/team/team-sync.ts';
import { useTeam } from '../state/team.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { TeamProgressBar } from '../ui/team/team-progress.tsx';
import { TeamSentence } from '../ui/team/team-sentence.tsx';

const CLASS: Readonly<Record<TeamSync, string>> = {
  'in-sync': 'sync-ok',
  waiting: 'sync-busy',
  behind: 'sync-busy',
  working: 'sync-busy',
  connecting: 'sync-busy',
  offline: 'sync-offline',
  refused: 'sync-problem',
  'read-only': 'sync-offline',
};

/** How this workstation stands with its team, in one icon and a word; more in a popover. Nothing without a team. */
export function TeamState(): ReactNode {
  const team = useTeam();
  return team === null ? null : <State team={team} />;
}

function State({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const now = useNow((at) => nextSyncChange(team, at));
  const sync = teamSync(team, now);
  const word = syncWord(t, formats, team, sync);
  const [isOpen, setOpen] = useState(false);
  /** What leads elsewhere leaves nothing over it. */
  const leave = (go: () => void): void => {
    setOpen(false);
    go();
  };
  return (
    <Popover
      side="right"
      align="end"
      open={isOpen}
      onOpenChange={setOpen}
      title={t('sync.title', { hub: team.hub.name })}
      trigger={
        <button type="button" className={`rail-item ${CLASS[sync]}`} aria-label={t('sync.label', { state: word })}>
          <SyncIcon sync={sync} />
          <span className="tabular">{word}</span>
        </button>
      }
    >
      <div className="sync-panel">
        <TeamSentence team={team} sync={sync} />
        {team.progress !== null && <TeamProgressBar progress={team.progress} />}
        <div className="sync-actions">
          <Button size="sm" variant={sync === 'refused' ? 'primary' : 'default'} onClick={() => leave(() => openSettings('team-hub'))}>
            {t('sync.open')}
          </Button>
          {(sync === 'offline' || sync === 'connecting') && (
            <Button size="sm" icon={<RefreshCw aria-hidden="true" />} onClick={() => void call('team.nudge', { opId: newOperationId() })}>
              {t('sync.nudge')}
            </Button>
          )}
          {team.openConflicts > 0 && sync !== 'read-only' && (
            <Button size="sm" onClick={() => leave(() => goTo('conflicts'))}>
              {t('sync.conflicts', { count: team.openConflicts })}
            </Button>
          )}
        </div>
      </div>
    </Popover>
  );
}

/** Short enough for the rail. */
function syncWord(t: TFunction<'hub'>, formats: Formats, team: TeamView, sync: TeamSync): string {
  switch (sync) {
    case 'waiting':
      return t('sync.waiting', { amount: formats.number(team.pending.count) });
    case 'behind':
      return t('sync.behind', { amount: formats.number(behindBy(team)) });
    case 'working': {
      const { progress } = team;
      if (progress === null || progress.total === 0) return t('sync.working');
      return t('sync.workingShare', { percent: formats.number(Math.floor((100 * progress.done) / progress.total)) });
    }
    case 'refused':
      return team.link.code === null || linkCodeText(t, team.link.code) === null ? t('sync.offline') : t('sync.refused');
    default:
      return t(`sync.${sync}`);
  }
}

function SyncIcon({ sync }: { readonly sync: TeamSync }): ReactNode {
  switch (sync) {
    case 'read-only':
      return <Lock aria-hidden="true" />;
    case 'refused':
      return <ShieldAlert aria-hidden="true" />;
    case 'offline':
      return <Unplug aria-hidden="true" />;
    case 'connecting':
    case 'working':
      return <RefreshCw aria-hidden="true" />;
    default:
      return <Waypoints aria-hidden="true" />;
  }
}
