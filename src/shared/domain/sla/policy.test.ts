import { describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import { choosePolicy, matchesPolicy, policyProblems, reopensCase, targetFor } from './policy.ts';
import type { Policy } from './policy.ts';
import { PLAIN_ATTRIBUTES } from './sla-event.ts';

function policy(change: Partial<Policy> = {}): Policy {
  return {
    id: 'standard',
    version: 1,
    name: 'Standard',
    position: 0,
    effectiveFrom: instant(0),
    isActive: true,
    conditions: {},
    promise: { kind: 'calendars', calendarIds: ['office'] },
    targets: { low: {}, normal: { 'first-reply': HOUR_MS }, high: { 'first-reply': MINUTE_MS }, urgent: {} },
    defaultPriority: 'normal',
    pauseOn: ['pending'],
    reopenWindowMs: 72 * HOUR_MS,
    ...change,
  };
}

describe('the policy of a case', () => {
  const vip = policy({ id: 'vip', position: 1, conditions: { tiers: ['vip', 'vip-plus'] } });
  const rest = policy({ id: 'rest', position: 2 });
  const now = instant(1_000);

  test('is the first that matches, by position and not by place', () => {
    expect(choosePolicy([rest, vip], { ...PLAIN_ATTRIBUTES, tier: 'vip' }, now)).toBe(vip);
    expect(choosePolicy([rest, vip], PLAIN_ATTRIBUTES, now)).toBe(rest);
    expect(choosePolicy([vip], PLAIN_ATTRIBUTES, now)).toBeNull();
  });

  test('is the version in force then', () => {
    const newer = policy({ ...rest, version: 2, effectiveFrom: instant(2_000) });
    expect(choosePolicy([newer, rest], PLAIN_ATTRIBUTES, now)).toBe(rest);
    expect(choosePolicy([rest, newer], PLAIN_ATTRIBUTES, instant(2_000))).toBe(newer);
  });

  test('is never one that was taken out of use, nor an older version of it', () => {
    const retired = policy({ ...rest, version: 2, effectiveFrom: instant(500), isActive: false });
    expect(choosePolicy([rest, retired], PLAIN_ATTRIBUTES, now)).toBeNull();
  });

  test('is the same for everybody when positions are equal', () => {
    const twin = policy({ id: 'a-twin', position: 2 });
    expect(choosePolicy([rest, twin], PLAIN_ATTRIBUTES, now)).toBe(twin);
    expect(choosePolicy([twin, rest], PLAIN_ATTRIBUTES, now)).toBe(twin);
  });

  test.each([
    ['channel', { channels: ['email'] }, { channels: ['chat'] }],
    ['tier', { tiers: ['standard'] }, { tiers: ['vip'] }],
    ['priority, the default when there is none', { priorities: ['normal'] }, { priorities: ['high'] }],
    ['language with or without its region', { languages: ['PT'] }, { languages: ['pt-PT'] }],
    ['whole languages only', { languages: ['pt-BR'] }, { languages: ['p'] }],
    ['team', { teams: ['payments'] }, { teams: [] }],
    ['one of its labels', { labels: ['legal', 'refund'] }, { labels: ['legal'] }],
    ['all lists together', { channels: ['email'], teams: ['payments'] }, { channels: ['email'], teams: ['abuse'] }],
  ] as const)('is chosen by %s', (_what, matching, other) => {
    const attributes = { ...PLAIN_ATTRIBUTES, language: 'pt-BR', team: 'payments', labels: ['refund', 'waiting'] };
    expect(matchesPolicy(policy({ conditions: matching }), attributes)).toBe(true);
    expect(matchesPolicy(policy({ conditions: other }), attributes)).toBe(false);
  });

  test('does not match what is not known', () => {
    expect(matchesPolicy(policy({ conditions: { languages: ['pt'] } }), PLAIN_ATTRIBUTES)).toBe(false);
    expect(matchesPolicy(policy({ conditions: { teams: ['payments'] } }), PLAIN_ATTRIBUTES)).toBe(false);
  });
});

test('no priority counts as the default, never as no promise', () => {
  expect(targetFor(policy(), PLAIN_ATTRIBUTES, 'first-reply')).toBe(HOUR_MS);
  expect(targetFor(policy({ defaultPriority: 'high' }), PLAIN_ATTRIBUTES, 'first-reply')).toBe(MINUTE_MS);
  expect(targetFor(policy(), { ...PLAIN_ATTRIBUTES, priority: 'low' }, 'first-reply')).toBeNull();
  expect(targetFor(null, PLAIN_ATTRIBUTES, 'first-reply')).toBeNull();
});

test('a solved case is opened again within the window, its end included', () => {
  const solvedAt = instant(0);
  expect(reopensCase(policy(), solvedAt, instant(72 * HOUR_MS))).toBe(true);
  expect(reopensCase(policy(), solvedAt, instant(72 * HOUR_MS + 1))).toBe(false);
  expect(reopensCase(policy({ reopenWindowMs: 0 }), solvedAt, instant(1))).toBe(false);
  expect(reopensCase(null, solvedAt, instant(72 * HOUR_MS))).toBe(true);
});

test('a policy that can not be right is refused', () => {
  const codes = (refused: Policy) => policyProblems(refused).map(({ code, priority, metric }) => [code, priority, metric]);
  expect(codes(policy())).toEqual([]);
  const targets = { ...policy().targets, high: { resolution: 0, 'next-reply': Number.NaN }, urgent: { resolution: 9e12 } };
  expect(codes(policy({ targets }))).toEqual([
    ['bad-target', 'high', 'next-reply'],
    ['bad-target', 'high', 'resolution'],
    ['bad-target', 'urgent', 'resolution'],
  ]);
  expect(codes(policy({ reopenWindowMs: -1 }))).toEqual([['bad-reopen-window', null, null]]);
  expect(codes(policy({ promise: { kind: 'calendars', calendarIds: [] } }))).toEqual([['no-hours', null, null]]);
  expect(codes(policy({ pauseOn: ['solved'] }))).toEqual([['pauses-on-solved', null, null]]);
});
