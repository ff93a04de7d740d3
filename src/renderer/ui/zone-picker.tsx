import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isZone, offsetText, zoneOffsetMinutes } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { zoneOptions } from '../i18n/zones.ts';
import { nextMinute, useNow } from '../state/clock-store.ts';
import { Combobox } from './combobox.tsx';

export interface ZonePickerProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (zone: string | null) => void;
  readonly error?: string | undefined;
}

/** Chooses a time zone by city, country or offset, and says what time it is there. */
export function ZonePicker({ label, value, onChange, error }: ZonePickerProps): ReactNode {
  const { t } = useTranslation('frame');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const options = useMemo(() => zoneOptions(formats, now), [formats, now]);
  const hint =
    value !== null && isZone(value)
      ? t('welcome.zoneHint', { time: formats.weekdayTimeIn(now, value), offset: offsetText(zoneOffsetMinutes(value, now)) })
      : undefined;
  return (
    <Combobox
      label={label}
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
