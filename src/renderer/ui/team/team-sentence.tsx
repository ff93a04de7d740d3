import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { TeamView } from '../../../shared/contract/team.contract.ts';
import type { Formats } from '../../i18n/formats.ts';
import { linkCodeText, wayOutText } from '../../i18n/hub-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import './team.css';
import { behindBy } from './team-sync.ts';
import type { TeamSync } from './team-sync.ts';

/** How it stands with the team in one sentence, what that means for the person, and what they can do. */
export function TeamSentence({ team, sync }: { readonly team: TeamView; readonly sync: TeamSync }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { code } = team.link;
  const reason = code === null || sync === 'read-only' ? null : linkCodeText(t, code);
  const wayOut = code === null || sync === 'read-only' ? null : wayOutText(t, code);
  return (
    <div className="m-team-sentence">
      <strong>{headline(t, formats, team, sync, now)}</strong>
      {reason !== null && <p>{reason}</p>}
      {sync === 'refused' ? <p>{wayOut ?? team.link.detail}</p> : <p>{meaning(t, formats, team, sync, now)}</p>}
      {sync !== 'refused' && wayOut !== null && <p>{wayOut}</p>}
    </div>
  );
}

function headline(t: TFunction<'hub'>, formats: Formats, team: TeamView, sync: TeamSync, now: Instant): string {
  const hub = team.hub.name;
  switch (sync) {
    case 'waiting':
      return t('state.waiting', { count: team.pending.count, amount: formats.number(team.pending.count), hub });
    case 'behind':
      return t('state.behind', { count: behindBy(team), amount: formats.number(behindBy(team)), hub });
    case 'working':
      return team.phase === 'joining' ? t('state.joining', { hub }) : t('state.working', { hub });
    case 'offline':
      return t('state.offline', { when: formats.soonTime(team.link.since, now) });
    case 'read-only':
      return team.ended?.why === 'revoked' ? t('state.read-onlyRevoked', { hub }) : t('state.read-only', { hub });
    default:
      return t(`state.${sync}`, { hub });
  }
}

function meaning(t: TFunction<'hub'>, formats: Formats, team: TeamView, sync: Exclude<TeamSync, 'refused'>, now: Instant): string {
  if (sync === 'read-only') return t('state.read-onlyText', { when: formats.soonTime(team.ended?.at ?? team.link.since, now) });
  return t(`state.${sync}Text`);
}
