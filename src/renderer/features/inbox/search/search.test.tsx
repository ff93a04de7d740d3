// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { Input } from '../../../../shared/contract/contract.ts';
import type { SearchHit, SearchResult, SearchScope } from '../../../../shared/contract/cases.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { listenForKeys } from '../../../shortcuts/registry.ts';
import { canSearchFurther, searchFurther, showAnswer, stopFurther, useFurther } from './further-store.ts';
import { NothingFound } from './nothing-found.tsx';
import { SearchProblems } from './search-problems.tsx';
import { SearchScopeLine } from './search-scope.tsx';
import { forgetSearch, MOST_RECENT, recentOf, rememberSearch, useSearch } from './search-store.ts';

const hit = (name: string): SearchHit => ({ row: { caseId: makeId('case', name) } }) as unknown as SearchHit;
const scope = (next: number | null, searched = 100): SearchScope => ({
  searched,
  total: 300,
  since: instant(Date.UTC(2026, 5, 9, 12)),
  next,
});
const answer = (hits: readonly SearchHit[], next: number | null, searched?: number): SearchResult => ({
  hits,
  notIndexed: 0,
  more: next !== null,
  scope: scope(next, searched),
});
const QUESTION = { text: 'refund', order: 'best' } as const;

let engine: FakeEngine;
let steps: SearchResult[];
let isHeld: Promise<void> | null;
let stopKeys: () => void;
const asked = (): readonly (number | undefined)[] =>
  engine.calls.filter(({ name }) => name === 'cases.search').map(({ input }) => (input as Input<'cases.search'>).before);
const found = (): readonly string[] => useFurther.getState().hits.map(({ row }) => row.caseId);

beforeAll(async () => {
  await startI18n('en');
  stopKeys = listenForKeys(window);
});
afterAll(() => stopKeys());
beforeEach(() => {
  steps = [];
  isHeld = null;
  engine = new FakeEngine({
    'cases.search': async () => {
      await isHeld;
      const next = steps.shift();
      return next === undefined ? { ok: false, error: { code: 'internal', detail: '' } } : { ok: true, value: next };
    },
    'accounts.list': () => ({ ok: true, value: [] }),
  });
  transport.attach(engine.connect());
  showAnswer(null, null);
  useSearch.setState({ order: 'best', recent: {} });
});
afterEach(() => {
  cleanup();
  engine.stop();
});

it('goes on from where the answer stopped until nothing is left, each case once', async () => {
  showAnswer(QUESTION, answer([hit('a')], 50));
  steps = [answer([hit('b')], 20, 200), answer([hit('b'), hit('c')], null, 300)];
  await searchFurther();
  expect(asked()).toEqual([50, 20]);
  expect(found()).toEqual(['case_b', 'case_c']);
  expect(useFurther.getState()).toMatchObject({ state: 'idle', scope: { next: null, searched: 300 } });
  expect(canSearchFurther()).toBe(false);
});

it('stops when there is enough to look at, and goes on from there', async () => {
  showAnswer(QUESTION, answer([], 50));
  const many = Array.from({ length: 120 }, (_, index) => hit(`m${index}`));
  steps = [answer(many, 20), answer([hit('z')], null)];
  await searchFurther();
  expect(asked()).toEqual([50]);
  expect(canSearchFurther()).toBe(true);
  await searchFurther();
  expect(asked()).toEqual([50, 20]);
  expect(found()).toHaveLength(121);
});

it('is stopped by a key, says where it is, and another question ends it', async () => {
  let release = (): void => undefined;
  isHeld = new Promise((resolve) => {
    release = resolve;
  });
  showAnswer(QUESTION, answer([], 50));
  steps = [answer([hit('late')], 20)];
  render(<SearchScopeLine scope={scope(50)} notIndexed={0} found={0} />);
  expect(screen.getByText('Searched the newest 100 of 300 messages and notes, back to 9 Jun.')).toBeDefined();
  fireEvent.keyDown(document.body, { key: 'F', shiftKey: true });
  await screen.findByRole('progressbar', { name: 'Searching older messages' });
  fireEvent.keyDown(document.body, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  await act(async () => {
    release();
    await isHeld;
  });
  expect(found()).toEqual([]);
  const running = searchFurther();
  showAnswer({ ...QUESTION, text: 'other' }, answer([], 10));
  await running;
  expect(useFurther.getState()).toMatchObject({ key: null, hits: [], state: 'idle' });
});

it('says that older messages could not be searched, and can be asked again', async () => {
  showAnswer(QUESTION, answer([], 50));
  render(<SearchScopeLine scope={scope(50)} notIndexed={0} found={0} />);
  fireEvent.click(screen.getByRole('button', { name: /Search older/u }));
  await screen.findByText(/could not be searched/u);
  steps = [answer([hit('a')], null)];
  fireEvent.click(screen.getByRole('button', { name: /Search older/u }));
  await waitFor(() => expect(found()).toEqual(['case_a']));
  stopFurther();
});

it('says that all was searched, and what never is', () => {
  render(<SearchScopeLine scope={{ ...scope(null), searched: 300 }} notIndexed={2} found={3} />);
  expect(screen.getByText('Searched all 300 messages and notes on this computer, back to 9 Jun.')).toBeDefined();
  expect(screen.queryByRole('button', { name: /Search older/u })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '2 things were not searched' }));
  expect(screen.getAllByRole('listitem').map((each) => each.textContent)).toEqual([
    '2 messages that came in just now and are not indexed yet',
    'What stands inside of files; their names are searched',
  ]);
});

