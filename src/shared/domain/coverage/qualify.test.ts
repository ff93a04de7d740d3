import { describe, expect, test } from 'vitest';
import { makeId } from '../ids.ts';
import { instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { isAble, qualifiedSpans, qualifies, speaks } from './qualify.ts';
import { EVERYBODY } from './roster.ts';
import type { AgentProfile, AgentTier, Selector } from './roster.ts';
import { ability, agent, date } from '../../../../test/coverage/team.ts';

const at = (text: string): Instant => instant(Date.parse(text));
const NOW = at('2026-06-15T12:00:00Z');
const SINGAPORE = makeId('hub', 'singapore');
const LISBON = makeId('hub', 'lisbon');

function asks(part: Partial<Selector>): Selector {
  return { ...EVERYBODY, ...part };
}
function can(profile: AgentProfile, part: Partial<Selector>): boolean {
  return qualifies(profile, asks(part), NOW);
}

describe('languages', () => {
  test.each([
    ['pt', 'pt', true],
    ['pt-BR', 'pt', true],
    ['pt', 'pt-BR', true],
    ['pt-PT', 'pt-BR', false],
    ['zh-Hant', 'zh-Hans', false],
    ['zh', 'zh-Hans', true],
    ['zh-Hans', 'zh', true],
    ['zh-Hans-SG', 'zh-Hans', true],
    ['PT-br', 'pt-BR', true],
    ['fil', 'fi', false],
    ['', 'pt', false],
    ['pt', '', false],
  ])('who speaks %j can do %j: %s', (spoken, asked, expected) => {
    expect(speaks(spoken, asked)).toBe(expected);
  });
});

describe('tiers', () => {
  const all: readonly AgentTier[] = ['L1', 'L2', 'lead'];
  test.each([
    [['L1'], ['L1']],
    [['L2'], ['L1', 'L2']],
    [['lead'], ['lead']],
    [
      ['lead', 'L2'],
      ['L1', 'L2', 'lead'],
    ],
    [[], []],
  ] as readonly (readonly [readonly AgentTier[], readonly AgentTier[]])[])('%j can do %j', (tiers, expected) => {
    expect(all.filter((tier) => can(agent('a', { tiers }), { tiers: [tier] }))).toEqual(expected);
  });
});

describe('a selector', () => {
  const mei = agent('mei', {
    hubId: SINGAPORE,
    tiers: ['L2'],
    skills: [ability('Withdrawals')],
    languages: [ability('zh-Hans'), ability('en')],
  });

  test('that asks for nothing fits everybody', () => {
    expect(can(mei, {})).toBe(true);
  });

  test('needs one entry of every list', () => {
    expect(can(mei, { tiers: ['L2'], languages: ['ko', 'zh'], hubs: [LISBON, SINGAPORE], skills: ['withdrawals'] })).toBe(true);
    expect(can(mei, { tiers: ['L2'], languages: ['ko', 'ja'] })).toBe(false);
    expect(can(mei, { languages: ['zh'], hubs: [LISBON] })).toBe(false);
    expect(can(mei, { languages: ['zh'], skills: ['kyc'] })).toBe(false);
    expect(can(mei, { languages: ['zh'], tiers: ['lead'] })).toBe(false);
  });

  test('of a hub fits nobody without one', () => {
    expect(can(agent('free', { hubId: null }), { hubs: [SINGAPORE] })).toBe(false);
  });
});

describe('dates', () => {
  // 1 March in Auckland begins on 28 February, 11:00 UTC
  const zone = 'Pacific/Auckland';
  const kiri = agent('kiri', {
    zone,
    languages: [ability('mi', { from: date('2026-03-01'), until: date('2026-03-31') })],
    contract: { hoursPerWeek: 40, from: date('2026-02-01'), until: date('2026-03-15') },
  });

  test('count by days of the agent’s zone, both included', () => {
    const selector = asks({ languages: ['mi'] });
    expect(qualifies(kiri, selector, at('2026-02-28T10:59:59Z'))).toBe(false);
    expect(qualifies(kiri, selector, at('2026-02-28T11:00:00Z'))).toBe(true);
    expect(qualifies(kiri, selector, at('2026-03-15T10:59:59Z'))).toBe(true);
    expect(qualifies(kiri, selector, at('2026-03-15T11:00:00Z'))).toBe(false);
    expect(isAble(kiri, selector, at('2026-03-15T11:00:00Z'))).toBe(true);
    expect(isAble(kiri, selector, at('2026-03-31T11:00:00Z'))).toBe(false);
  });

  test('cut the stretches in which somebody qualifies', () => {
    const from = at('2026-01-01T00:00:00Z');
    const to = at('2026-12-31T00:00:00Z');
    expect(qualifiedSpans(kiri, asks({ languages: ['mi'] }), from, to)).toEqual([
      { from: at('2026-02-28T11:00:00Z'), to: at('2026-03-15T11:00:00Z') },
    ]);
    expect(qualifiedSpans(kiri, EVERYBODY, from, to)).toEqual([{ from: at('2026-01-31T11:00:00Z'), to: at('2026-03-15T11:00:00Z') }]);
    expect(qualifiedSpans(agent('always'), EVERYBODY, from, to)).toEqual([{ from, to }]);
    expect(qualifiedSpans(agent('always'), EVERYBODY, to, from)).toEqual([]);
  });

  test('two certificates one after the other are one stretch', () => {
    const noor = agent('noor', {
      skills: [ability('kyc', { until: date('2026-05-31') }), ability('KYC', { from: date('2026-06-01') })],
    });
    const from = at('2026-05-01T00:00:00Z');
    const to = at('2026-07-01T00:00:00Z');
    expect(qualifiedSpans(noor, asks({ skills: ['kyc'] }), from, to)).toEqual([{ from, to }]);
  });

  test('who has left qualifies for nothing', () => {
    expect(can(agent('gone', { isActive: false }), {})).toBe(false);
  });
});
