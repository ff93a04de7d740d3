import type { Instant } from '../../shared/domain/time.ts';
import { citiesOfZone } from '../../shared/domain/time/zone-cities.ts';
import { formerZoneNames, zoneNames } from '../../shared/domain/time/zone.ts';
import { isZone, machineZone, offsetText, zoneOffsetMinutes } from './formats.ts';
import type { Formats, Locale } from './formats.ts';

export interface ZoneOption {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  readonly keywords: string;
}

let zones: readonly string[] | null = null;

/** Every zone that there is, by its current name, the machine's own first even when it goes by an old one. */
export function knownZones(): readonly string[] {
  zones ??= [...new Set([machineZone(), ...zoneNames()])];
  return zones;
}

/** The city of a zone: `America/Argentina/Buenos_Aires` is Buenos Aires. */
function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** The city with its region, as shown: Buenos Aires, America. */
export function zoneLabel(zone: string): string {
  const region = zone.includes('/') ? (zone.split('/')[0] ?? '') : '';
  return region === '' ? zone : `${zoneCity(zone)}, ${region}`;
}

/** The names that people look for a zone by, in a language: they usually tell the country. Filled by `warmZones`. */
const namesByZone = new Map<string, string>();

/**
 * Prepares zones for `zoneOptions`, from the one at `start` on, until `isOver` says to stop. Asking the runtime for
 * the names of all zones takes about half a second, which nobody should wait for at once.
 * @returns where to go on; the number of zones when all are prepared
 */
export function warmZones(locale: Locale, now: Instant, start: number, isOver: () => boolean): number {
  const all = knownZones();
  let index = start;
  while (index < all.length && !isOver()) {
    const zone = all[index] ?? 'UTC';
    const key = `${locale} ${zone}`;
    if (!namesByZone.has(key)) namesByZone.set(key, isZone(zone) ? namesOf(zone, locale, now) : '');
    index += 1;
  }
  return index;
}

/** The first `count` known zones with what time it is there now, from west to east. Found by city, region, offset and name. */
export function zoneOptions(formats: Formats, now: Instant, count: number): readonly ZoneOption[] {
  return knownZones()
    .slice(0, count)
    .filter(isZone)
    .map((zone) => ({ zone, offset: zoneOffsetMinutes(zone, now) }))
    .sort((a, b) => a.offset - b.offset || (zoneCity(a.zone) < zoneCity(b.zone) ? -1 : 1))
    .map(({ zone, offset }) => {
      const offsetName = offsetText(offset);
      return {
        value: zone,
        label: zoneLabel(zone),
        detail: `${formats.timeAtOffset(now, offset)}  ${offsetName}`,
        keywords: `${namesByZone.get(`${formats.locale} ${zone}`) ?? ''} ${[...formerZoneNames(zone), ...citiesOfZone(zone)].join(' ')} ${offsetName} ${offsetName.replace('UTC', 'GMT')}`,
      };
    });
}

function namesOf(zone: string, locale: Locale, now: Instant): string {
  const names = new Set<string>();
  for (const language of new Set([locale, 'en'])) {
    for (const timeZoneName of ['shortGeneric', 'longGeneric'] as const) {
      const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName }).formatToParts(now);
      names.add(parts.find((part) => part.type === 'timeZoneName')?.value ?? '');
    }
  }
  return [...names].join(' ');
}
