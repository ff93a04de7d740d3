import { ArrowRight, CircleCheck, CircleDashed, Crown, LoaderCircle, MapPin, Send, TimerOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { LeavingReason, SweepRow } from '../../../../shared/domain/handoff/sweep.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { BadgeTone } from '../../../ui/badge.tsx';
import { Countdown } from '../../../ui/packet/countdown.tsx';
import { useHandoffs } from '../handoffs.store.ts';
import { missingWords } from '../told.ts';
import { groupOf, receiverOf, SWEEP_GROUPS } from './sweep-model.ts';
import type { SweepEntry } from './sweep-model.ts';

const REASON_TONES: Readonly<Record<LeavingReason, BadgeTone>> = {
  'live-chat': 'breach',
  promise: 'accent',
  vip: 'vip',
  'due-before-back': 'soon',
};
const STATE_ICONS: Readonly<Record<SweepRow['state'], ReactNode>> = {
  'to-do': <CircleDashed aria-hidden="true" />,
  offered: <Send aria-hidden="true" />,
  parked: <MapPin aria-hidden="true" />,
  'may-stay': <CircleCheck aria-hidden="true" />,
};

export interface SweepListProps {
  readonly rows: readonly SweepEntry[];
  readonly currentId: CaseId | null;
  readonly busy: ReadonlySet<CaseId>;
  readonly names: TeamNames;
}

/** The cases in the order of the rules: what has to be done, what is done, what may stay. */
export function SweepList({ rows, currentId, busy, names }: SweepListProps): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  return (
    <div role="grid" className="sweep-grid" aria-label={t('sweep.list')}>
      {SWEEP_GROUPS.map((group) => {
        const entries = groupOf(rows, group);
        if (entries.length === 0) return null;
        return (
          <div key={group} role="rowgroup" className="sweep-group" data-state={group} aria-label={t(`sweep.group.${group}`)}>
            <div role="row" className="lane-head">
              <div role="columnheader" className="lane-head-words">
                {t(`sweep.group.${group}`)}
                <span className="lane-count tabular">{formats.number(entries.length)}</span>
                {group === 'may-stay' && <span className="lane-empty">{t('sweep.groupHint.may-stay')}</span>}
              </div>
            </div>
            {entries.map((entry) => (
              <Row
                key={entry.row.caseId}
                entry={entry}
                isCurrent={entry.row.caseId === currentId}
                isBusy={busy.has(entry.row.caseId)}
                names={names}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface RowProps {
  readonly entry: SweepEntry;
  readonly isCurrent: boolean;
  readonly isBusy: boolean;
  readonly names: TeamNames;
}

function Row({ entry, isCurrent, isBusy, names }: RowProps): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { row, case: of } = entry;
  const isOverdue = row.dueAt !== null && row.dueAt <= now;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- j and k choose, Enter opens
    <div
      role="row"
      data-handoff-row=""
      data-case-id={row.caseId}
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      className="sweep-row"
      data-current={isCurrent ? '' : undefined}
      data-state={row.state}
      onClick={() => useHandoffs.setState({ sweepCaseId: row.caseId, parkingId: null })}
    >
      <div role="gridcell" className="sweep-state" title={t(`sweep.group.${row.state}`)}>
        {isBusy ? <LoaderCircle className="sweep-busy" aria-hidden="true" /> : STATE_ICONS[row.state]}
        <span className="visually-hidden">{t(`sweep.group.${row.state}`)}</span>
      </div>
      <div role="gridcell" className="sweep-due tabular" data-overdue={isOverdue ? '' : undefined}>
        {isOverdue && <TimerOff role="img" aria-label={t('sweep.overdue')} />}
        {row.dueAt === null ? <span className="muted">–</span> : formats.soonTime(row.dueAt, now)}
      </div>
      <div role="gridcell" className="sweep-what">
        <bdi className="sweep-subject truncate">{of.subject}</bdi>
        <bdi className="muted truncate">{of.contactName === '' ? of.contactAddress : of.contactName}</bdi>
      </div>
      <div role="gridcell" className="sweep-reasons">
        {row.reasons.map((reason) => (
          <Badge key={reason} tone={REASON_TONES[reason]} icon={reason === 'vip' ? <Crown aria-hidden="true" /> : undefined}>
            {t(`sweep.reason.${reason}`)}
          </Badge>
        ))}
      </div>
      <div role="gridcell" className="sweep-outcome">
        <Outcome entry={entry} names={names} />
      </div>
    </div>
  );
}

/** What would come of it, or what has: to whom, what the packet lacks, why it stays. */
function Outcome({ entry, names }: { readonly entry: SweepEntry; readonly names: TeamNames }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const chosen = useHandoffs((state) => state.receivers.get(entry.row.caseId));
  if (entry.row.state === 'offered' && entry.case.handoff !== null) {
    return (
      <>
        <span className="truncate">{t('sweep.offeredTo', { name: names.recipient(entry.case.handoff.to) })}</span>
        <Countdown expiresAt={entry.case.handoff.expiresAt} isShort />
      </>
    );
  }
  if (entry.row.state === 'parked') return <span className="truncate muted">{entry.parkedReason}</span>;
  if (entry.row.state === 'may-stay') return null;
  const agentId = receiverOf(entry, chosen);
  const zone = agentId === null ? null : entry.suggested?.agentId === agentId ? entry.suggested.zone : names.zoneOf(agentId);
  return (
    <>
      <span className={agentId === null ? 'sweep-nobody truncate' : 'sweep-to truncate'}>
        <ArrowRight aria-hidden="true" />
        {agentId === null
          ? t('sweep.nobody')
          : zone === null
            ? names.agent(agentId)
            : t('sweep.suggested', { name: names.agent(agentId), time: formats.timeIn(now, zone) })}
      </span>
      {entry.missing.length === 0 ? (
        <span className="sweep-complete">
          <CircleCheck aria-hidden="true" />
          <span className="truncate">{t('sweep.complete')}</span>
        </span>
      ) : (
        <span className="sweep-lacks truncate" title={t('sweep.lacks', { parts: missingWords(entry.missing) })}>
          {t('sweep.lacks', { parts: missingWords(entry.missing) })}
        </span>
      )}
    </>
  );
}
