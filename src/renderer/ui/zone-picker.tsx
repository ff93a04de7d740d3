import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { isZone, offsetText, zoneOffsetMinutes } from '../i18n/formats.ts';
import type { Locale } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { knownZones, warmZones, zoneLabel, zoneOptions } from '../i18n/zones.ts';
import { clock, nextMinute, useNow } from '../state/clock-store.ts';
import { Combobox } from './combobox.tsx';

export interface ZonePickerProps {
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  readonly value: string | null;
  readonly onChange: (zone: string | null) => void;
  readonly error?: string | undefined;
}

/** Chooses a time zone by city, country or offset, and says what time it is there. */
export function ZonePicker({ label, hideLabel = false, value, onChange, error }: ZonePickerProps): ReactNode {
  const t = useWords('frame');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const count = useWarmZones(formats.locale);
  const options = useMemo(() => {
    const known = zoneOptions(formats, now, count);
    // What is chosen is shown from the first moment, whether its turn has come or not.
    const isMissing = value !== null && !known.some((option) => option.value === value);
    return isMissing ? [{ value, label: zoneLabel(value), detail: '', keywords: '' }, ...known] : known;
  }, [formats, now, count, value]);
  const hint =
    value !== null && isZone(value)
      ? t('welcome.zoneHint', { time: formats.weekdayTimeIn(now, value), offset: offsetText(zoneOffsetMinutes(value, now)) })
      : undefined;
  return (
    <Combobox
      label={label}
      hideLabel={hideLabel}
      value={value}
      onChange={onChange}
      options={options}
      placeholder={t('welcome.zonePlaceholder')}
      hint={hint}
      error={error}
      limit={80}
    />
  );
}

/** How long one slice of preparation may keep the page busy. */
const SLICE_MS = 8;

/** Prepares the zones in slices between frames; returns how many are ready: none, then all. */
function useWarmZones(locale: Locale): number {
  const [ready, setReady] = useState<{ readonly locale: Locale; readonly count: number } | null>(null);
  useEffect(() => {
    let index = 0;
    let timer: ReturnType<typeof setTimeout> | undefined = undefined;
    const slice = (): void => {
      const end = performance.now() + SLICE_MS;
      index = warmZones(locale, clock.now(), index, () => performance.now() > end);
      if (index < knownZones().length) timer = setTimeout(slice);
      else setReady({ locale, count: index });
    };
    timer = setTimeout(slice);
    return () => clearTimeout(timer);
  }, [locale]);
  return ready?.locale === locale ? ready.count : 0;
}
