import { timeZoneDataVersion } from '../../../shared/domain/time/zone.ts';

/** The time-zone data that this process derives instants with. */
export function zoneDataInUse(): string {
  return timeZoneDataVersion(process.versions['tz']);
}
