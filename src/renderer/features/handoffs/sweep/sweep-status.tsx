import { CircleCheck, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { SweepStatus } from '../../../../shared/contract/handoff.contract.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Failed } from '../../../ui/loaded.tsx';
import { ProgressBar, Spinner } from '../../../ui/progress.tsx';

/** How far everybody's sweep is, by hub: for leads. */
export function SweepStatusView({ which }: { readonly which: ReactNode }): ReactNode {
  const t = useWords('lanes');
  const live = useLive('handoffs.sweepStatus', {});
  const names = useTeamNames();
  return (
    <div className="sweep-status">
      <header>
        <div>
          <h2>{t('status.title')}</h2>
          <p className="muted">{t('status.hint')}</p>
        </div>
        {which}
      </header>
      {live.state === 'loading' && <Spinner label={t('loading')} />}
      {live.state === 'error' && <Failed code={live.error.code} title={t('loadFailed')} />}
      {live.state === 'ready' && live.value.every((each) => each.people.length === 0) && (
        <EmptyState icon={<UsersRound />} title={t('status.none')} description={t('sweep.noPlanHint')} />
      )}
      {live.state === 'ready' && (
        <div className="sweep-hubs">
          {live.value
            .filter((each) => each.people.length > 0)
            .map(({ hubId, people }) => (
              <HubCard
                key={hubId ?? 'none'}
                name={hubId === null ? t('status.noHub') : names.hub(hubId)}
                zone={hubId === null ? null : names.hubZone(hubId)}
                people={people}
                names={names}
              />
            ))}
        </div>
      )}
    </div>
  );
}

interface HubCardProps {
  readonly name: string;
  readonly zone: string | null;
  readonly people: readonly SweepStatus[];
  readonly names: TeamNames;
}

function HubCard({ name, zone, people, names }: HubCardProps): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const left = people.reduce((sum, each) => sum + each.left, 0);
  return (
    <section className="sweep-hub" aria-label={name}>
      <header>
        <h3>{name}</h3>
        {zone !== null && <span className="muted tabular">{t('status.there', { time: formats.timeIn(now, zone) })}</span>}
        <span className="sweep-hub-left" data-tone={left === 0 ? 'ok' : undefined}>
          {left === 0 && <CircleCheck aria-hidden="true" />}
          {left === 0 ? t('status.clean') : t('status.left', { count: left })}
        </span>
      </header>
      <ul>
        {people.map((each) => (
          <Person key={each.agentId} status={each} names={names} />
        ))}
      </ul>
    </section>
  );
}

function Person({ status, names }: { readonly status: SweepStatus; readonly names: TeamNames }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { agentId, turnEndsAt, beginsAt, left, done } = status;
  const name = names.ownName(agentId);
  const isBegun = now >= beginsAt;
  return (
    <li className="sweep-person" data-late={isBegun && left > 0 ? '' : undefined}>
      <Avatar name={name} size="sm" />
      <span className="sweep-person-name truncate">{name}</span>
      <span className="muted tabular">{t('status.ends', { time: formats.soonTime(turnEndsAt, now) })}</span>
      <span className="sweep-person-left tabular">
        {left === 0 ? t('status.clean') : t('status.left', { count: left })}
        {!isBegun && <span className="muted"> · {t('status.notBegun', { when: formats.relative(beginsAt, now) })}</span>}
      </span>
      {left + done > 0 && <ProgressBar label={t('status.progress', { name })} hideLabel done={done} total={left + done} />}
    </li>
  );
}
