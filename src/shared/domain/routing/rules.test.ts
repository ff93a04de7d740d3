import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needReasons } from './need-reasons.ts';
import { fittingRules, UNKNOWN_CASE } from './rules.ts';
import type { CaseTraits, RoutingRule } from './rules.ts';
import { TIERS } from '../case.ts';
import { caseNeed, needKey } from '../coverage/case-need.ts';
import { qualifies } from '../coverage/qualify.ts';
import { EMPTY_ROSTER } from '../coverage/roster.ts';
import type { AgentProfile, Roster } from '../coverage/roster.ts';
import { makeId } from '../ids.ts';
import { CHANNELS } from '../message.ts';
import { instant } from '../time.ts';

const SHOP = makeId('acc', 'shop');
const NOW = instant(Date.UTC(2026, 10, 29));

const rule = (skill: string, over: Partial<RoutingRule> = {}): RoutingRule => ({
  id: skill,
  accountIds: [],
  channels: [],
  labels: [],
  languages: [],
  tiers: [],
  skill,
  isLast: false,
  isActive: true,
  ...over,
});

function agent(name: string, skills: readonly string[], languages: readonly string[] = []): AgentProfile {
  return {
    agentId: makeId('agt', name),
    name,
    hubId: null,
    zone: 'UTC',
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: skills.map((each) => ({ name: each, level: 'good', from: null, until: null })),
    languages: languages.map((each) => ({ name: each, level: 'good', from: null, until: null })),
    tiers: ['L1'],
    pattern: {},
    isActive: true,
  };
}
const ANNA = agent('anna', ['Withdrawals'], ['ko']);
const BO = agent('bo', ['withdrawals', 'fraud'], ['en']);
const CIM = agent('cim', ['cards'], ['en']);
const team = (...rules: readonly RoutingRule[]): Roster => ({ ...EMPTY_ROSTER, agents: [ANNA, BO, CIM], routing: { rules } });
const able = (traits: Partial<CaseTraits>, roster: Roster): readonly string[] => {
  const { selector } = caseNeed({ ...UNKNOWN_CASE, ...traits }, roster);
  return roster.agents.filter((each) => qualifies(each, selector, NOW)).map(({ name }) => name);
};

