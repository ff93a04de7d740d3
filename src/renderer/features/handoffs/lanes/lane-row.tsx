import { ArrowRight, Crown, Handshake, MessageCircleQuestionMark, RefreshCw } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { LaneRow } from '../../../../shared/contract/handoff.contract.ts';
import type { Handoff } from '../../../../shared/domain/handoff/handoff.ts';
import { nextPromise } from '../../../../shared/domain/handoff/packet.ts';
import type { PacketPromise } from '../../../../shared/domain/handoff/packet.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { BadgeTone } from '../../../ui/badge.tsx';
import { Checkbox } from '../../../ui/check.tsx';
import { Countdown } from '../../../ui/packet/countdown.tsx';
import { SeverityMark } from '../../../ui/packet/severity-mark.tsx';
import { soonTimeIn } from '../../../ui/packet/two-clocks.tsx';
import { changeOf, selectHandoff, toggleCheck, useHandoffs } from '../handoffs.store.ts';
import type { Lane } from './lanes-model.ts';

const STATE_TONES: Readonly<Record<Handoff['state'], BadgeTone>> = {
  offered: 'neutral',
  accepted: 'ok',
  settled: 'ok',
  declined: 'breach',
  withdrawn: 'paused',
  expired: 'breach',
  escalated: 'breach',
  returned: 'breach',
  superseded: 'paused',
};

export interface LaneRowProps {
  readonly lane: Lane;
  readonly row: LaneRow;
  readonly names: TeamNames;
  readonly isCurrent: boolean;
}

/** One handoff in the list: how bad it is, what it is about, from whom to whom, how long it stands, what was promised. */
export function LaneRowItem({ lane, row, names, isCurrent }: LaneRowProps): ReactNode {
  const t = useWords('lanes');
  const words = useWords('handoff');
  const { handoffId } = row.handoff;
  const isChecked = useHandoffs((state) => state.checked.has(handoffId));
  const read = useHandoffs((state) => state.reads[handoffId]);
  const isFresh = read === undefined && lane === 'incoming';
  const isChanged = changeOf(row, read) !== null;
  const promise = nextPromise(row.packet);
  const questions = row.handoff.questions.filter((each) => each.answer === null).length;
  const onClick = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('button,[role="checkbox"]') !== null) return;
    if (lane === 'incoming' && (event.ctrlKey || event.metaKey)) toggleCheck(row);
    selectHandoff(handoffId);
  };
  return (
    // Keys are actions of the window.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- j and k choose, x checks
    <div
      role="row"
      data-handoff-row=""
      data-handoff-id={handoffId}
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      className="lane-row"
      data-current={isCurrent ? '' : undefined}
      data-checked={isChecked ? '' : undefined}
      data-vip={row.row.tier === 'standard' ? undefined : ''}
      onClick={onClick}
    >
      <div role="gridcell" className="lane-row-mark">
        {lane === 'incoming' ? (
          <Checkbox hideLabel label={t('row.select', { subject: row.row.subject })} checked={isChecked} onChange={() => toggleCheck(row)} />
        ) : null}
      </div>
      <div role="gridcell" className="lane-row-lines">
        <div className="lane-row-line">
          {isFresh && <span className="lane-row-dot" role="img" aria-label={t('row.fresh')} />}
          <span className="lane-row-subject truncate">
            <bdi>{row.row.subject}</bdi>
          </span>
          <span className="lane-row-end">
            <RowState row={row} />
          </span>
        </div>
        <div className="lane-row-line muted">
          {row.row.tier !== 'standard' && <Crown className="lane-row-vip" role="img" aria-label={t('row.vip')} />}
          <span className="lane-row-customer truncate">
            <bdi>{row.row.contactName === '' ? row.row.contactAddress : row.row.contactName}</bdi>
          </span>
          <span className="lane-row-people">
            <People lane={lane} handoff={row.handoff} names={names} />
          </span>
        </div>
        <div className="lane-row-line">
          <SeverityMark severity={row.packet.severity} />
          {isChanged && (
            <Badge tone="soon" icon={<RefreshCw aria-hidden="true" />} title={t('row.changed')}>
              {words('view.changed')}
            </Badge>
          )}
          {questions > 0 && (
            <Badge tone="accent" icon={<MessageCircleQuestionMark aria-hidden="true" />}>
              {t('row.question', { count: questions })}
            </Badge>
          )}
          {promise !== null && (
            <span className="lane-row-promise truncate">
              <Handshake aria-hidden="true" />
              <PromiseTimes promise={promise} />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

/** The customer's clock and mine, in few words: both must be seen in a narrow row. */
function PromiseTimes({ promise }: { readonly promise: PacketPromise }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const theirs = soonTimeIn(formats, promise.dueAt, now, promise.zone);
  return (
    <time className="tabular" dateTime={new Date(promise.dueAt).toISOString()} title={promise.text}>
      {t('row.promise', { theirs, mine: formats.soonTime(promise.dueAt, now) })}
    </time>
  );
}

/** While it waits, how long it still does; then what came of it. */
function RowState({ row }: { readonly row: LaneRow }): ReactNode {
  const t = useWords('lanes');
  if (row.isAcceptPending) {
    return (
      <Badge tone="waived" title={t('row.pendingHint')}>
        {t('row.pending')}
      </Badge>
    );
  }
  const { state, expiresAt } = row.handoff;
  if (state === 'offered') return <Countdown expiresAt={expiresAt} warnAt={row.warnAt} isShort />;
  return <Badge tone={STATE_TONES[state]}>{t(`row.state.${state}`)}</Badge>;
}

/** The other side, with the time of day there. */
function People({ lane, handoff, names }: { readonly lane: Lane; readonly handoff: Handoff; readonly names: TeamNames }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const toZone =
    handoff.to.kind === 'agent' ? names.zoneOf(handoff.to.agentId) : handoff.to.kind === 'hub' ? names.hubZone(handoff.to.hubId) : null;
  const zone = lane === 'outgoing' ? toZone : names.zoneOf(handoff.fromId);
  const from = names.agent(handoff.fromId);
  const to = names.recipient(handoff.to);
  return (
    <>
      <span aria-hidden="true" className="lane-row-arrow">
        <span className="truncate">{from}</span>
        <ArrowRight />
        <span className="truncate">{to}</span>
      </span>
      <span className="visually-hidden">{t('row.fromTo', { from, to })}</span>
      {zone !== null && <span className="lane-row-there tabular">{t('detail.there', { time: formats.timeIn(now, zone) })}</span>}
    </>
  );
}
