import { beforeEach, describe, expect, test } from 'vitest';
import type { SlaConfig } from '../../../shared/contract/sla.contract.ts';
import { defaultRules } from '../../../shared/domain/sla/default-rules.ts';
import { DAY_MS, HOUR_MS, instant } from '../../../shared/domain/time.ts';
import { changedParts } from './rules-changes.ts';
import { calendarDraft, draftOf, proposalOf, weeklyHours } from './rules-draft.ts';
import { calendarFaults, faultyParts } from './rules-problems.ts';
import {
  addPolicy,
  discardEdits,
  editCalendar,
  editPolicy,
  followConfig,
  forgetRules,
  keepEdits,
  movePolicy,
  putBackCalendar,
  putBackPolicy,
  removePolicy,
  retireCalendar,
  useRules,
} from './rules.store.ts';

const NOW = instant(Date.UTC(2026, 10, 24, 12));
const NONE: ReadonlySet<string> = new Set();
const config: SlaConfig = defaultRules('Europe/Lisbon', instant(NOW - 30 * DAY_MS));

test('rules that nobody touched are proposed as they were saved, so that they keep their versions', () => {
  const proposal = proposalOf(draftOf(config, NOW), config, NOW);
  const { versions, ...rest } = config.calendars[1] ?? { versions: [] };
  expect(proposal.calendars[1]).toEqual({ ...rest, ...versions[0] });
  expect(proposal.policies.map((policy) => policy.targets)).toEqual(config.policies.map((policy) => policy.targets));
  expect(changedParts(draftOf(config, NOW), draftOf(config, NOW), NONE)).toEqual([]);
});

test('an edited calendar begins now, or at the first instant of its date in its zone', () => {
  const draft = draftOf(config, NOW);
  const edited = (fromText: string): number | undefined => {
    const calendars = draft.calendars.map((each) => ({ ...each, zone: 'Asia/Tokyo', fromText }));
    return proposalOf({ ...draft, calendars }, config, NOW).calendars[0]?.effectiveFrom;
  };
  expect(edited('')).toBe(NOW);
  expect(edited('2026-12-01')).toBe(Date.UTC(2026, 10, 30, 15));
});

test('faults are found at their places', () => {
  const draft = draftOf(config, NOW);
  const [calendar] = draft.calendars;
  if (calendar === undefined) throw new Error('no calendar');
  const exception = { key: 'x', dateText: '0202-12-25', name: '', windows: [] };
  expect(calendarFaults({ ...calendar, week: {} }, calendar, NOW).problems.map(({ code }) => code)).toEqual(['never-opens']);
  expect(calendarFaults({ ...calendar, exceptions: [exception] }, calendar, NOW).problems).toMatchObject([
    { code: 'bad-date', exception: 0 },
  ]);
  expect(calendarFaults({ ...calendar, fromText: '2026-11-23' }, calendar, NOW).from).toBe('past');
  expect(calendarFaults({ ...calendar, zone: null }, calendar, NOW).problems[0]?.code).toBe('unknown-zone');
});

test('open hours of a week count an overlap once and the night of Sunday', () => {
  const window = { openMinute: 540, closeMinute: 1020 };
  expect(weeklyHours({ mon: [window, { openMinute: 600, closeMinute: 1080 }], sun: [{ openMinute: 1320, closeMinute: 360 }] })).toBe(17);
});

