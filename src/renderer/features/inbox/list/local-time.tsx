import type { ReactNode } from 'react';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { partOfDay, placeOf, wallTime } from '../format/zone-time.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { pictureOf } from './mark.tsx';
import type { PartOfDay, Place } from '../format/zone-time.ts';
import { rowIcons } from './row-icons.ts';

const ICONS: Readonly<Record<PartOfDay, ReactNode>> = {
  night: rowIcons.moon,
  early: rowIcons.sunrise,
  working: rowIcons.sun,
  evening: rowIcons.sunset,
};

const SENTENCES = {
  night: 'person.theirTimeNight',
  early: 'person.theirTimeEarly',
  working: 'person.theirTime',
  evening: 'person.theirTimeEvening',
} as const;

/** `14:05` there. */
export function useTimeThere(place: Place | null, at: Instant): string | null {
  const formats = useFormats();
  if (place === null) return null;
  return 'zone' in place ? formats.timeIn(at, place.zone) : formats.timeAtOffset(at, place.offsetMinutes);
}

/** What the customer's clock shows now, and whether they are likely to sleep. Nothing when it is not known. */
export function LocalTime({ zone, offsetMinutes }: { readonly zone: string | null; readonly offsetMinutes: number | null }): ReactNode {
  const place = placeOf(zone, offsetMinutes);
  return place === null ? null : <KnownTime place={place} />;
}

function KnownTime({ place }: { readonly place: Place }): ReactNode {
  const t = useWords('inbox');
  const now = useNow(nextMinute);
  const time = useTimeThere(place, now);
  const part = partOfDay(wallTime(place, now).hour);
  const sentence = t(SENTENCES[part], { time: time ?? '' });
  return (
    <span className="ib-local-time tabular" data-part={part} title={sentence} {...pictureOf(sentence)}>
      {ICONS[part]}
      {time}
    </span>
  );
}
