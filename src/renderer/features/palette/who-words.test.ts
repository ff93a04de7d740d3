import { describe, expect, test } from 'vitest';
import { EMPTY_ROSTER, EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile, AgentTier, Hub } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { readWho, selectorOf, whoVocabulary } from './who-words.ts';

const hub = (id: string, name: string): Hub => ({
  hubId: makeId('hub', id),
  name,
  zone: 'UTC',
  position: null,
  weekend: [],
  holidays: [],
  isActive: true,
});
const agent = (
  id: string,
  name: string,
  languages: readonly string[],
  skills: readonly string[],
  tiers: readonly AgentTier[],
): AgentProfile => ({
  agentId: makeId('agt', id),
  name,
  hubId: null,
  zone: 'UTC',
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: skills.map((each) => ({ name: each, level: 'good', from: null, until: null })),
  languages: languages.map((each) => ({ name: each, level: 'good', from: null, until: null })),
  tiers,
  pattern: {},
  isActive: true,
});
const english = new Intl.DisplayNames('en', { type: 'language' });
const vocabulary = whoVocabulary(
  {
    ...EMPTY_ROSTER,
    hubs: [hub('lis', 'Lisbon'), hub('sfo', 'San Francisco')],
    agents: [
      agent('kim', 'Kim Min-jun', ['ko', 'en'], ['wire transfers'], ['L2']),
      agent('ana', 'Ana Sousa', ['pt-BR'], ['withdrawals', 'kyc'], ['L1', 'lead']),
      { ...agent('old', 'Old Hand', ['de'], [], ['L1']), isActive: false },
    ],
  },
  {
    language: (tag) => [english.of(tag) ?? tag],
    tier: (tier) => (tier === 'lead' ? ['Lead'] : [tier]),
    questions: ['who is on', 'who', 'on now', '谁在班'],
  },
);

const meant = (typed: string): readonly string[] =>
  readWho(typed, vocabulary).meanings.map((terms) => terms.map((term) => `${term.kind}:${term.label}`).join(' + '));

describe('reading who is meant', () => {
  test('any mix of words, in any order, as one selector', () => {
    expect(meant('L2 korean lisbon')).toEqual(['tier:L2 + language:Korean + hub:Lisbon']);
    expect(meant('san francisco ko')).toEqual(['hub:San Francisco + language:Korean']);
    const [terms = []] = readWho('who is on l2 korean lisbon wire transfers', vocabulary).meanings;
    expect(selectorOf(terms)).toEqual({ skills: ['wire transfers'], languages: ['ko'], tiers: ['L2'], hubs: ['hub_lis'] });
  });

  test('the question alone offers everybody, then tiers and hubs', () => {
    expect(readWho('On  now', vocabulary).isAsked).toBe(true);
    expect(meant('on now')).toEqual(['', 'tier:L1', 'tier:L2', 'tier:Lead', 'hub:Lisbon', 'hub:San Francisco']);
    expect(selectorOf([])).toBe(EVERYBODY);
    expect(meant('谁在班korean')).toEqual(['language:Korean']);
  });

  test('an unfinished last word may mean several things; one letter only after the question', () => {
    expect(meant('who kor')).toEqual(['language:Korean']);
    expect(meant('who k')).toEqual(['language:Korean', 'skill:kyc', 'person:Kim Min-jun']);
    expect(meant('k')).toEqual([]);
    expect(meant('ky')).toEqual(['skill:kyc']);
    expect(meant('l2 wit')).toEqual(['tier:L2 + skill:withdrawals']);
  });

  test('a person is asked about alone', () => {
    expect(meant('ana')).toEqual(['person:Ana Sousa']);
    expect(meant('kim min-jun')).toEqual(['person:Kim Min-jun']);
    expect(meant('l2 ana')).toEqual([]);
  });

  test('words that are not understood offer nothing, and who has left is not known', () => {
    expect(meant('l2 refund')).toEqual([]);
    expect(meant('order 4711')).toEqual([]);
    expect(meant('german')).toEqual([]);
    expect(meant('l2 l2')).toEqual([]);
    expect(meant('')).toEqual([]);
  });
});
