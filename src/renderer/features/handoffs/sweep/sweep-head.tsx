import { Sunrise, Sunset } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Sweep } from '../../../../shared/domain/handoff/sweep.ts';
import { instant } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { nextDurationChange } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { Button } from '../../../ui/button.tsx';
import { ProgressBar } from '../../../ui/progress.tsx';

export interface SweepHeadProps {
  readonly sweep: Sweep;
  /** How many can be offered as they are. */
  readonly offerable: number;
  readonly onOfferAll: () => void;
  readonly which: ReactNode;
}

/** How far the sweep is, how long the turn still lasts, and when its person is back. */
export function SweepHead({ sweep, offerable, onOfferAll, which }: SweepHeadProps): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow((at) => nextOf([sweep.beginsAt, sweep.turnEndsAt], at));
  const isBegun = now >= sweep.beginsAt;
  const total = sweep.left + sweep.done;
  return (
    <header className="sweep-head">
      <div className="sweep-head-facts">
        {!isBegun && <Fact icon={<Sunset aria-hidden="true" />} name={t('sweep.begins')} at={sweep.beginsAt} now={now} isMain />}
        <Fact icon={<Sunset aria-hidden="true" />} name={t('sweep.turnEnds')} at={sweep.turnEndsAt} now={now} isMain={isBegun} />
        <div className="sweep-fact">
          <Sunrise aria-hidden="true" />
          <span className="muted">{t('sweep.back')}</span>
          <strong className="tabular">{sweep.backAt === null ? t('sweep.backUnknown') : formats.soonTime(sweep.backAt, now)}</strong>
        </div>
        <span className="sweep-head-which">{which}</span>
      </div>
      <div className="sweep-head-progress" hidden={total === 0 && offerable === 0}>
        {total > 0 && <ProgressBar label={t('sweep.progress')} done={sweep.done} total={total} />}
        {offerable > 0 && (
          <Button variant="primary" shortcut="shift+o" onClick={onOfferAll}>
            {t('sweep.offerAll', { count: offerable })}
          </Button>
        )}
      </div>
      {!isBegun && <p className="sweep-early">{t('sweep.beginsHint')}</p>}
    </header>
  );
}

interface FactProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly at: Instant;
  readonly now: Instant;
  readonly isMain: boolean;
}

function Fact({ icon, name, at, now, isMain }: FactProps): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  return (
    <div className="sweep-fact" data-main={isMain ? '' : undefined}>
      {icon}
      <span className="muted">{name}</span>
      <strong className="tabular">{formats.soonTime(at, now)}</strong>
      {at > now && <span className="tabular">{t('sweep.endsIn', { span: formats.duration(at - now) })}</span>}
    </div>
  );
}

function nextOf(times: readonly Instant[], now: Instant): Instant {
  return instant(Math.min(nextMinute(now), ...times.filter((at) => at > now).map((at) => nextDurationChange(at, now))));
}
