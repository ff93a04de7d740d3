import { UserRoundX, UsersRound } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseNeed, StaffedRunway } from '../../../../shared/domain/coverage/coverage.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useLive } from '../../../bridge/use-live.ts';
import type { Formats } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useRosterIndex } from '../../../state/roster.ts';
import type { RosterIndex } from '../../../state/roster.ts';
import { PeopleList } from '../../../ui/people-list.tsx';
import './runway.css';

/** The runway of a case with names and local times: who is on for it until it is due, or who would come too late. */
export function RunwayReasons({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('inbox');
  const runway = useLive('coverage.runway', { caseId });
  if (runway.state === 'loading') return <p className="muted">{t('sla.loading')}</p>;
  if (runway.state === 'error') return <p className="muted">{t('sla.loadFailed')}</p>;
  return <Reasons runway={runway.value} />;
}

function Reasons({ runway }: { readonly runway: StaffedRunway }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const index = useRosterIndex();
  const now = useNow(nextMinute);
  const { dueAt, on, need } = runway;
  return (
    <div className="ib-runway-reasons">
      <RunwayHead runway={runway} now={now} />
      {runway.runwayMs !== null && <NeedWords need={need} />}
      {on.length > 0 && (
        <PeopleList
          label={t('runway.onUntilDue')}
          people={on.map(({ agentId, from, to }) => ({
            id: `${agentId} ${String(from)}`,
            ...personLine(index, agentId, now, formats, t),
            when: [
              from > now ? t('runway.from', { time: formats.soonTime(from, now) }) : '',
              dueAt !== null && to < dueAt ? t('runway.until', { time: formats.soonTime(to, now) }) : '',
            ]
              .filter((each) => each !== '')
              .join(' '),
          }))}
        />
      )}
      <Late runway={runway} now={now} />
    </div>
  );
}

function RunwayHead({ runway, now }: { readonly runway: StaffedRunway; readonly now: Instant }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const { dueAt, runwayMs } = runway;
  if (dueAt === null) return <p className="muted">{t('runway.notDue')}</p>;
  if (dueAt <= now) return <p className="muted">{t('runway.overdue')}</p>;
  if (runwayMs === null) return <p className="muted">{t('runway.noPlan')}</p>;
  const isStaffed = runwayMs > 0;
  return (
    <p className="ib-runway-head" data-tone={isStaffed ? undefined : 'breach'}>
      {isStaffed ? <UsersRound aria-hidden="true" /> : <UserRoundX aria-hidden="true" />}
      <span>
        <strong>{isStaffed ? t('runway.title') : t('runway.sentenceNobody')}</strong>
        <span className="tabular">
          {t('runway.of', { span: formats.hours(runwayMs), left: formats.duration(dueAt - now), due: formats.soonTime(dueAt, now) })}
        </span>
      </span>
    </p>
  );
}

/** What a case asks of the person who takes it. */
export function NeedWords({ need }: { readonly need: CaseNeed }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const { skills, languages, tiers, also = [] } = need.selector;
  const parts = [...tiers, ...languages.map((tag) => formats.languageName(tag)), ...skills, ...also];
  return (
    <p className="muted">
      {parts.length === 0 ? t('runway.asksNothing') : t('runway.asks', { what: formats.list(parts) })}
      {need.unspoken !== null && ` ${t('runway.unspoken', { language: formats.languageName(need.unspoken) })}`}
    </p>
  );
}

function Late({ runway, now }: { readonly runway: StaffedRunway; readonly now: Instant }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const index = useRosterIndex();
  const { dueAt, nextAfterDue, runwayMs } = runway;
  if (dueAt === null || dueAt <= now || runwayMs === null || runwayMs > 0) return null;
  if (nextAfterDue === null) return <p>{t('runway.nobodyPlanned')}</p>;
  const { agentId, from } = nextAfterDue;
  const line = personLine(index, agentId, from, formats, t);
  return (
    <PeopleList
      label={
        from > dueAt
          ? t('runway.late', { name: line.name, late: formats.duration(from - dueAt) })
          : t('runway.lateNow', { name: line.name })
      }
      people={[{ id: agentId, ...line, when: t('runway.from', { time: formats.weekdayTimeIn(from, formats.zone) }) }]}
    />
  );
}

/** Name, hub and what their clock shows at an instant. */
export function personLine(
  { agents, hubs }: RosterIndex,
  agentId: StaffedRunway['on'][number]['agentId'],
  at: Instant,
  formats: Formats,
  t: TFunction<'inbox'>,
): { readonly name: string; readonly place: string; readonly time: string } {
  const agent = agents.get(agentId);
  if (agent === undefined) return { name: agentId, place: '', time: '' };
  return {
    name: agent.name,
    place: agent.hubId === null ? '' : (hubs.get(agent.hubId)?.name ?? ''),
    time: t('runway.their', { time: formats.weekdayTimeIn(at, agent.zone) }),
  };
}
