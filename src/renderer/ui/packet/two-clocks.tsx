import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { formatsFor, isZone } from '../../i18n/formats.ts';
import type { Formats } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import './packet.css';

/** A time on the clocks of a zone: 14:05 today, Mon 14:05 in the days around, else with its date. */
export function soonTimeIn(formats: Formats, at: Instant, now: Instant, zone: string): string {
  return formatsFor(formats.locale, zone).soonTime(at, now);
}

export interface TwoClocksProps {
  readonly at: Instant;
  /** IANA zone of the customer. */
  readonly zone: string;
}

/** One instant on the customer's clock and on the reader's; once when both show the same. */
export function TwoClocks({ at, zone }: TwoClocksProps): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const theirs = soonTimeIn(formats, at, now, zone);
  const mine = formats.soonTime(at, now);
  const isSame = sameWall(at, zone, formats.zone);
  return (
    <time className="m-two-clocks tabular" dateTime={new Date(at).toISOString()} title={formats.dateTimeFull(at)}>
      {isSame ? (
        t('clocks.same', { time: theirs })
      ) : (
        <>
          <span>{t('clocks.theirs', { time: theirs })}</span>
          <span className="m-two-clocks-mine">{t('clocks.mine', { time: mine })}</span>
        </>
      )}
    </time>
  );
}

function sameWall(at: Instant, one: string, other: string): boolean {
  if (one === other) return true;
  if (!isZone(one) || !isZone(other)) return false;
  const [a, b] = [toLocal(one, at), toLocal(other, at)];
  return a.day === b.day && a.hour === b.hour && a.minute === b.minute;
}
