import { Crown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { Formats } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Badge } from '../../../ui/badge.tsx';
import { WaitingReplyNote } from '../../../ui/send-time/waiting-reply-note.tsx';

/** What is filled in above the packet: whose case it is, their clock, what is due next and who is on until then. */
export function OfferHeader({ row, ownerId }: { readonly row: CaseRow; readonly ownerId: AgentId | null }): ReactNode {
  const t = useWords('handoff');
  const inboxText = useWords('inbox');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  const dueAt = row.sla?.dueAt ?? null;
  const clock = customerClock(row, now, formats);
  const runway = staffedLeft(row, now);
  return (
    <div className="hp-header">
      <p className="hp-header-who">
        <strong className="truncate">{row.contactName === '' ? row.contactAddress : row.contactName}</strong>
        {row.tier !== 'standard' && (
          <Badge tone="vip" icon={<Crown aria-hidden="true" />}>
            {inboxText(`tier.${row.tier}`)}
          </Badge>
        )}
      </p>
      <dl className="hp-header-facts">
        <HeaderFact name={t('dialog.customerClock')}>
          {clock ?? t('dialog.zoneUnknown')}
          {row.contactZone !== null && <span className="muted"> {placeName(row.contactZone)}</span>}
        </HeaderFact>
        <HeaderFact name={t('dialog.nextDue')}>
          {dueAt === null || row.sla === null ? (
            t('dialog.nothingDue')
          ) : (
            <span data-tone={dueAt <= now ? 'breach' : undefined}>
              {formats.soonTime(dueAt, now)} <span className="muted">{inboxText(`sla.metric.${row.sla.metric}`)}</span>
            </span>
          )}
        </HeaderFact>
        {runway !== null && dueAt !== null && dueAt > now && (
          <HeaderFact name={t('dialog.runway')}>
            <span data-tone={runway === 0 ? 'breach' : undefined}>{runway === 0 ? t('dialog.nobodyOn') : formats.hours(runway)}</span>
          </HeaderFact>
        )}
        <HeaderFact name={t('dialog.from')}>{ownerId === null ? '–' : names.agent(ownerId)}</HeaderFact>
      </dl>
      <WaitingReplyNote row={row} />
    </div>
  );
}

function HeaderFact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

/** `Lisbon` of `Europe/Lisbon`. */
function placeName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

function customerClock(row: CaseRow, now: Instant, formats: Formats): string | null {
  if (row.contactZone !== null) return formats.weekdayTimeIn(now, row.contactZone);
  return row.contactOffsetMinutes === null ? null : formats.weekdayTimeAtOffset(now, row.contactOffsetMinutes);
}

/** Of the time until it is due, how much has somebody on who can take it, in milliseconds; see `CaseRow.runway`. */
function staffedLeft({ runway }: CaseRow, now: Instant): number | null {
  if (runway === null) return null;
  return Math.max(0, runway.staffedAtDue - runway.base - (runway.since === null ? 0 : Math.max(0, now - runway.since)));
}
