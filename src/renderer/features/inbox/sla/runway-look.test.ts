import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { nextRunwayChange, runwayLook } from './runway-look.ts';
import { shownOpenMs } from './sla-look.ts';

const NOW = instant(Date.parse('2026-05-06T12:00:00Z'));
const after = (ms: number): Instant => instant(NOW + ms);

function row(dueInMs: number | null, runway: CaseRow['runway']): Pick<CaseRow, 'runway' | 'sla'> {
  return {
    runway,
    sla:
      dueInMs === null
        ? null
        : {
            metric: 'first-reply',
            policyId: 'standard',
            policyVersion: 1,
            state: 'running',
            targetMs: 8 * HOUR_MS,
            usedMs: 0,
            runningSince: NOW,
            dueAt: after(dueInMs),
            pausedAt: null,
            endedAt: null,
            halfAt: null,
            fourFifthsAt: null,
            problem: null,
          },
  } as Pick<CaseRow, 'runway' | 'sla'>;
}

describe('the staffed runway of a row', () => {
  test('runs while somebody is on and stands while nobody is', () => {
    const running = row(5 * HOUR_MS, { staffedAtDue: 10 * HOUR_MS, base: 7 * HOUR_MS, since: after(-HOUR_MS) });
    expect(runwayLook(running, NOW)).toEqual({ level: 'staffed', ms: 2 * HOUR_MS });
    expect(runwayLook(running, after(90 * MINUTE_MS))).toEqual({ level: 'short', ms: 30 * MINUTE_MS });
    expect(runwayLook(running, after(3 * HOUR_MS))).toEqual({ level: 'unstaffed', ms: 0 });
    const standing = row(5 * HOUR_MS, { staffedAtDue: 10 * HOUR_MS, base: 8 * HOUR_MS, since: null });
    expect(runwayLook(standing, after(3 * HOUR_MS))).toEqual({ level: 'staffed', ms: 2 * HOUR_MS });
  });

  test('is not told of what is overdue, never due or not planned', () => {
    const none = { level: 'none', ms: 0 };
    expect(runwayLook(row(0, { staffedAtDue: 5, base: 0, since: null }), NOW)).toEqual(none);
    expect(runwayLook(row(null, { staffedAtDue: 5, base: 0, since: null }), NOW)).toEqual(none);
    expect(runwayLook(row(HOUR_MS, null), NOW)).toEqual(none);
    expect(nextRunwayChange(row(HOUR_MS, null), NOW)).toBeNull();
  });

  test('an unstaffed case stays so until it is overdue', () => {
    const nobody = row(5 * HOUR_MS, { staffedAtDue: HOUR_MS, base: HOUR_MS, since: null });
    expect(runwayLook(nobody, NOW).level).toBe('unstaffed');
    expect(nextRunwayChange(nobody, NOW)).toBe(after(5 * HOUR_MS));
  });

  test('what is shown changes at the told instant, and not before', () => {
    const shown = (of: Pick<CaseRow, 'runway' | 'sla'>, at: Instant): string => {
      const { level, ms } = runwayLook(of, at);
      return `${level} ${String(shownOpenMs(ms))}`;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 * HOUR_MS }),
        fc.integer({ min: 0, max: 20 * HOUR_MS }),
        fc.boolean(),
        fc.integer({ min: 0, max: 999 }),
        (dueIn, left, isRunning, part) => {
          const of = row(dueIn, { staffedAtDue: left, base: 0, since: isRunning ? NOW : null });
          const change = nextRunwayChange(of, NOW);
          if (change === null) throw new Error('it is due, so it changes');
          expect(change).toBeGreaterThan(NOW);
          expect(shown(of, instant(NOW + ((change - NOW - 1) * part) / 1_000))).toBe(shown(of, NOW));
          expect(shown(of, change)).not.toBe(shown(of, NOW));
        },
      ),
      { numRuns: 500 },
    );
  });
});
