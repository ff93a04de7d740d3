import { describe, expect, it } from 'vitest';
import { suggestionsAt } from './suggestions.ts';
import type { SuggestionWords } from './suggestions.ts';
import { OPERATORS } from '../../../../shared/domain/query/query-words.ts';
import type { OwnNames } from '../../../../shared/domain/query/own-names.ts';
import { parseCaseQuery } from '../../../../shared/domain/query/parse-case-query.ts';

const WORDS: SuggestionWords = {
  operator: (name) => (name === 'status' ? 'Status' : `about ${name}`),
  value: (_field, value) => `called ${value}`,
  people: [
    { value: 'me', meaning: 'You' },
    { value: 'Ana Silva', meaning: 'Ana Silva' },
  ],
  kinds: [{ value: 'Card dispute', meaning: 'Card dispute' }],
  facts: [{ value: '营业执照', meaning: '营业执照' }],
  labels: [{ value: 'late, angry', meaning: '4' }],
  languages: [{ value: 'zh-Hans', meaning: 'Chinese (Simplified)' }],
  times: [{ value: '2h', meaning: '2h' }],
  days: [{ value: 'today', meaning: 'Today' }],
  yesNo: [{ value: 'yes', meaning: 'Yes' }],
};
const OWN: OwnNames = {
  kind: [{ id: 'own-1', name: 'Card dispute', isGone: false }],
  missing: [{ id: 'own-2', name: '营业执照', isGone: false }],
};
const at = (typed: string, caret = typed.length): readonly (readonly [typed: string, caret: number])[] =>
  suggestionsAt(typed, caret, WORDS).map((each) => [each.typed, each.caret]);

describe('suggestions', () => {
  it('begins with operators by name, or by what they mean in the language of the page', () => {
    expect(at('refund sta')).toEqual([['refund status:', 14]]);
    expect(at('-STA')).toEqual([['-status:', 8]]);
    expect(at('wai')).toEqual([['waiting>', 8]]);
    expect(at('about du')).toEqual([['about due<', 10]]);
  });

  it('goes on with values, the part under the caret alone', () => {
    expect(at('status:open,so x', 14)).toEqual([['status:open,solved  x', 19]]);
    expect(at('assignee:an')).toEqual([['assignee:"Ana Silva" ', 21]]);
    expect(at('label:late')).toEqual([['label:"late, angry" ', 20]]);
    expect(at('lang:simpl')).toEqual([]);
    expect(at('lang:chin')).toEqual([['lang:zh-Hans ', 13]]);
    expect(at('due<')).toEqual([['due<2h ', 7]]);
    expect(at('before:')).toEqual([['before:today ', 13]]);
    expect(at('kind:dis')).toEqual([['kind:"Card dispute" ', 20]]);
    expect(at('kind:')[0]).toEqual(['kind:"Card dispute" ', 20]);
    expect(at('missing:').slice(0, 2)).toEqual([
      ['missing:anything ', 17],
      ['missing:营业执照 ', 13],
    ]);
    expect(at('缺少:营')).toEqual([['缺少:营业执照 ', 8]]);
    expect(at('vip:')).toEqual([['vip:yes ', 8]]);
  });

  it('is silent for plain words, finished values and quotes', () => {
    for (const typed of ['', 'refund', 'status:solved', '"sta', 'from:an', 'refund ']) expect(at(typed)).toEqual([]);
  });

  it('suggests only what can be read', () => {
    for (const name of OPERATORS.keys())
      for (const { typed } of suggestionsAt(`${name}:`, name.length + 1, WORDS))
        expect(parseCaseQuery(typed, [{ agentId: 'agt_ana', name: 'Ana Silva' }], OWN).problems).toEqual([]);
  });
});