describe('rules', () => {
  const fits = (over: Partial<RoutingRule>, traits: Partial<CaseTraits>): boolean =>
    fittingRules({ rules: [rule('s', over)] }, { ...UNKNOWN_CASE, ...traits }).length === 1;

  it.each<[Partial<RoutingRule>, Partial<CaseTraits>, boolean]>([
    [{}, {}, true],
    [{ isActive: false }, {}, false],
    [{ skill: ' ' }, {}, false],
    [{ channels: ['telegram', 'x'] }, { channel: 'x' }, true],
    [{ channels: ['telegram', 'x'] }, { channel: 'email' }, false],
    [{ channels: ['telegram'] }, {}, false],
    [{ accountIds: [SHOP] }, { accountId: SHOP }, true],
    [{ accountIds: [SHOP] }, {}, false],
    [{ labels: ['Withdrawal'] }, { labels: ['new', 'withdrawal '] }, true],
    [{ labels: ['Withdrawal'] }, { labels: ['withdrawals'] }, false],
    [{ languages: ['zh'] }, { language: 'zh-Hant' }, true],
    [{ languages: ['zh-Hans'] }, { language: 'zh-Hant' }, false],
    [{ languages: ['ko'] }, { language: null }, false],
    [{ tiers: ['vip'] }, { tier: 'vip' }, true],
    [{ channels: ['x'], labels: ['a'] }, { channel: 'x' }, false],
    [{ channels: ['x'], labels: ['a'] }, { channel: 'x', labels: ['a'] }, true],
  ])('%j fits %j: %s', (over, traits, expected) => {
    expect(fits(over, traits)).toBe(expected);
  });

  it('say what of the case made them fit', () => {
    const asked = rule('fraud', {
      channels: ['x', 'telegram'],
      labels: ['KYC', 'Withdrawal'],
      languages: ['zh'],
      tiers: ['vip'],
      accountIds: [SHOP],
    });
    const traits: CaseTraits = { language: 'zh-Hans', labels: ['withdrawal'], channel: 'x', accountId: SHOP, tier: 'vip' };
    expect(fittingRules({ rules: [asked] }, traits)).toEqual([
      {
        rule: asked,
        because: [
          { kind: 'account', accountId: SHOP },
          { kind: 'channel', channel: 'x' },
          { kind: 'label', label: 'withdrawal' },
          { kind: 'language', language: 'zh-Hans' },
          { kind: 'tier', tier: 'vip' },
        ],
      },
    ]);
  });

  it('change who can take a case, all together', () => {
    expect(able({ labels: ['stuck'] }, team())).toEqual(['anna', 'bo', 'cim']);
    const both = [rule('withdrawals', { labels: ['stuck'] }), rule('Fraud', { channels: ['telegram'] })];
    expect(able({ labels: ['stuck'] }, team(...both))).toEqual(['anna', 'bo']);
    expect(able({ labels: ['stuck'], channel: 'telegram' }, team(...both))).toEqual(['bo']);
    expect(able({ labels: ['stuck'], language: 'ko' }, team(...both))).toEqual(['anna']);
  });

  it('are read in order, and one that is the last ends them', () => {
    const [first, second] = [rule('withdrawals', { isLast: true }), rule('fraud')];
    expect(able({}, team(first, second))).toEqual(['anna', 'bo']);
    expect(able({}, team(second, first))).toEqual(['bo']);
    // one that does not fit ends nothing
    expect(able({}, team({ ...first, labels: ['no'] }, second))).toEqual(['bo']);
  });

  it('ask nobody for a skill that nobody has, and say so', () => {
    const roster = team(rule('Withdrawls', { labels: ['stuck'] }));
    expect(able({ labels: ['stuck'] }, roster)).toEqual(['anna', 'bo', 'cim']);
    expect(caseNeed({ ...UNKNOWN_CASE, labels: ['stuck'] }, roster).unskilled).toEqual(['Withdrawls']);
    expect(needReasons({ ...UNKNOWN_CASE, labels: ['stuck'] }, roster)).toEqual([
      { kind: 'rule', skill: 'Withdrawls', ruleId: 'Withdrawls', because: [{ kind: 'label', label: 'stuck' }], isAsked: false },
    ]);
  });

  it('and language and labels are told with their causes', () => {
    const traits = { ...UNKNOWN_CASE, language: 'ko', labels: ['cards', 'L2', 'stuck'] };
    expect(needReasons(traits, team(rule('withdrawals', { labels: ['stuck'] })))).toEqual([
      { kind: 'rule', skill: 'withdrawals', ruleId: 'withdrawals', because: [{ kind: 'label', label: 'stuck' }], isAsked: true },
      { kind: 'language', language: 'ko', isAsked: true },
      { kind: 'tier', tier: 'L2', label: 'L2' },
      { kind: 'label', skill: 'cards', label: 'cards' },
    ]);
    expect(needReasons({ ...UNKNOWN_CASE, language: 'ja' }, team())).toEqual([{ kind: 'language', language: 'ja', isAsked: false }]);
  });

  const some = <Value>(...values: readonly Value[]): fc.Arbitrary<Value[]> => fc.subarray([...values]);
  const anyRule = fc.record({
    id: fc.uuid(),
    accountIds: some(SHOP),
    channels: some(...CHANNELS),
    labels: some('a', 'B'),
    languages: some('ko', 'zh'),
    tiers: some(...TIERS),
    skill: fc.constantFrom('withdrawals', 'FRAUD', 'cards', 'nobody'),
    isLast: fc.boolean(),
    isActive: fc.boolean(),
  });
  const anyTraits = fc.record({
    language: fc.constantFrom(null, 'ko', 'zh-Hans', 'ja'),
    labels: some('A', 'b', 'c'),
    channel: fc.constantFrom(null, ...CHANNELS),
    accountId: fc.constantFrom(null, SHOP),
    tier: fc.constantFrom(null, ...TIERS),
  });

  it('never let more people take a case, whatever they are, but for one that ends others', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), anyRule, anyTraits, (rules, more, traits) => {
        const before = able(traits, team(...rules));
        expect(able(traits, team())).toEqual(expect.arrayContaining([...before]));
        expect(before).toEqual(expect.arrayContaining([...able(traits, team(...rules, more))]));
      }),
    );
  });

  it('that are the same in another spelling are one need', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), anyTraits, (rules, traits) => {
        const loud = rules.map((each) => ({
          ...each,
          skill: ` ${each.skill.toUpperCase()}`,
          labels: each.labels.map((label) => label.toUpperCase()),
        }));
        expect(needKey(caseNeed(traits, team(...loud)))).toBe(needKey(caseNeed(traits, team(...rules))));
        const told = needReasons(traits, team(...rules)).flatMap((each) =>
          each.kind === 'rule' && each.isAsked ? [each.skill.toLowerCase()] : [],
        );
        expect(new Set(told)).toEqual(new Set((caseNeed(traits, team(...rules)).selector.also ?? []).map((each) => each.toLowerCase())));
      }),
    );
  });
});
