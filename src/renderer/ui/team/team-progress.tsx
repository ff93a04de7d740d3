import { Progress } from '@base-ui/react/progress';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { TeamProgress } from '../../../shared/contract/team.contract.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import '../progress.css';
import { nextSecond, timeLeft } from './team-sync.ts';

/** How far a job of the team's sync is: counts, a bar, and about how long it still takes. */
export function TeamProgressBar({ progress }: { readonly progress: TeamProgress }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const now = useNow(nextSecond);
  const { what, done, total } = progress;
  const isKnown = total > 0;
  const left = timeLeft(progress, now);
  const label = t(`progress.${what}`);
  const leftText =
    left === null
      ? t('progress.guessing')
      : left < MINUTE_MS
        ? t('progress.leftSoon')
        : t('progress.left', { span: formats.duration(left) });
  const counts =
    what === 'snapshot'
      ? t('progress.bytes', { done: formats.bytes(done), total: formats.bytes(total) })
      : t('progress.counts', { done: formats.number(done), total: formats.number(total), count: total });
  return (
    <Progress.Root className="m-progress" value={isKnown ? Math.min(done, total) : null} max={isKnown ? total : 100} aria-label={label}>
      <div className="m-progress-head">
        <span className="truncate">{label}</span>
        {isKnown && <span className="m-progress-counts tabular">{counts}</span>}
      </div>
      <Progress.Track className="m-progress-track">
        <Progress.Indicator className="m-progress-fill" />
      </Progress.Track>
      <span className="m-progress-counts tabular">{leftText}</span>
    </Progress.Root>
  );
}
