import type { Instant } from '../../shared/domain/time.ts';
import { isZone, machineZone, offsetText, zoneOffsetMinutes } from './formats.ts';
import type { Formats, Locale } from './formats.ts';

export interface ZoneOption {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  readonly keywords: string;
}

/** Zones that the runtime knows but does not list, and people look for. */
const EXTRA_ZONES = ['UTC'] as const;

/** Every zone that the runtime knows, the machine's own among them even when it goes by an old name. */
export function knownZones(): readonly string[] {
  return [...new Set([machineZone(), ...Intl.supportedValuesOf('timeZone'), ...EXTRA_ZONES])].filter(isZone);
}

/** The city of a zone: `America/Argentina/Buenos_Aires` is Buenos Aires. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/**
 * All zones with what time it is there now, from west to east. Found by city, region, offset, and by the names that
 * the language has for the zone, which usually name the country.
 */
export function zoneOptions(formats: Formats, now: Instant): readonly ZoneOption[] {
  return knownZones()
    .map((zone) => ({ zone, offset: zoneOffsetMinutes(zone, now) }))
    .sort((a, b) => a.offset - b.offset || zoneCity(a.zone).localeCompare(zoneCity(b.zone), formats.locale))
    .map(({ zone, offset }) => {
      const region = zone.includes('/') ? (zone.split('/')[0] ?? '').replaceAll('_', ' ') : '';
      const names = zoneNames(zone, formats.locale, now);
      return {
        value: zone,
        label: region === '' ? zone : `${zoneCity(zone)}, ${region}`,
        detail: `${formats.timeIn(now, zone)}  ${offsetText(offset)}`,
        keywords: `${names} ${offsetText(offset)} ${offsetText(offset).replace('UTC', 'GMT')}`,
      };
    });
}

function zoneNames(zone: string, locale: Locale, now: Instant): string {
  const names = new Set<string>();
  for (const language of new Set([locale, 'en'])) {
    for (const timeZoneName of ['shortGeneric', 'longGeneric'] as const) {
      const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName }).formatToParts(now);
      names.add(parts.find((part) => part.type === 'timeZoneName')?.value ?? '');
    }
  }
  return [...names].join(' ');
}
