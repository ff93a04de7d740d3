import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { nextDurationChange } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import './packet.css';

export interface CountdownProps {
  readonly expiresAt: Instant;
  /** Half of its time: from then on it warns. Left out: it never warns before it is over. */
  readonly warnAt?: Instant | undefined;
  /** `2h left` instead of a sentence. */
  readonly isShort?: boolean | undefined;
}

/** How long an offer still stands; changes by itself when its words do. Its time is in the title. */
export function Countdown({ expiresAt, warnAt, isShort = false }: CountdownProps): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow((at) => {
    const next = nextDurationChange(expiresAt, at);
    return warnAt !== undefined && warnAt > at && warnAt < next ? warnAt : next;
  });
  const isOver = now >= expiresAt;
  const span = formats.duration(Math.abs(expiresAt - now));
  const tone = isOver ? 'breach' : warnAt !== undefined && now >= warnAt ? 'soon' : 'ok';
  const words = isShort ? (isOver ? 'shortOver' : 'short') : isOver ? 'over' : 'left';
  return (
    <time
      className="m-countdown tabular"
      data-tone={tone}
      dateTime={new Date(expiresAt).toISOString()}
      title={t('countdown.title', { at: formats.dateTimeFull(expiresAt) })}
    >
      <Hourglass aria-hidden="true" />
      {t(`countdown.${words}`, { span })}
    </time>
  );
}