describe('the draft in the window', () => {
  beforeEach(() => {
    forgetRules();
    followConfig(config, NOW);
  });

  test('edits survive what a colleague saves, until one says otherwise', () => {
    editPolicy('vip', { name: 'Mine' });
    const theirs = { ...config, policies: config.policies.map((each) => ({ ...each, version: 2, name: `${each.name} 2` })) };
    followConfig(theirs, NOW);
    expect(useRules.getState()).toMatchObject({ newer: theirs, draft: { policies: [{ name: 'Mine' }, { name: 'Standard' }] } });
    keepEdits(NOW);
    expect(useRules.getState()).toMatchObject({
      newer: null,
      config: theirs,
      draft: { policies: [{ name: 'Mine' }, { name: 'Standard' }] },
    });
    discardEdits(NOW);
    expect(useRules.getState().draft?.policies.map(({ name }) => name)).toEqual(['VIP 2', 'Standard 2']);
  });

  test('without edits what is saved is shown at once', () => {
    followConfig({ ...config, policies: [] }, NOW);
    expect(useRules.getState().draft?.policies).toEqual([]);
  });

  test('a target that can not be read, or is too long, is a fault; another spelling of the same is no edit', () => {
    const standard = draftOf(config, NOW).policies[1];
    if (standard === undefined) throw new Error('no policy');
    const withTarget = (text: string): void =>
      editPolicy('standard', { targets: { ...standard.targets, high: { ...standard.targets.high, 'first-reply': text } } });
    const state = (): readonly string[] => {
      const { draft, base } = useRules.getState();
      return draft === null || base === null ? [] : faultyParts(draft, base, NOW).map(({ id }) => id);
    };
    const faults = ['soon', '0', '400d', '4h'].map((text) => {
      withTarget(text);
      return state();
    });
    expect(faults).toEqual([['standard'], ['standard'], ['standard'], []]);
    withTarget('240 min');
    const { draft, base } = useRules.getState();
    expect(draft !== null && base !== null && changedParts(draft, base, NONE)).toEqual([]);
    withTarget('5h');
    const changed = useRules.getState().draft;
    expect(changed === null ? null : proposalOf(changed, config, NOW).policies[1]?.targets.high['first-reply']).toBe(5 * HOUR_MS);
  });

  test('moving a policy is told as a change of the order, and stops at the ends', () => {
    movePolicy('standard', -5);
    const { draft, base } = useRules.getState();
    expect(draft !== null && base !== null && changedParts(draft, base, NONE).map(({ what }) => what)).toEqual(['order']);
    editCalendar('office-hours', { name: 'Office' });
    const after = useRules.getState();
    expect(after.draft !== null && after.base !== null && changedParts(after.draft, after.base, NONE).map(({ what }) => what)).toEqual([
      'changed',
      'order',
    ]);
  });

  test('a calendar that is promised stays; another one goes when it is saved, and can be put back at its place', () => {
    const ids = (): readonly string[] => useRules.getState().draft?.calendars.map(({ id }) => id) ?? [];
    retireCalendar('around-the-clock');
    expect(ids()).toEqual(['around-the-clock', 'office-hours']);
    for (const id of ['vip', 'standard']) editPolicy(id, { calendarIds: ['office-hours'] });
    const [first] = useRules.getState().draft?.calendars ?? [];
    if (first === undefined) throw new Error('no calendar');
    retireCalendar('around-the-clock');
    expect(ids()).toEqual(['office-hours']);
    const { draft, base } = useRules.getState();
    if (draft === null || base === null) throw new Error('no draft');
    expect(changedParts(draft, base, NONE).filter(({ what }) => what === 'removed')).toMatchObject([{ id: 'around-the-clock' }]);
    expect(proposalOf(draft, config, NOW).calendars.map(({ id }) => id)).toEqual(['office-hours']);
    // A promise of it that came from elsewhere is a fault here before the engine refuses it.
    editPolicy('vip', { calendarIds: ['around-the-clock'] });
    const faulty = useRules.getState().draft;
    expect(faulty === null ? [] : faultyParts(faulty, base, NOW).map(({ id }) => id)).toEqual(['vip']);
    putBackCalendar(first);
    expect(ids()).toEqual(['around-the-clock', 'office-hours']);
  });

  test('a policy that was taken out is put back at its place', () => {
    const [vip] = useRules.getState().draft?.policies ?? [];
    if (vip === undefined) throw new Error('no policy');
    removePolicy('vip');
    addPolicy({ ...vip, id: 'fresh' }, 'standard');
    putBackPolicy(vip);
    expect(useRules.getState().draft?.policies.map(({ id }) => id)).toEqual(['vip', 'standard', 'fresh']);
  });

  test('a calendar out of use is not edited, and is proposed as it was saved when it is used again', () => {
    const retired: SlaConfig = {
      ...config,
      calendars: config.calendars.map((each) => (each.id === 'office-hours' ? { ...each, isRetired: true } : each)),
    };
    followConfig(retired, NOW);
    const { draft } = useRules.getState();
    const office = retired.calendars.find(({ id }) => id === 'office-hours');
    if (draft === null || office === undefined) throw new Error('no draft');
    expect(draft.calendars.map(({ id }) => id)).toEqual(['around-the-clock']);
    putBackCalendar(calendarDraft(office, NOW));
    const again = useRules.getState().draft ?? draft;
    expect(proposalOf(again, retired, NOW).calendars[1]).toEqual({ id: office.id, name: office.name, ...office.versions[0] });
    expect(changedParts(again, draft, new Set(['office-hours'])).map(({ what }) => what)).toEqual(['again']);
  });
});
