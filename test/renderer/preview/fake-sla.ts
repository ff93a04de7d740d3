import type { CaseRow } from '../../../src/shared/contract/cases.contract.ts';
import type { CaseClocksView, SlaConfig } from '../../../src/shared/contract/sla.contract.ts';
import type { Status, Tier } from '../../../src/shared/domain/case.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { caseSla, isRaised } from '../../../src/shared/domain/sla/case-sla.ts';
import type { Instance } from '../../../src/shared/domain/sla/clock.ts';
import { defaultRules } from '../../../src/shared/domain/sla/default-rules.ts';
import { evaluate } from '../../../src/shared/domain/sla/evaluate.ts';
import type { SlaEvent } from '../../../src/shared/domain/sla/sla-event.ts';
import { DAY_MS, HOUR_MS, instant } from '../../../src/shared/domain/time.ts';
import type { Instant } from '../../../src/shared/domain/time.ts';

const NOW = instant(Date.now());
const ME = makeId('agt', 'me');
const rules = defaultRules('Europe/Lisbon', instant(NOW - 400 * DAY_MS));

/** FAKE: every seventh case is promised office hours only, one a calendar that never opens. */
const [, standard] = rules.policies;
export const fakeConfig: SlaConfig = {
  calendars: [
    ...rules.calendars,
    { id: 'closed', name: 'Closed for good', versions: [{ effectiveFrom: NOW, zone: 'UTC', week: {}, exceptions: [] }] },
  ],
  policies: [
    ...rules.policies,
    ...(standard === undefined
      ? []
      : [
          {
            ...standard,
            id: 'office',
            name: 'Office hours',
            position: -1,
            conditions: { labels: ['office'] },
            promise: { kind: 'calendars' as const, calendarIds: ['office-hours'] },
          },
          {
            ...standard,
            id: 'closed',
            name: 'Closed',
            position: -2,
            conditions: { labels: ['closed'] },
            promise: { kind: 'calendars' as const, calendarIds: ['closed'] },
          },
        ]),
  ],
};

function eventsOf(index: number, tier: Tier, status: Status, lastAt: Instant): readonly SlaEvent[] {
  const events: SlaEvent[] = [];
  const add = (at: number, body: SlaEvent['body']): void => {
    events.push({
      id: `evt_s${String(index)}_${String(events.length)}`,
      sequence: events.length + 1,
      at: instant(Math.min(at, NOW)),
      body,
    });
  };
  const openedAt = lastAt - 5 * HOUR_MS;
  add(openedAt, {
    type: 'opened',
    isHeldByBot: false,
    attributes: {
      channel: 'email',
      tier,
      priority: null,
      language: null,
      team: null,
      labels: index === 12 ? ['closed'] : index % 7 === 2 ? ['office'] : [],
    },
  });
  add(openedAt, { type: 'customer-message' });
  if (index % 3 !== 2) add(openedAt + HOUR_MS, { type: 'our-message', by: 'human' });
  add(openedAt + 2 * HOUR_MS, { type: 'attributes-changed', to: { priority: 'high' } });
  if (status === 'open') add(lastAt, { type: 'customer-message' });
  else add(lastAt, { type: 'status-changed', to: status });
  return events;
}

const CAUSES = {
  opened: 'case.opened',
  'customer-message': 'case.messageReceived',
  'our-message': 'case.replySent',
  'attributes-changed': 'case.priorityChanged',
  'status-changed': 'case.statusChanged',
} as const;

function instancesOf(index: number, tier: Tier, status: Status, lastAt: Instant): readonly Instance[] {
  return evaluate(eventsOf(index, tier, status, lastAt), fakeConfig.policies, fakeConfig.calendars, NOW);
}

export function fakeSla(index: number, tier: Tier, status: Status, lastAt: Instant): Pick<CaseRow, 'sla' | 'raised'> {
  const { badge } = caseSla(instancesOf(index, tier, status, lastAt), tier, NOW);
  return { sla: badge, raised: badge !== null && isRaised(badge, tier, NOW) };
}

export function fakeClocks(index: number, tier: Tier, status: Status, lastAt: Instant): CaseClocksView {
  const causes: Record<string, CaseClocksView['causes'][string]> = {};
  for (const { id, at, body } of eventsOf(index, tier, status, lastAt)) {
    const type = Object.entries(CAUSES).find(([kind]) => kind === body.type)?.[1];
    if (type !== undefined) causes[id] = { at, actor: body.type === 'customer-message' ? null : ME, type };
  }
  return { instances: instancesOf(index, tier, status, lastAt), causes };
}
