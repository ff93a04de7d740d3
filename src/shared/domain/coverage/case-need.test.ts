import { describe, expect, test } from 'vitest';
import { ability, agent, at, date, roster } from '../../../../test/coverage/team.ts';
import { UNKNOWN_CASE } from '../routing/rules.ts';
import { caseNeed, needKey, selectorKey } from './case-need.ts';
import { EVERYBODY } from './roster.ts';

const TEAM = roster({
  agents: [
    agent('mei', { languages: [ability('zh-Hans'), ability('en')], skills: [ability('Withdrawals')], tiers: ['L2'] }),
    agent('bruna', {
      languages: [ability('pt-BR'), ability('en', { until: date('2026-01-31') })],
      skills: [ability('withdrawals'), ability('KYC')],
    }),
    agent('gone', { languages: [ability('ko')], skills: [ability('vouchers')], isActive: false }),
  ],
});

describe('what a case asks for', () => {
  test.each([
    ['pt', ['pt'], null],
    ['pt-PT', [], 'pt-PT'],
    ['zh-Hans', ['zh-Hans'], null],
    ['zh-Hant', [], 'zh-Hant'],
    ['ko', [], 'ko'],
    [null, [], null],
  ] as const)('its language %j, when somebody in the team speaks it', (language, languages, unspoken) => {
    expect(caseNeed({ ...UNKNOWN_CASE, language, labels: [] }, TEAM)).toEqual({ selector: { ...EVERYBODY, languages }, unspoken });
  });

  test('a language that nobody speaks any more is asked of nobody', () => {
    const english = roster({ agents: TEAM.agents.filter((each) => each.name === 'bruna') });
    expect(caseNeed({ ...UNKNOWN_CASE, language: 'en', labels: [] }, english, at('2026-01-31T23:00:00Z')).unspoken).toBeNull();
    expect(caseNeed({ ...UNKNOWN_CASE, language: 'en', labels: [] }, english, at('2026-02-01T00:00:00Z')).unspoken).toBe('en');
  });

  test('a skill for each label that is the name of one, in the spelling of the team', () => {
    expect(caseNeed({ ...UNKNOWN_CASE, language: null, labels: ['urgent-ish', 'kyc', 'WITHDRAWALS', 'vouchers'] }, TEAM).selector).toEqual({
      ...EVERYBODY,
      skills: ['KYC', 'Withdrawals'],
    });
  });

  test.each([
    [['l2'], ['L2']],
    [['L1', 'l2'], ['L2']],
    [['Lead', 'L2'], ['lead']],
    [['L3'], []],
  ] as const)('labels %j: tier %j', (labels, tiers) => {
    expect(caseNeed({ ...UNKNOWN_CASE, language: null, labels }, TEAM).selector).toEqual({ ...EVERYBODY, tiers });
  });
});

describe('the key of a need', () => {
  test('does not depend on order or case of its parts', () => {
    const one = caseNeed({ ...UNKNOWN_CASE, language: 'en', labels: ['kyc', 'withdrawals'] }, TEAM);
    const other = caseNeed({ ...UNKNOWN_CASE, language: 'EN', labels: ['Withdrawals', 'KYC'] }, TEAM);
    expect(needKey(one)).toBe(needKey(other));
  });

  test('tells lists apart', () => {
    const keys = [
      selectorKey(EVERYBODY),
      selectorKey({ ...EVERYBODY, skills: ['l1'] }),
      selectorKey({ ...EVERYBODY, languages: ['l1'] }),
      selectorKey({ ...EVERYBODY, tiers: ['L1'] }),
      selectorKey({ ...EVERYBODY, skills: ['a', 'b'] }),
      selectorKey({ ...EVERYBODY, skills: ['a,b'] }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
