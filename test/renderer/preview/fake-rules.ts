import type { Simulation, SlaConfig } from '../../../src/shared/contract/sla.contract.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { defaultRules } from '../../../src/shared/domain/sla/default-rules.ts';
import { builtInHolidays } from '../../../src/shared/domain/time/holidays.ts';
import { readIcsHolidays } from '../../../src/shared/domain/time/ics-holidays.ts';
import { DAY_MS, instant } from '../../../src/shared/domain/time.ts';
import type { FakeEngine } from '../fake-engine.ts';

type Handlers = ConstructorParameters<typeof FakeEngine>[0];

const NO_PROBLEMS = { policies: [], calendars: [] };

/** FAKE rules: they are kept, but nothing is worked out by them; previews and simulations are made up. */
export function fakeRules(scenario: string, engine: () => FakeEngine): Handlers {
  const now = instant(Date.now());
  const start = defaultRules('Europe/Lisbon', instant(now - 200 * DAY_MS));
  let config: SlaConfig = scenario === 'empty' ? NO_PROBLEMS : { ...start, calendars: withNights(start.calendars) };
  return {
    'sla.config': () => ({ ok: true, value: config }),
    'sla.shiftHours': () => ({ ok: true, value: [] }),
    'sla.preview': () => ({
      ok: true,
      value: {
        problems: NO_PROBLEMS,
        openCases: 143,
        hours: { changed: 12, breachAtOnce: 0 },
        applied: { changed: 31, breachAtOnce: 4 },
      },
    }),
    'sla.progress': () => ({ ok: true, value: null }),
    'sla.cancel': () => ({ ok: true, value: { isCancelled: true } }),
    'sla.simulate': () => ({ ok: true, value: simulation(scenario) }),
    'sla.holidays': ({ country, year }) => ({ ok: true, value: builtInHolidays(country, year) }),
    'sla.readIcs': ({ text }) => ({ ok: true, value: readIcsHolidays(text) }),
    'sla.save': ({ proposal, applyToOpen }) => {
      const policies = proposal.policies.map((policy, position) => ({
        ...policy,
        position,
        version: (config.policies.find((each) => each.id === policy.id)?.version ?? 0) + 1,
        effectiveFrom: now,
        isActive: true,
      }));
      config = { policies, calendars: proposal.calendars.map(({ id, name, ...version }) => ({ id, name, versions: [version] })) };
      void engine().changed('sla.config');
      return { ok: true, value: { changed: 1, appliedTo: applyToOpen ? 143 : 0 } };
    },
  };
}

function withNights(calendars: SlaConfig['calendars']): SlaConfig['calendars'] {
  const office = calendars.at(-1)?.versions[0];
  if (office === undefined) return calendars;
  const late = { openMinute: 22 * 60, closeMinute: 6 * 60 };
  const day = [
    { openMinute: 8 * 60, closeMinute: 12 * 60 + 30 },
    { openMinute: 13 * 60 + 30, closeMinute: 18 * 60 },
  ];
  const exceptions = builtInHolidays('PT', 2026).map(({ date, name }, index) => ({
    date,
    name,
    windows: index % 4 === 3 ? [{ openMinute: 9 * 60, closeMinute: 13 * 60 }] : [],
  }));
  const version = { ...office, week: { mon: day, tue: day, wed: day, thu: day, fri: [...day, late], sun: [late] }, exceptions };
  return [...calendars, { id: 'lisbon-nights', name: 'Lisbon with nights', versions: [version] }];
}

function simulation(scenario: string): Simulation {
  const now = instant(Date.now());
  const counts = (met: number, breached: number, waived: number, open: number): Simulation['metrics'][number]['before'] => ({
    met,
    breached,
    waived,
    open,
  });
  return {
    problems: NO_PROBLEMS,
    from: instant(now - 90 * DAY_MS),
    to: now,
    cases: scenario === 'sample' ? 0 : 1_284,
    metrics: [
      { metric: 'first-reply', tier: 'standard', before: counts(902, 71, 12, 4), after: counts(861, 112, 12, 4) },
      { metric: 'first-reply', tier: 'vip', before: counts(188, 9, 1, 0), after: counts(193, 4, 1, 0) },
      { metric: 'next-reply', tier: 'standard', before: counts(1_731, 140, 33, 9), after: counts(1_731, 140, 33, 9) },
      { metric: 'resolution', tier: 'vip-plus', before: counts(41, 6, 0, 3), after: counts(44, 3, 0, 3) },
    ],
    changed: [
      {
        caseId: makeId('case', 'c1'),
        subject: 'Export stops at 10,000 rows',
        metric: 'first-reply',
        before: 'met',
        after: 'breached',
      },
      { caseId: makeId('case', 'c2'), subject: '发票抬头需要修改', metric: 'resolution', before: 'breached', after: 'met' },
      { caseId: makeId('case', 'c3'), subject: 'No puedo iniciar sesión', metric: 'next-reply', before: 'none', after: 'running' },
    ],
  };
}
