import { TimerOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { LaneRow } from '../../../../shared/contract/handoff.contract.ts';
import { currentVersion } from '../../../../shared/domain/handoff/handoff.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Countdown } from '../../../ui/packet/countdown.tsx';

/** The header of a packet, which nobody types: from whom, to whom, until when, and how the case stands. */
export function Facts({ row, names }: { readonly row: LaneRow; readonly names: TeamNames }): ReactNode {
  const t = useWords('lanes');
  const words = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { handoff } = row;
  const { to } = handoff;
  const toZone =
    to.kind === 'agent' ? (to.agentId === names.me ? null : names.zoneOf(to.agentId)) : to.kind === 'hub' ? names.hubZone(to.hubId) : null;
  const isOpen = handoff.state === 'offered' || handoff.state === 'expired';
  const runwayMs = runwayAt(row, now);
  return (
    <dl className="hd-facts">
      <Fact name={t('detail.from')}>
        <Person name={names.agent(handoff.fromId)} zone={handoff.fromId === names.me ? null : names.zoneOf(handoff.fromId)} now={now} />
      </Fact>
      <Fact name={t('detail.to')}>
        <Person name={names.recipient(to)} zone={toZone} now={now} />
      </Fact>
      <Fact name={t('detail.why')}>
        <span>{words(`reason.${handoff.reason}`)}</span>
        <span className="muted tabular">{t('detail.version', { version: currentVersion(handoff).version })}</span>
      </Fact>
      {isOpen && (
        <Fact name={t('detail.expires')}>
          <span className="tabular">{formats.soonTime(handoff.expiresAt, now)}</span>
          <Countdown expiresAt={handoff.expiresAt} warnAt={row.warnAt} isShort />
        </Fact>
      )}
      <Fact name={t('detail.customerTime')}>
        <CustomerTime row={row} now={now} />
      </Fact>
      <Fact name={t('detail.due')}>
        <span className="tabular">{row.dueAt === null ? '–' : formats.soonTime(row.dueAt, now)}</span>
        {row.dueAt !== null && row.dueAt <= now && (
          <Badge tone="breach" icon={<TimerOff aria-hidden="true" />}>
            {t('detail.overdue', { span: formats.duration(now - row.dueAt) })}
          </Badge>
        )}
        {runwayMs !== null && row.dueAt !== null && row.dueAt > now && (
          <span className="muted tabular">{t('detail.runway', { span: formats.hours(runwayMs) })}</span>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="hd-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Person({ name, zone, now }: { readonly name: string; readonly zone: string | null; readonly now: Instant }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  return (
    <>
      <Avatar name={name} size="xs" />
      <span className="truncate">{name}</span>
      {zone !== null && <span className="muted tabular">{t('detail.there', { time: formats.timeIn(now, zone) })}</span>}
    </>
  );
}

function CustomerTime({ row, now }: { readonly row: LaneRow; readonly now: Instant }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const { contactZone, contactOffsetMinutes } = row.row;
  if (contactZone !== null) return <span className="tabular">{formats.weekdayTimeIn(now, contactZone)}</span>;
  if (contactOffsetMinutes === null) return <span className="muted">{t('detail.unknown')}</span>;
  return <span className="tabular">{formats.weekdayTimeAtOffset(now, contactOffsetMinutes)}</span>;
}

/** Of the time left until the case is due, how much has somebody on who can take it; null without a due time or a plan. */
function runwayAt({ row }: LaneRow, now: Instant): number | null {
  const { runway } = row;
  return runway === null ? null : Math.max(0, runway.staffedAtDue - runway.base - (runway.since === null ? 0 : now - runway.since));
}
