import { expect, test } from 'vitest';
import { makeId } from '../../shared/domain/ids.ts';
import { NO_TRAIL, stepped, went } from './trail.ts';
import type { Place, Trail } from './trail.ts';

const start: Place = {
  route: 'inbox',
  settingsPage: 'profile',
  handoffsTab: 'lanes',
  coverageTab: 'plan',
  view: 'unassigned',
  savedViewId: null,
  searchText: '',
  listLook: null,
  selectedCaseId: null,
  checkedCaseIds: new Set(),
};
const caseOf = (name: string): Partial<Place> => ({ selectedCaseId: makeId('case', name) });
/** Each a while after the one before. */
const trailOf = (...patches: readonly Partial<Place>[]): Trail =>
  patches.reduce<Trail>((trail, patch, index) => went(trail, { ...start, ...patch }, index * 5_000), NO_TRAIL);
const namesIn = (trail: Trail): readonly string[] =>
  trail.stops.map(({ place }) => (place.route === 'inbox' ? (place.selectedCaseId ?? place.view) : place.route));

test('leads back and forward through cases and screens', () => {
  const trail = trailOf({}, caseOf('a'), { route: 'settings' }, caseOf('b'));
  const back = stepped(trail, -1);
  expect(back?.place.route).toBe('settings');
  expect(stepped(trail, 1)).toBeNull();
  const twice = back === null ? null : stepped(back.trail, -1);
  expect(twice?.place.selectedCaseId).toBe('case_a');
  expect(twice === null ? null : stepped(twice.trail, 1)?.place.route).toBe('settings');
  expect(stepped(NO_TRAIL, -1)).toBeNull();
});

test('going somewhere after Back makes an end of what lay ahead', () => {
  const back = stepped(trailOf({}, caseOf('a'), caseOf('b')), -1);
  const trail = went(back?.trail ?? NO_TRAIL, { ...start, view: 'mine' }, 60_000);
  expect(namesIn(trail)).toEqual(['unassigned', 'case_a', 'mine']);
});

test('who walks through cases or types a question has not been at what lies in between', () => {
  let trail = trailOf({}, caseOf('a'));
  for (const [index, name] of ['b', 'c', 'd'].entries()) trail = went(trail, { ...start, ...caseOf(name) }, 5_100 + index * 100);
  expect(namesIn(trail)).toEqual(['unassigned', 'case_d']);
  for (const [index, searchText] of ['r', 're', 'refund'].entries()) trail = went(trail, { ...start, searchText }, 20_000 + index * 100);
  expect(trail.stops.map(({ place }) => place.searchText)).toEqual(['', '', 'refund']);
});

test('the same place is one stop, and remembers what was checked last', () => {
  const checkedCaseIds = new Set([makeId('case', 'a')]);
  const trail = trailOf({}, { checkedCaseIds }, { route: 'settings' });
  expect(namesIn(trail)).toEqual(['unassigned', 'settings']);
  expect(stepped(trail, -1)?.place.checkedCaseIds).toBe(checkedCaseIds);
});

test('keeps the newest hundred', () => {
  const trail = trailOf(...Array.from({ length: 130 }, (_, index) => caseOf(`c${index}`)));
  expect([trail.stops.length, trail.index, namesIn(trail).at(-1)]).toEqual([100, 99, 'case_c129']);
});
