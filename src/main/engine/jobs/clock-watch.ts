import { longestSince, machineMoment } from '../team/machine-clock.ts';
import type { MachineClock } from '../team/machine-clock.ts';
import { jumpBetween } from '../../../shared/domain/send-later/send-later.ts';
import type { ClockJump } from '../../../shared/domain/send-later/send-later.ts';
import type { Clock } from '../../../shared/domain/time.ts';

/**
 * Notices when the wall clock is set ahead while the engine runs: what it says is due by then may be hours early. A machine that slept is none: its
 * uptime went on. Looks only when it is asked; whoever waits for a time asks every minute.
 * @returns the last jump; null when there was none
 */
export function watchClock(clock: Clock, machine: MachineClock): () => ClockJump | null {
  let before = clock.now();
  let moment = machineMoment(machine);
  let jump: ClockJump | null = null;
  return () => {
    const now = clock.now();
    jump = jumpBetween(before, longestSince(moment, machine), now) ?? jump;
    before = now;
    moment = machineMoment(machine);
    return jump;
  };
}
