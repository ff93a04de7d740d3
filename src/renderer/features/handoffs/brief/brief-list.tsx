import { Crown, Handshake } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Brief } from '../../../../shared/domain/handoff/sweep.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Checkbox } from '../../../ui/check.tsx';
import { Countdown } from '../../../ui/packet/countdown.tsx';
import { TwoClocks } from '../../../ui/packet/two-clocks.tsx';
import { BRIEF_SECTIONS } from './brief-model.ts';
import type { BriefSection, BriefStep } from './brief-model.ts';

export interface BriefListProps {
  readonly brief: Brief;
  readonly steps: readonly BriefStep[];
  readonly currentKey: string;
  readonly ticked: ReadonlySet<string>;
  readonly onSelect: (key: string) => void;
  readonly onTick: (key: string) => void;
}

/** The steps by what they are about; sections with nothing in them say so, which is news as well. */
export function BriefList({ brief, steps, currentKey, ticked, onSelect, onTick }: BriefListProps): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  return (
    <div role="grid" className="brief-grid" aria-label={t('brief.list')}>
      {BRIEF_SECTIONS.map((section) => {
        const rows = steps.filter((each) => each.section === section);
        const title = t(`brief.section.${section}`, { time: formats.time(brief.noonAt) });
        return (
          <div key={section} role="rowgroup" className="brief-section" aria-label={title}>
            <div role="row" className="lane-head">
              <div role="columnheader" className="lane-head-words">
                {title}
                <span className="lane-count tabular">{formats.number(rows.length)}</span>
                {rows.length === 0 && <span className="lane-empty">{t(`brief.none.${section}`)}</span>}
              </div>
            </div>
            {rows.map((step) => (
              <Row
                key={step.key}
                step={step}
                isCurrent={step.key === currentKey}
                isTicked={ticked.has(step.key)}
                onSelect={onSelect}
                onTick={onTick}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface RowProps extends Pick<BriefListProps, 'onSelect' | 'onTick'> {
  readonly step: BriefStep;
  readonly isCurrent: boolean;
  readonly isTicked: boolean;
}

function Row({ step, isCurrent, isTicked, onSelect, onTick }: RowProps): ReactNode {
  const t = useWords('lanes');
  const { row } = step;
  const onClick = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('button,[role="checkbox"]') !== null) return;
    onSelect(step.key);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- j and k choose, x ticks off, Enter opens
    <div
      role="row"
      data-handoff-row=""
      data-step={step.key}
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      className="brief-row"
      data-current={isCurrent ? '' : undefined}
      data-ticked={isTicked ? '' : undefined}
      onClick={onClick}
    >
      <div role="gridcell" className="brief-tick">
        <Checkbox hideLabel label={t('brief.tick', { subject: row.subject })} checked={isTicked} onChange={() => onTick(step.key)} />
      </div>
      <div role="gridcell" className="brief-what">
        <span className="sweep-subject truncate">
          <bdi>{step.promise === null ? row.subject : step.promise.text}</bdi>
        </span>
        <span className="brief-more">
          {row.tier !== 'standard' && <Crown className="lane-row-vip" role="img" aria-label={t('row.vip')} />}
          <span className="truncate muted">
            {row.contactName === '' ? row.contactAddress : row.contactName}
            {step.promise !== null && ` · ${row.subject}`}
          </span>
        </span>
      </div>
      <div role="gridcell" className="brief-when">
        <When step={step} />
      </div>
    </div>
  );
}

/** What of the case the section is about: until when it is offered, when it changed, when it is due. */
function When({ step }: { readonly step: BriefStep }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { row, promise } = step;
  // what I have offered myself was handed to me before
  const { me } = useTeamNames();
  const kinds: Readonly<Record<BriefSection, () => ReactNode>> = {
    handedOver: () =>
      row.handoff === null || row.handoff.fromId === me ? (
        <Badge tone="ok">{t('brief.yours')}</Badge>
      ) : (
        <>
          <Badge tone="accent">{t('brief.offer')}</Badge>
          <Countdown expiresAt={row.handoff.expiresAt} isShort />
        </>
      ),
    changed: () => <span className="muted">{t('brief.changedAt', { at: formats.soonTime(row.lastMessageAt, now) })}</span>,
    dueBeforeNoon: () => {
      const times = [row.nextPromise?.dueAt ?? null, row.sla?.dueAt ?? null].filter((at) => at !== null);
      const first = times.length === 0 ? null : instant(Math.min(...times));
      return first === null ? null : <strong>{t('brief.dueAt', { at: formats.soonTime(first, now) })}</strong>;
    },
    promises: () =>
      promise === null ? null : (
        <>
          <Handshake aria-hidden="true" />
          <TwoClocks at={promise.dueAt} zone={row.nextPromise?.zone ?? row.contactZone ?? formats.zone} />
        </>
      ),
  };
  return kinds[step.section]();
}
