import type { ReactNode } from 'react';
import { DAY_MS, HOUR_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { nextDurationChange } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useNow } from '../../../state/clock-store.ts';
import { classNames } from '../../../ui/class-names.ts';
import { waitingAt } from '../format/waiting.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { WaitingLevel } from '../format/waiting.ts';
import { pictureOf } from './mark.tsx';
import { rowIcons } from './row-icons.ts';

const ICONS: Readonly<Record<WaitingLevel, ReactNode>> = {
  none: rowIcons.check,
  fresh: rowIcons.clock,
  waiting: rowIcons.clock9,
  long: rowIcons.hourglass,
  'very-long': rowIcons.triangleAlert,
};

/** How long the customer waits for us. The level is told by icon and word; colour only supports it. */
export function WaitingBadge({ since, withWord = false }: { readonly since: Instant | null; readonly withWord?: boolean }): ReactNode {
  if (since === null) return <Answered withWord={withWord} />;
  return <Waiting since={since} withWord={withWord} />;
}

function Answered({ withWord }: { readonly withWord: boolean }): ReactNode {
  const t = useWords('inbox');
  return (
    <span className="ib-waiting ib-waiting-none" title={t('waiting.answered')} {...(withWord ? {} : pictureOf(t('waiting.none')))}>
      {ICONS.none}
      {withWord && <span>{t('waiting.none')}</span>}
    </span>
  );
}

/** Minutes matter for some hours, hours for two days; what no longer matters is left out to keep the column narrow. */
function rounded(ms: number): number {
  const unit = ms >= 2 * DAY_MS ? DAY_MS : ms >= 10 * HOUR_MS ? HOUR_MS : 1;
  return ms - (ms % unit);
}

function Waiting({ since, withWord }: { readonly since: Instant; readonly withWord: boolean }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  // The steps between levels are whole hours and days, so the words and the level change at the same moments.
  const now = useNow((current) => nextDurationChange(since, current));
  const { level, forMs } = waitingAt(since, now);
  const duration = formats.duration(rounded(forMs));
  return (
    <span
      className={classNames('ib-waiting', `ib-waiting-${level}`)}
      title={t('waiting.full', { level: t(`waiting.${level}`), duration, at: formats.dateTime(since) })}
      {...(withWord ? {} : pictureOf(`${t(`waiting.${level}`)} ${duration}`))}
    >
      {ICONS[level]}
      {withWord && <span>{t(`waiting.${level}`)}</span>}
      <span className="tabular">{duration}</span>
    </span>
  );
}
