import { useWords } from '../../../i18n/use-words.ts';
import { firstAction, nextPromise } from '../../../../shared/domain/handoff/packet.ts';
import type { Packet } from '../../../../shared/domain/handoff/packet.ts';
import type { Mismatch } from '../../../../shared/domain/handoff/read-back.ts';
import { daysBetween, formatLocalTime, wallOf } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDate, LocalDateTime } from '../../../../shared/domain/time/local-time.ts';
import { localDateOf, toLocal } from '../../../../shared/domain/time/zone.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { formatsFor } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';

/** A day of the reader's calendar in words: today, tomorrow, Mon 9 Mar. */
export function useDayWords(): (day: LocalDate) => string {
  const t = useWords('lanes');
  const { locale, zone } = useFormats();
  const now = useNow(nextMinute);
  return (day) => {
    const ahead = daysBetween(localDateOf(zone, now), day);
    if (ahead === 0) return t('accept.today');
    if (ahead === 1) return t('accept.tomorrow');
    const noon = instant(wallOf({ ...day, hour: 12, minute: 0, second: 0 }));
    return formatsFor(locale, 'UTC').date(noon, noon);
  };
}

/** Where a read-back does not fit, in words, with what it really is. */
export function useMismatchWords(packet: Packet): {
  readonly sentence: (mismatch: Mismatch) => string;
  /** When the next promise is due on the reader's clock. */
  readonly trueTime: () => string;
} {
  const t = useWords('lanes');
  const { zone } = useFormats();
  const now = useNow(nextMinute);
  const day = useDayWords();
  const when = (local: LocalDateTime): string => {
    const time = formatLocalTime({ ...local, second: 0 });
    const ahead = daysBetween(localDateOf(zone, now), local);
    if (ahead === 0) return t('accept.when.today', { time });
    return ahead === 1 ? t('accept.when.tomorrow', { time }) : t('accept.when.day', { time, day: day(local) });
  };
  const promise = nextPromise(packet);
  const trueTime = (): string => (promise === null ? '' : when(toLocal(zone, promise.dueAt)));
  const action = firstAction(packet)?.what ?? '';
  return {
    trueTime,
    sentence: (mismatch) => {
      switch (mismatch.kind) {
        case 'promise-time':
          return t('accept.mismatch.promise-time', { said: when(mismatch.said), is: when(mismatch.is) });
        case 'promise-overlooked':
          return t('accept.mismatch.promise-overlooked', { is: trueTime() });
        case 'first-action':
          return t(mismatch.isListed ? 'accept.mismatch.first-action-listed' : 'accept.mismatch.first-action', { action });
        default:
          return t(`accept.mismatch.${mismatch.kind}`);
      }
    },
  };
}