it('keeps what each person searched for lately, newest first, until they forget it', () => {
  const [ana, bo] = [makeId('agt', 'ana'), makeId('agt', 'bo')];
  for (const typed of ['refund', 'card lost', 'REFUND ', 'r', '', '退']) rememberSearch(ana, typed);
  rememberSearch(bo, 'kyc');
  expect(recentOf(useSearch.getState(), ana)).toEqual(['退', 'REFUND', 'card lost']);
  expect(recentOf(useSearch.getState(), bo)).toEqual(['kyc']);
  expect(recentOf(useSearch.getState(), null)).toEqual([]);
  forgetSearch(ana, 'REFUND');
  expect(recentOf(useSearch.getState(), ana)).toEqual(['退', 'card lost']);
  for (let index = 0; index < 30; index += 1) rememberSearch(ana, `search ${index}`);
  expect(recentOf(useSearch.getState(), ana)).toHaveLength(MOST_RECENT);
  expect(localStorage.getItem('meridian.search')).toContain('search 29');
});

it('tells three things that were not understood, and counts what is more', () => {
  const problems = Array.from({ length: 40 }, (_, index) => ({
    code: 'unknown-value' as const,
    name: 'priority',
    value: `bogus${String(index)}`,
    start: index * 10,
    end: index * 10 + 9,
  }));
  const { rerender } = render(<SearchProblems problems={problems.slice(0, 3)} words="" />);
  expect(screen.getAllByRole('listitem').map((each) => each.textContent.trim())).toEqual(
    [0, 1, 2].map((index) => `“bogus${String(index)}” is nothing that “priority:” can be. It was left out.`),
  );
  rerender(<SearchProblems problems={problems} words="" />);
  expect(screen.getAllByRole('listitem')).toHaveLength(3);
  expect(screen.getByText('38 more were left out.')).toBeDefined();
});

it.each([
  ['😀 ((', 'There is no word in it. Search looks for letters and digits; signs and emoji are not searched.'],
  ['退款', 'Try fewer or other words. Search looks at subjects, people and the text of messages.'],
])('says why nothing was found for %s', (asked, why) => {
  render(<NothingFound asked={asked} words={asked} isPart={false} view="All" onBack={() => undefined} onSearch={() => undefined} />);
  expect(screen.getByRole('heading', { name: `Nothing found for “${asked}”` })).toBeDefined();
  expect(screen.getByText(why)).toBeDefined();
});

it('names the operator that is meant by one that there is not, and searches with it', () => {
  const onSearch = vi.fn<(text: string) => void>();
  const asked = 'refund -statsu:open label:kyc';
  render(<NothingFound asked={asked} words="refund -statsu:open" isPart={false} view="All" onBack={() => undefined} onSearch={onSearch} />);
  expect(screen.getByText('Searches know no “statsu:”. It was looked for as a word. Did you mean “status:”?')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Search with “status:”' }));
  expect(onSearch).toHaveBeenCalledWith('refund -status:open label:kyc');
});

it.each([
  ['-refund', '“refund” is looked for, too: conditions can be turned around by a -, words can not.'],
  ['lost "-refund" well-known - 3', null],
])('says of %s that words can not be left out, if they were to be', (words, told) => {
  render(<SearchProblems problems={[]} words={words} />);
  expect(screen.queryByRole('listitem')?.textContent.trim() ?? null).toBe(told);
});

it('says only the beginning again of a long search without results', () => {
  render(
    <NothingFound asked={'a'.repeat(5_000)} words="a" isPart={false} view="All" onBack={() => undefined} onSearch={() => undefined} />,
  );
  expect(screen.getByRole('heading', { name: `Nothing found for “${'a'.repeat(60)}…”` })).toBeDefined();
});
