import type { Page } from '@playwright/test';
import { EVERYBODY } from '../src/shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub } from '../src/shared/domain/coverage/roster.ts';
import type { ShiftChange } from '../src/shared/domain/coverage/plan.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import type { OperationId } from '../src/shared/domain/ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../src/shared/domain/time.ts';
import { toLocal } from '../src/shared/domain/time/zone.ts';
import { callEngine } from './engine-port.ts';

/** A team in three hubs whose shifts lie around a moment, so that Singapore is about to go home and Lisbon is there. */

const hub = (slug: string, name: string, zone: string): Hub => ({
  hubId: makeId('hub', slug),
  name,
  zone,
  position: null,
  weekend: ['sat', 'sun'],
  holidays: [],
  isActive: true,
});
export const SINGAPORE = hub('singapore', 'Singapore', 'Asia/Singapore');
export const LISBON = hub('lisbon', 'Lisbon', 'Europe/Lisbon');
export const SAN_FRANCISCO = hub('san-francisco', 'San Francisco', 'America/Los_Angeles');

function person(name: string, { hubId, zone }: Hub, tiers: AgentProfile['tiers']): AgentProfile {
  return {
    agentId: makeId('agt', name.toLowerCase().replaceAll(' ', '-')),
    name,
    hubId,
    zone,
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: [{ name: 'en', level: 'expert', from: null, until: null }],
    tiers,
    pattern: {},
    isActive: true,
  };
}
export const LUIS = person('Luis Prado', LISBON, ['L1', 'L2']);
export const BEATRIZ = person('Beatriz Nunes', LISBON, ['L1']);
export const RITA = person('Rita Lopes', LISBON, ['L1', 'L2', 'lead']);
export const SAM = person('Sam Ortega', SAN_FRANCISCO, ['L1', 'L2']);

let operations = 0;
function opId(): OperationId {
  operations += 1;
  return makeId('op', `sun-${String(Date.now())}-${String(operations)}`);
}

/** How long from now the shift of Singapore goes on. */
export const SINGAPORE_LEFT_MS = 40 * MINUTE_MS;

/**
 * Sets the team up and publishes its shifts: whoever sits at the desk belongs to Singapore and has forty minutes left;
 * Lisbon came an hour ago, its Rita is a lead; San Francisco comes when Lisbon goes.
 */
export async function followTheSun(page: Page, now: number): Promise<void> {
  const { roster, me } = await callEngine(page, 'roster.get', {});
  const own = roster.agents.find((agent) => agent.agentId === me);
  if (own === undefined) throw new Error('nobody sits at this desk');
  const mine: AgentProfile = { ...own, hubId: SINGAPORE.hubId, zone: SINGAPORE.zone, tiers: ['L1'] };
  const hubs = [SINGAPORE, LISBON, SAN_FRANCISCO];
  // Whoever plans must be a lead as soon as there is one: Rita becomes it when the plan is out.
  const agents = [mine, LUIS, BEATRIZ, { ...RITA, tiers: ['L1' as const] }, SAM];
  await callEngine(page, 'roster.save', {
    opId: opId(),
    changes: [...hubs.map((each) => ({ kind: 'hub' as const, hub: each })), ...agents.map((agent) => ({ kind: 'agent' as const, agent }))],
  });
  const { zoneData } = await callEngine(page, 'roster.get', {});
  // Shifts begin and end at full minutes of the wall.
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const shift = (agent: AgentProfile, from: number, to: number): ShiftChange => {
    const { zone } = agent;
    const [startAt, endAt] = [instant(minute + from), instant(minute + to)];
    return {
      shiftId: makeId('shf', agent.agentId.slice(4)),
      draft: {
        kind: 'changed',
        body: {
          zone,
          startLocal: toLocal(zone, startAt),
          endLocal: toLocal(zone, endAt),
          startAt,
          endAt,
          zoneData,
          agentId: agent.agentId,
          hubId: agent.hubId ?? LISBON.hubId,
          breaks: [],
          needs: EVERYBODY,
          source: 'manual',
          templateId: null,
          rotationId: null,
          note: '',
        },
      },
    };
  };
  await callEngine(page, 'plan.edit', {
    opId: opId(),
    changes: [
      shift(mine, -7 * HOUR_MS, SINGAPORE_LEFT_MS),
      ...[LUIS, BEATRIZ, RITA].map((agent) => shift(agent, -HOUR_MS, 7 * HOUR_MS)),
      shift(SAM, 7 * HOUR_MS, 15 * HOUR_MS),
    ],
  });
  await callEngine(page, 'plan.publish', { opId: opId(), note: '' });
  await callEngine(page, 'roster.save', { opId: opId(), changes: [{ kind: 'agent', agent: RITA }] });
}
