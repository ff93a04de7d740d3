import { HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { instant } from '../time.ts';
import { epochDayOf } from './local-time.ts';

/** A change of time-zone law that runtimes may not know yet: from one instant on the zone keeps one offset. */
export interface ZoneOverride {
  /** The zone and its other names. */
  readonly zones: readonly string[];
  readonly from: Instant;
  /** East of UTC, in milliseconds. */
  readonly offsetMs: number;
  /** An instant at which old and new law differ: the canary. */
  readonly probeAt: Instant;
  /** The release of the IANA data that brought the change. */
  readonly release: string;
}

function utc(year: number, month: number, day: number, hour: number): Instant {
  return instant((epochDayOf({ year, month, day }) * 24 + hour) * HOUR_MS);
}

const PROBE_AT = utc(2026, 11, 22, 12);

/**
 * The laws that came into force in 2026 (IANA releases 2026b to 2026d). An entry may go when the oldest runtime that
 * is supported carries its release.
 */
export const ZONE_OVERRIDES: readonly ZoneOverride[] = [
  {
    zones: ['America/Vancouver', 'Canada/Pacific'],
    from: utc(2026, 11, 1, 9),
    offsetMs: -7 * HOUR_MS,
    probeAt: PROBE_AT,
    release: '2026b',
  },
  {
    zones: ['America/Edmonton', 'America/Yellowknife', 'Canada/Mountain'],
    from: utc(2026, 11, 1, 8),
    offsetMs: -6 * HOUR_MS,
    probeAt: PROBE_AT,
    release: '2026c',
  },
  { zones: ['Africa/Casablanca', 'Africa/El_Aaiun'], from: utc(2026, 9, 20, 1), offsetMs: 0, probeAt: PROBE_AT, release: '2026c' },
  { zones: ['America/Inuvik'], from: utc(2026, 11, 1, 8), offsetMs: -6 * HOUR_MS, probeAt: PROBE_AT, release: '2026d' },
];
