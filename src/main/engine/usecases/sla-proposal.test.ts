import { describe, expect, test } from 'vitest';
import { problemsOf, proposedConfig } from './sla-proposal.ts';
import type { ProposedCalendar, SlaConfig, SlaProposal } from '../../../shared/contract/sla.contract.ts';
import { defaultRules } from '../../../shared/domain/sla/default-rules.ts';
import type { BusinessCalendar } from '../../../shared/domain/time/calendar.ts';
import { DAY_MS, instant } from '../../../shared/domain/time.ts';

const NOW = instant(Date.UTC(2026, 10, 25, 9));
const inDays = (days: number): typeof NOW => instant(NOW + days * DAY_MS);
const saved: SlaConfig = defaultRules('Europe/Lisbon', inDays(-30));
const SHORT = { mon: [{ openMinute: 600, closeMinute: 900 }] };
const LONG = { mon: [{ openMinute: 480, closeMinute: 1_200 }] };

/** The newest version of everything, as the page sends it when nothing was edited. */
function same(config: SlaConfig): SlaProposal {
  return {
    policies: config.policies.map(({ version: _v, position: _p, effectiveFrom: _e, isActive: _a, ...rest }) => rest),
    calendars: config.calendars
      .filter((calendar) => calendar.isRetired !== true)
      .map(({ id, name, versions }) => {
        const last = versions.at(-1);
        if (last === undefined) throw new Error('a calendar without a version');
        return { id, name, ...last };
      }),
  };
}
function office(config: SlaConfig): BusinessCalendar {
  const found = config.calendars.find((calendar) => calendar.id === 'office-hours');
  if (found === undefined) throw new Error('no office hours');
  return found;
}
function edit(config: SlaConfig, patch: Partial<ProposedCalendar>, now = NOW): SlaConfig {
  const proposal = same(config);
  const calendars = proposal.calendars.map((each) => (each.id === 'office-hours' ? { ...each, ...patch } : each));
  return proposedConfig(config, { ...proposal, calendars }, now);
}
const begins = (config: SlaConfig): readonly number[] => office(config).versions.map((version) => (version.effectiveFrom - NOW) / DAY_MS);

describe('versions of a calendar', () => {
  test('what was not touched stays the same object', () => {
    const next = proposedConfig(saved, same(saved), NOW);
    expect(next.calendars.map((calendar, index) => calendar === saved.calendars[index])).toEqual([true, true]);
    expect(next.policies).toEqual(saved.policies);
  });

  test('only moving the begin of a version that has not begun moves it, both ways, and to now', () => {
    const ahead = edit(saved, { week: SHORT, effectiveFrom: inDays(10) });
    expect(begins(ahead)).toEqual([-30, 10]);
    for (const days of [20, 5, 0]) {
      const moved = edit(ahead, { effectiveFrom: inDays(days) });
      expect(begins(moved)).toEqual([-30, days]);
      expect(office(moved).versions.at(-1)?.week).toEqual(SHORT);
    }
  });

  test('editing a version that has not begun and moving it leaves nothing of it', () => {
    const ahead = edit(saved, { week: SHORT, effectiveFrom: inDays(10) });
    const edited = edit(ahead, { week: LONG, effectiveFrom: inDays(20) });
    expect(begins(edited)).toEqual([-30, 20]);
    expect(office(edited).versions.at(-1)?.week).toEqual(LONG);
  });

  test('a version that is made to what applies already is dropped', () => {
    const ahead = edit(saved, { week: SHORT, effectiveFrom: inDays(10) });
    const back = edit(ahead, { week: office(saved).versions[0]?.week ?? {}, effectiveFrom: inDays(10) });
    expect(begins(back)).toEqual([-30]);
  });

  test('the past is not rewritten: neither by a begin in the past nor by a version that has begun', () => {
    const changed = edit(saved, { week: SHORT, effectiveFrom: inDays(-7) });
    expect(begins(changed)).toEqual([-30, 0]);
    const untouched = edit(changed, { effectiveFrom: inDays(5) }, inDays(1));
    expect(begins(untouched)).toEqual([-30, 0]);
    // A new calendar applies to the time before it, so it can not begin later than it was saved.
    const fresh = proposedConfig(
      saved,
      {
        ...same(saved),
        calendars: [...same(saved).calendars, { ...same(saved).calendars[1], id: 'new', effectiveFrom: inDays(9) } as ProposedCalendar],
      },
      NOW,
    );
    expect(fresh.calendars.at(-1)?.versions.map((version) => version.effectiveFrom)).toEqual([NOW]);
  });
});

describe('a calendar that is left out', () => {
  const without = (config: SlaConfig, id: string): SlaProposal => {
    const proposal = same(config);
    return { ...proposal, calendars: proposal.calendars.filter((each) => each.id !== id) };
  };

  test('goes out of use with all its versions, and can come back', () => {
    const proposal = without(saved, 'office-hours');
    const retired = proposedConfig(saved, proposal, NOW);
    expect(office(retired)).toEqual({ ...office(saved), isRetired: true });
    expect(problemsOf(retired, proposal)).toEqual({ policies: [], calendars: [] });
    expect(proposedConfig(retired, without(retired, 'office-hours'), inDays(1)).calendars).toEqual(retired.calendars);
    expect(office(proposedConfig(retired, same(saved), inDays(1)))).toEqual(office(saved));
  });

  test('is refused while a policy in use promises it, and only then', () => {
    const id = saved.calendars[0]?.id ?? '';
    const proposal = without(saved, id);
    const problems = problemsOf(proposedConfig(saved, proposal, NOW), proposal);
    expect(problems.policies.map(({ policyId, problem }) => [policyId, problem.code])).toEqual([
      ['vip', 'retired-hours'],
      ['standard', 'retired-hours'],
    ]);
    const nobody = { ...proposal, policies: [] };
    expect(problemsOf(proposedConfig(saved, nobody, NOW), nobody).policies).toEqual([]);
  });
});
