import { agentsNeeded, queueFigures } from '../../src/shared/domain/coverage/erlang.ts';
import type { LiveLoad } from '../../src/shared/domain/coverage/erlang.ts';
import { asNumber } from './fields.ts';
import type { Row } from './fields.ts';
import type { Outcome } from './vectors.ts';

/** How far a figure may be from the reference, relative to it. */
const TOLERANCE = 1e-9;

export function checkStaffing(row: Row): Outcome {
  const number = (field: string): number => asNumber(row[field], field);
  const load: LiveLoad = {
    arrivals: number('arrivals'),
    periodSeconds: number('periodSeconds'),
    handleSeconds: number('handleSeconds'),
    thresholdSeconds: number('thresholdSeconds'),
    patienceSeconds: null,
  };
  const target = { serviceLevel: number('targetServiceLevel'), maxOccupancy: 1, maxAbandoned: null };
  const found = queueFigures(load, number('agents'));
  const figures = [
    ['wait', number('probabilityOfWait'), found.probabilityOfWait],
    ['level', number('serviceLevel'), found.serviceLevel],
    ['average', number('averageWaitSeconds'), found.averageWaitSeconds ?? Number.POSITIVE_INFINITY],
    ['needed', number('agentsNeeded'), agentsNeeded(load, target)],
  ] as const;
  return {
    name: `${String(load.arrivals)} in ${String(load.periodSeconds)} s, ${String(load.handleSeconds)} s each, ${String(found.agents)} people`,
    expected: figures.map(([name, expected]) => `${name} ${String(expected)}`).join(' '),
    // within the tolerance a figure is the reference's, so that equal texts pass
    found: figures.map(([name, expected, value]) => `${name} ${String(isNear(value, expected) ? expected : value)}`).join(' '),
  };
}

function isNear(value: number, expected: number): boolean {
  return Math.abs(value - expected) < TOLERANCE * Math.abs(expected) || value === expected;
}
