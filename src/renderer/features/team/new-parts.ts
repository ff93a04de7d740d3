import { makeId, ulid } from '../../../shared/domain/ids.ts';
import type { IdKinds } from '../../../shared/domain/ids.ts';
import { DEFAULT_SHORTEST_MS, EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Requirement } from '../../../shared/domain/coverage/roster.ts';
import { clock } from '../../state/clock-store.ts';

function newId<K extends keyof IdKinds>(kind: K): IdKinds[K] {
  return makeId(kind, ulid(clock.now(), crypto.getRandomValues(new Uint8Array(10))));
}

export function newHub(name: string, zone: string): Hub {
  return { hubId: newId('hub'), name, zone, position: null, weekend: ['sat', 'sun'], holidays: [], isActive: true };
}

/** Somebody of a hub, else of the zone that is given. */
export function newAgent(name: string, hub: Hub | null, zone: string): AgentProfile {
  return {
    agentId: newId('agt'),
    name,
    hubId: hub?.hubId ?? null,
    zone: hub?.zone ?? zone,
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: [],
    tiers: ['L1'],
    pattern: {},
    isActive: true,
  };
}

export function newRequirement(name: string): Requirement {
  return {
    requirementId: newId('req'),
    name,
    selector: EVERYBODY,
    window: null,
    minimum: 1,
    target: 1,
    severity: 'major',
    shortestMs: DEFAULT_SHORTEST_MS,
    isActive: true,
  };
}
