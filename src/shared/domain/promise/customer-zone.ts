import { MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { isKnownZone, zoneOffsetMs } from '../time/zone.ts';

/** The zone that a customer is promised times in, and how it is known. */
export interface CustomerZone {
  readonly zone: string;
  /** `assumed`: nothing is known of the customer, so it is somebody else's. */
  readonly source: 'set' | 'offset' | 'assumed';
}

/**
 * One zone for each offset that somebody lives at. Where there is one it never changes its clocks: of the customer only
 * the offset is known, and a zone that jumps at night would promise something that nobody meant.
 */
const ZONES_BY_OFFSET = [
  'Pacific/Pago_Pago',
  'Pacific/Honolulu',
  'Pacific/Marquesas',
  'Pacific/Gambier',
  'Pacific/Pitcairn',
  'America/Phoenix',
  'America/Costa_Rica',
  'America/Panama',
  'America/Puerto_Rico',
  'America/Sao_Paulo',
  'America/Noronha',
  'Atlantic/Cape_Verde',
  'UTC',
  'Africa/Lagos',
  'Africa/Johannesburg',
  'Africa/Nairobi',
  'Asia/Tehran',
  'Asia/Dubai',
  'Asia/Kabul',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dhaka',
  'Asia/Yangon',
  'Asia/Bangkok',
  'Asia/Singapore',
  'Australia/Eucla',
  'Asia/Tokyo',
  'Australia/Darwin',
  'Australia/Brisbane',
  'Pacific/Guadalcanal',
  'Pacific/Fiji',
  'Pacific/Tongatapu',
  'Pacific/Kiritimati',
  // and where nobody else has the offset
  'America/St_Johns',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
];

/**
 * The zone that was set for a customer; else one whose clocks now show what the customer's showed in their last message;
 * else the one of whoever asks.
 */
export function customerZone(
  customer: { readonly zone: string | null; readonly offsetMinutes: number | null },
  fallback: string,
  now: Instant,
): CustomerZone {
  if (customer.zone !== null && isKnownZone(customer.zone)) return { zone: customer.zone, source: 'set' };
  const { offsetMinutes } = customer;
  const found =
    offsetMinutes === null
      ? undefined
      : ZONES_BY_OFFSET.find((zone) => isKnownZone(zone) && zoneOffsetMs(zone, now) === offsetMinutes * MINUTE_MS);
  return found === undefined ? { zone: fallback, source: 'assumed' } : { zone: found, source: 'offset' };
}
